// Expressions: literals, variables, operators, calls, and what they give.
import { textOf } from '../../../model/word.ts';
import { pathFrom } from '../../../resolve/paths.ts';
import { concat, list, named, taintOf, text, unknown, type Value } from '../value.ts';
import { runsInShell } from './api/processes.ts';
import { arrayOf, keyOf } from './arrays.ts';
import { assignTo } from './assign.ts';
import { argumentsOf, callFunction, callMethod, callStatic, construct } from './calls.ts';
import { classNamed } from './classes.ts';
import { declareClass } from './declarations.ts';
import { heredocOf, interpolatedText, stringOf } from './interpolation.ts';
import type { Php } from './interpreter.ts';
import {
  Callable,
  literal,
  no,
  none,
  objectOf,
  objectValue,
  PhpClass,
  PhpInstance,
  truthOf,
  variableNamed,
  yes,
} from './model.ts';
import type { Handler } from './statements.ts';
import { childOf, type Node, operatorOf, partsOf, shown, textOfNode } from './syntax.ts';

const variable: Handler = (node, frame, php) => {
  const name = textOfNode(node).slice(1);
  if (name === 'this') return frame.self ?? variableNamed(name);
  const value = frame.variables.get(name);
  if (value !== undefined) return value;
  if (name === 'argv' && frame.variables === php.main.variables) return argumentList(php);
  return variableNamed(name);
};

/** The program and its arguments. */
const argumentList = (php: Php): Value =>
  list([text(php.context.path ?? 'Standard input code'), ...php.context.args.map((word) => text(word))]);

const subscript: Handler = (node, frame, php) => {
  const [holder, index] = partsOf(node);
  if (holder === undefined) return none;
  const source = textOfNode(holder);
  // Inside a string, `$a[key]` has no quotes.
  const key =
    index === undefined ? undefined : index.name === 'Name' ? text(textOfNode(index)) : php.evaluate(index, frame);
  const name = keyOf(key);
  if ((source === '$_ENV' || source === '$_SERVER') && name !== undefined) return environmentValue(name, php);
  if (source === '$GLOBALS' && name !== undefined) return php.main.variables.get(name) ?? variableNamed(name);
  const value = php.evaluate(holder, frame);
  return entryOf(value, name) ?? unknown(shown(node), taintOf(value));
};

function environmentValue(name: string, php: Php): Value {
  if (name === 'argv') return argumentList(php);
  const set = php.environment.findLast((each) => each.name === name);
  const word = set?.value ?? php.context.variable(name);
  return word === undefined ? none : text(word);
}

/** An entry of an array; of a list that is one pattern, any entry is what the pattern says. */
function entryOf(value: Value, name: string | undefined): Value | undefined {
  if (name === undefined || (value.kind !== 'table' && value.kind !== 'list')) return undefined;
  const found = value.kind === 'table' ? value.entries.get(name) : value.items[/^\d+$/.test(name) ? Number(name) : -1];
  if (found !== undefined) return found;
  if (value.complete) return none;
  return value.kind === 'list' && value.items.length === 1 ? value.items[0] : undefined;
}

const member: Handler = (node, frame, php) => {
  const [holder, name] = partsOf(node);
  const on = php.evaluate(holder, frame);
  const property = name?.name === 'Name' ? textOfNode(name) : literal(php.evaluate(name, frame));
  const object = objectOf(on);
  if (object instanceof PhpInstance && property !== undefined)
    return object.properties.get(property) ?? unknown(shown(node));
  const state = php.stateOf(on)?.get(property ?? '');
  if (state !== undefined) return state;
  // A collection calls what stands behind `each->` on every item.
  if (on.kind === 'name' && (property === 'each' || property === 'map')) return on;
  return unknown(shown(node), taintOf(on));
};

const scoped: Handler = (node, frame, php) => {
  const [scope, name] = partsOf(node);
  if (scope === undefined || name === undefined) return none;
  const owner = classNamed(scope, frame, php);
  const key = textOfNode(name).replace(/^\$/, '');
  if (key === 'class') return text(owner instanceof PhpClass ? owner.name : (owner ?? textOfNode(scope)));
  if (owner instanceof PhpClass) {
    const found = owner.ancestry.map(({ statics }) => statics.get(key)).find((each) => each !== undefined);
    if (found !== undefined) return found;
  }
  return named(`${owner instanceof PhpClass ? owner.name : (owner ?? '?')}::${key}`);
};

/** A bare name: a constant. */
const constant: Handler = (node, frame, php) => {
  const name = textOfNode(node);
  const known = php.constants.get(name);
  if (known !== undefined) return known;
  switch (name.toUpperCase()) {
    case '__DIR__':
      return php.file.path === undefined ? text(php.folder) : text(php.file.path.replace(/\/[^/]*$/, '') || '/');
    case '__FILE__':
      return text(php.file.path ?? 'Command line code');
    case 'PHP_EOL':
      return text('\n');
    case 'DIRECTORY_SEPARATOR':
      return text('/');
    case 'EXIT':
    case 'DIE':
      frame.ended = true;
      return none;
    default:
      return named(name);
  }
};

const call: Handler = (node, frame, php) => {
  const [callee, args] = partsOf(node);
  if (callee === undefined) return none;
  if (callee.name === 'MemberExpression') return callMethod(node, callee, args, frame, php);
  if (callee.name === 'ScopedExpression') return callStatic(node, callee, args, frame, php);
  return callFunction(node, callee, args, frame, php);
};

const assignment: Handler = (node, frame, php) => {
  const [target, source] = partsOf(node);
  const value = php.evaluate(source, frame);
  if (target !== undefined) assignTo(target, value, frame, php);
  return value;
};

/** `$a .= b`, `$a ??= b`, `$a += 1`, `$i++`. */
const update: Handler = (node, frame, php) => {
  const [target, source] = partsOf(node);
  if (target === undefined) return none;
  const operator = operatorOf(node).replace(/=$/, '');
  const before = php.evaluate(target, frame);
  if (operator === '??') {
    if (before !== none && before.kind !== 'unknown') return before;
    const given = php.evaluate(source, frame);
    const isSet = before.kind === 'unknown' && frame.variables.has(textOfNode(target).slice(1));
    assignTo(target, isSet ? before : given, frame, php);
    return isSet ? before : given;
  }
  const value =
    source === undefined ? unknown(shown(node)) : operate(operator, before, php.evaluate(source, frame), node, php);
  assignTo(target, value, frame, php);
  return value;
};

function operate(operator: string, a: Value, b: Value, node: Node, php: Php): Value {
  const [x, y] = [literal(a), literal(b)];
  switch (operator) {
    case '.':
      return concat([plain(a), plain(b)]);
    case '+':
    case '-':
    case '*':
      if (/^-?\d{1,15}$/.test(x ?? '') && /^-?\d{1,15}$/.test(y ?? '') && !php.isRepeating) {
        const [left, right] = [Number(x), Number(y)];
        return text(String(operator === '+' ? left + right : operator === '-' ? left - right : left * right));
      }
      return a.kind === 'list' && b.kind === 'list'
        ? list([...a.items, ...b.items], a.complete && b.complete)
        : unknown(shown(node));
    case '==':
    case '===':
    case '!=':
    case '!==': {
      if (x === undefined || y === undefined || php.isRepeating) return unknown(shown(node));
      return (x === y) === operator.startsWith('=') ? yes : no;
    }
    default:
      return unknown(shown(node));
  }
}

/** null as the text that it becomes. */
const plain = (value: Value): Value => (value === none ? text('') : value);

const binary: Handler = (node, frame, php) => {
  const [left, right] = partsOf(node);
  const operator = operatorOf(node);
  const a = php.evaluate(left, frame);
  const isOr = operator === '||' || operator === 'or';
  if (isOr || operator === '&&' || operator === 'and') {
    const truth = truthOf(a);
    if (truth === isOr) return truth ? yes : no;
    if (truth !== undefined) return php.evaluate(right, frame);
    php.either(frame, [() => php.evaluate(right, frame), () => a], false, shown(node));
    return unknown(shown(node));
  }
  if (operator === '??') {
    if (a === none) return php.evaluate(right, frame);
    if (a.kind !== 'unknown' && !(a.kind === 'text' && a.word.kind === 'dynamic')) return a;
    php.either(frame, [() => php.evaluate(right, frame), () => a], false, shown(node));
    return a;
  }
  return operate(operator, a, php.evaluate(right, frame), node, php);
};

const conditional: Handler = (node, frame, php) => {
  const parts = partsOf(node);
  const condition = php.evaluate(parts[0], frame);
  const truth = truthOf(condition);
  const [then, otherwise] = parts.length === 2 ? [undefined, parts[1]] : [parts[1], parts[2]];
  const whenTrue = () => (then === undefined ? condition : php.evaluate(then, frame));
  if (truth !== undefined) return truth ? whenTrue() : php.evaluate(otherwise, frame);
  return php.either(frame, [whenTrue, () => php.evaluate(otherwise, frame)], false, shown(node));
};

const unary: Handler = (node, frame, php) => {
  const value = php.evaluate(partsOf(node)[0], frame);
  const operator = operatorOf(node);
  if (operator === '@') return value;
  const truth = truthOf(value);
  if (operator === '!') return truth === undefined ? unknown(shown(node)) : truth ? no : yes;
  const known = literal(value);
  return operator === '-' && known !== undefined ? text(`-${known}`) : unknown(shown(node));
};

/** A closure takes its variables along: those of `use`, or all of them for an arrow function. */
const closure: Handler = (node, frame, php) => {
  const isArrow = node.name === 'ArrowFunction';
  const used = childOf(node, 'UseList')
    ?.children.filter((child) => child.name === 'VariableName')
    .map((child) => textOfNode(child).slice(1));
  const kept = isArrow
    ? frame.variables
    : new Map((used ?? []).map((name) => [name, frame.variables.get(name) ?? variableNamed(name)]));
  const routine = { name: '{closure}', node, file: php.file, owner: frame.owner, kept, self: frame.self };
  return objectValue(new Callable(routine));
};

/** `include`, `require`: a file of the project is followed; what comes over the network is a flow. */
const include: Handler = (node, frame, php) => {
  const value = php.evaluate(partsOf(node)[0], frame);
  php.at(node);
  const known = literal(value);
  const via = textOfNode(node.children[0] ?? node).toLowerCase();
  if (taintOf(value) !== undefined || /^https?:\/\//.test(known ?? ''))
    php.record(via, { kind: 'flow', from: 'http', to: 'interpreter' });
  if (known === undefined || known.includes('://')) return unknown(shown(node));
  const folder = php.file.path?.replace(/\/[^/]*$/, '') ?? textOf(php.folder) ?? '';
  const path = pathFrom(known, folder);
  if (/\/vendor\/autoload\.php$/.test(path)) return none;
  return php.include(path, via.endsWith('_once'), frame) ?? unknown(shown(node));
};

const created: Handler = (node, frame, php) => {
  const args = childOf(node, 'ArgList');
  const given =
    args === undefined ? { positional: [], named: new Map<string, Value>() } : argumentsOf(args, frame, php);
  php.at(node);
  if (childOf(node, 'DeclarationList') !== undefined)
    return construct(declareClass(node, 'class@anonymous', php), given, php);
  const [target] = partsOf(node);
  const made = target === undefined ? undefined : classNamed(target, frame, php);
  return made === undefined ? unknown(shown(node)) : construct(made, given, php);
};

const matchExpression: Handler = (node, frame, php) => {
  const [subject, body] = partsOf(node);
  php.evaluate(subject, frame);
  const arms = (body?.children ?? []).filter((child) => child.name === 'MatchArm').map((arm) => partsOf(arm).at(-1));
  return php.either(
    frame,
    arms.map((arm) => () => php.evaluate(arm, frame)),
    false,
    shown(node),
  );
};

const inner: Handler = (node, frame, php) => php.evaluate(partsOf(node)[0], frame);

export const expressions: Readonly<Record<string, Handler>> = {
  String: stringOf,
  HeredocString: heredocOf,
  ShellExpression: (node, frame, php) => {
    const command = interpolatedText(textOfNode(node).slice(1, -1), frame, php);
    php.at(node);
    return runsInShell(command, php, '`...`');
  },
  Integer: (node) => text(textOfNode(node).replaceAll('_', '')),
  Float: (node) => text(textOfNode(node)),
  Boolean: (node) => (/^true$/i.test(textOfNode(node)) ? yes : no),
  null: () => none,
  VariableName: variable,
  DynamicVariable: (node, frame, php) => {
    const [name] = partsOf(node);
    const known = literal(php.evaluate(name, frame));
    return (known === undefined ? undefined : frame.variables.get(known)) ?? unknown(shown(node));
  },
  Name: constant,
  QualifiedName: constant,
  SubscriptExpression: subscript,
  MemberExpression: member,
  ScopedExpression: scoped,
  CallExpression: call,
  NewExpression: created,
  CloneExpression: inner,
  ParenthesizedExpression: inner,
  CastExpression: (node, frame, php) => php.evaluate(partsOf(node).at(-1), frame),
  SequenceExpression: (node, frame, php) =>
    partsOf(node)
      .map((part) => php.evaluate(part, frame))
      .at(-1) ?? none,
  PrintIntrinsic: inner,
  ThrowExpression: (node, frame, php) => {
    const value = php.evaluate(partsOf(node)[0], frame);
    frame.ended = true;
    return value;
  },
  ArrayExpression: (node, frame, php) => arrayOf(partsOf(childOf(node, 'ValueList') ?? node), frame, php),
  AssignmentExpression: assignment,
  UpdateExpression: update,
  BinaryExpression: binary,
  ConditionalExpression: conditional,
  UnaryExpression: unary,
  FunctionExpression: closure,
  ArrowFunction: closure,
  IncludeExpression: include,
  RequireExpression: include,
  MatchExpression: matchExpression,
};
