// Collections: Map and Set, as lists of what is in them.
import { type Arguments, addItems, knownText, list, unknown, type Value } from '../../value.ts';
import type { Run } from '../run.ts';
import { either, nothing } from '../values.ts';
import type { JsApi, JsApiTable } from './api.ts';

type List = Extract<Value, { kind: 'list' }>;

/** Lists of pairs that are maps. */
const maps = new WeakSet<object>();

const makesMap: JsApi = (call) => {
  const [given] = call.positional;
  const made =
    given?.kind === 'list'
      ? list([...given.items], given.complete)
      : list([], given === undefined || given.kind === 'text');
  maps.add(made);
  return made;
};

const pairOf = (item: Value): readonly [Value | undefined, Value | undefined] =>
  item.kind === 'list' ? [item.items[0], item.items[1]] : [undefined, undefined];

/** The value of a key; of one that is not known any of them. */
function entryFor(receiver: List, key: Value | undefined): Value {
  const wanted = knownText(key);
  const pairs = receiver.items.map(pairOf);
  const found = wanted === undefined ? undefined : pairs.findLast(([each]) => knownText(each) === wanted)?.[1];
  if (found !== undefined) return found;
  if (wanted !== undefined && receiver.complete && pairs.every(([each]) => knownText(each) !== undefined))
    return nothing;
  const values = pairs.flatMap(([, value]) => (value === undefined ? [] : [value]));
  return values.length === 0 ? unknown('an entry of a map') : either(values, 'an entry of a map');
}

/** Methods that maps have, and lists have not or mean otherwise; undefined for any other. */
export function mapMethod(receiver: List, name: string, call: Arguments, run: Run): Value | undefined {
  if (!maps.has(receiver)) return undefined;
  const [key, value] = call.positional;
  switch (name) {
    case 'get':
      return entryFor(receiver, key);
    case 'set':
      addItems(receiver, [list([key ?? nothing, value ?? nothing])]);
      return receiver;
    case 'keys':
      return list(
        receiver.items.map((item) => pairOf(item)[0] ?? unknown('a key')),
        receiver.complete,
      );
    case 'values':
      return list(
        receiver.items.map((item) => pairOf(item)[1] ?? unknown('an entry')),
        receiver.complete,
      );
    case 'entries':
      return receiver;
    case 'has':
      return unknown('has');
    case 'forEach':
      for (const item of receiver.items.slice(0, 64)) {
        const [each, held] = pairOf(item);
        if (key !== undefined)
          run.call(
            key,
            { positional: [held ?? unknown('an entry'), each ?? unknown('a key'), receiver], named: new Map() },
            'callback',
          );
      }
      return nothing;
    default:
      return undefined;
  }
}

export const collectionApis: JsApiTable = { Map: makesMap };
