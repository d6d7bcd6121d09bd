// Operators: conditions, arithmetic and comparisons, as far as what they work on is known.
import { textOf } from '../../../model/word.ts';
import { knownText, text, unknown, type Value } from '../value.ts';
import { joined, memberName } from './expressions.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import type { Node } from './tree.ts';
import { either, isNothing, nothing, truth, truthText } from './values.ts';

/** Conditions are decided where all that they stand on is settled; otherwise both sides count. */
export function decided(condition: Node, value: Value, scope: Scope, run: Run): boolean | undefined {
  const known = truth(value);
  return known !== undefined && isSettled(condition, scope, run) ? known : undefined;
}

/** Whether a condition says the same wherever and whenever it is read: nothing in it is assigned to anywhere. */
function isSettled(node: Node, scope: Scope, run: Run): boolean {
  if (node.name === 'VariableName') return scope.isConstant(node.text);
  if (node.name === 'this' || node.name === 'AssignmentExpression') return false;
  if (node.name === 'PropertyName' && node.tree.assigned.has(node.text)) return false;
  return node.children.every((child) => isSettled(child, scope, run));
}

export function conditional(node: Node, scope: Scope, run: Run): Value {
  const [condition, yes, no] = node.parts.filter(({ name }) => name !== 'LogicOp');
  if (condition === undefined || yes === undefined || no === undefined) return unknown(node.text);
  const known = decided(condition, run.evaluate(condition, scope), scope, run);
  if (known !== undefined) return run.evaluate(known ? yes : no, scope);
  return branchValues([yes, no], node, scope, run);
}

/** What one of these expressions gives; each is read from the same state. */
function branchValues(nodes: readonly Node[], node: Node, scope: Scope, run: Run): Value {
  const values: Value[] = [];
  run.journal.branches(
    nodes.map((each) => () => {
      values.push(run.evaluate(each, scope));
      return true;
    }),
  );
  return either(values, node.text);
}

export function binary(node: Node, scope: Scope, run: Run): Value {
  const [left, operator, right] = node.children;
  if (left === undefined || operator === undefined) return unknown(node.text);
  if (operator.name === 'as' || operator.name === 'satisfies' || right === undefined) return run.evaluate(left, scope);
  if (operator.name === 'LogicOp') return logic(left, operator.text, right, node, scope, run);
  // The program itself is the main module; what it imports is not.
  if (/^require\.main\s*===?\s*module$/.test(node.text)) return text(String(run.source.file === undefined));
  const [a, b] = [run.evaluate(left, scope), run.evaluate(right, scope)];
  if (operator.text === '+') return sum(a, b);
  if (operator.name === 'CompareOp') return comparison(a, operator.text, b, node);
  if (operator.text === 'in' && b.kind === 'table') {
    const key = knownText(a);
    return truthText(
      key === undefined || (!b.complete && !b.entries.has(key)) ? undefined : b.entries.has(key),
      node.text,
    );
  }
  return arithmetic(a, operator.text, b) ?? unknown(node.text);
}

function logic(left: Node, operator: string, right: Node, node: Node, scope: Scope, run: Run): Value {
  const a = run.evaluate(left, scope);
  const known = operator === '??' ? absent(a) : truth(a);
  const takesRight = known === undefined ? undefined : operator === '||' ? !known : known;
  const isStable = takesRight !== undefined && isSettled(left, scope, run);
  if (isStable) return takesRight ? run.evaluate(right, scope) : a;
  let b: Value = nothing;
  run.journal.branches([
    () => true,
    () => {
      b = run.evaluate(right, scope);
      return true;
    },
  ]);
  if (operator === '&&')
    return a.kind === 'unknown' || truth(a) === undefined ? either([b], node.text) : either([a, b]);
  // `value || []` and `value ?? ''` are the value where it is not known.
  return takesRight === false ? a : takesRight === true ? b : either([a, b], node.text);
}

const absent = (value: Value): boolean | undefined =>
  value.kind === 'unknown' || (value.kind === 'text' && textOf(value.word) === undefined)
    ? undefined
    : isNothing(value);

export function sum(a: Value, b: Value): Value {
  const [x, y] = [knownText(a), knownText(b)];
  const isNumber = x !== undefined && y !== undefined && /^-?\d{1,15}$/.test(x) && /^-?\d{1,15}$/.test(y);
  return isNumber ? text(String(Number(x) + Number(y))) : joined([a, b]);
}

function arithmetic(a: Value, operator: string, b: Value): Value | undefined {
  const [x, y] = [Number(knownText(a) ?? Number.NaN), Number(knownText(b) ?? Number.NaN)];
  const result = { '-': x - y, '*': x * y, '/': x / y, '%': x % y, '|': x | y }[operator];
  return result === undefined || Number.isNaN(x) || Number.isNaN(y) || !Number.isFinite(result)
    ? undefined
    : text(String(result));
}

function comparison(a: Value, operator: string, b: Value, node: Node): Value {
  if (a.kind === 'name' && b.kind === 'name' && /^[=!]==?$/.test(operator) && a.name === b.name)
    return text(String(operator[0] === '='));
  const [x, y] = [knownText(a), knownText(b)];
  if (x === undefined || y === undefined) return unknown(node.text);
  if (/^===?$/.test(operator)) return text(String(x === y));
  if (/^!==?$/.test(operator)) return text(String(x !== y));
  const [m, n] = [Number(x), Number(y)];
  if (Number.isNaN(m) || Number.isNaN(n)) return unknown(node.text);
  const result = { '<': m < n, '>': m > n, '<=': m <= n, '>=': m >= n }[operator];
  return truthText(result, node.text);
}

export function unary(node: Node, scope: Scope, run: Run): Value {
  const [operator] = node.children;
  const [operand] = node.parts.filter(({ name }) => !/Op$/.test(name));
  if (operand === undefined || operator === undefined) return unknown(node.text);
  if (operator.name === 'delete') return removed(operand, scope, run);
  const value = run.evaluate(operand, scope);
  if (operator.text === '!') {
    const known = truth(value);
    return truthText(known === undefined ? undefined : !known, node.text);
  }
  if (operator.text === '++' || operator.text === '--') {
    run.assign(operand, unknown(operand.text), scope);
    return unknown(operand.text);
  }
  if (operator.text === '-') return arithmetic(text('0'), '-', value) ?? unknown(node.text);
  if (operator.text === '+') return value;
  if (operator.name === 'void') return nothing;
  return unknown(node.text);
}

/** `delete process.env.X` unsets the variable for all that runs afterwards. */
function removed(operand: Node, scope: Scope, run: Run): Value {
  if (operand.name !== 'MemberExpression') return text('true');
  const [object] = operand.parts;
  const value = object === undefined ? nothing : run.evaluate(object, scope);
  const key = memberName(operand, scope, run);
  if (value.kind === 'name' && value.name === 'process.env' && key !== undefined) run.env.set(key, undefined);
  return text('true');
}
