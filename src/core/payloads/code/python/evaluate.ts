// Evaluation: what is known of the value of an expression, with the effects of the calls in it.
import { mergeAll } from '../branches.ts';
import { concat, joinPaths, list, named, table, taintOf, text, unknown, type Value, valueLimits } from '../value.ts';
import { attributeOf, itemOf, sliceOf } from './access.ts';
import { argumentsOf } from './arguments.ts';
import { builtinNames } from './builtins.ts';
import { callMethod, callValue } from './calls.ts';
import { callCommand } from './definitions.ts';
import {
  asText,
  formatValue,
  isNone,
  isNumber,
  literalOf,
  none,
  percentFormat,
  stringValue,
  truthOf,
} from './literals.ts';
import { roundsOf } from './loops.ts';
import type { Run } from './run.ts';
import { moduleOf, ownValue, type Scope } from './scope.ts';
import { childOf, commaGroups, isToken, type Node, partsOf, sourceOf } from './syntax.ts';
import { bind } from './targets.ts';

type Evaluator = (node: Node, scope: Scope, run: Run) => Value;

/** The value of an expression. Never throws but for the bounds of the recorder. */
export const evaluate: Evaluator = (node, scope, run) => {
  run.recorder.step();
  const evaluator = Object.hasOwn(evaluators, node.name) ? evaluators[node.name] : undefined;
  if (evaluator !== undefined) return evaluator(node, scope, run);
  for (const child of node.children) if (!isToken(child)) evaluate(child, scope, run);
  return unknown(sourceOf(node));
};

const variable: Evaluator = (node, scope) => {
  const name = sourceOf(node);
  const known = scope.get(name);
  if (known !== undefined) return known.kind === 'unknown' && known.source === '' ? { ...known, source: name } : known;
  if (name === '__name__') return text(moduleOf(scope)?.name ?? '__main__');
  if (name === '__file__') {
    const path = moduleOf(scope)?.path;
    return path === undefined ? unknown(name) : text(path);
  }
  // Modules that were forgotten to be imported here may be there all the same: by `import *`, or around an `exec`.
  if (name === 'Path') return named('pathlib.Path');
  return builtinNames.has(name) || modules.has(name) ? named(name) : unknown(name);
};

const modules: ReadonlySet<string> = new Set(['os', 'shutil', 'subprocess', 'pathlib', 'sys', 'glob', 'requests']);

const member: Evaluator = (node, scope, run) => {
  const [object, operator] = node.children;
  if (object === undefined) return unknown(sourceOf(node));
  const value = evaluate(object, scope, run);
  if (operator?.name === '.') return attributeOf(value, sourceOf(childOf(node, 'PropertyName')), run);
  const inside = node.children.slice(2).filter((each) => each.name !== ']');
  if (inside.some((each) => each.name === ':')) {
    const [start, end] = sliceBounds(inside, scope, run);
    return sliceOf(value, start, end, sourceOf(node));
  }
  const keys = inside.filter((each) => !isToken(each)).map((each) => evaluate(each, scope, run));
  return keys.length === 1 ? itemOf(value, keys[0] as Value, sourceOf(node), run) : unknown(sourceOf(node));
};

function sliceBounds(inside: readonly Node[], scope: Scope, run: Run): readonly (Value | undefined)[] {
  const bounds: (Value | undefined)[] = [];
  let at = 0;
  for (const node of inside) {
    if (node.name === ':') at += 1;
    else bounds[at] = evaluate(node, scope, run);
  }
  return at > 1 ? [unknown('step'), unknown('step')] : bounds;
}

const call: Evaluator = (node, scope, run) => {
  const [callee] = node.children;
  const given = childOf(node, 'ArgList');
  if (callee === undefined) return unknown(sourceOf(node));
  const isMethod = callee.name === 'MemberExpression' && callee.children[1]?.name === '.';
  const object = isMethod ? callee.children[0] : undefined;
  const receiver = object === undefined ? undefined : evaluate(object, scope, run);
  const target = receiver === undefined ? evaluate(callee, scope, run) : undefined;
  const call = argumentsOf(given, scope, run);
  const module = moduleOf(scope);
  if (module !== undefined) run.at(node, module);
  const result =
    receiver !== undefined
      ? callMethod(receiver, sourceOf(childOf(callee, 'PropertyName')), call, object as Node, scope, run)
      : callValue(target as Value, call, run, scope);
  if (callee.name === 'VariableName' && run.commands.size > 0) callCommand(sourceOf(callee), run);
  return result.kind === 'unknown' && result.source === '' ? unknown(sourceOf(node), result.taint) : result;
};

const binary: Evaluator = (node, scope, run) => {
  const [leftNode, ...rest] = node.children;
  const rightNode = rest.at(-1);
  const operator = rest.slice(0, -1).map(sourceOf).join(' ');
  if (leftNode === undefined || rightNode === undefined) return unknown(sourceOf(node));
  const left = evaluate(leftNode, scope, run);
  if (operator === 'and' || operator === 'or') return shortCircuit(operator, left, rightNode, node, scope, run);
  const right = evaluate(rightNode, scope, run);
  return operate(operator, left, right) ?? unknown(sourceOf(node), taintOf(left) ?? taintOf(right));
};

function shortCircuit(operator: string, left: Value, rightNode: Node, node: Node, scope: Scope, run: Run): Value {
  const truth = truthOf(left);
  if (truth === (operator === 'or')) return left;
  const right = evaluate(rightNode, scope, run);
  if (truth !== undefined) return right;
  if (truthOf(right) === false && operator === 'and') return right;
  return mergeAll([left, right], sourceOf(node));
}

/** What an operator gives; undefined where that is not known. */
export function operate(operator: string, left: Value, right: Value): Value | undefined {
  switch (operator) {
    case '+':
      return add(left, right);
    case '/':
      return isPathPart(left, right) ? joinPaths([asText(left), asText(right)]) : undefined;
    case '%':
      return left.kind === 'text' && !isNumber(left) ? percentFormat(left, right) : undefined;
    case '*':
      return repeat(left, right);
    case '|':
      return left.kind === 'table' && right.kind === 'table'
        ? table(new Map([...left.entries, ...right.entries]), left.complete && right.complete)
        : undefined;
    case '==':
    case 'is':
      return asBoolean(isSame(left, right));
    case '!=':
    case 'is not':
      return asBoolean(negated(isSame(left, right)));
    case 'in':
      return asBoolean(isIn(left, right));
    case 'not in':
      return asBoolean(negated(isIn(left, right)));
    case '<':
    case '<=':
    case '>':
    case '>=':
      return asBoolean(compare(operator, literalOf(left), literalOf(right)));
    default:
      return undefined;
  }
}

export const asBoolean = (value: boolean | undefined): Value | undefined =>
  value === undefined ? undefined : text(String(value));
const negated = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

function add(left: Value, right: Value): Value | undefined {
  if (left.kind === 'list' || right.kind === 'list') {
    if (left.kind === 'list' && left.items.length >= valueLimits.items)
      return left.complete ? list(left.items, false) : left;
    const items = [left, right].flatMap((each) => (each.kind === 'list' ? each.items : []));
    return list(items, left.kind === 'list' && right.kind === 'list' && left.complete && right.complete);
  }
  if (left.kind !== 'text' && right.kind !== 'text') return undefined;
  if (isNumber(left) && (isNumber(right) || right.kind !== 'text')) return undefined;
  return concat([asText(left), asText(right)]);
}

const isPathPart = (left: Value, right: Value): boolean =>
  (left.kind === 'text' && !isNumber(left)) || (right.kind === 'text' && !isNumber(right));

function repeat(left: Value, right: Value): Value | undefined {
  const [count, value] = isNumber(right) ? [right, left] : [left, right];
  const times = Number(literalOf(count) ?? 'x');
  const known = literalOf(value);
  if (known === undefined || isNumber(value) || !(times >= 0 && times * known.length <= 4_096)) return undefined;
  return text(known.repeat(times));
}

function isSame(left: Value, right: Value): boolean | undefined {
  const [a, b] = [literalOf(left), literalOf(right)];
  if (a !== undefined && b !== undefined) return a === b;
  const other = isNone(left) ? right : isNone(right) ? left : undefined;
  // What has a value is not None.
  return other !== undefined && (other.kind === 'list' || other.kind === 'table' || other.kind === 'function')
    ? false
    : undefined;
}

function isIn(left: Value, right: Value): boolean | undefined {
  const wanted = literalOf(left);
  if (wanted === undefined) return undefined;
  if (right.kind === 'list') {
    const items = right.items.map(literalOf);
    if (items.includes(wanted)) return true;
    return right.complete && items.every((each) => each !== undefined) ? false : undefined;
  }
  if (right.kind === 'table') return right.entries.has(wanted) ? true : right.complete ? false : undefined;
  const within = right.kind === 'text' ? literalOf(right) : undefined;
  return within?.includes(wanted);
}

function compare(operator: string, left: string | undefined, right: string | undefined): boolean | undefined {
  const [a, b] = [Number(left ?? 'x'), Number(right ?? 'x')];
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
  return operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b;
}

const unary: Evaluator = (node, scope, run) => {
  const [operator, operand] = node.children;
  if (operand === undefined) return unknown(sourceOf(node));
  const value = evaluate(operand, scope, run);
  if (operator?.name === 'not') return asBoolean(negated(truthOf(value))) ?? unknown(sourceOf(node));
  const known = literalOf(value);
  return sourceOf(operator) === '-' && known !== undefined && /^\d/.test(known)
    ? text(`-${known}`)
    : unknown(sourceOf(node));
};

/** `a if condition else b`. */
const conditional: Evaluator = (node, scope, run) => {
  const [first, condition, second] = node.children.filter((each) => each.name !== 'if' && each.name !== 'else');
  if (first === undefined || condition === undefined || second === undefined) return unknown(sourceOf(node));
  const truth = truthOf(evaluate(condition, scope, run));
  if (truth !== undefined) return evaluate(truth ? first : second, scope, run);
  return mergeAll([evaluate(first, scope, run), evaluate(second, scope, run)], sourceOf(node));
};

const sequence: Evaluator = (node, scope, run) => {
  const items: Value[] = [];
  let isComplete = true;
  for (const group of commaGroups(node.children.filter((each) => !/^[()[\]{}]$/.test(each.name)))) {
    const [first, second] = group;
    if (first === undefined) continue;
    if (first.name !== '*') {
      items.push(evaluate(first, scope, run));
      continue;
    }
    const spread = second === undefined ? unknown('*') : evaluate(second, scope, run);
    if (spread.kind === 'list') items.push(...spread.items);
    if (spread.kind !== 'list' || !spread.complete) isComplete = false;
  }
  return list(items, isComplete);
};

const dictionary: Evaluator = (node, scope, run) => {
  const entries = new Map<string, Value>();
  let isComplete = true;
  for (const group of commaGroups(node.children.filter((each) => !/^[{}]$/.test(each.name)))) {
    const [key, , value] = group;
    if (key === undefined) continue;
    if (key.name === '**') {
      const spread = group[1] === undefined ? undefined : evaluate(group[1], scope, run);
      if (spread?.kind === 'table') for (const [name, each] of spread.entries) entries.set(name, each);
      if (spread?.kind !== 'table' || !spread.complete) isComplete = false;
      continue;
    }
    const name = literalOf(evaluate(key, scope, run));
    const entry = value === undefined ? none : evaluate(value, scope, run);
    if (name === undefined) isComplete = false;
    else entries.set(name, entry);
  }
  return table(entries, isComplete);
};

/** `[f(x) for x in xs if x]`: the element for each round, in a scope of its own. */
const comprehension: Evaluator = (node, scope, run) => {
  const clauses = node.children.filter((each) => !/^[()[\]{}]$/.test(each.name));
  const first = clauses.findIndex((each) => each.name === 'for' || each.name === 'async');
  return list(...comprehended(clauses.slice(0, first), clauses.slice(first), scope.inner(), run));
};

/** The items that a comprehension gives, and whether these are all. */
export function comprehended(
  element: readonly Node[],
  clauses: readonly Node[],
  scope: Scope,
  run: Run,
): [Value[], boolean] {
  const reading: Comprehension = { element, scope, run, items: [], isComplete: true };
  followClauses(clauses, reading);
  return [reading.items, reading.isComplete];
}

interface Comprehension {
  readonly element: readonly Node[];
  readonly scope: Scope;
  readonly run: Run;
  readonly items: Value[];
  isComplete: boolean;
}

/** `for` and `if` one inside the other; behind the last of them stands the element. */
function followClauses(clauses: readonly Node[], reading: Comprehension): void {
  const { element, scope, run } = reading;
  const [keyword, ...behind] = clauses[0]?.name === 'async' ? clauses.slice(1) : clauses;
  if (keyword === undefined) {
    const [value] = element.filter((each) => !isToken(each)).map((each) => evaluate(each, scope, run));
    if (value !== undefined) reading.items.push(value);
    return;
  }
  const next = behind.findIndex((each) => each.name === 'for' || each.name === 'if' || each.name === 'async');
  const [clause, others] = next < 0 ? [behind, []] : [behind.slice(0, next), behind.slice(next)];
  if (keyword.name === 'if') {
    const truth = clause[0] === undefined ? undefined : conditionOf(clause[0], scope, run);
    if (truth === undefined) reading.isComplete = false;
    if (truth !== false) followClauses(others, reading);
  } else followRounds(clause, others, reading);
}

function followRounds(clause: readonly Node[], others: readonly Node[], reading: Comprehension): void {
  const { scope, run } = reading;
  const at = clause.findIndex((each) => each.name === 'in');
  const over = clause[at + 1];
  const rounds = roundsOf(over === undefined ? unknown('') : evaluate(over, scope, run), run);
  if (rounds.kind === 'once') {
    reading.isComplete = false;
    run.loops += 1;
  }
  for (const value of rounds.values) {
    bind(clause.slice(0, at), value, scope, run);
    followClauses(others, reading);
  }
  if (rounds.kind === 'once') run.loops -= 1;
}

const lambda: Evaluator = (node, scope) => {
  const module = moduleOf(scope);
  return module === undefined
    ? unknown(sourceOf(node))
    : ownValue({ type: 'function', name: 'lambda', node, module, scope });
};

const inner: Evaluator = (node, scope, run) => {
  const [first] = partsOf(node);
  return first === undefined ? none : evaluate(first, scope, run);
};

/** `await x`, `yield x`, `(x := y)`. */
const last: Evaluator = (node, scope, run) => {
  const value = node.children.at(-1);
  return value === undefined || node.children.length < 2 ? none : evaluate(value, scope, run);
};

const evaluators: Readonly<Record<string, Evaluator>> = {
  Number: (node) => text(sourceOf(node).replaceAll('_', '')),
  Boolean: (node) => text(sourceOf(node).toLowerCase()),
  None: () => none,
  String: stringValue,
  FormatString: (node, scope, run) => formatValue(node, (each) => evaluate(each, scope, run)),
  ContinuedString: (node, scope, run) => concat(node.children.map((each) => evaluate(each, scope, run))),
  VariableName: variable,
  MemberExpression: member,
  CallExpression: call,
  BinaryExpression: binary,
  UnaryExpression: unary,
  ConditionalExpression: conditional,
  ParenthesizedExpression: inner,
  TupleExpression: sequence,
  ArrayExpression: sequence,
  SetExpression: sequence,
  DictionaryExpression: dictionary,
  ArrayComprehensionExpression: comprehension,
  SetComprehensionExpression: comprehension,
  ComprehensionExpression: comprehension,
  DictionaryComprehensionExpression: (node, scope, run) => {
    comprehension(node, scope, run);
    return table(new Map(), false);
  },
  LambdaExpression: lambda,
  AwaitExpression: last,
  YieldExpression: (node, scope, run) => {
    const value = last(node, scope, run);
    scope.yielded.push(value);
    return unknown(sourceOf(node));
  },
  NamedExpression: (node, scope, run) => {
    const [target] = node.children;
    const value = last(node, scope, run);
    if (target !== undefined) scope.set(sourceOf(target), value);
    return value;
  },
};

/** For conditions: whether an expression is known to be true or false. */
export const conditionOf = (node: Node, scope: Scope, run: Run): boolean | undefined =>
  truthOf(evaluate(node, scope, run));
