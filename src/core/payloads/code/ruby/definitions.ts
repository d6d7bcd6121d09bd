// Definitions: methods, classes, modules and lambdas. What is only defined does nothing.
import * as nodes from '@ruby/prism/src/nodes.js';
import { text, type Value } from '../value.ts';
import { on } from './handler.ts';
import type { Ruby } from './interpreter.ts';
import { Closure, Frame, type Method, nil, objectOf, objectValue, RubyClass } from './model.ts';

function define(node: nodes.DefNode, frame: Frame, ruby: Ruby): Value {
  const target = node.receiver === null ? frame.owner : classOf(ruby.evaluate(node.receiver, frame));
  const method: Method = { node, source: ruby.source, owner: target };
  addMethod(node.name, method, target, node.receiver !== null || frame.isSingleton, ruby);
  return text(node.name);
}

/** Adds a method to a class, its singleton, or the program. */
export function addMethod(
  name: string,
  method: Method | Closure,
  target: RubyClass | undefined,
  isSingleton: boolean,
  ruby: Ruby,
): void {
  if (target === undefined) ruby.functions.set(name, method);
  else (isSingleton ? target.singletons : target.methods).set(name, method);
}

const classOf = (value: Value): RubyClass | undefined => {
  const object = objectOf(value);
  return object instanceof RubyClass ? object : undefined;
};

/** Opens a class or module, the same one each time, and runs its body. */
function open(node: nodes.ClassNode | nodes.ModuleNode, parent: Value | undefined, frame: Frame, ruby: Ruby): Value {
  const own = ruby.source.show(node.constantPath).replace(/^::/, '');
  const name = frame.owner === undefined ? own : `${frame.owner.name}::${own}`;
  const known = objectOf(ruby.constants.get(name));
  const opened = known instanceof RubyClass ? known : new RubyClass(name, parent);
  const value = objectValue(opened);
  ruby.branches.set(ruby.constants, name, value);
  ruby.evaluate(node.body, new Frame({ self: value, owner: opened, isSingleton: false }));
  return nil;
}

export const definitionHandlers = [
  on(nodes.DefNode, define),
  on(nodes.ClassNode, (node, frame, ruby) =>
    open(node, node.superclass === null ? undefined : ruby.evaluate(node.superclass, frame), frame, ruby),
  ),
  on(nodes.ModuleNode, (node, frame, ruby) => open(node, undefined, frame, ruby)),
  on(nodes.SingletonClassNode, (node, frame, ruby) => {
    const owner = classOf(ruby.evaluate(node.expression, frame)) ?? frame.owner;
    return ruby.evaluate(node.body, new Frame({ self: frame.self, owner, isSingleton: true }));
  }),
  on(nodes.LambdaNode, (node, frame, ruby) => objectValue(new Closure(node, frame, ruby.source))),
  on(nodes.AliasMethodNode, (node, frame, ruby) => {
    const [name, from] = [node.newName, node.oldName].map((each) =>
      each instanceof nodes.SymbolNode ? each.unescaped.value : undefined,
    );
    if (name === undefined || from === undefined) return nil;
    const method = frame.owner === undefined ? ruby.functions.get(from) : frame.owner.instanceMethod(from);
    if (method !== undefined) addMethod(name, method, frame.owner, false, ruby);
    return nil;
  }),
  on(nodes.UndefNode, () => nil),
];
