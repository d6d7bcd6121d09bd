// Words as flat text: unknown pieces become one NUL character each, which no argument can hold, so that plain string
// functions work on them; and back.
import { dynamicWord, piecesOf, showWord, staticWord, type Word } from '../../model/word.ts';

/** Stands for an unknown piece in flat text. */
export const hole = '\0';

/** The word's text with a `hole` for each unknown piece. A NUL in the text itself becomes U+FFFD. */
export const flat = (word: Word): string =>
  piecesOf(word)
    .map((piece) => (piece === null ? hole : piece.includes(hole) ? piece.replaceAll(hole, '\uFFFD') : piece))
    .join('');

/** A part of `whole`'s flat text as a word of its own; what it shows to a person is cut out of the whole's source. */
export function partOf(whole: Word, part: string): Word {
  if (!part.includes(hole)) return staticWord(part);
  return dynamicWord(sourceOf(whole, part), piecesIn(part));
}

/** Flat text as a word, with `source` for a person where a piece of it is not known. */
export const unflat = (text: string, source: string): Word =>
  text.includes(hole) ? dynamicWord(source, piecesIn(text)) : staticWord(text);

/** The same word with its known text changed. */
export function mapKnown(word: Word, change: (text: string) => string): Word {
  if (word.kind === 'static') return staticWord(change(word.value));
  return dynamicWord(
    word.source,
    word.known.map((piece) => (piece === null ? null : change(piece))),
  );
}

/** The two sides of the first `separator` in the known text, or undefined where there is none. */
export function cutWord(word: Word, separator: string): readonly [Word, Word] | undefined {
  const text = flat(word);
  const at = text.indexOf(separator);
  if (at < 0) return undefined;
  return [partOf(word, text.slice(0, at)), partOf(word, text.slice(at + separator.length))];
}

/** The word without its first `count` characters, which must be known. */
export const dropStart = (word: Word, count: number): Word => partOf(word, flat(word).slice(count));

/** Nothing at all is known of it. */
export const isBlank = (word: Word): boolean => word.kind === 'dynamic' && !piecesOf(word).some((piece) => piece);

/** Neighbouring holes are one. */
function piecesIn(text: string): readonly (string | null)[] {
  const pieces: (string | null)[] = [];
  text.split(hole).forEach((piece, index) => {
    if (index > 0 && pieces.at(-1) !== null) pieces.push(null);
    if (piece !== '') pieces.push(piece);
  });
  return pieces;
}

/** The stretch of the whole's source that a part came from: known text around it is cut off where it is found there. */
function sourceOf(whole: Word, part: string): string {
  const source = unquoted(showWord(whole));
  // Nobody reads a longer one, and a body of many parts must not be searched once for each.
  if (source.length > 2000) return source;
  const text = flat(whole);
  const at = text.indexOf(part);
  if (at < 0) return source;
  const before = text.slice(0, at);
  const after = text.slice(at + part.length);
  const start = !before.includes(hole) && source.startsWith(before) ? before.length : 0;
  const end = !after.includes(hole) && source.endsWith(after) ? source.length - after.length : source.length;
  return start < end ? source.slice(start, end) : source;
}

function unquoted(source: string): string {
  const quote = source[0];
  const quoted = source.length > 1 && (quote === '"' || quote === "'") && source.endsWith(quote);
  return quoted ? source.slice(1, -1) : source;
}
