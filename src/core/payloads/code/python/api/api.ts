// API tables of the Python reader: the shape of their entries, and the builders that they share.
import { dynamicWord, knownPrefix, showWord, staticWord, type Word } from '../../../../model/word.ts';
import { type Arguments, joinPaths, list, text, unknown, type Value, wordOf } from '../../value.ts';
import type { Run } from '../run.ts';
import type { Scope } from '../scope.ts';

/** One call. Gives back what the call returns; undefined where that is something of the library. */
export type PythonApi = (call: Arguments, run: Run, name: string, scope?: Scope) => Value | undefined;

/**
 * Qualified names to what calling them does. `psycopg2.**.execute` is a method called `execute` on anything that the
 * library made; `**.drop_all` one on anything that is not known better.
 */
export type PythonApis = Readonly<Record<string, PythonApi>>;

/** The same entry under several names. */
export const each = (names: string, api: PythonApi): PythonApis =>
  Object.fromEntries(
    names
      .split(/\s+/)
      .filter((name) => name !== '')
      .map((name) => [name, api]),
  );

/** Whether a word stands for several files: a pattern, or something below a folder in a loop. */
export const standsForMany = (word: Word, run: Run): boolean =>
  word.glob || (run.loops > 0 && word.kind === 'dynamic' && word.known.some((piece) => piece !== null && piece !== ''));

/** A command that does the same as the call: it is judged as if it was typed. */
export function runsAs(words: readonly (string | Word | undefined)[], run: Run, via: string): void {
  const known = words.filter((word) => word !== undefined);
  run.recorder.record(via, {
    kind: 'words',
    words: known.map((word) => (typeof word === 'string' ? staticWord(word) : word)),
  });
}

/** Something below a folder of which the name is not known. */
export const below = (folder: Value | undefined, name: string, end = ''): Value => {
  const root = folder?.kind === 'text' ? folder : unknown(showWord(wordOf(folder)));
  const prefix = knownPrefix(wordOf(root));
  const rest = text(dynamicWord(name, end === '' ? [null] : [null, end]));
  return prefix === '.' ? joinPaths([text('./'), rest]) : joinPaths([root, rest]);
};

export const incomplete = (items: readonly Value[]): Value => list(items, false);
