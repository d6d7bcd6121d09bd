// Git hooks: the programs that a git command fires, from the hooks' folder, husky, lefthook and pre-commit.
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { own } from '../model/table.ts';
import { dynamicWord, staticWord, textOf, type Word } from '../model/word.ts';
import { optionGrammar, readOptions } from '../programs/options.ts';
import { fileSettings, type GitCall, givenSettings, repositoryOf, topOf } from './git/settings.ts';
import type { Inner } from './launcher.ts';
import { lefthookFiles, lefthookInner } from './launchers/lefthook.ts';
import { preCommitInner } from './launchers/pre-commit.ts';
import { parseJson, textAt } from './packages/json.ts';
import { absolutePath, pathFrom } from './paths.ts';

/** Hooks of a subcommand in the order in which they fire; those in `verified` are skipped by `--no-verify`. */
interface Fired {
  readonly hooks: readonly string[];
  readonly verified: readonly string[];
  /** Another spelling of `--no-verify`. */
  readonly short?: string;
  /** Options with which nothing fires. */
  readonly idle?: readonly string[];
}

const ending = ['--abort', '--quit', '--skip', '--show-current-patch', '--edit-todo'];

/** Source: githooks(5) and the manual pages of the subcommands. */
const fired: Readonly<Record<string, Fired>> = {
  commit: {
    hooks: ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit', 'post-rewrite'],
    verified: ['pre-commit', 'commit-msg'],
    short: '-n',
    idle: ['--dry-run', '--short', '--porcelain', '--long'],
  },
  merge: {
    hooks: ['pre-merge-commit', 'prepare-commit-msg', 'commit-msg', 'post-merge'],
    verified: ['pre-merge-commit', 'commit-msg'],
    idle: ['--abort', '--quit'],
  },
  pull: {
    hooks: ['pre-merge-commit', 'prepare-commit-msg', 'commit-msg', 'post-merge', 'pre-rebase', 'post-rewrite'],
    verified: ['pre-merge-commit', 'commit-msg', 'pre-rebase'],
    idle: ['--dry-run'],
  },
  push: { hooks: ['pre-push'], verified: ['pre-push'] },
  checkout: { hooks: ['post-checkout'], verified: [] },
  switch: { hooks: ['post-checkout'], verified: [] },
  worktree: { hooks: ['post-checkout'], verified: [], idle: ['--no-checkout'] },
  rebase: { hooks: ['pre-rebase', 'post-checkout', 'post-rewrite'], verified: ['pre-rebase'], idle: ending },
  am: {
    hooks: ['applypatch-msg', 'pre-applypatch', 'post-applypatch'],
    verified: ['applypatch-msg', 'pre-applypatch'],
    short: '-n',
    idle: ending,
  },
  'cherry-pick': { hooks: ['prepare-commit-msg', 'post-commit'], verified: [], idle: ending },
  revert: { hooks: ['prepare-commit-msg', 'post-commit'], verified: [], idle: ending },
};

/** Options of commit and its kin with a value, so that a message is not taken for an option. */
const grammar = optionGrammar({
  values:
    '-m --message -F --file -C -c --reuse-message --reedit-message --author --date -t --template --cleanup -s --strategy -X --strategy-option -b -B --onto -x --exec -o --push-option --receive-pack --fixup --squash --trailer --pathspec-from-file',
});

/** What a call of git fires before, while and after it does its own work. */
export function gitHooks(call: Invocation, git: GitCall, world: World): readonly Inner[] {
  const names = firedBy(git);
  const top = names.length === 0 || call.host.kind !== 'local' ? undefined : absolutePath(topOf(git, world), git.cwd);
  if (top === undefined) return [];
  const configured = hooksFolder(call, git, world);
  // One look at the folder saves asking for each file that may stand in it.
  const listing = world.ask({ kind: 'folder', path: top });
  if (configured === 'none' || listing?.kind !== 'names') return [];
  const has = (name: string) => !listing.complete || listing.names.includes(name);
  const place: Place = { call, world, top, configured, has, repository: repositoryOf(call, git, world) };
  return names.flatMap((name) => hookInners(place, name));
}

function firedBy({ verb, rest }: GitCall): readonly string[] {
  const spec = own(fired, verb);
  if (spec === undefined || (verb === 'worktree' && textOf(rest[0]) !== 'add')) return [];
  const { flags } = readOptions(rest, grammar);
  if (flags.has('-h') || flags.has('--help') || spec.idle?.some((flag) => flags.has(flag))) return [];
  const isUnverified = flags.has('--no-verify') || (spec.short !== undefined && flags.has(spec.short));
  return spec.hooks
    .filter((name) => !isUnverified || !spec.verified.includes(name))
    .filter((name) => name !== 'post-rewrite' || verb !== 'commit' || flags.has('--amend'));
}

interface Place {
  readonly call: Invocation;
  readonly world: World;
  /** The top of the working tree. */
  readonly top: string;
  /** The folder of `core.hooksPath`, where it is set. */
  readonly configured: string | undefined;
  /** Whether the top folder has such an entry. */
  has(name: string): boolean;
  /** The folder that holds the repository's configuration and its hooks. */
  readonly repository: string | undefined;
}

/** `core.hooksPath`: the last setting counts; `/dev/null` and an empty one switch hooks off. */
function hooksFolder(call: Invocation, git: GitCall, world: World): string | 'none' | undefined {
  const settings = [...fileSettings(call, git, world), ...givenSettings(call, git)];
  const value = settings.findLast(({ key }) => key === 'core.hookspath')?.value;
  if (value === undefined) return undefined;
  const text = textOf(value) ?? '';
  if (text === '/dev/null' || text === '') return 'none';
  const home = textOf(call.env.get('HOME'));
  const path = text.startsWith('~/') && home !== undefined ? staticWord(`${home}/${text.slice(2)}`) : value;
  return absolutePath(path, topOf(git, world)) ?? 'none';
}

const huskyFolder = /\/\.husky(\/_)?$/;

function hookInners(place: Place, name: string): readonly Inner[] {
  const { call, world, configured } = place;
  // What husky puts into its folder only calls the file of that name in the folder above.
  if (configured !== undefined && !huskyFolder.test(configured))
    return [script(place, pathFrom(name, configured), name)];
  const husky = textOf(call.env.get('HUSKY')) === '0' ? [] : huskyInners(place, name);
  if (configured !== undefined) return husky;
  const path = place.repository === undefined ? undefined : `${place.repository}/hooks/${name}`;
  const answer = path === undefined ? undefined : world.ask({ kind: 'file', path });
  if (path !== undefined && answer === undefined) return [];
  // The file that lefthook, pre-commit or an older husky installed says itself what it runs.
  if (path !== undefined && answer !== undefined && answer.kind !== 'absent')
    return [script(place, path, name), ...(mentionsHusky(answer) ? husky : [])];
  return [...husky, ...fromFiles(place, name)];
}

/** What lefthook and pre-commit would run, where it is not known whether they are installed. */
function fromFiles({ call, world, top, has }: Place, name: string): readonly Inner[] {
  const isOff = textOf(call.env.get('LEFTHOOK')) === '0';
  const lefthook = isOff || !lefthookFiles.some(has) ? [] : lefthookInner(call, top, name, [], world);
  if (!has('.pre-commit-config.yaml')) return lefthook;
  return [...lefthook, ...preCommitInner(call, top, name, world, { named: true })];
}

const mentionsHusky = (answer: { readonly kind: string; readonly text?: string }): boolean =>
  answer.text?.includes('husky') ?? false;

/** `.husky/pre-commit`, and what package.json says for versions before 5. Source: typicode.github.io/husky. */
function huskyInners(place: Place, name: string): readonly Inner[] {
  const { world, top, has } = place;
  const path = pathFrom(`.husky/${name}`, top);
  const manifest = has('package.json') ? world.ask({ kind: 'file', path: pathFrom('package.json', top) }) : undefined;
  const data = manifest?.kind === 'text' ? parseJson(manifest.text) : undefined;
  const text = textAt(data, 'husky', 'hooks', name) ?? textAt(data, 'simple-git-hooks', name);
  const file = has('.husky') && world.ask({ kind: 'file', path })?.kind === 'text' ? [script(place, path, name)] : [];
  if (text === undefined) return file;
  const label = `git ${name}`;
  const from = { label: `package.json "${name}"`, line: undefined };
  return [...file, { kind: 'code', text: staticWord(text), label, cwd: staticWord(top), stdin: none, from }];
}

const none = { kind: 'none' } as const;
/** Hooks that are given a list of refs or commits. */
const listed = new Set(['pre-push', 'post-rewrite']);

/** A hook's own file, called by its path in the top folder, with arguments that git makes up. */
const script = ({ top }: Place, path: string, name: string): Inner => ({
  kind: 'file',
  path: staticWord(path),
  positionals: positionalsOf(name),
  program: true,
  label: `git ${name}`,
  cwd: staticWord(top),
  stdin: listed.has(name) ? { kind: 'pipe', from: [], text: undefined } : none,
});

/** Source: githooks(5). */
function positionalsOf(name: string): readonly Word[] {
  const counts: Readonly<Record<string, number>> = {
    'pre-push': 2,
    'post-checkout': 3,
    'post-merge': 1,
    'post-rewrite': 1,
    'pre-rebase': 2,
    'prepare-commit-msg': 3,
    'commit-msg': 1,
    'applypatch-msg': 1,
  };
  if (name === 'commit-msg' || name === 'applypatch-msg') return [staticWord('.git/COMMIT_EDITMSG')];
  return Array.from({ length: own(counts, name) ?? 0 }, (_unused, at) => dynamicWord(`$${at + 1}`));
}
