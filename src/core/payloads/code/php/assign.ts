// Assignment: to variables, properties, entries of arrays, and lists of such.
import { list, table, unknown, type Value } from '../value.ts';
import { keyOf } from './arrays.ts';
import { classNamed } from './classes.ts';
import type { Php } from './interpreter.ts';
import { type Frame, literal, nameUnknown, none, objectOf, PhpClass, PhpInstance } from './model.ts';
import { childOf, type Node, partsOf, textOfNode } from './syntax.ts';

const superglobals = new Set(['GLOBALS', '_ENV', '_SERVER', '_GET', '_POST']);

/** Puts a value where an expression says. */
export function assignTo(target: Node, value: Value, frame: Frame, php: Php): void {
  switch (target.name) {
    case 'VariableName': {
      const name = textOfNode(target).slice(1);
      if (!superglobals.has(name)) php.branches.set(frame.variables, name, nameUnknown(value, name));
      return;
    }
    case 'ArrayExpression':
    case 'ListExpression':
      destructure(target, value, frame, php);
      return;
    case 'SubscriptExpression':
      assignEntry(target, value, frame, php);
      return;
    case 'MemberExpression':
      assignProperty(target, value, frame, php);
      return;
    case 'ScopedExpression': {
      const [scope, member] = partsOf(target);
      const owner = scope === undefined ? undefined : classNamed(scope, frame, php);
      const name = textOfNode(member ?? target).replace(/^\$/, '');
      if (owner instanceof PhpClass) php.branches.set(owner.statics, name, value);
    }
  }
}

function destructure(target: Node, value: Value, frame: Frame, php: Php): void {
  const inner = childOf(target, 'ValueList') ?? target;
  partsOf(inner).forEach((part, index) => {
    if (part.name === 'Pair') {
      const [key, place] = partsOf(part);
      const name = keyOf(php.evaluate(key, frame));
      const entry = value.kind === 'table' && name !== undefined ? value.entries.get(name) : undefined;
      if (place !== undefined) assignTo(place, entry ?? unknown('…'), frame, php);
    } else assignTo(part, (value.kind === 'list' ? value.items[index] : undefined) ?? unknown('…'), frame, php);
  });
}

/** `$a[k] = v` and `$a[] = v`: the variable gets a changed array. */
function assignEntry(target: Node, value: Value, frame: Frame, php: Php): void {
  const [holder, index] = partsOf(target);
  if (holder === undefined) return;
  if (textOfNode(holder) === '$GLOBALS' && index !== undefined) {
    const name = literal(php.evaluate(index, frame));
    if (name !== undefined) php.branches.set(php.main.variables, name, value);
    return;
  }
  const before = php.evaluate(holder, frame);
  const key = index === undefined ? undefined : php.evaluate(index, frame);
  if (before.kind === 'unknown' && !isFresh(holder, frame)) return;
  assignTo(holder, withEntry(before, key, value), frame, php);
}

/** A variable that was never set: the first entry makes it an array. */
const isFresh = (holder: Node, frame: Frame): boolean =>
  holder.name === 'VariableName' && !frame.variables.has(textOfNode(holder).slice(1));

/** An array with one entry set, or added. */
function withEntry(before: Value, key: Value | undefined, value: Value): Value {
  const name = key === undefined ? undefined : keyOf(key);
  if (before.kind === 'table') {
    const added = key === undefined ? String(before.entries.size) : name;
    return added === undefined
      ? table(before.entries, false)
      : table(new Map(before.entries).set(added, value), before.complete);
  }
  const items = before.kind === 'list' ? before.items : [];
  const complete = before.kind !== 'list' || before.complete;
  if (key === undefined || name === String(items.length)) return list([...items, value], complete);
  if (name === undefined) return list([...items, value], false);
  const entries = new Map(items.map((item, index) => [String(index), item]));
  return table(entries.set(name, value), complete);
}

function assignProperty(target: Node, value: Value, frame: Frame, php: Php): void {
  const [holder, member] = partsOf(target);
  const on = php.evaluate(holder, frame);
  const name = member?.name === 'Name' ? textOfNode(member) : literal(php.evaluate(member, frame));
  if (name === undefined) return;
  const object = objectOf(on);
  if (object instanceof PhpInstance) php.branches.set(object.properties, name, nameUnknown(value, name));
  else php.stateOf(on)?.set(name, value ?? none);
}
