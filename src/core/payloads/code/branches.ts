// Branches: what variables hold after code of which it is not known whether, or which part of it, runs.
import { dynamicWord, piecesOf, textOf, type Word } from '../../model/word.ts';
import { type Arguments, list, merge, table, taintOf, type Value } from './value.ts';

/** Variables of any kind by name: locals, globals, attributes of an object. */
export type Variables = Map<string, Value>;

interface Write {
  readonly variables: Variables;
  readonly name: string;
  readonly before: Value | undefined;
}

/** What a branch came to: `ended` where nothing behind it runs any more (it returned, raised, left the program). */
export interface Outcome {
  readonly value: Value;
  readonly ended: boolean;
}

/** Sets variables, and puts together what several branches set. */
export class Branches {
  #writes: Write[] | undefined;

  set(variables: Variables, name: string, value: Value): void {
    this.#writes?.push({ variables, name, before: variables.get(name) });
    variables.set(name, value);
  }

  /**
   * Reads each branch from the same start; afterwards variables hold what all that went on agree upon. With `skippable`
   * none of them may run at all, and what was there before counts as well.
   */
  read(branches: readonly (() => Outcome)[], skippable: boolean): readonly Outcome[] {
    const outer = this.#writes;
    const results = branches.map((branch) => {
      this.#writes = [];
      const outcome = branch();
      const after = finalValues(this.#writes);
      undo(this.#writes);
      return { outcome, after };
    });
    this.#writes = outer;
    const going = results.filter(({ outcome }) => !outcome.ended);
    const counted = going.length === 0 && !skippable ? results : going;
    const touched = new Map<Variables, Set<string>>();
    for (const { after } of counted)
      for (const [variables, values] of after) {
        const names = touched.get(variables) ?? new Set();
        for (const name of values.keys()) names.add(name);
        touched.set(variables, names);
      }
    for (const [variables, names] of touched)
      for (const name of names) {
        const before = variables.get(name);
        const values = counted.map(({ after }) => after.get(variables)?.get(name) ?? before);
        this.set(variables, name, mergeAll(skippable ? [before, ...values] : values, name));
      }
    return results.map(({ outcome }) => outcome);
  }
}

/** Reads runs that note in `frame` that nothing behind them runs any more; gives back the values of those that go on. */
export function goingOn(
  branches: Branches,
  frame: { ended: boolean },
  runs: readonly (() => Value)[],
  skippable: boolean,
): readonly Value[] {
  const before = frame.ended;
  const outcomes = branches.read(
    runs.map((run) => () => {
      frame.ended = false;
      const value = run();
      return { value, ended: frame.ended };
    }),
    skippable,
  );
  frame.ended = before || (!skippable && outcomes.every(({ ended }) => ended));
  return outcomes.filter(({ ended }) => !ended).map(({ value }) => value);
}

/** What was set on instances of libraries, and on handles. */
export class States {
  readonly #states = new WeakMap<Arguments, Variables>();

  of(value: Value | undefined): Variables | undefined {
    if (value?.kind !== 'name' || value.made === undefined) return undefined;
    const state = this.#states.get(value.made) ?? new Map<string, Value>();
    this.#states.set(value.made, state);
    return state;
  }
}

function finalValues(writes: readonly Write[]): Map<Variables, Map<string, Value | undefined>> {
  const after = new Map<Variables, Map<string, Value | undefined>>();
  for (const { variables, name } of writes) {
    const values = after.get(variables) ?? new Map<string, Value | undefined>();
    values.set(name, variables.get(name));
    after.set(variables, values);
  }
  return after;
}

function undo(writes: readonly Write[]): void {
  for (const { variables, name, before } of writes.toReversed()) {
    if (before === undefined) variables.delete(name);
    else variables.set(name, before);
  }
}

/** What all the values have in common; one that was never set says nothing. */
export function mergeAll(values: readonly (Value | undefined)[], source: string): Value {
  const [first, ...others] = values.filter((value) => value !== undefined);
  if (first === undefined) return { kind: 'unknown', source };
  return others.reduce((a, b) => mergePair(a, b, source), first);
}

function mergePair(a: Value, b: Value, source: string): Value {
  const merged = merge(a, b, source);
  if (merged === a) return a;
  if (a.kind === 'list' && b.kind === 'list') return mergeLists(a.items, b.items, source);
  if (a.kind === 'table' && b.kind === 'table') {
    const shared = [...a.entries].filter(([name, value]) => {
      const other = b.entries.get(name);
      return other !== undefined && merge(value, other, name) === value;
    });
    return table(new Map(shared), false);
  }
  if (a.kind !== 'text' || b.kind !== 'text') return merged;
  const prefix = commonStart(a.word, b.word);
  if (prefix === '') return merged;
  const taint = taintOf(merged);
  return {
    kind: 'text',
    word: dynamicWord(source, [prefix, null], a.word.glob || b.word.glob),
    ...(taint === undefined ? {} : { taint }),
  };
}

/** The same items up to the first difference; the longer list where it only goes on. */
function mergeLists(a: readonly Value[], b: readonly Value[], source: string): Value {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const differs = short.findIndex((value, at) => merge(value, long[at], source) !== value);
  return list(differs < 0 ? long : short.slice(0, differs), false);
}

/** The common beginning of two texts, cut where a folder or a word ends. */
function commonStart(a: Word, b: Word): string {
  const [left, right] = [startOf(a), startOf(b)];
  let end = 0;
  while (end < left.length && left[end] === right[end]) end += 1;
  return /^[\s\S]*[/\s:]/.exec(left.slice(0, end))?.[0] ?? '';
}

const startOf = (word: Word): string => textOf(word) ?? piecesOf(word)[0] ?? '';
