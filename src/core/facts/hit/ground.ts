// The ground that file facts are judged on: whom to ask, and what this user says can be made again.
import type { Answer, Query, World } from '../../model/observation.ts';
import { matchesPattern } from '../../resolve/glob.ts';
import { natureOfName } from '../nature.ts';

export interface Ground {
  readonly world: World;
  /** Names of files and folders, or ends of paths, with `*`: what the user's own configuration calls rebuildable. */
  readonly rebuildable: readonly string[];
}

/** The answer of the wanted kind; undefined where it is open, failed or something else. */
export function answerOf<K extends Answer['kind']>(
  { world }: Ground,
  query: Query,
  kind: K,
): Extract<Answer, { kind: K }> | undefined {
  const answer = world.ask(query);
  return answer?.kind === kind ? (answer as Extract<Answer, { kind: K }>) : undefined;
}

/** Whether the configuration calls a path, or a folder that it lies in, rebuildable. */
export function isCalledRebuildable(path: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return false;
  const segments = path.split('/').filter((segment) => segment !== '');
  return patterns.some((pattern) => {
    const wanted = pattern.split('/').filter((segment) => segment !== '');
    return segments.some((_, at) => wanted.every((piece, index) => matchesSegment(segments[at + index], piece)));
  });
}

const matchesSegment = (segment: string | undefined, pattern: string): boolean =>
  segment !== undefined && matchesPattern(segment, pattern);

const remade: ReadonlySet<string> = new Set(['build', 'cache', 'log', 'scratch']);

/** Whether a single file among others is one that nobody would miss. What its folder is called may be what is in doubt. */
export function isLeftover(path: string, doubted: string | undefined, { rebuildable }: Ground): boolean {
  // git ignores the folder as a whole: then its name was meant.
  if (path === doubted) return true;
  const told = doubted !== undefined && path.startsWith(`${doubted}/`) ? path.slice(doubted.length + 1) : path;
  return remade.has(natureOfName(told, true)) || isCalledRebuildable(path, rebuildable);
}
