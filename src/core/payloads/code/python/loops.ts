// Loops: what the variable of a loop stands for, round by round where the rounds are known.
import { knownPrefix, piecesOf } from '../../../model/word.ts';
import { list, taintOf, text, unknown, type Value } from '../value.ts';
import type { Run } from './run.ts';

export type Rounds =
  /** Each round by itself. */
  | { readonly kind: 'each'; readonly values: readonly Value[] }
  /** One reading stands for any number of rounds; there are several only where the rounds have different shapes. */
  | { readonly kind: 'once'; readonly values: readonly Value[] };

/** The rounds of a loop over a value. */
export function roundsOf(over: Value, run: Run): Rounds {
  if (over.kind === 'table') {
    const keys = [...over.entries.keys()].map((key) => text(key));
    return roundsOf(list(keys, over.complete), run);
  }
  if (over.kind !== 'list') return { kind: 'once', values: [unknown('', taintOf(over))] };
  if (over.complete && !over.items.some(isPattern) && run.rounds(over.items.length))
    return { kind: 'each', values: over.items };
  if (over.items.length === 0) return { kind: 'once', values: [unknown('')] };
  return { kind: 'once', values: over.items.slice(0, mostShapes) };
}

/** Of a list that goes on, or is long, so many items are looked at. */
const mostShapes = 64;

/** A text that stands for several files. */
const isPattern = (value: Value): boolean =>
  value.kind === 'text' &&
  (value.word.glob ||
    (value.word.kind === 'dynamic' && piecesOf(value.word).length > 1 && knownPrefix(value.word) !== ''));
