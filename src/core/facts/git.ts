// Git facts: what a git command would lose, whatever words it is spelled with.
import type { GitFact, GitOperation } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { own } from '../model/table.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../model/word.ts';
import { spellOut } from '../programs/abbreviations.ts';
import { type Options, optionGrammar, readOptions } from '../programs/options.ts';
import { stdinText } from '../resolve/output.ts';
import { absolutePath } from '../resolve/paths.ts';
import { losesNothing } from './hit/worktree.ts';

/** Options of git itself, in front of the subcommand. Source: git(1). */
const globals = optionGrammar({
  values: '-C -c --git-dir --work-tree --namespace --exec-path --super-prefix --config-env --attr-source',
  stopAtPositional: true,
});
const general = optionGrammar({
  values:
    '-m --message -b -B -c -C --orphan -s --source --exclude -e --exec --receive-pack -o --push-option --repo --pathspec-from-file -F --file -n',
});

interface GitCall {
  readonly flags: Options['flags'];
  readonly positionals: readonly Word[];
  /** Words behind `--`. */
  readonly paths: readonly Word[] | undefined;
  /** Whether a word names a file that is there; false where nobody can tell. */
  readonly exists: (word: Word) => boolean;
  /** Standard input; empty where it is not known. */
  readonly input: () => string;
}
interface Loss {
  readonly op: GitOperation;
  readonly names?: readonly Word[];
  readonly remote?: Word | undefined;
}

/** The git facts of an invocation of git (or of yadm, which hands its words on), where it loses something. */
export function gitFacts(call: Invocation, world: World): GitFact[] {
  const { flags: globalFlags, positionals } = readOptions(call.args, globals);
  const [verbWord, ...rest] = positionals;
  const verb = textOf(verbWord);
  if (verb === undefined || globalFlags.has('--help') || globalFlags.has('--version')) return [];
  const reader = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (reader === undefined) return [];
  const end = rest.findIndex((word) => textOf(word) === '--');
  const head = end < 0 ? rest : rest.slice(0, end);
  const options = readOptions(withoutTakenBack(spellOut(head, longs)), own(grammars, verb) ?? general);
  if (options.flags.has('--help') || options.flags.has('-h')) return [];
  const paths = end < 0 ? undefined : rest.slice(end + 1);
  const exists = (word: Word) => isThere(word, call, world);
  if (verb === 'checkout' && isDeployment(globalFlags.get('--work-tree'), call)) return [];
  const input = () => textOf(stdinText(call.stdin, call, world)) ?? '';
  const losses = reader({ flags: options.flags, positionals: options.positionals, paths, exists, input });
  const lost = losses.filter(({ op, names = [] }) => !losesNothing(op, names, call, world));
  return lost.map(({ op, names = [], remote }) => ({
    kind: 'git',
    invocation: call,
    op,
    names,
    remote,
    forced: options.flags.has('-f') || options.flags.has('--force'),
  }));
}

/** `git --work-tree=/srv/www checkout -f` puts a commit into a folder, as deployment hooks do; nobody works there. */
function isDeployment(worktree: Word | undefined, call: Invocation): boolean {
  if (worktree === undefined) return false;
  const path = absolutePath(worktree, call.cwd);
  const isHere = /^\.\/?$/.test(textOf(worktree) ?? '') || (path !== undefined && path === textOf(call.cwd));
  return !isHere;
}

/** `--cached --no-cached --force`: what a later `--no-` takes back does not count. Source: gitcli(7). */
function withoutTakenBack(words: readonly Word[]): readonly Word[] {
  const last = new Map<string, number>();
  words.forEach((word, at) => {
    const taken = /^--no-([a-z-]+)$/.exec(textOf(word) ?? '')?.[1];
    if (taken !== undefined) last.set(taken, at);
  });
  if (last.size === 0) return words;
  return words.filter((word, at) => {
    const text = textOf(word) ?? '';
    const name = /^--([a-z-]+)$/.exec(text)?.[1] ?? shorts[text];
    return name === undefined || at >= (last.get(name) ?? -1);
  });
}

const shorts: Readonly<Record<string, string>> = { '-f': 'force', '-n': 'dry-run', '-p': 'patch', '-i': 'interactive' };

function isThere(word: Word, call: Invocation, world: World): boolean {
  const path = absolutePath(word, call.cwd);
  return path !== undefined && call.host.kind === 'local' && world.ask({ kind: 'path', path })?.kind === 'path';
}

/** Long options that matter, and those that their beginnings could be mistaken for. */
const longs =
  `--hard --soft --mixed --merge --keep --force --force-with-lease --force-if-includes --force-create --discard-changes --staged --worktree
  --delete --mirror --prune --all --tags --dry-run --interactive --patch --cached --detach --track --orphan --quiet --ours --theirs --source --reset --expire
  --set-upstream --help --recurse-submodules --progress --overlay --no-overlay --conflict --pathspec-from-file --list --no-verify`.split(
    /\s+/,
  );

const any = (flags: Options['flags'], names: string): boolean => names.split(' ').some((name) => flags.has(name));
const grammars: Readonly<Record<string, ReturnType<typeof optionGrammar>>> = {
  clean: optionGrammar({ values: '-e --exclude' }),
  'checkout-index': optionGrammar({ values: '--prefix --stage' }),
  push: optionGrammar({ values: '-o --push-option --receive-pack --exec --repo' }),
  branch: optionGrammar({ values: '-u --set-upstream-to --contains --sort --format --points-at' }),
  checkout: optionGrammar({ values: '-b -B --orphan --conflict --pathspec-from-file' }),
  switch: optionGrammar({ values: '-c -C --create --force-create --orphan --conflict' }),
  restore: optionGrammar({ values: '-s --source -U --unified --inter-hunk-context --conflict --pathspec-from-file' }),
  rm: optionGrammar({ values: '--pathspec-from-file' }),
  stash: optionGrammar({}),
};

const discards = (...names: readonly Word[]): Loss[] => [{ op: 'discard-worktree', names }];
const rewrites = (): Loss[] => [{ op: 'rewrite-history' }];

/** What each subcommand loses. Sources: git's manual pages, git-extras(1). */
const verbs: Readonly<Record<string, (git: GitCall) => Loss[]>> = {
  reset: ({ flags }) => (any(flags, '--hard --merge') ? discards() : []),
  checkout,
  switch: ({ flags }) => (any(flags, '-f --force --discard-changes') ? discards() : []),
  restore,
  'checkout-index': ({ flags }) => (any(flags, '-f --force') ? discards() : []),
  'read-tree': ({ flags }) => (flags.has('--reset') && flags.has('-u') ? discards() : []),
  clean: ({ flags, positionals, paths = [] }) =>
    any(flags, '-n --dry-run -i --interactive') || !any(flags, '-f --force')
      ? []
      : [{ op: 'clean', names: [...positionals, ...paths] }],
  push,
  branch: ({ flags, positionals }) => {
    const forced = any(flags, '-f --force');
    if (flags.has('-D') || (any(flags, '-d --delete') && forced)) return [{ op: 'delete-branch', names: positionals }];
    const other = any(flags, '-m --move -c --copy -u --set-upstream-to --unset-upstream --edit-description --list -l');
    // `branch -f main HEAD~3` puts the branch elsewhere; the commits that only it held are out of reach.
    return forced && !other && positionals.length > 0 ? [{ op: 'delete-ref', names: positionals.slice(0, 1) }] : [];
  },
  tag: ({ flags, positionals }) => (any(flags, '-d --delete') ? [{ op: 'delete-tag', names: positionals }] : []),
  stash: ({ positionals }) => {
    const verb = textOf(positionals[0]);
    return verb === 'drop' || verb === 'clear' ? [{ op: 'drop-stash', names: positionals.slice(1) }] : [];
  },
  'filter-branch': rewrites,
  'filter-repo': ({ flags }) => (any(flags, '--analyze --dry-run') ? [] : rewrites()),
  reflog: ({ flags, positionals }) => {
    const verb = textOf(positionals[0]);
    return (verb === 'expire' || verb === 'delete') && !any(flags, '-n --dry-run') ? [{ op: 'expire-reflog' }] : [];
  },
  gc: ({ flags }) => (['now', 'all'].includes(textOf(flags.get('--prune')) ?? '') ? [{ op: 'expire-reflog' }] : []),
  prune: ({ flags }) => (any(flags, '-n --dry-run') ? [] : [{ op: 'expire-reflog' }]),
  'update-ref': ({ flags, positionals, input }) => {
    if (flags.has('-d')) return [{ op: 'delete-ref', names: positionals }];
    const deleted = flags.has('--stdin') ? [...input().matchAll(/^delete\s+(\S+)/gm)] : [];
    return deleted.length === 0 ? [] : [{ op: 'delete-ref', names: deleted.map(([, name = '']) => staticWord(name)) }];
  },
  lfs: ({ flags, positionals }) =>
    textOf(positionals[0]) === 'prune' && !any(flags, '-d --dry-run') ? [{ op: 'expire-reflog' }] : [],
  'symbolic-ref': ({ flags, positionals }) =>
    any(flags, '-d --delete') ? [{ op: 'delete-ref', names: positionals }] : [],
  rm: ({ flags, positionals, paths = [] }) => {
    if (any(flags, '--cached -n --dry-run')) return [];
    return any(flags, '-f --force') ? [{ op: 'remove-files', names: [...positionals, ...paths] }] : [];
  },
  worktree: ({ flags, positionals }) =>
    textOf(positionals[0]) === 'remove' && any(flags, '-f --force')
      ? [{ op: 'remove-worktree', names: positionals.slice(1) }]
      : [],
  submodule: ({ flags, positionals }) =>
    textOf(positionals[0]) === 'deinit' && any(flags, '-f --force')
      ? [{ op: 'deinit-submodule', names: positionals.slice(1) }]
      : [],
  clear: () => [{ op: 'discard-worktree' }, { op: 'clean' }],
  'clear-soft': () => [{ op: 'discard-worktree' }, { op: 'clean' }],
  sync: () => [{ op: 'discard-worktree' }, { op: 'clean' }],
  'fresh-branch': () => [{ op: 'clean' }],
  'reset-file': ({ positionals }) => discards(...positionals.slice(0, 1)),
  undo: ({ flags }) => (any(flags, '-h --hard') ? discards() : []),
  'delete-branch': ({ positionals }) => [
    { op: 'delete-branch', names: positionals },
    { op: 'delete-remote-ref', names: positionals },
  ],
  'delete-tag': ({ positionals }) => [{ op: 'delete-remote-ref', names: positionals }],
  obliterate: rewrites,
  reauthor: rewrites,
};

/** checkout means two things: another branch, or files thrown away. */
function checkout({ flags, positionals, paths, exists }: GitCall): Loss[] {
  if (any(flags, '-p --patch')) return [];
  if (any(flags, '-f --force')) return discards();
  if (any(flags, '-b -B --orphan --detach --track -t --ours --theirs -2 -3')) return [];
  if (flags.has('--pathspec-from-file')) return discards();
  if (paths !== undefined) return paths.length > 0 ? discards(...paths) : [];
  const named = positionals.filter(looksLikePath);
  if (named.length > 0) return discards(...named);
  if (positionals.length > 1) return discards(...positionals.slice(1));
  return positionals.some(exists) ? discards(...positionals) : [];
}

function restore({ flags, positionals, paths = [] }: GitCall): Loss[] {
  if (any(flags, '-p --patch --ours --theirs')) return [];
  const indexOnly = any(flags, '--staged -S') && !any(flags, '--worktree -W');
  const names = [...positionals, ...paths];
  return indexOnly || (names.length === 0 && !flags.has('--pathspec-from-file')) ? [] : discards(...names);
}

/** `.` and `src/app.ts` are paths; `main`, `feature/login` and `v1.2` are branches and tags. */
function looksLikePath(word: Word): boolean {
  const text = textOf(word) ?? knownPrefix(word);
  return (
    word.glob ||
    /^(\.{1,2}|:)(\/|$)/.test(text) ||
    text.endsWith('/') ||
    /^:[!/^(]/.test(text) ||
    /[^/\d]\.[A-Za-z]{1,5}$/.test(text)
  );
}

function push({ flags, positionals: words, paths = [] }: GitCall): Loss[] {
  const positionals = [...words, ...paths];
  if (any(flags, '-n --dry-run')) return [];
  const [remote, ...refs] = positionals;
  if (flags.has('--mirror')) return [{ op: 'mirror-push', remote }];
  if (any(flags, '-d --delete')) return [{ op: 'delete-remote-ref', names: refs, remote }];
  const removed = refs.filter((word) => /^\+?:./.test(knownPrefix(word)));
  const losses: Loss[] = [];
  if (removed.length > 0) losses.push({ op: 'delete-remote-ref', names: removed, remote });
  if (flags.has('--prune')) losses.push({ op: 'delete-remote-ref', names: refs, remote });
  const lease = [...flags.keys()].some((flag) => flag.startsWith('--force-with-lease'));
  const plus = refs.filter((word) => /^\+(?!:)|^[^:]+:\+/.test(knownPrefix(word)));
  if (any(flags, '-f --force') || plus.length > 0 || lease) losses.push({ op: 'force-push', names: refs, remote });
  return losses;
}
