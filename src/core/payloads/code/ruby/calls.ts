// Calls: arguments, and whom a call reaches: the program's own methods, values, libraries.
import * as nodes from '@ruby/prism/src/nodes.js';
import { type Arguments, list, taintOf, unknown, type Value } from '../value.ts';
import { builtinMethod } from './builtin/index.ts';
import { on } from './handler.ts';
import type { Ruby } from './interpreter.ts';
import { blockOf, callBlock, callMethod, noArguments } from './invoke.ts';
import { libraryCall } from './library.ts';
import { tableOf } from './literals.ts';
import {
  type Callable,
  Closure,
  type Frame,
  literal,
  nil,
  objectOf,
  Reference,
  RubyClass,
  RubyInstance,
  truthOf,
  truthValue,
} from './model.ts';
import { objectCall } from './objects.ts';
import { nameUnknown, operate, replaceHeld, withEntry } from './variables.ts';

/** One call as it is dispatched. */
export interface Call {
  readonly name: string;
  /** Undefined where the call stands alone. */
  readonly receiver: Value | undefined;
  readonly given: Arguments;
  readonly block: Callable | undefined;
  readonly frame: Frame;
  readonly ruby: Ruby;
  /** The call as it stands in the program. */
  readonly source: string;
}

/** The arguments of a call; lists behind `*` spread, names behind `**` too. */
function argumentsOf(node: nodes.ArgumentsNode | null, frame: Frame, ruby: Ruby): Arguments {
  if (node === null) return noArguments;
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  for (const each of node.arguments_) {
    if (each instanceof nodes.SplatNode) {
      const value = each.expression === null ? forwarded('*', frame) : ruby.evaluate(each.expression, frame);
      if (value.kind === 'list') positional.push(...value.items);
      if (value.kind !== 'list' || !value.complete) positional.push(unknown('…'));
    } else if (each instanceof nodes.KeywordHashNode) {
      for (const [name, value] of tableOf(each.elements, frame, ruby).entries) named.set(name, value);
    } else if (each instanceof nodes.ForwardingArgumentsNode) {
      positional.push(...(frame.method?.given.positional ?? []));
    } else positional.push(ruby.evaluate(each, frame));
  }
  return { positional, named };
}

const forwarded = (name: string, frame: Frame): Value => frame.holderOf(name)?.get(name) ?? list([], false);

function blockIn(node: nodes.Node | null, frame: Frame, ruby: Ruby): Callable | undefined {
  if (node instanceof nodes.BlockNode) return new Closure(node, frame, ruby.source);
  if (!(node instanceof nodes.BlockArgumentNode)) return undefined;
  return node.expression === null ? frame.method?.block : blockOf(ruby.evaluate(node.expression, frame));
}

function call(node: nodes.CallNode, frame: Frame, ruby: Ruby): Value {
  const receiver = node.receiver === null ? undefined : ruby.evaluate(node.receiver, frame);
  if (node.isSafeNavigation() && receiver === nil) return nil;
  const given = argumentsOf(node.arguments_, frame, ruby);
  const block = blockIn(node.block, frame, ruby);
  ruby.at(node);
  const source = ruby.source.show(node);
  const changed = change(node, receiver, given, frame, ruby);
  return changed ?? dispatch({ name: node.name, receiver, given, block, frame, ruby, source });
}

/** `h[k] = v`, `list << x`, `list.push(x)`: what holds the receiver gets a changed value. */
function change(
  node: nodes.CallNode,
  receiver: Value | undefined,
  given: Arguments,
  frame: Frame,
  ruby: Ruby,
): Value | undefined {
  const [first, second] = given.positional;
  if (receiver === undefined || first === undefined) return undefined;
  if (node.name === '[]=' && (receiver.kind === 'table' || receiver.kind === 'list')) {
    replaceHeld(node.receiver, withEntry(receiver, first, second ?? nil), frame, ruby);
    return second ?? nil;
  }
  const grows =
    (node.name === '<<' && (receiver.kind === 'list' || receiver.kind === 'text')) ||
    (['push', 'append', 'concat', 'unshift', 'prepend', 'insert', 'merge!', 'update', 'store'].includes(node.name) &&
      (receiver.kind === 'list' || receiver.kind === 'table'));
  if (!grows) return undefined;
  const value = grown(node.name, receiver, given, ruby.source.show(node));
  replaceHeld(node.receiver, value, frame, ruby);
  return value;
}

function grown(name: string, receiver: Value, { positional }: Arguments, source: string): Value {
  const [first, second] = positional;
  if (receiver.kind === 'table') {
    if (name === 'store') return withEntry(receiver, first, second ?? nil);
    return first?.kind === 'table'
      ? {
          ...receiver,
          entries: new Map([...receiver.entries, ...first.entries]),
          complete: receiver.complete && first.complete,
        }
      : { ...receiver, complete: false };
  }
  if (receiver.kind !== 'list') return operate(name, receiver, first ?? nil, source);
  if (name === 'unshift' || name === 'prepend') return list([...positional, ...receiver.items], receiver.complete);
  if (name === 'insert') return list([...receiver.items, ...positional.slice(1)], false);
  if (name !== 'concat') return list([...receiver.items, ...positional], receiver.complete);
  const items = positional.flatMap((each) => (each.kind === 'list' ? each.items : []));
  return list(
    [...receiver.items, ...items],
    receiver.complete && positional.every((each) => each.kind === 'list' && each.complete),
  );
}

/** Finds who answers a call: nearest to the program first. */
export function dispatch(call: Call): Value {
  const { name, receiver, given, block, frame, ruby } = call;
  const object = objectOf(receiver ?? frame.self);
  if (receiver === undefined) {
    const own = ownMethod(object, name) ?? ruby.functions.get(name);
    if (own !== undefined) return callMethod(own, name, frame.self, given, block, ruby);
  }
  const target = receiver ?? frame.self;
  if (object !== undefined) {
    const result = objectCall(object, target, call);
    if (result !== undefined) return result;
  }
  const logical = receiver === undefined ? undefined : logicalCall(call, receiver);
  if (logical !== undefined) return logical;
  const result = (receiver === undefined ? undefined : builtinMethod(call, receiver)) ?? libraryCall(call);
  return result ?? otherCall(call);
}

function ownMethod(object: ReturnType<typeof objectOf>, name: string) {
  if (object instanceof RubyInstance) return object.of.instanceMethod(name);
  return object instanceof RubyClass ? object.classMethod(name) : undefined;
}

/** `!a`, `a == b`, `a.nil?`: what conditions are made of. */
function logicalCall({ name, given, ruby }: Call, receiver: Value): Value | undefined {
  const [other] = given.positional;
  const truth = truthOf(receiver);
  switch (name) {
    case '!':
      return truth === undefined ? undefined : truthValue(!truth);
    case '==':
    case '!=': {
      const [a, b] = [literal(receiver), literal(other)];
      if (a === undefined || b === undefined || ruby.isRepeating) return undefined;
      return truthValue((a === b) === (name === '=='));
    }
    case 'nil?':
      return receiver === nil ? truthValue(true) : truth === undefined ? undefined : truthValue(false);
    default:
      return undefined;
  }
}

/** A call that nobody knows: its block may run, and what it gives is not known. */
function otherCall({ name, receiver, given, block, frame, ruby, source }: Call): Value {
  const values = given.positional.flatMap((each) => (each.kind === 'list' ? each.items : [each]));
  if (block !== undefined)
    ruby.either(frame, [() => callBlock(block, block instanceof Reference ? values : [], ruby)], true, source);
  if (receiver === undefined && given.positional.length === 0 && given.named.size === 0)
    return nameUnknown(unknown(source), name);
  return unknown(source, taintOf(receiver));
}

export const callHandlers = [
  on(nodes.CallNode, call),
  on(nodes.YieldNode, (node, frame, ruby) => {
    const { positional } = argumentsOf(node.arguments_, frame, ruby);
    return callBlock(frame.method?.block, positional, ruby);
  }),
  on(nodes.SuperNode, (node, frame, ruby) => superCall(argumentsOf(node.arguments_, frame, ruby), frame, ruby)),
  on(nodes.ForwardingSuperNode, (_node, frame, ruby) => superCall(frame.method?.given ?? noArguments, frame, ruby)),
  on(nodes.CallOrWriteNode, (node, frame, ruby) => {
    ruby.evaluate(node.receiver, frame);
    return ruby.evaluate(node.value, frame);
  }),
];

/** The method of the same name further up. */
function superCall(given: Arguments, frame: Frame, ruby: Ruby): Value {
  const method = frame.method?.of;
  const { owner } = method ?? {};
  if (method === undefined || owner === undefined) return unknown('super');
  const { name } = method.node;
  const above = owner.ancestry.slice(1);
  const next = above
    .map((each) => each.methods.get(name) ?? each.singletons.get(name))
    .find((each) => each !== undefined);
  return next === undefined ? unknown('super') : callMethod(next, name, frame.self, given, frame.method?.block, ruby);
}
