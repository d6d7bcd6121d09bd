// Git facts: what a git command would lose, whatever words it is spelled with.
import type { GitFact, GitOperation } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import { knownPrefix, textOf, type Word } from '../model/word.ts';
import { optionGrammar, readOptions, type Options } from '../programs/options.ts';

/** Options of git itself, in front of the subcommand. Source: git(1). */
const globals = optionGrammar({
  values: '-C -c --git-dir --work-tree --namespace --exec-path --super-prefix --config-env --attr-source',
  stopAtPositional: true,
});
const general = optionGrammar({
  values: '-m --message -b -B -c -C --orphan -s --source --exclude -e --exec --receive-pack -o --push-option --repo --pathspec-from-file -F --file -n',
});

interface GitCall {
  readonly flags: Options['flags'];
  readonly positionals: readonly Word[];
  /** Words behind `--`. */
  readonly paths: readonly Word[] | undefined;
}
interface Loss {
  readonly op: GitOperation;
  readonly names?: readonly Word[];
  readonly remote?: Word | undefined;
}

/** The git fact of an invocation of git, where it loses something. */
export function gitFacts(call: Invocation): GitFact[] {
  const { flags: globalFlags, positionals } = readOptions(call.args, globals);
  const [verbWord, ...rest] = positionals;
  const verb = textOf(verbWord);
  if (verb === undefined || globalFlags.has('--help') || globalFlags.has('--version')) return [];
  const reader = verbs[verb];
  if (reader === undefined) return [];
  const end = rest.findIndex((word) => textOf(word) === '--');
  const head = end < 0 ? rest : rest.slice(0, end);
  const options = readOptions(head, grammars[verb] ?? general);
  if (options.flags.has('--help') || options.flags.has('-h')) return [];
  const paths = end < 0 ? undefined : rest.slice(end + 1);
  const losses = reader({ flags: options.flags, positionals: options.positionals, paths });
  return losses.map(({ op, names = [], remote }) => ({
    kind: 'git',
    invocation: call,
    op,
    names,
    remote,
    forced: options.flags.has('-f') || options.flags.has('--force'),
  }));
}

const any = (flags: Options['flags'], names: string): boolean => names.split(' ').some((name) => flags.has(name));
const grammars: Readonly<Record<string, ReturnType<typeof optionGrammar>>> = {
  clean: optionGrammar({ values: '-e --exclude' }),
  push: optionGrammar({ values: '-o --push-option --receive-pack --exec --repo' }),
  branch: optionGrammar({ values: '-u --set-upstream-to --contains --sort --format --points-at' }),
  checkout: optionGrammar({ values: '-b -B --orphan --conflict' }),
  switch: optionGrammar({ values: '-c -C --create --force-create --orphan --conflict' }),
  restore: optionGrammar({ values: '-s --source --conflict --pathspec-from-file' }),
  rm: optionGrammar({}),
  stash: optionGrammar({}),
};

const verbs: Readonly<Record<string, (git: GitCall) => Loss[]>> = {
  reset: ({ flags }) => (any(flags, '--hard --merge --keep') ? [{ op: 'discard-worktree' }] : []),
  checkout,
  switch: ({ flags }) => (any(flags, '-f --force --discard-changes') ? [{ op: 'discard-worktree' }] : []),
  restore: ({ flags, positionals, paths = [] }) =>
    flags.has('--staged') && !any(flags, '--worktree -W') ? [] : flags.has('-S') && !any(flags, '--worktree -W') ? [] : [{ op: 'discard-worktree', names: [...positionals, ...paths] }],
  'checkout-index': ({ flags }) => (any(flags, '-f --force') ? [{ op: 'discard-worktree' }] : []),
  'read-tree': ({ flags }) => (flags.has('--reset') && flags.has('-u') ? [{ op: 'discard-worktree' }] : []),
  clean: ({ flags, positionals, paths = [] }) =>
    any(flags, '-n --dry-run -i --interactive') || !any(flags, '-f --force') ? [] : [{ op: 'clean', names: [...positionals, ...paths] }],
  push,
  branch: ({ flags, positionals }) => {
    const forced = flags.has('-D') || (any(flags, '-d --delete') && any(flags, '-f --force'));
    return forced ? [{ op: 'delete-branch', names: positionals }] : [];
  },
  tag: ({ flags, positionals }) => (any(flags, '-d --delete') ? [{ op: 'delete-tag', names: positionals }] : []),
  stash: ({ positionals }) => {
    const verb = textOf(positionals[0]);
    return verb === 'drop' || verb === 'clear' ? [{ op: 'drop-stash', names: positionals.slice(1) }] : [];
  },
  'filter-branch': () => [{ op: 'rewrite-history' }],
  'filter-repo': ({ flags }) => (any(flags, '--analyze --dry-run') ? [] : [{ op: 'rewrite-history' }]),
  reflog: ({ flags, positionals }) => {
    const verb = textOf(positionals[0]);
    return (verb === 'expire' || verb === 'delete') && !any(flags, '-n --dry-run') ? [{ op: 'expire-reflog' }] : [];
  },
  gc: ({ flags }) => (['now', 'all'].includes(textOf(flags.get('--prune')) ?? '') ? [{ op: 'expire-reflog' }] : []),
  prune: ({ flags }) => (any(flags, '-n --dry-run') ? [] : [{ op: 'expire-reflog' }]),
  'update-ref': ({ flags, positionals }) => (flags.has('-d') ? [{ op: 'delete-ref', names: positionals }] : []),
  rm: ({ flags, positionals, paths = [] }) => {
    if (any(flags, '--cached -n --dry-run')) return [];
    return flags.has('-r') && any(flags, '-f --force') ? [{ op: 'remove-files', names: [...positionals, ...paths] }] : [];
  },
  worktree: ({ flags, positionals }) =>
    textOf(positionals[0]) === 'remove' && any(flags, '-f --force') ? [{ op: 'remove-worktree', names: positionals.slice(1) }] : [],
  submodule: ({ flags, positionals }) =>
    textOf(positionals[0]) === 'deinit' && any(flags, '-f --force') ? [{ op: 'deinit-submodule', names: positionals.slice(1) }] : [],
};

/** checkout means two things: another branch, or files thrown away. */
function checkout({ flags, positionals, paths }: GitCall): Loss[] {
  if (any(flags, '-b -B --orphan --detach --track -t')) return [];
  if (any(flags, '-f --force')) return [{ op: 'discard-worktree' }];
  if (paths !== undefined && paths.length > 0) return [{ op: 'discard-worktree', names: paths }];
  const named = positionals.filter((word) => looksLikePath(word));
  if (named.length > 0) return [{ op: 'discard-worktree', names: named }];
  return positionals.length > 1 ? [{ op: 'discard-worktree', names: positionals.slice(1) }] : [];
}

/** `.` and `src/app.ts` are paths; `main`, `feature/login` and `v1.2` are branches and tags. */
function looksLikePath(word: Word): boolean {
  const text = textOf(word) ?? knownPrefix(word);
  return word.glob || text === '.' || text.startsWith('./') || text.startsWith('../') || text.startsWith(':/') || text.endsWith('/') || /^path\//.test(text) || /[^/\d]\.[A-Za-z]{1,5}$/.test(text);
}

function push({ flags, positionals }: GitCall): Loss[] {
  if (any(flags, '-n --dry-run')) return [];
  const [remote, ...refs] = positionals;
  if (flags.has('--mirror')) return [{ op: 'mirror-push', remote }];
  if (any(flags, '-d --delete')) return [{ op: 'delete-remote-ref', names: refs, remote }];
  const removed = refs.filter((word) => /^\+?:./.test(knownPrefix(word)));
  const losses: Loss[] = [];
  if (removed.length > 0) losses.push({ op: 'delete-remote-ref', names: removed, remote });
  if (flags.has('--prune')) losses.push({ op: 'delete-remote-ref', names: refs, remote });
  const lease = [...flags.keys()].some((flag) => flag.startsWith('--force-with-lease'));
  const plus = refs.filter((word) => knownPrefix(word).startsWith('+') && !knownPrefix(word).startsWith('+:'));
  if (any(flags, '-f --force') || plus.length > 0 || lease) losses.push({ op: 'force-push', names: refs, remote });
  return losses;
}
