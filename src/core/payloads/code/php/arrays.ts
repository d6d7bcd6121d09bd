// Arrays: literal ones as lists or tables, and the keys of both.
import { list, table, type Value } from '../value.ts';
import type { Php } from './interpreter.ts';
import { type Frame, literal } from './model.ts';
import { type Node, partsOf } from './syntax.ts';

/** A key as text: constants of libraries (`CURLOPT_URL`) by their names. */
export const keyOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'name' ? value.name : literal(value);

/** `[1, 2]` is a list, `['a' => 1]` a table, both with arrays behind `...` spread. */
export function arrayOf(nodes: readonly Node[], frame: Frame, php: Php): Value {
  const entries = new Map<string, Value>();
  const items: Value[] = [];
  let complete = true;
  for (const node of nodes) {
    if (node.name === 'Pair') {
      const [key, value] = partsOf(node).map((part) => php.evaluate(part, frame));
      const name = keyOf(key);
      if (name === undefined || value === undefined) complete = false;
      else entries.set(name, value);
    } else if (node.name === 'VariadicUnpacking') {
      const spread = php.evaluate(partsOf(node)[0], frame);
      if (spread.kind === 'list') items.push(...spread.items);
      else if (spread.kind === 'table') for (const [key, value] of spread.entries) entries.set(key, value);
      if ((spread.kind !== 'list' && spread.kind !== 'table') || !spread.complete) complete = false;
    } else items.push(php.evaluate(node, frame));
  }
  if (entries.size === 0) return list(items, complete);
  items.forEach((item, index) => {
    entries.set(String(index), item);
  });
  return table(entries, complete);
}

/** The items of a list or table. */
export const itemsIn = (value: Value | undefined): readonly Value[] =>
  value?.kind === 'list' ? value.items : value?.kind === 'table' ? [...value.entries.values()] : [];

export const isComplete = (value: Value): boolean =>
  (value.kind === 'list' || value.kind === 'table') && value.complete;
