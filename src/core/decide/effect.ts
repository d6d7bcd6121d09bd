// Effects: what two findings have in common that would destroy the same thing, whatever the words.
import type { Fact } from '../model/fact.ts';
import type { Finding } from '../model/verdict.ts';
import { knownPrefix, textOf } from '../model/word.ts';
import { pathFrom } from '../resolve/paths.ts';

/** The effect of a finding as one text: the family of rule and the target. */
export const effectOf = (finding: Finding): string => keyOf(finding, placesOf(finding)[0]);

/**
 * The effects that a no to any of them covers this finding by: its own, and for files those on the folders above, so that
 * `rm data/a` is covered by a no to `rm -r data`.
 */
export const coveringEffects = (finding: Finding): readonly string[] =>
  placesOf(finding).map((place) => keyOf(finding, place));

/** What could not be read has no target but its own text. */
const keyOf = ({ rule, target, fact }: Finding, place: string): string =>
  JSON.stringify([rule.id.split('/')[0], target.kind, place, fact.kind === 'opaque' ? fact.code.source : '']);

/** The target's name; of files the path, then the folders above it. */
function placesOf({ fact, target }: Finding): readonly [string, ...string[]] {
  const path = fact.kind === 'file' ? filePath(fact) : undefined;
  if (path === undefined) return [target.name];
  const above: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) above.push(path.slice(0, at));
  return [path, ...above];
}

/** The path without a pattern at its end; of a path that is only partly known the folder that it lies in. */
function filePath({ path, invocation }: Extract<Fact, { kind: 'file' }>): string | undefined {
  const known = textOf(path) ?? knownPrefix(path).replace(/[^/]*$/, '');
  const folder = textOf(invocation.cwd);
  if (known === '' || folder === undefined) return undefined;
  return pathFrom(known, folder).replace(/(?:\/[^/]*[*?[][^/]*)+$/, '') || '/';
}
