// Calls: arguments, and whom a call reaches: functions and methods of the program, then libraries.
import { type Arguments, list, named, taintOf, unknown, type Value } from '../value.ts';
import { folderIterators, iterator } from './api/files.ts';
import { classNamed } from './classes.ts';
import type { Php } from './interpreter.ts';
import { libraryFunction, libraryMethod, libraryStatic } from './library.ts';
import {
  Callable,
  Frame,
  literal,
  nameUnknown,
  none,
  objectOf,
  objectValue,
  PhpClass,
  PhpInstance,
  type Routine,
  variableNamed,
} from './model.ts';
import { childOf, type Node, partsOf, shown, textOfNode } from './syntax.ts';

/** One call of a library. */
export interface Call {
  readonly name: string;
  readonly given: Arguments;
  readonly frame: Frame;
  readonly php: Php;
  readonly source: string;
  /** What a method is called on. */
  readonly receiver: Value | undefined;
  /** The arguments as they stand, for functions that set what they are given. */
  readonly nodes: readonly Node[];
}

export function argumentsOf(node: Node | undefined, frame: Frame, php: Php): Arguments {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  for (const part of node === undefined ? [] : partsOf(node)) {
    const [first, second] = partsOf(part);
    if (part.name === 'NamedArgument' && first !== undefined) named.set(textOfNode(first), php.evaluate(second, frame));
    else if (part.name === 'SpreadArgument') spread(php.evaluate(first, frame), positional, named);
    else positional.push(php.evaluate(part, frame));
  }
  return { positional, named };
}

/** `...$array`: entries with names become named arguments. */
function spread(value: Value, positional: Value[], named: Map<string, Value>): void {
  if (value.kind === 'list') positional.push(...value.items);
  if (value.kind === 'table') for (const [key, each] of value.entries) named.set(key, each);
  if ((value.kind !== 'list' && value.kind !== 'table') || !value.complete) positional.push(unknown('…'));
}

/** Follows a function of the program. */
function callRoutine(routine: Routine, self: Value | undefined, given: Arguments, php: Php): Value {
  const isArrow = routine.node.name === 'ArrowFunction';
  const frame = new Frame({ variables: new Map(routine.kept ?? []), self: self ?? routine.self, owner: routine.owner });
  const result = php.entering(routine.node, routine.file, () => {
    bind(childOf(routine.node, 'ParamList'), given, frame, php);
    if (isArrow) return php.evaluate(partsOf(routine.node).at(-1), frame);
    php.evaluate(childOf(routine.node, 'Block'), frame);
    const [first, ...others] = frame.returns;
    return first === undefined ? none : others.length === 0 ? first : unknown(`${routine.name}(...)`, taintOf(first));
  });
  return result ?? unknown(`${routine.name}(...)`);
}

function bind(parameters: Node | undefined, { positional, named }: Arguments, frame: Frame, php: Php): void {
  (parameters === undefined ? [] : partsOf(parameters)).forEach((parameter, index) => {
    const target = childOf(parameter, 'VariableName');
    if (target === undefined) return;
    const name = textOfNode(target).slice(1);
    if (parameter.name === 'VariadicParameter') {
      frame.variables.set(name, list(positional.slice(index)));
      return;
    }
    const initial = childOf(parameter, 'AssignOp') === undefined ? undefined : parameter.children.at(-1);
    const value =
      named.get(name) ??
      positional[index] ??
      (initial === undefined ? variableNamed(name) : php.evaluate(initial, frame));
    frame.variables.set(name, nameUnknown(value, name));
    const self = objectOf(frame.self);
    if (parameter.name === 'PropertyParameter' && self instanceof PhpInstance)
      self.properties.set(name, nameUnknown(value, name));
  });
}

/** Calls whatever a value stands for: a closure, a function by its name, a method as `[object, name]` or `Class::name`. */
export function callValue(
  callee: Value,
  positional: readonly Value[],
  call: Pick<Call, 'php' | 'frame' | 'source'>,
): Value {
  const given: Arguments = { positional, named: new Map() };
  const object = objectOf(callee);
  if (object instanceof Callable) return callRoutine(object.routine, undefined, given, call.php);
  if (object instanceof PhpInstance) {
    const invoked = object.of.method('__invoke');
    return invoked === undefined ? unknown(call.source) : callRoutine(invoked, callee, given, call.php);
  }
  if (callee.kind === 'list' && callee.items.length === 2) {
    const [on, method] = callee.items;
    const name = literal(method);
    return on === undefined || name === undefined
      ? unknown(call.source)
      : methodOn(on, name, { ...call, given, nodes: [] });
  }
  const name = literal(callee);
  if (name === undefined) return unknown(call.source);
  const [scope, method] = name.split('::');
  return method === undefined || scope === undefined
    ? functionNamed(name, { ...call, given, nodes: [] })
    : staticOn(scope, method, { ...call, given, nodes: [] });
}

type Given = Omit<Call, 'name' | 'receiver'>;

function functionNamed(written: string, call: Given): Value {
  const name = written.replace(/^\\/, '');
  const short = name.slice(name.lastIndexOf('\\') + 1).toLowerCase();
  const own = call.php.functions.get(short);
  if (own !== undefined) return callRoutine(own, undefined, call.given, call.php);
  return libraryFunction({ ...call, name: short, receiver: undefined }) ?? unknown(call.source);
}

export function callFunction(node: Node, callee: Node, args: Node | undefined, frame: Frame, php: Php): Value {
  const nodes = args === undefined ? [] : partsOf(args);
  if (callee.name === 'Name' || callee.name === 'QualifiedName') {
    // What is only asked for is not evaluated.
    if (/^(isset|empty)$/i.test(textOfNode(callee))) return unknown(shown(node));
    const given = argumentsOf(args, frame, php);
    php.at(node);
    return functionNamed(textOfNode(callee), { given, frame, php, source: shown(node), nodes });
  }
  const value = php.evaluate(callee, frame);
  const given = argumentsOf(args, frame, php);
  php.at(node);
  return callValue(value, given.positional, { php, frame, source: shown(node) });
}

function methodOn(on: Value, name: string, call: Given): Value {
  const object = objectOf(on);
  const { php, given } = call;
  if (object instanceof PhpInstance) {
    const own = object.of.method(name);
    if (own !== undefined) return callRoutine(own, on, given, php);
    const property = object.properties.get(name);
    if (property !== undefined && objectOf(property) instanceof Callable)
      return callValue(property, given.positional, call);
    const { library } = object.of;
    const receiver = library === undefined ? on : named(`${library}()`, given);
    return libraryMethod({ ...call, name, receiver }) ?? unknown(call.source);
  }
  if (object instanceof Callable)
    return /^(call|__invoke|bindTo)$/.test(name) ? callValue(on, given.positional, call) : unknown(call.source);
  if (object instanceof PhpClass) return staticOn(object.name, name, call);
  return libraryMethod({ ...call, name, receiver: on }) ?? unknown(call.source, taintOf(on));
}

export function callMethod(node: Node, callee: Node, args: Node | undefined, frame: Frame, php: Php): Value {
  const [holder, member] = partsOf(callee);
  const on = php.evaluate(holder, frame);
  const isOptional = callee.children.some((child) => child.name === '?->');
  if (isOptional && on === none) return none;
  const name = member?.name === 'Name' ? textOfNode(member) : literal(php.evaluate(member, frame));
  const given = argumentsOf(args, frame, php);
  php.at(node);
  if (name === undefined) return unknown(shown(node));
  return methodOn(on, name, { given, frame, php, source: shown(node), nodes: args === undefined ? [] : partsOf(args) });
}

function staticOn(scope: string, name: string, call: Given): Value {
  const { php } = call;
  const owner = php.classes.get(scope.toLowerCase());
  const own = owner?.method(name);
  if (own !== undefined) return callRoutine(own, call.frame.self, call.given, php);
  const library =
    owner === undefined ? scope.replace(/^Illuminate\\Support\\Facades\\/, '') : (owner.library ?? owner.name);
  return libraryStatic({ ...call, name, receiver: undefined }, library, scope) ?? unknown(call.source);
}

export function callStatic(node: Node, callee: Node, args: Node | undefined, frame: Frame, php: Php): Value {
  const [scope, member] = partsOf(callee);
  const given = argumentsOf(args, frame, php);
  php.at(node);
  const owner = scope === undefined ? undefined : classNamed(scope, frame, php);
  const name = member === undefined ? undefined : textOfNode(member).replace(/^\$/, '');
  if (owner === undefined || name === undefined) return unknown(shown(node));
  const call = { given, frame, php, source: shown(node), nodes: args === undefined ? [] : partsOf(args) };
  if (!(owner instanceof PhpClass)) return staticOn(owner, name, call);
  const own = owner.method(name);
  // `parent::x()` and `self::x()` keep the object.
  if (own !== undefined) return callRoutine(own, frame.self, given, php);
  return staticOn(owner.name, name, call);
}

/** `new`: an instance of a class of the program, whose constructor runs, or one of a library. */
export function construct(made: PhpClass | string, given: Arguments, php: Php): Value {
  if (typeof made === 'string') return folderIterators.has(made) ? iterator(given) : named(`${made}()`, given);
  const value = objectValue(new PhpInstance(made));
  const maker = made.method('__construct');
  if (maker !== undefined) callRoutine(maker, value, given, php);
  else if (made.library !== undefined && made.methods.size === 0) return named(`${made.library}()`, given);
  return value;
}
