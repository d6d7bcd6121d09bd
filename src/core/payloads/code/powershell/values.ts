// PowerShell's values as what a pipeline passes on: nothing, one thing, or several.
import { list, text, unknown, type Value } from '../value.ts';

/** What gives nothing back. */
export const empty = text('');

/** The things that a value stands for; something unknown stands for what may follow. */
export const itemsOf = (value: Value): readonly Value[] => {
  if (value.kind === 'list') return value.complete ? value.items : [...value.items, unknown('…')];
  return value === empty ? [] : [value];
};

/** Several things as one value. */
export const one = (values: readonly Value[]): Value =>
  values.length === 0 ? empty : values.length === 1 ? (values[0] as Value) : list(values);
