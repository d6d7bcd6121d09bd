// Values: what is known of the values of a program while it is read without running it. The same for all languages.
import { unknownPiece } from '../../model/code.ts';
import { dynamicWord, joinWords, knownPrefix, showWord, staticWord, textOf, type Word } from '../../model/word.ts';

/** Where a value came from, for code and commands that are made of it. */
export type Taint = 'http' | 'decoded' | 'secret';

export type Value =
  /** A string, a number or a boolean as text; a dynamic word where only pieces are known. */
  | { readonly kind: 'text'; readonly word: Word; readonly taint?: Taint }
  /** `complete` is false where further items may stand in it. */
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly complete: boolean }
  | { readonly kind: 'table'; readonly entries: ReadonlyMap<string, Value>; readonly complete: boolean }
  /**
   * Something of a library by its qualified name: `os.remove`, `fs.promises`. An instance is named by what made it, with
   * `()`: `requests.Session()`, and `made` holds the arguments of that call.
   */
  | { readonly kind: 'name'; readonly name: string; readonly made?: Arguments }
  /** A function of the program itself; `body` belongs to the language's reader. */
  | { readonly kind: 'function'; readonly body: unknown }
  | { readonly kind: 'unknown'; readonly source: string; readonly taint?: Taint };

/** Arguments of a call. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** What a method was called on. */
  readonly receiver?: Value;
}

/** A literal of the program; where the program's own text was not known, neither is the literal's. */
const literalWord = (value: string): Word => {
  if (!value.includes(unknownPiece)) return staticWord(value);
  const pieces = value.split(unknownPiece).flatMap((piece, at) => (at === 0 ? [piece] : [null, piece]));
  return dynamicWord(
    value.replaceAll(unknownPiece, '…'),
    pieces.filter((piece) => piece !== ''),
  );
};

/** What values may grow to: programs double texts and lists in loops, and put lists into themselves. */
export const valueLimits = {
  text: 4_194_304,
  pieces: 256,
  source: 1_000,
  start: 4_096,
  items: 10_000,
  entries: 5_000,
  depth: 30,
} as const;

/** The word, or where it grew too long only its beginning and that it goes on. */
function bounded(word: Word): Word {
  const { text: most, pieces, source, start } = valueLimits;
  if (word.kind === 'static')
    return word.value.length <= most ? word : dynamicWord('a long text', [word.value.slice(0, start), null], word.glob);
  const length = word.known.reduce((sum, piece) => sum + (piece?.length ?? 0), 0);
  if (length <= most && word.known.length <= pieces)
    return word.source.length <= source ? word : { ...word, source: `${word.source.slice(0, source)}…` };
  const kept = word.known.slice(0, length <= most ? pieces : 2).map((piece) => piece?.slice(0, start) ?? null);
  return dynamicWord(word.source.slice(0, source), kept.at(-1) === null ? kept : [...kept, null], word.glob);
}

/** A text with each occurrence of another changed; undefined where it would grow too long. */
export function replacedAll(value: string, old: string, by: string): string | undefined {
  const most = Math.ceil(value.length / Math.max(old.length, 1)) * by.length + value.length;
  if (most > valueLimits.text && value.split(old).length * by.length + value.length > valueLimits.text)
    return undefined;
  return value.replaceAll(old, () => by);
}

export const text = (value: string | Word, taint?: Taint): Value => ({
  kind: 'text',
  word: bounded(typeof value === 'string' ? literalWord(value) : value),
  ...(taint === undefined ? {} : { taint }),
});

export const list = (items: readonly Value[], complete = true): Value =>
  items.length <= valueLimits.items
    ? { kind: 'list', items, complete }
    : { kind: 'list', items: items.slice(0, valueLimits.items), complete: false };

/** Adds to a list that the program changes in place; a list that is full goes on with what is not known. */
export function addItems(target: Extract<Value, { kind: 'list' }>, items: readonly Value[]): void {
  const held = target.items as Value[];
  if (held.length + items.length <= valueLimits.items) for (const item of [...items]) held.push(item);
  else (target as { complete: boolean }).complete = false;
}

export const table = (entries: ReadonlyMap<string, Value>, complete = true): Value => ({
  kind: 'table',
  entries,
  complete,
});
export const named = (name: string, made?: Arguments): Value => ({
  kind: 'name',
  name,
  ...(made === undefined ? {} : { made }),
});
export const unknown = (source: string, taint?: Taint): Value => ({
  kind: 'unknown',
  source: source.length > 80 ? `${source.slice(0, 77)}...` : source,
  ...(taint === undefined ? {} : { taint }),
});

/** The value as a word: what it would be as one text. */
export function wordOf(value: Value | undefined): Word {
  if (value === undefined) return dynamicWord('(nothing)');
  switch (value.kind) {
    case 'text':
      return value.word;
    case 'unknown':
      return dynamicWord(value.source);
    case 'name':
      return dynamicWord(value.name);
    case 'function':
      return dynamicWord('(a function)');
    default:
      return jsonOf(value, { left: valueLimits.entries, depth: 0 });
  }
}

/** The text of a value where all of it is known. */
export const knownText = (value: Value | undefined): string | undefined =>
  value?.kind === 'text' ? textOf(value.word) : undefined;

export const taintOf = (value: Value | undefined): Taint | undefined =>
  value?.kind === 'text' || value?.kind === 'unknown' ? value.taint : undefined;

/** Texts one after the other; the taint of any of them is the taint of all. */
export function concat(values: readonly Value[], separator = ''): Value {
  const taint = values.map(taintOf).find((each) => each !== undefined);
  return text(joinWords(values.map(wordOf), separator), taint);
}

/** Paths one below the other, as `os.path.join` and `path.join` do it; an absolute one starts anew where `anew` says so. */
export function joinPaths(parts: readonly Value[], anew = true): Value {
  const start = anew ? parts.findLastIndex((part) => /^\//.test(knownPrefix(wordOf(part)))) : 0;
  const words = parts.slice(Math.max(start, 0)).map(wordOf);
  const kept = words.filter((word) => textOf(word) !== '');
  const joined = kept.flatMap((word, index) => {
    const before = kept[index - 1];
    const hasSlash = before !== undefined && /\/$/.test(lastPiece(before));
    return index === 0 || hasSlash ? [word] : [staticWord('/'), word];
  });
  return text(
    joinWords(joined),
    parts.map(taintOf).find((each) => each !== undefined),
  );
}

const lastPiece = (word: Word): string => (word.kind === 'static' ? word.value : (word.known.at(-1) ?? ''));

/** How much of a value is still to be written, and how deep it stands: values may hold themselves. */
interface Writing {
  left: number;
  readonly depth: number;
}

/** Literal objects and lists as JSON text, with unknown pieces where their values are not known. */
function jsonOf(value: Extract<Value, { kind: 'list' | 'table' }>, writing: Writing): Word {
  if (writing.depth > valueLimits.depth || writing.left <= 0) return dynamicWord('…');
  const inner = { ...writing, depth: writing.depth + 1 };
  const written: Word[] = [];
  const isList = value.kind === 'list';
  const entries: Iterable<readonly [string | number, Value]> = isList ? value.items.entries() : value.entries;
  for (const [key, entry] of entries) {
    inner.left -= 1;
    if (inner.left <= 0) break;
    const word = jsonWord(entry, inner);
    written.push(isList ? word : joinWords([staticWord(`${JSON.stringify(key)}:`), word]));
  }
  writing.left = inner.left;
  if (!value.complete || inner.left <= 0) written.push(dynamicWord('…'));
  return bounded(joinWords([staticWord(isList ? '[' : '{'), joinWords(written, ','), staticWord(isList ? ']' : '}')]));
}

function jsonWord(value: Value, writing: Writing): Word {
  if (value.kind === 'list' || value.kind === 'table') return jsonOf(value, writing);
  if (value.kind !== 'text') return wordOf(value);
  if (value.word.kind === 'dynamic') return joinWords([staticWord('"'), value.word, staticWord('"')]);
  return staticWord(
    /^(true|false|null|-?\d+(\.\d+)?)$/.test(value.word.value) ? value.word.value : JSON.stringify(value.word.value),
  );
}

/** The items of a list that are words of a command; an incomplete list ends with an unknown word. */
export function wordsOf(value: Value | undefined): readonly Word[] | undefined {
  if (value?.kind !== 'list') return undefined;
  const words = value.items.map(wordOf);
  return value.complete ? words : [...words, dynamicWord('…')];
}

/** What both values have in common: after a branch only that is known. */
export function merge(a: Value | undefined, b: Value | undefined, source: string): Value {
  if (a !== undefined && a === b) return a;
  if (a !== undefined && b !== undefined && a.kind === b.kind && JSON.stringify(plain(a)) === JSON.stringify(plain(b)))
    return a;
  return unknown(source, taintOf(a) ?? taintOf(b));
}

const plain = (value: Value): unknown =>
  value.kind === 'text'
    ? ['text', showWord(value.word), value.word.kind]
    : value.kind === 'list' || value.kind === 'table'
      ? showWord(wordOf(value))
      : value.kind === 'name'
        ? value.name
        : value.kind === 'function'
          ? undefined
          : value.source;
