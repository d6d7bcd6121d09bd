// Methods of arrays.
import { joinWords } from '../../../../model/word.ts';
import { concat, list, table, text, unknown, type Value, wordOf } from '../../value.ts';
import type { Call } from '../calls.ts';
import { hexText } from '../decode.ts';
import { callBlock } from '../invoke.ts';
import { eachOf } from '../iteration.ts';
import { literal, nil, truthValue } from '../model.ts';
import { plainText } from '../plain.ts';
import { joinedWords } from '../quoting.ts';
import type { Builtin, Builtins } from './index.ts';

type List = Value & { kind: 'list' };

const same: Builtin<List> = (receiver) => receiver;

/** Calls the block with each item. */
function visit(
  receiver: List,
  { block, ruby, frame }: Call,
  values: (item: Value, index: number) => readonly Value[],
): Value {
  if (block === undefined) return receiver;
  return eachOf(receiver, ruby, (item, index) => callBlock(block, values(item, index), ruby), frame);
}

const each: Builtin<List> = (receiver, call) => {
  visit(receiver, call, (item) => [item]);
  return receiver;
};

const map: Builtin<List> = (receiver, call) => visit(receiver, call, (item) => [item]);

/** Some of the items: which of them is not known. */
const some: Builtin<List> = (receiver, call) => {
  visit(receiver, call, (item) => [item]);
  return list(receiver.items, false);
};

const oneOf: Builtin<List> = (receiver, call) => {
  visit(receiver, call, (item) => [item]);
  return receiver.items.length === 1 ? receiver.items[0] : unknown(call.source);
};

const first: Builtin<List> = (receiver, { given }) =>
  given.positional.length === 0
    ? (receiver.items[0] ?? (receiver.complete ? nil : undefined))
    : list(receiver.items.slice(0, Number(literal(given.positional[0]) ?? 0)), receiver.complete);

const last: Builtin<List> = (receiver, { given }) => {
  if (given.positional.length === 0) return receiver.complete ? (receiver.items.at(-1) ?? nil) : undefined;
  const count = Number(literal(given.positional[0]) ?? 0);
  return list(count === 0 ? [] : receiver.items.slice(-count), receiver.complete);
};

const at: Builtin<List> = (receiver, { given, source }) => {
  const [index, length] = given.positional.map((value) => Number(literal(value) ?? Number.NaN));
  const known = given.positional.length === 1 && index !== undefined && Number.isInteger(index);
  if (known && (index >= 0 || receiver.complete))
    return receiver.items.at(index) ?? (receiver.complete ? nil : unknown(source));
  const [range] = given.positional;
  if (range?.kind === 'list') return list(receiver.items.slice(Number(literal(range.items[0]) ?? 0)), false);
  if (index !== undefined && length !== undefined && !Number.isNaN(index + length))
    return list(receiver.items.slice(index, index + length), receiver.complete);
  // One of them: what all have in common says enough where there is only one.
  return receiver.items.length === 1 && !receiver.complete ? receiver.items[0] : unknown(source);
};

export const listMethods: Builtins<List> = {
  each,
  reverse_each: each,
  each_entry: each,
  each_with_index: (receiver, call) => {
    visit(receiver, call, (item, index) => [item, text(String(index))]);
    return receiver;
  },
  each_with_object: (receiver, call) => {
    const [memo] = call.given.positional;
    visit(receiver, call, (item) => [item, memo ?? unknown('…')]);
    return unknown(call.source);
  },
  inject: (receiver, call) => {
    visit(receiver, call, (item) => [unknown('$memo'), item]);
    return unknown(call.source);
  },
  map,
  collect: map,
  pmap: map,
  flat_map: (receiver, call) => {
    const result = map(receiver, call);
    if (result?.kind !== 'list') return result;
    return list(
      result.items.flatMap((item) => (item.kind === 'list' ? item.items : [item])),
      result.complete && result.items.every((item) => item.kind !== 'list' || item.complete),
    );
  },
  filter_map: map,
  select: some,
  filter: some,
  reject: some,
  grep: some,
  grep_v: some,
  take_while: some,
  drop_while: some,
  partition: some,
  uniq: same,
  compact: same,
  flatten: (receiver) =>
    list(
      receiver.items.flatMap((item) => (item.kind === 'list' ? item.items : [item])),
      receiver.complete,
    ),
  sort: same,
  sort_by: each,
  reverse: (receiver) => list(receiver.items.toReversed(), receiver.complete),
  shuffle: same,
  to_a: same,
  entries: same,
  to_ary: same,
  lazy: same,
  each_slice: (receiver, call) => {
    visit(receiver, call, () => [receiver]);
    return receiver;
  },
  find: oneOf,
  detect: oneOf,
  sample: oneOf,
  max: oneOf,
  min: oneOf,
  max_by: oneOf,
  min_by: oneOf,
  pop: last,
  shift: first,
  'any?': (receiver, call) => {
    visit(receiver, call, (item) => [item]);
    return undefined;
  },
  'all?': (receiver, call) => {
    visit(receiver, call, (item) => [item]);
    return undefined;
  },
  'empty?': (receiver, { ruby }) =>
    receiver.complete && !ruby.isRepeating ? truthValue(receiver.items.length === 0) : undefined,
  first,
  last,
  '[]': at,
  at,
  fetch: at,
  slice: at,
  dig: at,
  drop: (receiver, { given }) =>
    list(receiver.items.slice(Number(literal(given.positional[0]) ?? 0)), receiver.complete),
  take: first,
  '+': (receiver, { given }) => {
    const [other] = given.positional;
    return other?.kind === 'list'
      ? list([...receiver.items, ...other.items], receiver.complete && other.complete)
      : list(receiver.items, false);
  },
  '-': (receiver) => list(receiver.items, false),
  '|': (receiver) => list(receiver.items, false),
  '*': (receiver, call) => join(receiver, call),
  join: (receiver, call) => join(receiver, call),
  shelljoin: (receiver) => joinedWords(receiver.items),
  pack: (receiver, { given, source }) => {
    const [item] = receiver.items;
    const known = literal(item);
    const template = literal(given.positional[0]);
    if (template === 'H*' && known !== undefined) return hexText(known, source);
    return template?.startsWith('c') || template?.startsWith('C') || template?.startsWith('U')
      ? text(receiver.items.map((each) => String.fromCharCode(Number(literal(each) ?? 63))).join(''), 'decoded')
      : unknown(source);
  },
  to_json: (receiver) => text(wordOf(receiver)),
  to_h: (receiver) =>
    table(
      new Map(
        receiver.items.flatMap((item) => {
          const [key, value] = item.kind === 'list' ? item.items : [];
          const name = literal(key);
          return name === undefined || value === undefined ? [] : [[name, value] as const];
        }),
      ),
      false,
    ),
};

function join(receiver: List, { given }: Call): Value {
  const separator = literal(given.positional[0]) ?? '';
  const items = receiver.items.flatMap((item) => (item.kind === 'list' ? item.items : [item])).map(plainText);
  if (receiver.complete) return concat(items, separator);
  return text(joinWords([...items.map(wordOf), wordOf(unknown('…'))], separator));
}
