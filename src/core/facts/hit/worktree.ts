// Working trees: whether a git command that throws changes away finds any.
import type { GitOperation } from '../../model/fact.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { textOf, type Word } from '../../model/word.ts';
import { absolutePath } from '../../resolve/paths.ts';
import { answerOf, type Ground, isLeftover } from './ground.ts';

/** Calls that touch the whole tree, and nothing but what is not committed. */
const wholeTree = /^(reset --hard( HEAD)?|checkout (-f|--force))$/;
const cleaning = /^clean( (-[dfq]+|--force|--quiet))+$/;

/** Whether it is known that a git command throws nothing away: what it names is as the last commit has it. */
export function losesNothing(
  op: GitOperation,
  names: readonly Word[],
  { args, cwd, host }: Invocation,
  world: World,
): boolean {
  const folder = textOf(cwd);
  if (host.kind !== 'local' || !folder?.startsWith('/')) return false;
  const ground: Ground = { world, rebuildable: [] };
  const said = args.map((word) => textOf(word) ?? '?').join(' ');
  if (op === 'clean') return cleaning.test(said) && isClean(folder, ground);
  if (op !== 'discard-worktree') return false;
  if (wholeTree.test(said)) return isUnchanged([rootOf(folder, ground)], ground, true);
  // Options of git itself may name another repository.
  if (names.length === 0 || said.startsWith('-') || names.some((word) => /^:/.test(textOf(word) ?? ':'))) return false;
  const paths = names.map((word) => absolutePath(word, cwd));
  const words = args.slice(1).filter((word) => textOf(word) !== '--');
  // Without a commit's name the index is checked out, which leaves alone what git does not know.
  return isUnchanged(paths, ground, words.length === names.length);
}

const rootOf = (folder: string, ground: Ground): string | undefined =>
  answerOf(ground, { kind: 'git-paths', paths: [folder] }, 'git-paths')?.root;

/** Nothing below the paths differs from the last commit; what git does not know stays only where the index is checked out. */
function isUnchanged(paths: readonly (string | undefined)[], ground: Ground, staysUntracked: boolean): boolean {
  const known = paths.filter((path) => path !== undefined);
  if (known.length !== paths.length) return false;
  const answer = answerOf(ground, { kind: 'git-paths', paths: known }, 'git-paths');
  if (answer === undefined || !answer.complete || answer.submodules || answer.modified > 0) return false;
  return staysUntracked || answer.untracked.length === 0;
}

function isClean(folder: string, ground: Ground): boolean {
  const answer = answerOf(ground, { kind: 'git-paths', paths: [folder] }, 'git-paths');
  return answer?.complete === true && answer.untracked.every((path) => isLeftover(path, undefined, ground));
}
