// Invoking: follows methods and blocks of the program with their arguments bound.
import * as nodes from '@ruby/prism/src/nodes.js';
import { mergeAll } from '../branches.ts';
import { type Arguments, list, table, unknown, type Value } from '../value.ts';
import type { Ruby } from './interpreter.ts';
import {
  type Callable,
  Closure,
  Frame,
  type Method,
  nil,
  objectOf,
  objectValue,
  Reference,
  RubyClass,
} from './model.ts';
import { assignTo, destructure, nameUnknown } from './variables.ts';

export const noArguments: Arguments = { positional: [], named: new Map() };
const givenValues = (values: readonly Value[]): Arguments => ({ positional: values, named: new Map() });

/** Calls a method of the program on `self`. */
export function callMethod(
  method: Method | Closure,
  name: string,
  self: Value | undefined,
  given: Arguments,
  block: Callable | undefined,
  ruby: Ruby,
): Value {
  if (method instanceof Closure) return callClosure(method, given, ruby, self, block);
  const target = objectOf(self);
  const owner = method.owner ?? (target instanceof RubyClass ? target : undefined);
  const frame = new Frame({ self, owner, method: { of: method, given, block } });
  const result = ruby.entering(method.node, method.source, () => {
    bind(method.node.parameters, given, block, frame, ruby);
    const last = ruby.evaluate(method.node.body, frame);
    return resultOf(frame, last, name);
  });
  return result ?? unknown(`${name}(...)`);
}

/** What code gives: its last value, or one of those that it returned before. */
const resultOf = (frame: Frame, last: Value, source: string): Value =>
  frame.returns.length === 0 ? last : mergeAll(frame.ended ? frame.returns : [...frame.returns, last], source);

/** Calls a block with values, as `yield` does. */
export function callBlock(block: Callable | undefined, values: readonly Value[], ruby: Ruby, self?: Value): Value {
  if (block === undefined) return unknown('yield');
  if (block instanceof Closure) return callClosure(block, givenValues(values), ruby, self);
  const [first, ...rest] = values;
  return block.on === undefined
    ? ruby.send(first ?? nil, block.name, givenValues(rest))
    : ruby.send(block.on.self, block.name, givenValues(values));
}

function callClosure(closure: Closure, given: Arguments, ruby: Ruby, self?: Value, block?: Callable): Value {
  const target = objectOf(self);
  const frame = new Frame({
    parent: closure.frame,
    ...(self === undefined ? {} : { self }),
    ...(target instanceof RubyClass ? { owner: target } : {}),
  });
  const source = closure.source.show(closure.node);
  const result = ruby.entering(closure.node, closure.source, () => {
    bindBlock(closure.node.parameters, given, frame, ruby, block);
    return resultOf(frame, ruby.evaluate(closure.node.body, frame), source);
  });
  return result ?? unknown(source);
}

/** Block parameters: one list spreads over several of them; `_1` and `it` need no names. */
function bindBlock(node: nodes.Node | null, given: Arguments, frame: Frame, ruby: Ruby, block?: Callable): void {
  if (node instanceof nodes.BlockParametersNode) {
    bind(node.parameters, spread(node.parameters, given), block, frame, ruby);
    return;
  }
  const [first] = given.positional;
  if (node instanceof nodes.ItParametersNode) frame.variables.set('it', first ?? nil);
  if (!(node instanceof nodes.NumberedParametersNode)) return;
  const items =
    node.maximum > 1 && given.positional.length === 1 && first?.kind === 'list' ? first.items : given.positional;
  for (let at = 1; at <= node.maximum; at += 1) frame.variables.set(`_${at}`, items[at - 1] ?? unknown(`$_${at}`));
}

function spread(parameters: nodes.ParametersNode | null, given: Arguments): Arguments {
  const [first, ...others] = given.positional;
  const places =
    parameters === null ? 0 : parameters.requireds.length + parameters.optionals.length + parameters.posts.length;
  if (first?.kind !== 'list' || others.length > 0 || places < 2) return given;
  return { ...given, positional: first.items };
}

/** Binds arguments to parameters; what was not given is not known, or has its default. */
function bind(
  parameters: nodes.ParametersNode | null,
  given: Arguments,
  block: Callable | undefined,
  frame: Frame,
  ruby: Ruby,
): void {
  if (parameters === null) return;
  const takesNamed = parameters.keywords.length > 0 || parameters.keywordRest !== null;
  const positional =
    takesNamed || given.named.size === 0 ? given.positional : [...given.positional, table(given.named)];
  const { requireds, optionals, posts, rest } = parameters;
  requireds.forEach((node, index) => {
    bindOne(node, positional[index], frame, ruby);
  });
  const spare = Math.max(positional.length - requireds.length - posts.length, 0);
  optionals.forEach((node, index) => {
    if (!(node instanceof nodes.OptionalParameterNode)) return;
    const value = index < spare ? positional[requireds.length + index] : undefined;
    frame.variables.set(node.name, nameUnknown(value ?? ruby.evaluate(node.value, frame), node.name));
  });
  const taken = requireds.length + Math.min(optionals.length, spare);
  const end = Math.max(positional.length - posts.length, taken);
  if (rest instanceof nodes.RestParameterNode)
    frame.variables.set(rest.name ?? '*', list(positional.slice(taken, end)));
  posts.forEach((node, index) => {
    bindOne(node, positional[end + index], frame, ruby);
  });
  bindNamed(parameters, given, frame, ruby);
  const name = parameters.block?.name;
  if (name !== undefined && name !== null) frame.variables.set(name, block === undefined ? nil : objectValue(block));
}

function bindOne(node: nodes.Node, value: Value | undefined, frame: Frame, ruby: Ruby): void {
  if (node instanceof nodes.MultiTargetNode) destructure(node, value ?? unknown('…'), frame, ruby);
  else if (node instanceof nodes.RequiredParameterNode)
    frame.variables.set(node.name, nameUnknown(value ?? unknown(node.name), node.name));
  else assignTo(node, value ?? unknown('…'), frame, ruby);
}

function bindNamed({ keywords, keywordRest }: nodes.ParametersNode, given: Arguments, frame: Frame, ruby: Ruby): void {
  // A hash as the last argument stands for named ones where there are none.
  const last = given.positional.at(-1);
  const named = given.named.size === 0 && last?.kind === 'table' ? last.entries : given.named;
  const names = new Set<string>();
  for (const node of keywords) {
    if (!(node instanceof nodes.OptionalKeywordParameterNode || node instanceof nodes.RequiredKeywordParameterNode))
      continue;
    names.add(node.name);
    const otherwise = () =>
      node instanceof nodes.OptionalKeywordParameterNode ? ruby.evaluate(node.value, frame) : unknown(node.name);
    frame.variables.set(node.name, nameUnknown(named.get(node.name) ?? otherwise(), node.name));
  }
  if (!(keywordRest instanceof nodes.KeywordRestParameterNode)) return;
  const others = new Map([...named].filter(([name]) => !names.has(name)));
  frame.variables.set(keywordRest.name ?? '**', table(others));
}

/** `&:name`, `&block`, `&method(:name)`: what a call hands over as its block. */
export function blockOf(value: Value): Callable | undefined {
  const object = objectOf(value);
  if (object instanceof Closure || object instanceof Reference) return object;
  return value.kind === 'text' && value.word.kind === 'static' ? new Reference(value.word.value) : undefined;
}
