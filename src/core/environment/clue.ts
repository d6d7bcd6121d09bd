// Clues: names on the way to a target, and the environment that they tell of together.
import type { KnownEnvironment, Policy } from '../model/policy.ts';
import type { Environment, EnvironmentName, Evidence } from '../model/verdict.ts';
import { textOf, type Word } from '../model/word.ts';
import { flat, hole } from '../payloads/http/words.ts';
import { environmentByPolicy, nameEnvironment, type PatternKind, saysPlainly } from './name.ts';
import type { Signal } from './sources.ts';

export interface Clue {
  readonly text: string;
  /** Which of the policy's lists speaks of such names. */
  readonly pattern: PatternKind;
  readonly evidence: Evidence;
  /**
   * What the words in the name may say; anything where it names the place itself. A thing's own name may say it
   * `plainly`, and the name of a thing inside a place can only make it `production`.
   */
  readonly reach?: 'plainly' | 'production';
}

/** A clue from a signal: `what` is the noun in the claim. Unknown pieces are shown as `…` and tell nothing. */
export function clueOf({ word, source }: Signal, pattern: PatternKind, what: string): Clue {
  const text = shown(word);
  return { text, pattern, evidence: { claim: `${what} ${text}`, source } };
}

/** A list of the clues whose signals are there. */
export const cluesOf = (...entries: readonly (readonly [Signal | undefined, PatternKind, string])[]): Clue[] =>
  entries.flatMap(([signal, pattern, what]) => (signal === undefined ? [] : [clueOf(signal, pattern, what)]));

/** A word as a person may see it: known text, `…` for the rest. Never the source, which may hold a password. */
export const shown = (word: Word): string => textOf(word) ?? flat(word).replaceAll(hole, '…');

export interface Told {
  readonly name: KnownEnvironment;
  readonly clue: Clue;
}

const strictestFirst: readonly KnownEnvironment[] = ['production', 'staging', 'development', 'local'];

/**
 * The environment that names tell of: what the policy says of any of them counts before what their words say, and
 * the strictest counts among equals. The word `local` in a name is no claim about a place that is not this machine.
 */
export function toldBy(clues: readonly Clue[], policy: Policy): Told | undefined {
  return (
    strictest(clues, ({ text, pattern }) => environmentByPolicy(text, policy, pattern)) ??
    strictest(clues, (clue) => wordsOf(clue, policy))
  );
}

function wordsOf({ text, pattern, reach }: Clue, policy: Policy): KnownEnvironment | undefined {
  const told = nameEnvironment(text, policy, pattern);
  if (told === undefined || told === 'unknown' || told === 'local') return undefined;
  if (told === 'production' || reach === undefined) return told;
  return reach === 'plainly' && saysPlainly(text) ? told : undefined;
}

function strictest(clues: readonly Clue[], tell: (clue: Clue) => KnownEnvironment | undefined): Told | undefined {
  const told = clues.flatMap((clue) => {
    const name = tell(clue);
    return name === undefined ? [] : [{ name, clue }];
  });
  return strictestFirst.flatMap((name) => told.filter((each) => each.name === name)).at(0);
}

/** An environment with its evidence; the clue that decided stands first. */
export function environmentOf(
  name: EnvironmentName,
  clues: readonly Clue[],
  deciding?: Clue,
  more: readonly Evidence[] = [],
): Environment {
  const rest = clues.filter((clue) => clue !== deciding).map(({ evidence }) => evidence);
  return { name, evidence: [...(deciding === undefined ? [] : [deciding.evidence]), ...rest, ...more] };
}

/**
 * What names alone tell. A value that may or may not be set leaves only `production` standing: a call that cannot be
 * placed must not be taken for a harmless one.
 */
export function environmentByNames(clues: readonly Clue[], doubts: readonly Signal[], policy: Policy): Environment {
  const told = toldBy(clues, policy);
  const doubt = doubts[0];
  const certain = doubt === undefined || told?.name === 'production';
  return environmentOf(
    told !== undefined && certain ? told.name : 'unknown',
    clues,
    told?.clue,
    certain ? [] : [doubtful(doubt)],
  );
}

export const doubtful = ({ source }: Signal): Evidence => ({
  claim: 'where it goes is not known before it runs',
  source,
});
