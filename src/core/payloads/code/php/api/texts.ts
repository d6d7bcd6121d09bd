// Texts and arrays: functions that give values of which something is known.
import { textOfBase64 } from '../../../../model/base64.ts';
import { joinWords, mapText, staticWord, textOf } from '../../../../model/word.ts';
import { concat, list, table, taintOf, text, unknown, wordOf } from '../../value.ts';
import { isComplete, itemsIn, keyOf } from '../arrays.ts';
import { callValue } from '../calls.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { literal, none } from '../model.ts';
import { pairsOf } from '../statements.ts';

const first: LibraryApi = ({ given }) => given.positional[0];

/** Changes a text that is wholly known; of others each known piece where that is right piece by piece. */
const changed =
  (change: (value: string) => string, pieces = false): LibraryApi =>
  ({ given }) => {
    const [value] = given.positional;
    if (value?.kind !== 'text') return value;
    const known = textOf(value.word);
    if (known !== undefined) return { ...value, word: staticWord(change(known), value.word.glob) };
    return pieces ? { ...value, word: mapText(value.word, change) } : value;
  };

/** Texts that were made unreadable: what comes out again is marked. */
const decoded =
  (decode: (value: string) => string | undefined): LibraryApi =>
  ({ given, source }) => {
    const known = literal(given.positional[0]);
    const result = known === undefined ? undefined : decode(known);
    return result === undefined ? unknown(source, taintOf(given.positional[0]) ?? 'decoded') : text(result, 'decoded');
  };

const hexadecimal = (digits: string): string | undefined =>
  /^([0-9a-fA-F]{2})*$/.test(digits)
    ? (digits.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('')
    : undefined;

const rotated = (value: string): string =>
  value.replace(/[a-zA-Z]/g, (letter) => {
    const start = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - start + 13) % 26) + start);
  });

/** `sprintf('%s/x', $dir)`; numbers behind `%` choose the argument. */
const formatted =
  (isList: boolean): LibraryApi =>
  ({ given, source }) => {
    const template = literal(given.positional[0]);
    if (template === undefined) return unknown(source);
    const values = isList ? itemsIn(given.positional[1]) : given.positional.slice(1);
    let next = 0;
    const pieces = template.split(/(%(?:\d+\$)?[-+0' ]*\d*(?:\.\d+)?[a-zA-Z%])/).map((piece, index) => {
      if (index % 2 === 0) return text(piece);
      if (piece.endsWith('%')) return text('%');
      const at = /^%(\d+)\$/.exec(piece)?.[1];
      return values[at === undefined ? next++ : Number(at) - 1] ?? unknown('%');
    });
    return concat(pieces);
  };

const joins: LibraryApi = ({ given }) => {
  const [a, b] = given.positional;
  const [separator, items] = a?.kind === 'list' || a?.kind === 'table' ? [b, a] : [a, b];
  const by = separator === undefined ? '' : literal(separator);
  if (items === undefined || by === undefined) return undefined;
  const joined = itemsIn(items);
  if (isComplete(items)) return concat(joined, by);
  return text(joinWords([...joined.map(wordOf), wordOf(unknown('…'))], by));
};

const splits: LibraryApi = ({ given }) => {
  const [separator, value] = given.positional.map(literal);
  if (separator === undefined || separator === '' || value === undefined) return undefined;
  return list(value.split(separator).map((piece) => text(piece)));
};

const replaces: LibraryApi = ({ given, source }) => {
  const [from, to, subject] = given.positional.map(literal);
  return from === undefined || to === undefined || subject === undefined
    ? unknown(source, taintOf(given.positional[2]))
    : text(
        subject.replaceAll(from, () => to),
        taintOf(given.positional[2]),
      );
};

/** `array_map(callback, array)`, and functions that are given the array first. */
const maps =
  (callbackAt: number, itemsAt: number, keeps: 'result' | 'items'): LibraryApi =>
  (call) => {
    const callback = call.given.positional[callbackAt];
    const collection = call.given.positional[itemsAt];
    if (callback === undefined || callback === none || collection === undefined) return collection;
    const items = itemsIn(collection).slice(0, 64);
    const visited = items.length === 0 && !isComplete(collection) ? [unknown('$item', taintOf(collection))] : items;
    const results = visited.map((item) => callValue(callback, [item], call));
    if (keeps === 'items') return itemsIn(collection).length > 0 ? list(itemsIn(collection), false) : collection;
    return list(results, isComplete(collection));
  };

const merges: LibraryApi = ({ given }) => {
  const complete = given.positional.every(isComplete);
  if (given.positional.some((each) => each.kind === 'table'))
    return table(
      new Map(given.positional.flatMap(pairsOf).map(([key, value]) => [literal(key) ?? '', value])),
      complete,
    );
  return list(given.positional.flatMap(itemsIn), complete);
};

export const textApis: LibraryApis = {
  trim: changed((value) => value.trim()),
  ltrim: changed((value) => value.trimStart()),
  rtrim: ({ given }) => {
    const [value, characters] = given.positional.map(literal);
    if (value === undefined) return given.positional[0];
    let end = value.length;
    while (
      end > 0 &&
      (characters === undefined ? /\s/.test(value[end - 1] ?? '') : characters.includes(value[end - 1] ?? ''))
    )
      end -= 1;
    return text(value.slice(0, end));
  },
  strtolower: changed((value) => value.toLowerCase(), true),
  strtoupper: changed((value) => value.toUpperCase(), true),
  ucfirst: changed((value) => value.slice(0, 1).toUpperCase() + value.slice(1)),
  strval: first,
  stripslashes: changed((value) => value.replace(/\\(.)/g, '$1')),
  strrev: decoded((value) => [...value].reverse().join('')),
  str_rot13: decoded(rotated),
  base64_decode: decoded(textOfBase64),
  hex2bin: decoded(hexadecimal),
  gzinflate: decoded(() => undefined),
  gzuncompress: decoded(() => undefined),
  gzdecode: decoded(() => undefined),
  unserialize: decoded(() => undefined),
  convert_uudecode: decoded(() => undefined),
  chr: ({ given }) => {
    const code = Number(literal(given.positional[0]) ?? Number.NaN);
    return Number.isInteger(code) ? text(String.fromCharCode(code & 0xff), 'decoded') : undefined;
  },
  sprintf: formatted(false),
  vsprintf: formatted(true),
  implode: joins,
  join: joins,
  explode: splits,
  str_replace: replaces,
  json_encode: ({ given }) => (given.positional[0] === undefined ? undefined : text(wordOf(given.positional[0]))),
  http_build_query: ({ given }) => (given.positional[0] === undefined ? undefined : text(wordOf(given.positional[0]))),
  json_decode: ({ given, source }) => unknown(source, taintOf(given.positional[0])),
  array_map: maps(0, 1, 'result'),
  array_walk: maps(1, 0, 'items'),
  array_filter: maps(1, 0, 'items'),
  array_reduce: maps(1, 0, 'items'),
  usort: maps(1, 0, 'items'),
  array_merge: merges,
  array_values: ({ given }) =>
    list(itemsIn(given.positional[0]), given.positional[0] !== undefined && isComplete(given.positional[0])),
  array_keys: ({ given }) => {
    const [value] = given.positional;
    return value?.kind === 'table'
      ? list(
          [...value.entries.keys()].map((key) => text(key)),
          value.complete,
        )
      : undefined;
  },
  array_unique: first,
  array_reverse: ({ given }) =>
    list(
      itemsIn(given.positional[0]).toReversed(),
      given.positional[0] !== undefined && isComplete(given.positional[0]),
    ),
  array_slice: ({ given }) => {
    const [value, start] = given.positional;
    return list(
      itemsIn(value).slice(Number(literal(start) ?? 0)),
      value !== undefined && isComplete(value) && given.positional.length < 3,
    );
  },
  array_diff: ({ given }) => list(itemsIn(given.positional[0]), false),
  array_shift: ({ given }) => itemsIn(given.positional[0])[0],
  array_pop: ({ given }) =>
    given.positional[0] !== undefined && isComplete(given.positional[0])
      ? itemsIn(given.positional[0]).at(-1)
      : undefined,
  end: ({ given }) =>
    given.positional[0] !== undefined && isComplete(given.positional[0])
      ? itemsIn(given.positional[0]).at(-1)
      : undefined,
  reset: ({ given }) => itemsIn(given.positional[0])[0],
  current: ({ given }) => itemsIn(given.positional[0])[0],
  iterator_to_array: first,
  compact: ({ given, frame }) =>
    table(
      new Map(
        given.positional.flatMap((each) => {
          const name = keyOf(each);
          const value = name === undefined ? undefined : frame.variables.get(name);
          return name === undefined || value === undefined ? [] : [[name, value] as const];
        }),
      ),
      false,
    ),
};
