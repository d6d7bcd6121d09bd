// Methods that values have by themselves: texts, lists, hashes, paths, and what every object answers to.
import { own } from '../../../../model/table.ts';
import { named, type Value } from '../../value.ts';
import type { Call } from '../calls.ts';
import { dispatch } from '../calls.ts';
import { callBlock } from '../invoke.ts';
import { eachOf } from '../iteration.ts';
import { literal, objectOf, objectValue, Reference } from '../model.ts';
import { isPathname } from '../plain.ts';
import { listMethods } from './lists.ts';
import { pathnameMethods } from './pathnames.ts';
import { tableMethods } from './tables.ts';
import { textMethods } from './texts.ts';

/** What a method gives; undefined where nothing is known of it. */
export type Builtin<T extends Value = Value> = (receiver: T, call: Call) => Value | undefined;
export type Builtins<T extends Value = Value> = Readonly<Record<string, Builtin<T>>>;

/** The method of a value by its kind, then of any object. */
export function builtinMethod(call: Call, receiver: Value): Value | undefined {
  const special =
    receiver.kind === 'text'
      ? own(textMethods, call.name)?.(receiver, call)
      : receiver.kind === 'list'
        ? own(listMethods, call.name)?.(receiver, call)
        : receiver.kind === 'table'
          ? own(tableMethods, call.name)?.(receiver, call)
          : isPathname(receiver)
            ? own(pathnameMethods, call.name)?.(receiver, call)
            : undefined;
  return special ?? own(anyMethods, call.name)?.(receiver, call);
}

/** Runs the block with the receiver; gives back the receiver, or what the block gives. */
const withSelf =
  (gives: 'receiver' | 'result'): Builtin =>
  (receiver, { block, ruby }) => {
    const result = callBlock(block, [receiver], ruby);
    return gives === 'receiver' ? receiver : result;
  };

const sendNamed: Builtin = (_receiver, call) => {
  const [name, ...rest] = call.given.positional;
  const method = literal(name);
  if (method === undefined) return undefined;
  return dispatch({ ...call, name: method, given: { ...call.given, positional: rest } });
};

/** Iterations over something that is not known. */
const iterate: Builtin = (receiver, { block, ruby, frame }) => {
  if (block === undefined || receiver.kind !== 'unknown') return undefined;
  return eachOf(receiver, ruby, (item) => callBlock(block, [item], ruby), frame);
};

const anyMethods: Builtins = {
  send: sendNamed,
  __send__: sendNamed,
  public_send: sendNamed,
  try: sendNamed,
  'try!': sendNamed,
  tap: withSelf('receiver'),
  // biome-ignore lint/suspicious/noThenProperty: a method of Ruby's objects
  then: withSelf('result'),
  yield_self: withSelf('result'),
  itself: (receiver) => receiver,
  freeze: (receiver) => receiver,
  dup: (receiver) => receiver,
  clone: (receiver) => receiver,
  presence: (receiver) => receiver,
  method: (receiver, { given }) => {
    const name = literal(given.positional[0]);
    return name === undefined ? undefined : objectValue(new Reference(name, { self: receiver }));
  },
  instance_eval: evaluateIn,
  instance_exec: evaluateIn,
  class_eval: evaluateIn,
  module_eval: evaluateIn,
  class_exec: evaluateIn,
  const_get: (receiver, { given, ruby }) => {
    const name = literal(given.positional[0]);
    if (name === undefined) return undefined;
    const base =
      receiver.kind === 'name' && receiver.name !== 'Object' && receiver.name !== 'Kernel' ? `${receiver.name}::` : '';
    return ruby.constants.get(`${base}${name}`) ?? named(`${base}${name}`);
  },
  instance_variable_set: (receiver, { given, ruby }) => {
    const [name, value] = given.positional;
    const object = objectOf(receiver);
    if (object !== undefined && 'attributes' in object && literal(name) !== undefined && value !== undefined)
      ruby.branches.set(object.attributes, literal(name) ?? '', value);
    return value;
  },
  each: iterate,
  each_with_index: iterate,
  map: iterate,
  flat_map: iterate,
  collect: iterate,
  select: iterate,
  filter: iterate,
  reject: iterate,
  each_entry: iterate,
  each_slice: iterate,
  in_groups_of: iterate,
};

function evaluateIn(receiver: Value, { block, given, ruby, frame, name }: Call): Value | undefined {
  if (block !== undefined) return callBlock(block, [receiver, ...given.positional], ruby, receiver);
  const [code] = given.positional;
  return code === undefined ? undefined : ruby.evaluateText(code, frame, name);
}
