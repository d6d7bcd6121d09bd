// Targets: what stands left of `=`, behind `for` and behind `as`.
import { list, table, unknown, type Value } from '../value.ts';
import { evaluate } from './evaluate.ts';
import { isNone, literalOf } from './literals.ts';
import type { Run } from './run.ts';
import { ownOf, type Scope } from './scope.ts';
import { childOf, commaGroups, isToken, type Node, partsOf, sourceOf } from './syntax.ts';

/** Gives a value to a target; `nodes` are several where a tuple stands without parentheses. */
export function bind(nodes: readonly Node[], value: Value, scope: Scope, run: Run): void {
  const groups = commaGroups(nodes);
  const [only] = groups;
  if (groups.length === 1 && only !== undefined && !nodes.some((each) => each.name === ','))
    bindOne(only, value, scope, run);
  else spread(groups, value, scope, run);
}

function bindOne(group: readonly Node[], value: Value, scope: Scope, run: Run): void {
  const target = group.find((each) => each.name !== 'TypeDef' && each.name !== '*' && !isToken(each));
  switch (target?.name) {
    case 'VariableName':
      bindName(sourceOf(target), value, scope, run);
      return;
    case 'MemberExpression':
      bindMember(target, value, scope, run);
      return;
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'ParenthesizedExpression':
      spread(commaGroups(target.children.filter((each) => !/^[()[\]]$/.test(each.name))), value, scope, run);
  }
}

function bindName(name: string, value: Value, scope: Scope, run: Run): void {
  const before = scope.get(name);
  // A fallback (`except ImportError: yaml = None`) does not undo what was imported.
  if (run.handlers > 0 && isNone(value) && (before?.kind === 'name' || before?.kind === 'function')) return;
  scope.set(name, value.kind === 'unknown' && value.source === '' ? unknown(name, value.taint) : value);
}

/** `a, *b = value`. */
function spread(groups: readonly (readonly Node[])[], value: Value, scope: Scope, run: Run): void {
  const items = value.kind === 'list' && value.complete ? value.items : [];
  groups.forEach((group, at) => {
    const isRest = group[0]?.name === '*';
    const item = isRest ? list(items.slice(at), items.length > 0) : items[at];
    bindOne(group, item ?? unknown('', value.kind === 'unknown' ? value.taint : undefined), scope, run);
  });
}

/** `self.path = value`, `headers['X'] = value`, `os.environ['X'] = value`. */
function bindMember(target: Node, value: Value, scope: Scope, run: Run): void {
  const [object, operator] = target.children;
  if (object === undefined) return;
  const holder = evaluate(object, scope, run);
  if (operator?.name === '.') {
    setAttribute(holder, sourceOf(childOf(target, 'PropertyName')), value, run);
    return;
  }
  const [, keyNode] = partsOf(target);
  const key = keyNode === undefined ? undefined : literalOf(evaluate(keyNode, scope, run));
  if (holder.kind === 'name' && holder.name === 'os.environ' && key !== undefined) setVariable(key, value, run);
  if (holder.kind === 'table') setEntry(holder, key, value);
  if (holder.kind === 'list' && /^\d+$/.test(key ?? '')) (holder.items as Value[])[Number(key)] = value;
}

/** Sets a variable of the environment for the commands that follow. */
export function setVariable(name: string, value: Value, run: Run): void {
  if (value.kind === 'text') run.recorder.assignments.push({ name, value: value.word });
}

/** Collections of the program are changed in place: several names may stand for one. */
export function setEntry(holder: Extract<Value, { kind: 'table' }>, key: string | undefined, value: Value): void {
  if (key === undefined) (holder as { complete: boolean }).complete = false;
  else (holder.entries as Map<string, Value>).set(key, value);
}

function setAttribute(holder: Value, name: string, value: Value, run: Run): void {
  const own = ownOf(holder);
  if (own?.type === 'instance') run.branches.set(own.attributes, name, value);
  if (own?.type === 'class') own.scope.set(name, value);
  if (own?.type === 'module') own.module.scope.set(name, value);
  if (holder.kind === 'name') attributesOf(holder, run).set(name, value);
}

/** What was set on an instance of a library. */
export function attributesOf(holder: Value, run: Run): Map<string, Value> {
  const before = run.attributes.get(holder);
  if (before !== undefined) return before;
  const made = new Map<string, Value>();
  run.attributes.set(holder, made);
  return made;
}

/** Headers of a session and the like: a table that the program may add to. */
export function heldTable(holder: Extract<Value, { kind: 'name' }>, name: string, run: Run): Value {
  const held = attributesOf(holder, run);
  const before = held.get(name);
  if (before !== undefined) return before;
  const given = holder.made?.named.get(name);
  const made = given?.kind === 'table' ? table(new Map(given.entries), given.complete) : table(new Map());
  held.set(name, made);
  return made;
}
