// Arguments: what stands between the parentheses of a call, and how it meets the parameters of a function.
import { type Arguments, list, table, unknown, type Value } from '../value.ts';
import { comprehended, evaluate } from './evaluate.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { commaGroups, type Node, sourceOf } from './syntax.ts';

export const noArguments: Arguments = { positional: [], named: new Map() };

/** Evaluates an argument list. What `*` and `**` spread is filled in where it is known. */
export function argumentsOf(given: Node | undefined, scope: Scope, run: Run): Arguments {
  if (given === undefined) return noArguments;
  const inside = given.children.filter((each) => each.name !== '(' && each.name !== ')');
  const loop = inside.findIndex((each) => each.name === 'for' || each.name === 'async');
  if (loop >= 0) {
    const [items, isComplete] = comprehended(inside.slice(0, loop), inside.slice(loop), scope.inner(), run);
    return { positional: [list(items, isComplete)], named: new Map() };
  }
  const call = { positional: [] as Value[], named: new Map<string, Value>() };
  for (const group of commaGroups(inside)) addArgument(group, call, scope, run);
  return call;
}

interface Given {
  readonly positional: Value[];
  readonly named: Map<string, Value>;
}

function addArgument(group: readonly Node[], { positional, named }: Given, scope: Scope, run: Run): void {
  const [first, second, third] = group;
  if (first === undefined) return;
  if (first.name === '*' && second !== undefined) {
    const spread = evaluate(second, scope, run);
    if (spread.kind === 'list') positional.push(...spread.items);
    if (spread.kind !== 'list' || !spread.complete) positional.push(unknown(`*${sourceOf(second)}`));
  } else if (first.name === '**' && second !== undefined) {
    const spread = evaluate(second, scope, run);
    if (spread.kind === 'table') for (const [name, value] of spread.entries) named.set(name, value);
  } else if (second?.name === 'AssignOp' && third !== undefined) {
    named.set(sourceOf(first), evaluate(third, scope, run));
  } else positional.push(evaluate(first, scope, run));
}

/** Sets the parameters of a function in its scope. What is not given and has no default is not known. */
export function bindParameters(
  parameters: Node | undefined,
  given: Arguments,
  self: Value | undefined,
  scope: Scope,
  outside: Scope,
  run: Run,
): void {
  if (parameters === undefined) return;
  const positional = self === undefined ? [...given.positional] : [self, ...given.positional];
  const named = new Map(given.named);
  let onlyNamed = false;
  for (const group of commaGroups(parameters.children.filter((each) => each.name !== '(' && each.name !== ')'))) {
    const [first, second] = group;
    if (first?.name === '*') {
      if (second !== undefined) scope.set(sourceOf(second), list(positional.splice(0)));
      onlyNamed = true;
    } else if (first?.name === '**') {
      if (second !== undefined) scope.set(sourceOf(second), table(named));
    } else if (first !== undefined && first.name !== '/') {
      const name = sourceOf(first);
      const value = named.get(name) ?? (onlyNamed ? undefined : positional.shift());
      named.delete(name);
      scope.set(name, value ?? defaultOf(group, outside, run));
    }
  }
}

function defaultOf(group: readonly Node[], outside: Scope, run: Run): Value {
  const at = group.findIndex((each) => each.name === 'AssignOp');
  const value = at < 0 ? undefined : group[at + 1];
  return value === undefined ? unknown(sourceOf(group[0])) : evaluate(value, outside, run);
}
