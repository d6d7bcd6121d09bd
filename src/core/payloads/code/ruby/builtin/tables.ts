// Methods of hashes.
import { list, table, text, unknown, type Value, wordOf } from '../../value.ts';
import { callBlock } from '../invoke.ts';
import { eachOf } from '../iteration.ts';
import { literal, nil, truthValue } from '../model.ts';
import type { Builtin, Builtins } from './index.ts';

type Table = Value & { kind: 'table' };

const same: Builtin<Table> = (receiver) => receiver;

const pairsOf = (receiver: Table): Value =>
  list(
    [...receiver.entries].map(([key, value]) => list([text(key), value])),
    receiver.complete,
  );

const each: Builtin<Table> = (receiver, { block, ruby, frame }) => {
  if (block === undefined) return pairsOf(receiver);
  eachOf(
    pairsOf(receiver),
    ruby,
    (item) => callBlock(block, item.kind === 'list' ? item.items : [item, item], ruby),
    frame,
  );
  return receiver;
};

const map: Builtin<Table> = (receiver, { block, ruby, frame }) =>
  block === undefined
    ? pairsOf(receiver)
    : eachOf(
        pairsOf(receiver),
        ruby,
        (item) => callBlock(block, item.kind === 'list' ? item.items : [item, item], ruby),
        frame,
      );

const get: Builtin<Table> = (receiver, { given, source }) => {
  const key = literal(given.positional[0]);
  const value = key === undefined ? undefined : receiver.entries.get(key);
  return value ?? (receiver.complete && key !== undefined ? nil : unknown(source));
};

const fetch: Builtin<Table> = (receiver, call) => {
  const found = get(receiver, call);
  if (found !== nil) return found;
  return (
    call.given.positional[1] ??
    (call.block === undefined ? nil : callBlock(call.block, call.given.positional, call.ruby))
  );
};

const merge: Builtin<Table> = (receiver, { given }) => {
  const [other] = given.positional;
  const entries = new Map([...receiver.entries, ...(other?.kind === 'table' ? other.entries : []), ...given.named]);
  return table(entries, receiver.complete && (other === undefined || (other.kind === 'table' && other.complete)));
};

export const tableMethods: Builtins<Table> = {
  '[]': get,
  fetch,
  dig: (receiver, call) => {
    const [key, ...rest] = call.given.positional;
    let value = get(receiver, { ...call, given: { positional: key === undefined ? [] : [key], named: new Map() } });
    for (const each of rest)
      value = value?.kind === 'table' ? value.entries.get(literal(each) ?? '') : unknown(call.source);
    return value;
  },
  each,
  each_pair: each,
  map,
  collect: map,
  flat_map: map,
  each_value: (receiver, { block, ruby, frame }) => {
    eachOf(
      list([...receiver.entries.values()], receiver.complete),
      ruby,
      (item) => callBlock(block, [item], ruby),
      frame,
    );
    return receiver;
  },
  each_key: (receiver, { block, ruby, frame }) => {
    const keys = list(
      [...receiver.entries.keys()].map((key) => text(key)),
      receiver.complete,
    );
    eachOf(keys, ruby, (item) => callBlock(block, [item], ruby), frame);
    return receiver;
  },
  merge,
  reverse_merge: merge,
  slice: same,
  except: same,
  compact: same,
  to_h: same,
  to_hash: same,
  symbolize_keys: same,
  stringify_keys: same,
  deep_symbolize_keys: same,
  with_indifferent_access: same,
  'empty?': (receiver, { ruby }) =>
    receiver.complete && !ruby.isRepeating ? truthValue(receiver.entries.size === 0) : undefined,
  keys: (receiver) =>
    list(
      [...receiver.entries.keys()].map((key) => text(key)),
      receiver.complete,
    ),
  values: (receiver) => list([...receiver.entries.values()], receiver.complete),
  to_a: pairsOf,
  to_json: (receiver) => text(wordOf(receiver)),
};
