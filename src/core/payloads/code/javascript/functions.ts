// Functions and classes of the program: made where they stand, followed where they are called.
import { codeLimits } from '../recorder.ts';
import { type Arguments, list, unknown, type Value } from '../value.ts';
import { propertyKey } from './expressions.ts';
import { sequence } from './patterns.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import type { Node } from './tree.ts';
import {
  type Callable,
  type Class,
  type Closure,
  callableOf,
  either,
  functionOf,
  instanceOf,
  markListed,
  nothing,
  setEntry,
} from './values.ts';

/** The value of a function, an arrow function or a method. */
export function closureFrom(node: Node, scope: Scope, run: Run, owner?: Class): Value {
  const isArrow = node.name === 'ArrowFunction';
  const own = isArrow ? run.owner : owner;
  return functionOf({
    kind: 'closure',
    node,
    scope,
    source: run.source,
    self: isArrow ? run.frame.self : undefined,
    owner: own,
  });
}

/** Follows a function of the program; one that is being followed already is not followed again. */
export function callClosure(closure: Closure, call: Arguments, run: Run, open: Node[]): Value {
  const { node } = closure;
  if (open.length >= codeLimits.depth || open.includes(node)) return unknown('(a call within itself)');
  const scope = closure.scope.inner();
  const self = node.name === 'ArrowFunction' ? closure.self : call.receiver;
  const frame = { self, arguments: call.positional, returns: [] as Value[], yields: [] as Value[] };
  const outer = {
    frame: run.frame,
    source: run.source,
    owner: run.owner,
    line: run.recorder.line,
    file: run.recorder.file,
  };
  open.push(node);
  Object.assign(run, { frame, source: closure.source, owner: closure.owner });
  try {
    bindParameters(node, call, scope, run);
    const value = readBody(node, scope, run);
    if (node.has('Star')) return markListed(list(frame.yields, false));
    return value ?? (frame.returns.length === 0 ? nothing : either(frame.returns, '(what a function returns)'));
  } finally {
    open.pop();
    Object.assign(run, { frame: outer.frame, source: outer.source, owner: outer.owner });
    Object.assign(run.recorder, { line: outer.line, file: outer.file });
  }
}

/** A block gives what it returns; an arrow function may have one expression for a body. */
function readBody(node: Node, scope: Scope, run: Run): Value | undefined {
  const block = node.child('Block');
  if (block !== undefined) {
    run.statements(block.parts, scope);
    return undefined;
  }
  const expression = node.after('Arrow');
  return expression === undefined ? undefined : run.evaluate(expression, scope);
}

function bindParameters(node: Node, call: Arguments, scope: Scope, run: Run): void {
  const parameters = node.child('ParamList');
  if (parameters === undefined) return;
  const given = call.positional;
  const isOpen = given.at(-1)?.kind === 'unknown';
  sequence(
    parameters.children,
    (at) => given[at] ?? (isOpen ? unknown('(an argument)') : nothing),
    (at) => list(given.slice(at), !isOpen),
    scope,
    run,
    (target, value) => scope.declare(target.text, value, true),
  );
  keepOwnParameters(parameters, scope, run);
}

/** `constructor(private url: string)` keeps the argument under its name. */
function keepOwnParameters(parameters: Node, scope: Scope, run: Run): void {
  const { self } = run.frame;
  if (self?.kind !== 'table') return;
  parameters.children.forEach((child, at) => {
    const name = parameters.children[at + 1];
    if ((child.name === 'Privacy' || child.name === 'readonly') && name?.name === 'VariableDefinition')
      setEntry(self, name.text, scope.get(name.text) ?? nothing);
  });
}

/** A class: its methods are known by name, what stands in its static blocks runs. */
export function classValue(node: Node, scope: Scope, run: Run): Value {
  const extended = node.after('extends');
  const name = node.child('VariableDefinition')?.text ?? 'class';
  const fields: { name: string; node: Node | undefined }[] = [];
  const owner: Class = {
    kind: 'class',
    name,
    parent: extended === undefined ? undefined : run.evaluate(extended, scope),
    methods: new Map(),
    statics: new Map(),
    fields,
    scope,
    source: run.source,
  };
  const value = functionOf(owner);
  if (node.name === 'ClassDeclaration' || node.has('VariableDefinition')) scope.declare(name, value);
  for (const member of node.child('ClassBody')?.parts ?? []) readMember(member, owner, fields, scope, run);
  return value;
}

function readMember(
  member: Node,
  owner: Class,
  fields: { name: string; node: Node | undefined }[],
  scope: Scope,
  run: Run,
): void {
  if (member.name === 'StaticBlock') run.statements(member.child('Block')?.parts ?? [], scope.inner());
  const key = propertyKey(member, scope, run);
  if (key === undefined) return;
  const isStatic = member.has('static');
  if (member.name === 'MethodDeclaration')
    (isStatic ? owner.statics : owner.methods).set(key, closureFrom(member, scope, run, owner));
  if (member.name !== 'PropertyDeclaration') return;
  const given = member.after('Equals');
  if (!isStatic) fields.push({ name: key, node: given });
  else owner.statics.set(key, given === undefined ? nothing : run.evaluate(given, scope));
}

/** A new instance of a class of the program. */
export function newInstance(owner: Class, call: Arguments, run: Run): Value {
  const self = instanceOf(owner);
  run.construct(owner, self, call);
  return self;
}

/** Fields and constructor of a class, on an instance of it or of a class below it. */
export function constructOn(owner: Class, self: Value, call: Arguments, run: Run): void {
  const parent: Callable | undefined = callableOf(owner.parent);
  const maker = owner.methods.get('constructor');
  if (parent?.kind === 'class' && maker === undefined) run.construct(parent, self, call);
  if (self.kind === 'table') readFields(owner, self, run);
  if (maker !== undefined) run.call(maker, { ...call, receiver: self }, `new ${owner.name}`);
}

function readFields(owner: Class, self: Extract<Value, { kind: 'table' }>, run: Run): void {
  const outer = { frame: run.frame, source: run.source, owner: run.owner };
  Object.assign(run, { frame: { self, arguments: [], returns: [], yields: [] }, source: owner.source, owner });
  try {
    for (const { name, node } of owner.fields)
      setEntry(self, name, node === undefined ? nothing : run.evaluate(node, owner.scope));
  } finally {
    Object.assign(run, outer);
  }
}

/** What `this` of a bound function and its arguments are. */
export const bound = (callee: Value, call: Arguments, run: Run): Value =>
  functionOf({
    kind: 'native',
    call: (later) => {
      const [receiver, ...first] = call.positional;
      return run.call(
        callee,
        {
          positional: [...first, ...later.positional],
          named: new Map(),
          ...(receiver === undefined ? {} : { receiver }),
        },
        'bound function',
      );
    },
  });
