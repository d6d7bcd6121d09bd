// Iteration: what a block is given for each item of a collection.
import { list, unknown, type Value } from '../value.ts';
import type { Ruby } from './interpreter.ts';
import type { Frame } from './model.ts';

/** Items of one literal collection that are followed one by one. */
const rounds = 64;

/**
 * Reads what is done with each item: of a literal list with every one of them, of others once with what is known of an
 * item. Gives back what was made of the items.
 */
export function eachOf(
  collection: Value,
  ruby: Ruby,
  visit: (item: Value, index: number) => Value,
  frame: Frame = ruby.main,
): Value {
  if (collection.kind !== 'list') {
    const item = collection.kind === 'unknown' ? unknown('$item', collection.taint) : unknown('$item');
    return list([ruby.repeating(() => ruby.either(frame, [() => visit(item, 0)], true, '$item'))], false);
  }
  const items = collection.items.slice(0, rounds);
  const results = items.map((item, index) => visit(item, index));
  const isWhole = collection.complete && items.length === collection.items.length;
  if (!isWhole && items.length === 0)
    ruby.repeating(() => ruby.either(frame, [() => visit(unknown('$item'), 0)], true, '$item'));
  return list(results, isWhole);
}
