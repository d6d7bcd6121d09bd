// Expressions: what an expression is worth, and what evaluating it does on the way.
import {
  type Arguments,
  addItems,
  concat,
  knownText,
  list,
  named,
  table,
  text,
  unknown,
  type Value,
  wordOf,
} from '../value.ts';
import { binary, conditional, sum, unary } from './operators.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { taggedTemplate } from './tagged.ts';
import type { Node } from './tree.ts';
import {
  callableOf,
  eachChoice,
  either,
  isListing,
  markListed,
  methodOf,
  nothing,
  setEntry,
  unescaped,
} from './values.ts';

type Reader = (node: Node, scope: Scope, run: Run) => Value;

/** The value of an expression, by the name of its node; of what is not listed only the parts are read. */
export function evaluate(node: Node, scope: Scope, run: Run): Value {
  run.recorder.step();
  const reader = readers[node.name];
  if (reader !== undefined) return reader(node, scope, run);
  for (const part of node.parts) run.evaluate(part, scope);
  return unknown(node.text);
}

const firstPart: Reader = (node, scope, run) => {
  const [part] = node.parts;
  return part === undefined ? nothing : run.evaluate(part, scope);
};
const functions: Reader = (node, scope, run) => run.functionFrom(node, scope);
const classExpression: Reader = (node, scope, run) => run.classFrom(node, scope);
const typeOnly: Reader = (node) => unknown(node.text);

const readers: Readonly<Record<string, Reader | undefined>> = {
  VariableName: (node, scope, run) => variable(node.text, scope, run),
  String: (node) => text(unescaped(node.text.slice(1, -1))),
  TemplateString: (node, scope, run) => template(node, scope, run, (value) => value),
  Number: (node) => text(numberText(node.text)),
  BooleanLiteral: (node) => text(node.text),
  null: () => text('null'),
  RegExp: () => named('RegExp()'),
  this: (_node, _scope, run) => run.frame.self ?? unknown('this'),
  super: (_node, _scope, run) => run.frame.self ?? unknown('super'),
  ArrayExpression: (node, scope, run) => {
    const { values, complete } = elements(node, scope, run);
    return list(values, complete);
  },
  ObjectExpression: objectLiteral,
  FunctionExpression: functions,
  ArrowFunction: functions,
  ClassExpression: classExpression,
  ParenthesizedExpression: firstPart,
  AwaitExpression: firstPart,
  YieldExpression: yielded,
  InstantiationExpression: firstPart,
  TypeAssertion: (node, scope, run) => {
    const last = node.parts.at(-1);
    return last === undefined ? nothing : run.evaluate(last, scope);
  },
  SequenceExpression: (node, scope, run) =>
    node.parts.reduce<Value>((_before, part) => run.evaluate(part, scope), nothing),
  ConditionalExpression: conditional,
  BinaryExpression: binary,
  UnaryExpression: unary,
  PostfixExpression: (node, scope, run) => {
    const [part] = node.parts;
    if (part === undefined) return nothing;
    const value = run.evaluate(part, scope);
    if (node.has('ArithOp')) run.assign(part, unknown(part.text), scope);
    return value;
  },
  AssignmentExpression: assignment,
  MemberExpression: (node, scope, run) => {
    const [object] = node.parts;
    if (object === undefined) return unknown(node.text);
    const value = run.evaluate(object, scope);
    const key = memberName(node, scope, run);
    return key === undefined ? unknownMember(value, node) : run.member(value, key);
  },
  CallExpression: callExpression,
  NewExpression: (node, scope, run) => {
    const [callee, args] = node.parts;
    if (callee === undefined) return unknown(node.text);
    const value = run.evaluate(callee, scope);
    const call = argumentsOf(args?.name === 'ArgList' ? args : undefined, scope, run);
    place(node, run);
    return run.create(value, call, callee.text);
  },
  TaggedTemplateExpression: (node, scope, run) => taggedTemplate(node, scope, run),
  DynamicImport: (node, scope, run) => {
    const value = firstPart(node, scope, run);
    const specifier = knownText(value);
    return specifier === undefined ? unknown(node.text) : run.module(specifier);
  },
  ImportMeta: () => named('import.meta'),
  NewTarget: typeOnly,
};

/** `yield x`, `yield* xs`: kept for what goes through them. */
function yielded(node: Node, scope: Scope, run: Run): Value {
  const part = node.parts.find(({ name }) => name !== 'Star');
  if (part === undefined) return nothing;
  const value = run.evaluate(part, scope);
  run.frame.yields.push(...(node.has('Star') && value.kind === 'list' ? value.items : [value]));
  return unknown(node.text);
}

/** Notes where the reader stands: the line of what is called, for messages. */
export function place(node: Node, run: Run): void {
  run.recorder.line = run.source.line ?? node.tree.line(node.from);
  run.recorder.file = run.source.file;
}

/** Modules that stand ready under their own names in code behind `-e` and in zx scripts. */
const readyModules: ReadonlySet<string> = new Set(
  'fs os path child_process util url http https vm crypto readline zlib'.split(' '),
);
/** Names that stand for something without being declared. */
const globals: ReadonlySet<string> = new Set(
  (
    'process console require Buffer JSON Object Array String Number Boolean Promise Math Date Reflect fetch Deno Bun eval Function Request ' +
    'Headers URL URLSearchParams FormData setTimeout setInterval setImmediate queueMicrotask atob btoa structuredClone encodeURIComponent ' +
    'decodeURIComponent encodeURI decodeURI parseInt parseFloat Symbol Map Set WeakMap $ axios'
  ).split(' '),
);

function variable(name: string, scope: Scope, run: Run): Value {
  const known = scope.get(name);
  if (known !== undefined) return known;
  if (name === 'undefined') return nothing;
  if (name === 'arguments') return list(run.frame.arguments, false);
  if (name === '__filename') return run.member(named('import.meta'), 'filename');
  if (name === '__dirname') return run.member(named('import.meta'), 'dirname');
  if (name === 'globalThis' || name === 'global' || name === 'window') return named('globalThis');
  return globals.has(name) || readyModules.has(name) ? named(name) : unknown(name);
}

const numberText = (source: string): string => {
  const value = Number(source.replace(/_/g, '').replace(/n$/, ''));
  return Number.isNaN(value) ? source : String(value);
};

/** The text of a template; `quote` changes what is filled in. */
export function template(node: Node, scope: Scope, run: Run, quote: (value: Value) => Value): Value {
  const pieces: Value[] = [];
  let from = node.from + 1;
  for (const child of node.children) {
    if (child.name !== 'Interpolation') continue;
    pieces.push(text(unescaped(node.tree.text.slice(from, child.from))));
    const [part] = child.parts.filter(({ name }) => !/^Interpolation/.test(name));
    pieces.push(part === undefined ? nothing : quote(run.evaluate(part, scope)));
    from = child.to;
  }
  pieces.push(text(unescaped(node.tree.text.slice(from, Math.max(from, node.to - 1)))));
  return joined(pieces);
}

/** Texts one after the other; one of them that may be one of several gives one of several texts. */
export function joined(pieces: readonly Value[]): Value {
  const at = pieces.findIndex((piece) => piece.kind === 'unknown' && eachChoice(piece, (each) => each) !== piece);
  if (at < 0) return pieces.some(isListing) ? markListed(concat(pieces)) : concat(pieces);
  return eachChoice(pieces[at] as Value, (each) => joined([...pieces.slice(0, at), each, ...pieces.slice(at + 1)]));
}

/** Items of an array or arguments, spread ones opened. */
function elements(node: Node, scope: Scope, run: Run): { values: Value[]; complete: boolean } {
  const values: Value[] = [];
  let complete = true;
  let isSpread = false;
  for (const child of node.children) {
    if (child.name === 'Spread') isSpread = true;
    if (child.name === 'Spread' || !isValueNode(child)) continue;
    const value = run.evaluate(child, scope);
    if (!isSpread) values.push(value);
    else if (value.kind === 'list') {
      values.push(...value.items);
      complete &&= value.complete;
    } else complete = false;
    isSpread = false;
  }
  return { values, complete };
}

const isValueNode = ({ name }: Node): boolean =>
  /^[A-Z]/.test(name) ? !/^(TypeArgList|ArithOp)$/.test(name) : /^(this|super|null)$/.test(name);

function argumentsOf(node: Node | undefined, scope: Scope, run: Run): Arguments {
  if (node === undefined) return { positional: [], named: new Map() };
  const { values, complete } = elements(node, scope, run);
  return { positional: complete ? values : [...values, unknown('...')], named: new Map() };
}

function objectLiteral(node: Node, scope: Scope, run: Run): Value {
  const entries = new Map<string, Value>();
  let complete = true;
  for (const property of node.children) {
    if (property.name !== 'Property') continue;
    if (property.has('Spread')) {
      const value = firstPartBehind(property, 'Spread', scope, run);
      if (value.kind === 'table') for (const [key, entry] of value.entries) entries.set(key, entry);
      complete &&= value.kind === 'table' && value.complete;
      continue;
    }
    const key = propertyKey(property, scope, run);
    const value = propertyValue(property, key, scope, run);
    if (key === undefined) complete = false;
    else if (value !== undefined) entries.set(key, value);
  }
  return table(entries, complete);
}

const firstPartBehind = (node: Node, name: string, scope: Scope, run: Run): Value => {
  const part = node.after(name);
  return part === undefined ? nothing : run.evaluate(part, scope);
};

/** The name of a property, a method or a field: as written, quoted, a number or computed. */
export function propertyKey(node: Node, scope: Scope, run: Run): string | undefined {
  const computed = node.children.findIndex(({ name }) => name === '[');
  if (computed >= 0) {
    const key = node.children[computed + 1];
    return key === undefined ? undefined : knownText(run.evaluate(key, scope));
  }
  const key = node.child('PropertyDefinition', 'PrivatePropertyDefinition', 'PropertyName', 'String', 'Number');
  if (key === undefined) return undefined;
  return key.name === 'String' ? unescaped(key.text.slice(1, -1)) : key.text;
}

function propertyValue(property: Node, key: string | undefined, scope: Scope, run: Run): Value | undefined {
  if (property.has('ParamList')) {
    // A getter is read when the object is made.
    const method = run.functionFrom(property, scope);
    if (property.has('set')) return undefined;
    return property.has('get') ? run.call(method, { positional: [], named: new Map() }, key ?? 'get') : method;
  }
  const value = property.after(':');
  if (value !== undefined) return run.evaluate(value, scope);
  return key === undefined ? undefined : variable(key, scope, run);
}

function assignment(node: Node, scope: Scope, run: Run): Value {
  const [target] = node.parts;
  const operator = node.child('Equals', 'UpdateOp');
  const right = operator === undefined ? undefined : node.after(operator.name);
  if (target === undefined || right === undefined || operator === undefined) return unknown(node.text);
  if (operator.name === 'Equals') {
    const value = run.evaluate(right, scope);
    run.assign(target, value, scope);
    return value;
  }
  const before = run.evaluate(target, scope);
  const value = run.evaluate(right, scope);
  const after =
    operator.text === '+=' ? sum(before, value) : isShort(operator.text) ? either([before, value]) : unknown(node.text);
  run.assign(target, after, scope);
  return after;
}

const isShort = (operator: string): boolean => operator === '||=' || operator === '??=' || operator === '&&=';

/** Assigns to a member: of an object of the program, of the environment, of a library. */
export function assignMember(node: Node, value: Value, scope: Scope, run: Run): void {
  const [object] = node.parts;
  const key = memberName(node, scope, run);
  if (object === undefined) return;
  const target = run.evaluate(object, scope);
  if (key === undefined) return;
  if (target.kind === 'table') setEntry(target, key, value);
  else if (target.kind === 'list' && key === String(target.items.length)) addItems(target, [value]);
  else if (target.kind === 'name' && target.name === 'process.env') run.env.set(key, wordOf(value));
  else if (target.kind === 'name') run.properties.set(`${target.name}.${key}`, value);
}

/** The name behind a dot, or in brackets where it is known. */
export function memberName(node: Node, scope: Scope, run: Run): string | undefined {
  const last = node.child('PropertyName', 'PrivatePropertyName');
  if (last !== undefined && !node.has('[')) return last.text;
  const key = node.after('[');
  return key === undefined ? undefined : knownText(run.evaluate(key, scope));
}

/** A member that is not known by name: any item of a list or a table with few of them. */
function unknownMember(value: Value, node: Node): Value {
  const values = value.kind === 'list' ? value.items : value.kind === 'table' ? [...value.entries.values()] : [];
  if (values.length > 0 && values.length <= 6) return either(values, node.text);
  return unknown(node.text);
}

function callExpression(node: Node, scope: Scope, run: Run): Value {
  const [callee] = node.parts;
  const list_ = node.child('ArgList');
  if (callee === undefined) return unknown(node.text);
  if (callee.name === 'super') return superCall(argumentsOf(list_, scope, run), run);
  if (callee.name === 'import') return run.module(knownText(argumentsOf(list_, scope, run).positional[0]) ?? '');
  const inner = callee.name === 'MemberExpression' ? callee : unwrapped(callee);
  if (inner.name !== 'MemberExpression') {
    const value = run.evaluate(callee, scope);
    const call = argumentsOf(list_, scope, run);
    place(callee, run);
    if (value.kind === 'name' && value.name === 'require') return required(call, run);
    return run.call(value, call, callee.text);
  }
  return methodCall(inner, list_, scope, run);
}

/** `(a.b)(...)`, `a!.b(...)`: the member that is called. */
function unwrapped(node: Node): Node {
  let at = node;
  for (let hops = 0; hops < 8; hops += 1) {
    const [part] = at.parts;
    if (part === undefined || (at.name !== 'ParenthesizedExpression' && at.name !== 'PostfixExpression')) return at;
    at = part;
  }
  return at;
}

function required(call: Arguments, run: Run): Value {
  const specifier = knownText(call.positional[0]);
  return specifier === undefined ? unknown('require(...)') : run.module(specifier);
}

function methodCall(callee: Node, args: Node | undefined, scope: Scope, run: Run): Value {
  const [object] = callee.parts;
  if (object === undefined) return unknown(callee.text);
  const receiver = run.evaluate(object, scope);
  const name = memberName(callee, scope, run);
  const call = argumentsOf(args, scope, run);
  place(callee.child('PropertyName', 'PrivatePropertyName') ?? callee, run);
  if (name === undefined) return run.call(unknownMember(receiver, callee), call, callee.text);
  if (object.name === 'super') {
    const owner = callableOf(superClass(run));
    const method = owner?.kind === 'class' ? methodOf(owner, name) : undefined;
    return method === undefined ? unknown(callee.text) : run.call(method, { ...call, receiver }, name);
  }
  return run.callMethod(receiver, name, call);
}

/** The parent of the class whose method is being read. */
const superClass = (run: Run): Value | undefined => run.owner?.parent;

function superCall(call: Arguments, run: Run): Value {
  const parent = callableOf(superClass(run));
  const self = run.frame.self;
  if (parent?.kind === 'class' && self !== undefined) run.construct(parent, self, call);
  return self ?? nothing;
}
