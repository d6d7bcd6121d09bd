// Git settings: what a call of git is told by `-c`, by variables, and by the configuration files that it would read.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { dynamicWord, joinWords, knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { withoutPrefix } from '../assignments.ts';
import { absolutePath, normalizePath } from '../paths.ts';
import { readGitConfig } from './config.ts';

/** One setting; `from` where it stands in a file. */
export interface Setting {
  readonly key: string;
  readonly value: Word;
  readonly from?: { readonly label: string; readonly line: number };
}

/** Options of git itself, in front of the subcommand. Source: git(1). */
const globals = optionGrammar({
  values: '-C -c --git-dir --work-tree --namespace --exec-path --super-prefix --config-env --attr-source --list-cmds',
  stopAtPositional: true,
});

export interface GitCall {
  readonly verb: string;
  /** Words behind the verb. */
  readonly rest: readonly Word[];
  /** Words in front of the verb. */
  readonly globals: readonly Word[];
  readonly flags: ReadonlyMap<string, Word | undefined>;
  /** The folder that git works in. */
  readonly cwd: Word;
}

/** A call of git, taken apart. */
export function readGitCall(call: Invocation): GitCall {
  const { flags, positionals } = readOptions(call.args, globals);
  const before = call.args.slice(0, call.args.length - positionals.length);
  const folders = before.filter((_word, at) => textOf(before[at - 1]) === '-C');
  const cwd = folders.reduce((from, folder) => below(from, folder), call.cwd);
  return { verb: textOf(positionals[0]) ?? '', rest: positionals.slice(1), globals: before, flags, cwd };
}

const below = (cwd: Word, folder: Word): Word =>
  /^[/~]/.test(knownPrefix(folder)) ? folder : joinWords([cwd, staticWord('/'), folder]);

/** `Core.SSHCommand` is `core.sshcommand`; a subsection keeps its case. */
function settingKey(key: string): string {
  const [first, last] = [key.indexOf('.'), key.lastIndexOf('.')];
  if (first < 0) return key.toLowerCase();
  return key.slice(0, first).toLowerCase() + key.slice(first, last) + key.slice(last).toLowerCase();
}

/** Settings of the call itself, the last one counts. Source: git(1), git-config(1). */
export function givenSettings(call: Invocation, git: GitCall): readonly Setting[] {
  const words = git.globals.flatMap((word, at): Setting[] => {
    const text = textOf(word) ?? knownPrefix(word);
    const next = git.globals[at + 1];
    const isValue = ['-C', '-c', '--config-env'].includes(textOf(git.globals[at - 1]) ?? '');
    if (isValue || (next === undefined && !/^(-c.|--config-env=)/.test(text))) return [];
    if (text === '-c' && next !== undefined) return settingIn(next);
    if (text === '--config-env' && next !== undefined) return settingIn(next, call);
    if (text.startsWith('--config-env=')) return settingIn(withoutPrefix(word, 13), call);
    return /^-c./.test(text) ? settingIn(withoutPrefix(word, 2)) : [];
  });
  return [...counted(call), ...packed(call), ...words];
}

/** `key=value`; with a call, the value is the name of one of its variables. */
function settingIn(word: Word, variablesOf?: Invocation): Setting[] {
  const text = textOf(word) ?? knownPrefix(word);
  const at = variablesOf === undefined ? text.indexOf('=') : text.lastIndexOf('=');
  if (at < 0) return text === '' ? [] : [{ key: settingKey(text), value: staticWord('true') }];
  const value = withoutPrefix(word, at + 1);
  const name = textOf(value);
  const meant = variablesOf === undefined ? value : name === undefined ? dynamicWord('…') : variablesOf.env.get(name);
  return meant === undefined ? [] : [{ key: settingKey(text.slice(0, at)), value: meant }];
}

/** GIT_CONFIG_COUNT with its keys and values. More of them than anybody sets are not read. */
function counted({ env }: Invocation): readonly Setting[] {
  const count = Math.min(Number(textOf(env.get('GIT_CONFIG_COUNT')) ?? 0) || 0, 100);
  return Array.from({ length: count }, (_unused, at): Setting[] => {
    const [key, value] = [textOf(env.get(`GIT_CONFIG_KEY_${at}`)), env.get(`GIT_CONFIG_VALUE_${at}`)];
    return key === undefined || value === undefined ? [] : [{ key: settingKey(key), value }];
  }).flat();
}

/** GIT_CONFIG_PARAMETERS: `'key=value'` or `'key'='value'`, in single quotes, divided by blanks. */
function packed({ env }: Invocation): readonly Setting[] {
  const text = textOf(env.get('GIT_CONFIG_PARAMETERS')) ?? '';
  return [...text.matchAll(/'([^']*)'(?:='([^']*)')?/g)].slice(0, 100).flatMap(([, key = '', value]) => {
    return settingIn(staticWord(value === undefined ? key : `${key}=${value}`));
  });
}

/** Bounds on what is read for one call. */
const limits = { parents: 24, files: 12 } as const;

/** The settings of the files that git would read: the user's, then the repository's, the last one counts. */
export function fileSettings(call: Invocation, git: GitCall, world: World): readonly Setting[] {
  if (call.host.kind !== 'local') return [];
  const seen = new Set<string>();
  return configFiles(call, git, world).flatMap((path) => settingsOf(path, call, world, seen));
}

function settingsOf(path: string, call: Invocation, world: World, seen: Set<string>): readonly Setting[] {
  if (seen.has(path) || seen.size >= limits.files) return [];
  seen.add(path);
  const answer = world.ask({ kind: 'file', path });
  if (answer?.kind !== 'text') return [];
  return readGitConfig(answer.text).flatMap(({ key, value, line }): readonly Setting[] => {
    // Whether the condition of an include holds is not asked: the setting may be the one that counts.
    if (key === 'include.path' || /^includeif\..*\.path$/.test(key)) {
      const included = inHome(value, call) ?? absolutePath(staticWord(value), staticWord(folderOf(path)));
      return included === undefined ? [] : settingsOf(included, call, world, seen);
    }
    return [{ key, value: staticWord(value), from: { label: path, line } }];
  });
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/** `~/x` as an absolute path. */
function inHome(path: string, { env }: Invocation): string | undefined {
  const home = textOf(env.get('HOME'));
  return path.startsWith('~/') && home?.startsWith('/') ? normalizePath(`${home}/${path.slice(2)}`) : undefined;
}

function configFiles(call: Invocation, git: GitCall, world: World): readonly string[] {
  const own = textOf(call.env.get('GIT_CONFIG_GLOBAL'));
  const home = textOf(call.env.get('HOME'));
  const xdg = textOf(call.env.get('XDG_CONFIG_HOME')) ?? (home === undefined ? undefined : `${home}/.config`);
  const users =
    own === undefined
      ? [xdg === undefined ? '' : `${xdg}/git/config`, home === undefined ? '' : `${home}/.gitconfig`]
      : [own];
  const repository = repositoryOf(call, git, world);
  // Where no repository is known, the line itself may have written its configuration.
  return [...users, `${repository ?? absolutePath(staticWord('.git'), git.cwd) ?? ''}/config`].filter(
    (path) => /^\/./.test(path) && path !== '/config',
  );
}

/** The folder that holds the repository's configuration, by `--git-dir`, GIT_DIR, or the nearest `.git` above. */
export function repositoryOf(call: Invocation, git: GitCall, world: World): string | undefined {
  const given = git.flags.get('--git-dir') ?? (call.env.assigns?.('GIT_DIR') ? call.env.get('GIT_DIR') : undefined);
  if (given !== undefined) return absolutePath(given, git.cwd);
  const top = nearest(git.cwd, world);
  if (top?.type === 'folder') return top.path;
  const link = top === undefined ? undefined : world.ask({ kind: 'file', path: top.path });
  if (top === undefined || link?.kind !== 'text') return undefined;
  const target = /^gitdir:\s*(\S[^\n]*)/.exec(link.text)?.[1]?.trim();
  const folder = target === undefined ? undefined : absolutePath(staticWord(target), staticWord(folderOf(top.path)));
  // A worktree shares the configuration of the repository that it was made from.
  return folder?.replace(/\/worktrees\/[^/]+$/, '');
}

/** The nearest `.git` of the folder and those above it; all are asked about at once. */
function nearest(cwd: Word, world: World): { path: string; type: string } | undefined {
  const folder = absolutePath(staticWord('.'), cwd);
  if (folder === undefined) return undefined;
  const parents = folder
    .split('/')
    .map((_segment, index, all) => all.slice(0, all.length - index).join('/'))
    .slice(0, limits.parents);
  const answers = parents.map((parent) => ({
    path: `${parent}/.git`,
    answer: world.ask({ kind: 'path', path: `${parent}/.git` }),
  }));
  const first = answers.find(({ answer }) => answer === undefined || answer.kind === 'path');
  return first?.answer?.kind === 'path' ? { path: first.path, type: first.answer.type } : undefined;
}

/** The top folder of the working tree, where a repository is found around the folder. */
export function topOf(git: GitCall, world: World): Word {
  const found = nearest(git.cwd, world);
  return found === undefined ? git.cwd : staticWord(folderOf(found.path));
}
