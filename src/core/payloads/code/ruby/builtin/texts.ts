// Methods of strings and symbols that give texts of which something is known.
import { joinWords, mapText, staticWord, textOf } from '../../../../model/word.ts';
import { concat, list, named, taintOf, text, unknown, type Value, wordOf } from '../../value.ts';
import { decodedText } from '../decode.ts';
import { callBlock } from '../invoke.ts';
import { eachOf } from '../iteration.ts';
import { literal, nil, truthValue } from '../model.ts';
import { plainText } from '../plain.ts';
import { quoted, splitWords } from '../quoting.ts';
import type { Builtin, Builtins } from './index.ts';

type Text = Value & { kind: 'text' };

const same: Builtin<Text> = (receiver) => receiver;

/** Changes a text that is wholly known; of others the known pieces where that is right piece by piece. */
const changed =
  (change: (value: string) => string, pieces = false): Builtin<Text> =>
  (receiver) => {
    const known = textOf(receiver.word);
    if (known !== undefined) return { ...receiver, word: staticWord(change(known), receiver.word.glob) };
    return pieces ? { ...receiver, word: mapText(receiver.word, change) } : receiver;
  };

/** `sub`, `gsub`, `tr`, `delete_prefix` with texts; a pattern makes the result unknown. */
const replaced =
  (replace: (value: string, from: string, to: string) => string): Builtin<Text> =>
  (receiver, { given, source }) => {
    const [value, from, to] = [literal(receiver), literal(given.positional[0]), literal(given.positional[1])];
    if (value === undefined || from === undefined) return unknown(source, receiver.taint);
    return text(replace(value, from, to ?? ''), receiver.taint);
  };

const transliterate = (value: string, from: string, to: string): string => {
  const [a, b] = [rangesOf(from), rangesOf(to)];
  return [...value]
    .map((character) => {
      const at = a.indexOf(character);
      return at < 0 ? character : (b[at] ?? b.at(-1) ?? '');
    })
    .join('');
};

/** `a-z` as its characters. */
const rangesOf = (set: string): readonly string[] => [
  ...set.replace(/(.)-(.)/gs, (_whole, from: string, to: string) => {
    const [start, end] = [from.charCodeAt(0), to.charCodeAt(0)];
    if (end < start || end - start > 127) return `${from}-${to}`;
    return Array.from({ length: end - start + 1 }, (_unused, index) => String.fromCharCode(start + index)).join('');
  }),
];

const numeric: Builtin<Text> = (receiver) => (/^-?\d+$/.test(textOf(receiver.word) ?? '') ? receiver : undefined);

/** `3.times`, `1.upto(3)`: literal counts are followed one by one. */
const counted =
  (rangeOf: (receiver: number, argument: number) => readonly [from: number, to: number]): Builtin<Text> =>
  (receiver, { given, block, ruby, frame, source }) => {
    const [from, to] = rangeOf(Number(literal(receiver)), Number(literal(given.positional[0])));
    if (!(to - from < 64)) {
      eachOf(unknown(source), ruby, (item) => callBlock(block, [item], ruby), frame);
      return receiver;
    }
    const numbers = Array.from({ length: Math.max(to - from + 1, 0) }, (_unused, index) => text(String(from + index)));
    if (block === undefined) return list(numbers);
    eachOf(list(numbers), ruby, (item) => callBlock(block, [item], ruby), frame);
    return receiver;
  };

const parts =
  (separator: string | undefined): Builtin<Text> =>
  (receiver, { given, block, ruby, frame }) => {
    const known = literal(receiver);
    if (known === undefined) return undefined;
    const by = separator ?? (given.positional.length === 0 ? ' ' : literal(given.positional[0]));
    if (by === undefined) return undefined;
    const pieces = by === ' ' ? known.trim().split(/\s+/) : known.split(by);
    const items = list(
      pieces.filter((piece) => by !== ' ' || piece !== '').map((piece) => text(piece, receiver.taint)),
    );
    if (block === undefined) return items;
    return eachOf(items, ruby, (item) => callBlock(block, [item], ruby), frame);
  };

/** `"rm %s" % path`, `"%{dir}/x" % {dir: d}`: each conversion is one argument. */
export function format(template: Value, given: readonly Value[]): Value {
  const known = literal(template);
  if (known === undefined) return unknown('format(...)');
  let next = 0;
  const [first] = given;
  const pieces = known.split(/(%(?:<\w+>|\{\w+\})?[-+ 0#]*\d*(?:\.\d+)?[a-zA-Z%]?)/).map((piece, index) => {
    if (index % 2 === 0) return text(piece);
    if (piece.endsWith('%')) return text('%');
    const name = /[<{](\w+)[>}]/.exec(piece)?.[1];
    const rest = name !== undefined && piece.includes('}') ? piece.slice(piece.indexOf('}') + 1) : '';
    const value = name === undefined ? given[next++] : first?.kind === 'table' ? first.entries.get(name) : undefined;
    return concat([value === undefined ? unknown('%') : plainText(value), text(rest)]);
  });
  return concat(pieces);
}

export const textMethods: Builtins<Text> = {
  to_s: same,
  to_str: same,
  to_sym: same,
  to_path: same,
  intern: same,
  force_encoding: same,
  encode: same,
  unicode_normalize: same,
  b: same,
  scrub: same,
  html_safe: same,
  '-@': same,
  '+@': same,
  strip: changed((value) => value.trim()),
  strip_heredoc: changed((value) => value.replace(/^[ \t]+/gm, '')),
  squish: changed((value) => value.trim().replace(/\s+/g, ' ')),
  chomp: (receiver, { given }) => {
    const suffix = literal(given.positional[0]);
    const known = textOf(receiver.word);
    if (known === undefined) return receiver;
    const kept =
      suffix === undefined
        ? known.replace(/\r?\n$/, '')
        : known.endsWith(suffix)
          ? known.slice(0, known.length - suffix.length)
          : known;
    return { ...receiver, word: staticWord(kept, receiver.word.glob) };
  },
  upcase: changed((value) => value.toUpperCase(), true),
  downcase: changed((value) => value.toLowerCase(), true),
  capitalize: changed((value) => value.slice(0, 1).toUpperCase() + value.slice(1).toLowerCase()),
  reverse: (receiver, { source }) => {
    const known = literal(receiver);
    return known === undefined ? unknown(source, receiver.taint) : text([...known].reverse().join(''), 'decoded');
  },
  '+': (receiver, { given }) => concat([receiver, plainText(given.positional[0] ?? nil)]),
  concat: (receiver, { given }) => concat([receiver, ...given.positional.map(plainText)]),
  '*': (receiver, { given }) => {
    const [known, count] = [literal(receiver), Number(literal(given.positional[0]))];
    if (known === undefined || !(count * known.length < 10_000)) return undefined;
    return /^-?\d+$/.test(known) ? text(String(Number(known) * count)) : text(known.repeat(Math.max(count, 0)));
  },
  '%': (receiver, { given }) => {
    const [argument] = given.positional;
    return format(receiver, argument?.kind === 'list' ? argument.items : [...given.positional]);
  },
  gsub: replaced((value, from, to) => value.replaceAll(from, () => to)),
  sub: replaced((value, from, to) => value.replace(from, () => to)),
  tr: replaced(transliterate),
  delete: replaced((value, from) => [...value].filter((each) => !from.includes(each)).join('')),
  delete_prefix: replaced((value, from) => (value.startsWith(from) ? value.slice(from.length) : value)),
  delete_suffix: replaced((value, from) => (value.endsWith(from) ? value.slice(0, value.length - from.length) : value)),
  split: parts(undefined),
  lines: parts('\n'),
  each_line: parts('\n'),
  to_i: numeric,
  to_f: numeric,
  to_json: (receiver) => {
    const known = textOf(receiver.word);
    const quote = staticWord('"');
    return text(known === undefined ? joinWords([quote, receiver.word, quote]) : JSON.stringify(known), receiver.taint);
  },
  shellescape: (receiver) => quoted(receiver),
  shellsplit: (receiver) => splitWords(receiver),
  unpack1: (receiver, { given, source }) => decodedText(receiver, literal(given.positional[0]), source),
  unpack: (receiver, { given, source }) => list([decodedText(receiver, literal(given.positional[0]), source)]),
  constantize: (receiver, { ruby }) => constantNamed(literal(receiver), ruby.constants),
  safe_constantize: (receiver, { ruby }) => constantNamed(literal(receiver), ruby.constants),
  classify: (receiver) => {
    const words = literal(receiver)?.replace(/s$/, '').split('_');
    return words === undefined
      ? undefined
      : text(words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(''));
  },
  times: counted((count) => [0, count - 1]),
  upto: counted((from, to) => [from, to]),
  downto: counted((to, from) => [from, to]),
  'empty?': (receiver, { ruby }) => {
    const known = literal(receiver);
    return known === undefined || ruby.isRepeating ? undefined : truthValue(known === '');
  },
  '[]': (receiver, { source }) => unknown(source, taintOf(receiver)),
  inspect: (receiver) => text(joinWords([staticWord('"'), wordOf(receiver), staticWord('"')])),
};

const constantNamed = (name: string | undefined, constants: ReadonlyMap<string, Value>): Value | undefined =>
  name === undefined ? undefined : (constants.get(name) ?? named(name));
