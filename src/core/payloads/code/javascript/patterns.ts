// Patterns: names on the left of `=`, in declarations, parameters and assignments.
import { list, table, unknown, type Value } from '../value.ts';
import { assignMember, propertyKey } from './expressions.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import type { Node } from './tree.ts';
import { either, isNothing, nothing } from './values.ts';

/** What happens to a single name: declared anew, or assigned to. */
type Put = (target: Node, value: Value) => void;

export function bindPattern(pattern: Node, value: Value, scope: Scope, constant: boolean, run: Run): void {
  destructure(pattern, value, scope, run, (target, given) => scope.declare(target.text, given, constant));
}

export function assignPattern(target: Node, value: Value, scope: Scope, run: Run): void {
  destructure(target, value, scope, run, (each, given) => {
    if (each.name === 'MemberExpression') assignMember(each, given, scope, run);
    else scope.assign(each.text, given);
  });
}

function destructure(pattern: Node, value: Value, scope: Scope, run: Run, put: Put): void {
  run.recorder.step();
  switch (pattern.name) {
    case 'VariableDefinition':
    case 'VariableName':
    case 'MemberExpression':
      put(pattern, value);
      return;
    case 'ObjectPattern':
      objectPattern(pattern, value, scope, run, put);
      return;
    case 'ArrayPattern':
      sequence(pattern.children, itemAt(value, pattern), restFrom(value, pattern), scope, run, put);
      return;
    case 'ParenthesizedExpression':
    case 'PostfixExpression': {
      const [inner] = pattern.parts;
      if (inner !== undefined) destructure(inner, value, scope, run, put);
    }
  }
}

const itemAt =
  (value: Value, pattern: Node) =>
  (at: number): Value => {
    if (value.kind !== 'list') return unknown(pattern.text, value.kind === 'unknown' ? value.taint : undefined);
    return value.items[at] ?? (value.complete ? nothing : unknown(pattern.text));
  };

const restFrom =
  (value: Value, pattern: Node) =>
  (at: number): Value =>
    value.kind === 'list' ? list(value.items.slice(at), value.complete) : unknown(pattern.text);

function objectPattern(pattern: Node, value: Value, scope: Scope, run: Run, put: Put): void {
  const taken = new Set<string>();
  for (const property of pattern.children) {
    if (property.name !== 'PatternProperty') continue;
    if (property.has('Spread')) {
      const name = property.child('VariableDefinition', 'VariableName');
      if (name !== undefined) put(name, restOf(value, taken, name));
      continue;
    }
    const plain = property.has(':') ? undefined : property.child('VariableDefinition', 'VariableName');
    const key = plain?.text ?? propertyKey(property, scope, run);
    const target = plain ?? property.after(':');
    if (target === undefined) continue;
    if (key !== undefined) taken.add(key);
    const given = key === undefined ? unknown(property.text) : run.member(value, key);
    destructure(target, withDefault(given, property, scope, run), scope, run, put);
  }
}

function restOf(value: Value, taken: ReadonlySet<string>, name: Node): Value {
  if (value.kind !== 'table') return value.kind === 'name' ? value : unknown(name.text);
  return table(new Map([...value.entries].filter(([key]) => !taken.has(key))), value.complete);
}

function withDefault(value: Value, holder: Node, scope: Scope, run: Run): Value {
  const given = holder.after('Equals');
  return given === undefined ? value : orDefault(value, given, scope, run);
}

function orDefault(value: Value, given: Node, scope: Scope, run: Run): Value {
  if (isNothing(value)) return run.evaluate(given, scope);
  return value.kind === 'unknown' ? either([value, run.evaluate(given, scope)], value.source) : value;
}

/** Parameters, or the items of an array pattern: places between commas, each with a type and a default of its own. */
export function sequence(
  children: readonly Node[],
  item: (at: number) => Value,
  rest: (at: number) => Value,
  scope: Scope,
  run: Run,
  put: Put,
): void {
  let at = 0;
  let target: Node | undefined;
  let isRest = false;
  let given: Node | undefined;
  let isDefault = false;
  const finish = (): void => {
    if (target !== undefined) {
      const value = isRest ? rest(at) : item(at);
      destructure(target, given === undefined ? value : orDefault(value, given, scope, run), scope, run, put);
    }
    [target, given, isRest, isDefault] = [undefined, undefined, false, false];
  };
  for (const child of children) {
    if (child.name === ',') {
      finish();
      at += 1;
    } else if (child.name === 'Spread') isRest = true;
    else if (child.name === 'Equals') isDefault = true;
    else if (isDefault) given ??= child;
    else if (/^(VariableDefinition|VariableName|ObjectPattern|ArrayPattern|MemberExpression)$/.test(child.name))
      target = child;
  }
  finish();
}
