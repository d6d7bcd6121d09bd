// Paths: where a path of the program lies, seen from where the program was started.
import { knownPrefix, mapText, textOf } from '../../../model/word.ts';
import { absolutePath } from '../../../resolve/paths.ts';
import { joinPaths, text, type Value, wordOf } from '../value.ts';
import type { Run } from './run.ts';
import { eachChoice, isListing, markListed } from './values.ts';

/** The path below the folder that the program changed to; `file:` URLs are paths. */
export function pathOf(value: Value, run: Run): Value {
  return eachChoice(value, (each) => {
    if (each.kind === 'list' || each.kind === 'table' || each.kind === 'function') return each;
    const plain = withoutScheme(each);
    if (run.cwd === undefined || /^[/~]/.test(knownPrefix(wordOf(plain)))) return plain;
    const joined = joinPaths([text(run.cwd), plain]);
    return isListing(each) ? markListed(joined) : joined;
  });
}

function withoutScheme(value: Value): Value {
  if (value.kind !== 'text' || !knownPrefix(value.word).startsWith('file:')) return value;
  return text(mapText(value.word, (piece, at) => (at === 0 ? piece.replace(/^file:(\/\/)?/, '') : piece)));
}

/** The absolute path, where all of it is known. */
export const absoluteOf = (value: Value | undefined, run: Run): string | undefined =>
  value === undefined || textOf(wordOf(value)) === undefined
    ? undefined
    : absolutePath(wordOf(pathOf(value, run)), run.context.cwd);
