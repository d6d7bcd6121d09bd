// Variables: locals, globals, attributes of objects, constants, and all the ways to assign to them.
import * as nodes from '@ruby/prism/src/nodes.js';
import type { Variables } from '../branches.ts';
import { concat, list, named, table, text, unknown, type Value } from '../value.ts';
import { on } from './handler.ts';
import type { Ruby } from './interpreter.ts';
import { type Frame, literal, nil, objectOf, objectValue, RubyClass, RubyInstance, truthOf } from './model.ts';
import { plainText } from './plain.ts';

/** Where a name stands: the variables that hold it, and how it is read. */
interface Place {
  readonly variables: Variables;
  readonly name: string;
}

const local = (name: string, frame: Frame): Place => ({
  variables: frame.holderOf(name) ?? frame.variables,
  name,
});

/** `@name`: on the instance, the class, or the program itself. */
function attribute(name: string, frame: Frame, ruby: Ruby): Place {
  const self = objectOf(frame.self);
  const variables = self instanceof RubyInstance || self instanceof RubyClass ? self.attributes : ruby.globals;
  return { variables, name };
}

/** `@@name`: on the class. */
const shared = (name: string, frame: Frame, ruby: Ruby): Place => ({
  variables: frame.owner?.attributes ?? ruby.globals,
  name,
});

const global = (name: string, ruby: Ruby): Place => ({ variables: ruby.globals, name });

const constant = (name: string, frame: Frame, ruby: Ruby): Place => ({
  variables: ruby.constants,
  name: frame.owner === undefined ? name : `${frame.owner.name}::${name}`,
});

const read = ({ variables, name }: Place): Value => variables.get(name) ?? unknown(`$${name.replace(/^[@$]+/, '')}`);

function assign({ variables, name }: Place, value: Value, ruby: Ruby): Value {
  ruby.branches.set(variables, name, nameUnknown(value, name));
  return value;
}

/** A value of which nothing is known is called by the variable that holds it: its name says what it is for. */
export function nameUnknown(value: Value, name: string): Value {
  if (value.kind !== 'unknown' || value.source.startsWith('$')) return value;
  return { ...value, source: `$${name.replace(/^[@$]+/, '')}` };
}

/** `a += 1`, `a << b`: texts and lists grow, everything else is not known afterwards. */
export function operate(operator: string, left: Value, right: Value, source: string): Value {
  const [a, b] = [plainText(left), plainText(right)];
  if (operator === '+' || operator === '<<') {
    if (a.kind === 'list')
      return operator === '<<'
        ? list([...a.items, right], a.complete)
        : b.kind === 'list'
          ? list([...a.items, ...b.items], a.complete && b.complete)
          : list(a.items, false);
    const [x, y] = [literal(a), literal(b)];
    if (operator === '+' && /^-?\d{1,15}$/.test(x ?? '') && /^-?\d{1,15}$/.test(y ?? ''))
      return text(String(Number(x) + Number(y)));
    if (a.kind === 'text' || (b.kind === 'text' && a.kind === 'unknown')) return concat([a, b]);
  }
  return unknown(source);
}

/** `a ||= b` and `a &&= b`. */
function assignIf(node: nodes.Node, place: Place, value: nodes.Node, or: boolean, frame: Frame, ruby: Ruby): Value {
  const before = place.variables.get(place.name) ?? (or ? nil : undefined);
  const truth = before === undefined ? undefined : truthOf(before);
  if (truth === or) return before ?? nil;
  if (truth !== undefined) return assign(place, ruby.evaluate(value, frame), ruby);
  const source = ruby.source.show(node);
  return ruby.either(frame, [() => assign(place, ruby.evaluate(value, frame), ruby)], true, source);
}

/** Assigns to whatever may stand on the left: a variable, an attribute, an index, a list of such. */
export function assignTo(node: nodes.Node | null, value: Value, frame: Frame, ruby: Ruby): void {
  if (node instanceof nodes.LocalVariableTargetNode) assign(local(node.name, frame), value, ruby);
  else if (node instanceof nodes.RequiredParameterNode) ruby.branches.set(frame.variables, node.name, value);
  else if (node instanceof nodes.InstanceVariableTargetNode) assign(attribute(node.name, frame, ruby), value, ruby);
  else if (node instanceof nodes.ClassVariableTargetNode) assign(shared(node.name, frame, ruby), value, ruby);
  else if (node instanceof nodes.GlobalVariableTargetNode) assign(global(node.name, ruby), value, ruby);
  else if (node instanceof nodes.ConstantTargetNode) assign(constant(node.name, frame, ruby), value, ruby);
  else if (node instanceof nodes.SplatNode) assignTo(node.expression, value, frame, ruby);
  else if (node instanceof nodes.MultiTargetNode) destructure(node, value, frame, ruby);
}

type Targets = Pick<nodes.MultiWriteNode, 'lefts' | 'rest' | 'rights'>;

/** `a, *b, c = list`. */
export function destructure({ lefts, rest, rights }: Targets, value: Value, frame: Frame, ruby: Ruby): void {
  const items = value.kind === 'list' ? value.items : undefined;
  const complete = value.kind === 'list' && value.complete;
  const at = (index: number): Value => items?.[index] ?? (complete ? nil : unknown('…'));
  lefts.forEach((target, index) => {
    assignTo(target, at(index), frame, ruby);
  });
  const end = Math.max((items?.length ?? 0) - rights.length, lefts.length);
  const middle = items === undefined ? unknown('…') : list(items.slice(lefts.length, end), complete);
  assignTo(rest, middle, frame, ruby);
  rights.forEach((target, index) => {
    assignTo(target, at(end + index), frame, ruby);
  });
}

/** A constant by the namespaces around it, then of a library. */
function readConstant(name: string, frame: Frame, ruby: Ruby): Value {
  for (let scope = frame.owner?.name; scope !== undefined; scope = parentOf(scope)) {
    const found = ruby.constants.get(`${scope}::${name}`);
    if (found !== undefined) return found;
  }
  const found = ruby.constants.get(name);
  if (found !== undefined) return found;
  if (name === 'ARGV') return list(ruby.context.args.map((word) => text(word)));
  if (name === 'DATA') return unknown('DATA');
  return named(name);
}

const parentOf = (name: string): string | undefined =>
  name.includes('::') ? name.slice(0, name.lastIndexOf('::')) : undefined;

function readPath(node: nodes.ConstantPathNode, frame: Frame, ruby: Ruby): Value {
  const name = node.name ?? '';
  if (node.parent === null) return ruby.constants.get(name) ?? named(name);
  const parent = ruby.evaluate(node.parent, frame);
  const object = objectOf(parent);
  const qualified =
    object instanceof RubyClass ? `${object.name}::${name}` : parent.kind === 'name' ? `${parent.name}::${name}` : name;
  return ruby.constants.get(qualified) ?? named(qualified);
}

/** `$0`, `$PROGRAM_NAME`: the program as it was called. */
const programNames: ReadonlySet<string> = new Set(['$0', '$PROGRAM_NAME']);

function readGlobal(name: string, ruby: Ruby): Value {
  const set = ruby.globals.get(name);
  if (set !== undefined) return set;
  if (programNames.has(name)) return text(ruby.context.path ?? '-e');
  if (name === '$*') return list(ruby.context.args.map((word) => text(word)));
  return unknown(name);
}

/** `h[k] op= v`: the variable that holds the hash gets a changed one. */
function indexWrite(
  node: nodes.IndexOrWriteNode | nodes.IndexAndWriteNode | nodes.IndexOperatorWriteNode,
  frame: Frame,
  ruby: Ruby,
): Value {
  const [key] = (node.arguments_?.arguments_ ?? []).map((each) => ruby.evaluate(each, frame));
  const holder = ruby.evaluate(node.receiver, frame);
  const before = holder.kind === 'table' ? holder.entries.get(literal(key) ?? '') : undefined;
  const given = ruby.evaluate(node.value, frame);
  const value =
    node instanceof nodes.IndexOperatorWriteNode
      ? operate(node.binaryOperator, before ?? unknown('…'), given, ruby.source.show(node))
      : before === undefined && node instanceof nodes.IndexOrWriteNode
        ? given
        : (before ?? ruby.unknown(node));
  replaceHeld(node.receiver, withEntry(holder, key, value), frame, ruby);
  return value;
}

/** A table or list with one entry set; what is no table stays as it is. */
export function withEntry(holder: Value, key: Value | undefined, value: Value): Value {
  const name = literal(key);
  if (holder.kind === 'table')
    return name === undefined
      ? table(holder.entries, false)
      : table(new Map(holder.entries).set(name, value), holder.complete);
  if (holder.kind === 'list') return list(holder.items, false);
  return holder;
}

/** Puts a changed value where the variable or attribute of an expression holds the old one. */
export function replaceHeld(node: nodes.Node | null, value: Value, frame: Frame, ruby: Ruby): void {
  if (node instanceof nodes.LocalVariableReadNode) assign(local(node.name, frame), value, ruby);
  else if (node instanceof nodes.InstanceVariableReadNode) assign(attribute(node.name, frame, ruby), value, ruby);
  else if (node instanceof nodes.GlobalVariableReadNode) assign(global(node.name, ruby), value, ruby);
  else if (node instanceof nodes.ConstantReadNode && ruby.constants.has(node.name))
    assign({ variables: ruby.constants, name: node.name }, value, ruby);
}

const write =
  (place: (name: string, frame: Frame, ruby: Ruby) => Place) =>
  (node: { readonly name: string; readonly value: nodes.Node }, frame: Frame, ruby: Ruby): Value =>
    assign(place(node.name, frame, ruby), ruby.evaluate(node.value, frame), ruby);

const operatorWrite =
  (place: (name: string, frame: Frame, ruby: Ruby) => Place) =>
  (
    node: nodes.Node & { readonly name: string; readonly value: nodes.Node; readonly binaryOperator: string },
    frame: Frame,
    ruby: Ruby,
  ): Value => {
    const found = place(node.name, frame, ruby);
    const right = ruby.evaluate(node.value, frame);
    return assign(found, operate(node.binaryOperator, read(found), right, ruby.source.show(node)), ruby);
  };

const conditionalWrite =
  (place: (name: string, frame: Frame, ruby: Ruby) => Place, or: boolean) =>
  (node: nodes.Node & { readonly name: string; readonly value: nodes.Node }, frame: Frame, ruby: Ruby): Value =>
    assignIf(node, place(node.name, frame, ruby), node.value, or, frame, ruby);

const localPlace = (name: string, frame: Frame): Place => local(name, frame);
const globalPlace = (name: string, _frame: Frame, ruby: Ruby): Place => global(name, ruby);

export const variableHandlers = [
  on(nodes.LocalVariableReadNode, (node, frame) => read(local(node.name, frame))),
  on(nodes.ItLocalVariableReadNode, (_node, frame) => read(local('it', frame))),
  on(nodes.InstanceVariableReadNode, (node, frame, ruby) => read(attribute(node.name, frame, ruby))),
  on(nodes.ClassVariableReadNode, (node, frame, ruby) => read(shared(node.name, frame, ruby))),
  on(nodes.GlobalVariableReadNode, (node, _frame, ruby) => readGlobal(node.name, ruby)),
  on(nodes.ConstantReadNode, (node, frame, ruby) => readConstant(node.name, frame, ruby)),
  on(nodes.ConstantPathNode, readPath),
  on(
    nodes.SelfNode,
    (_node, frame, ruby) => frame.self ?? (frame.owner === undefined ? ruby.unknown(_node) : objectValue(frame.owner)),
  ),
  on(nodes.LocalVariableWriteNode, write(localPlace)),
  on(nodes.InstanceVariableWriteNode, write(attribute)),
  on(nodes.ClassVariableWriteNode, write(shared)),
  on(nodes.GlobalVariableWriteNode, write(globalPlace)),
  on(nodes.ConstantWriteNode, write(constant)),
  on(nodes.ConstantPathWriteNode, (node, frame, ruby) => {
    const value = ruby.evaluate(node.value, frame);
    return assign({ variables: ruby.constants, name: ruby.source.show(node.target) }, value, ruby);
  }),
  on(nodes.LocalVariableOperatorWriteNode, operatorWrite(localPlace)),
  on(nodes.InstanceVariableOperatorWriteNode, operatorWrite(attribute)),
  on(nodes.ClassVariableOperatorWriteNode, operatorWrite(shared)),
  on(nodes.GlobalVariableOperatorWriteNode, operatorWrite(globalPlace)),
  on(nodes.ConstantOperatorWriteNode, operatorWrite(constant)),
  on(nodes.LocalVariableOrWriteNode, conditionalWrite(localPlace, true)),
  on(nodes.InstanceVariableOrWriteNode, conditionalWrite(attribute, true)),
  on(nodes.ClassVariableOrWriteNode, conditionalWrite(shared, true)),
  on(nodes.GlobalVariableOrWriteNode, conditionalWrite(globalPlace, true)),
  on(nodes.ConstantOrWriteNode, conditionalWrite(constant, true)),
  on(nodes.LocalVariableAndWriteNode, conditionalWrite(localPlace, false)),
  on(nodes.InstanceVariableAndWriteNode, conditionalWrite(attribute, false)),
  on(nodes.IndexOrWriteNode, indexWrite),
  on(nodes.IndexAndWriteNode, indexWrite),
  on(nodes.IndexOperatorWriteNode, indexWrite),
  on(nodes.MultiWriteNode, (node, frame, ruby) => {
    const value = ruby.evaluate(node.value, frame);
    destructure(node, value, frame, ruby);
    return value;
  }),
];
