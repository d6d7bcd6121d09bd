// What the reader of PowerShell keeps while it follows a script, and what cmdlets may use of it.
import type { CodeContext } from '../../../model/code.ts';
import type { Word } from '../../../model/word.ts';
import type { Recorder } from '../recorder.ts';
import { knownText, type Value } from '../value.ts';

export interface Runtime {
  readonly recorder: Recorder;
  readonly context: CodeContext;
  /** The folder that the script stands in at this point; undefined while it is where it started. */
  folder: Word | undefined;
  /** A script block with its arguments; `topic` becomes `$_`. */
  apply(code: Value | undefined, given: readonly Value[], topic?: Value): Value;
  /** Script text that is run. */
  evaluateText(code: Value | undefined, via: string): Value;
}

/** What a cmdlet was given, by the full names of its parameters in lower case. */
export interface Bound {
  readonly named: ReadonlyMap<string, Value>;
  readonly rest: readonly Value[];
  /** What came through the pipe. */
  readonly input: Value | undefined;
}

/** A switch that is given and not switched off. */
export const isSet = (bound: Bound, name: string): boolean => {
  const value = bound.named.get(name);
  return value !== undefined && !/^(false|0)$/i.test(knownText(value) ?? '');
};
