// Words: what an argument, a path or a value is known to be before anything runs.

/**
 * The known pieces of a text in order; `null` stands where the text is not known.
 * `"$DIR"/cache/*.tmp` with `$DIR` unknown is `[null, '/cache/*.tmp']`.
 */
export type KnownText = readonly (string | null)[];

/** A word whose whole text is known. `glob` says that unquoted `*`, `?` or `[` in it match file names. */
export interface StaticWord {
  readonly kind: 'static';
  readonly value: string;
  readonly glob: boolean;
}

/** A word that depends on something that is not known. It never equals a text, whatever its known pieces say. */
export interface DynamicWord {
  readonly kind: 'dynamic';
  /** As it stands in the command line, for messages. */
  readonly source: string;
  readonly known: KnownText;
  readonly glob: boolean;
}

export type Word = StaticWord | DynamicWord;

export const staticWord = (value: string, glob = false): StaticWord => ({ kind: 'static', value, glob });

export const dynamicWord = (source: string, known: KnownText = [null], glob = false): DynamicWord => ({
  kind: 'dynamic',
  source,
  known,
  glob,
});

/** The text of a word where all of it is known. */
export const textOf = (word: Word | undefined): string | undefined =>
  word?.kind === 'static' ? word.value : undefined;

/** The text up to the first unknown piece. */
export const knownPrefix = (word: Word): string => (word.kind === 'static' ? word.value : (word.known[0] ?? ''));

/** The word as a person would read it. */
export const showWord = (word: Word): string => (word.kind === 'static' ? word.value : word.source);

/** The known pieces of any word. */
export const piecesOf = (word: Word): KnownText => (word.kind === 'static' ? [word.value] : word.known);

/** Joins words into one, without anything between them. */
export function joinWords(words: readonly Word[], separator = ''): Word {
  const pieces: (string | null)[] = [];
  const push = (piece: string | null) => {
    const last = pieces.at(-1);
    if (piece === null) {
      if (last !== null) pieces.push(null);
    } else if (typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else if (piece !== '') pieces.push(piece);
  };
  words.forEach((word, index) => {
    if (index > 0 && separator !== '') push(separator);
    piecesOf(word).forEach(push);
  });
  const glob = words.some((word) => word.glob);
  if (!pieces.includes(null)) return staticWord(pieces.join(''), glob);
  return dynamicWord(words.map(showWord).join(separator), pieces, glob);
}

/** The same word with each known piece changed; `at` counts the pieces, unknown ones too. */
export function mapText(word: Word, change: (text: string, at: number) => string): Word {
  if (word.kind === 'static') return { ...word, value: change(word.value, 0) };
  return { ...word, known: word.known.map((piece, at) => (piece === null ? null : change(piece, at))) };
}
