// APIs: how calls of known libraries are read, and what several of them do. Each language has tables of its own.
import type { HttpBody } from '../../model/fact.ts';
import { knownPrefix, textOf, type Word } from '../../model/word.ts';
import type { Recorder } from './recorder.ts';
import { type Arguments, knownText, taintOf, type Value, wordOf } from './value.ts';

/** An argument by position, or by name where the language has named ones. */
export const argument = (call: Arguments, at: number, name?: string): Value | undefined =>
  (name === undefined ? undefined : call.named.get(name)) ?? call.positional[at];

/** An option: a named argument, or an entry of a literal object among the positional ones. */
export function option(call: Arguments, name: string): Value | undefined {
  const given = call.named.get(name);
  if (given !== undefined) return given;
  for (const value of call.positional) {
    const entry = value.kind === 'table' ? value.entries.get(name) : undefined;
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** Whether an option is on: `True`, `true`, `1`. What is not known counts as on. */
export function isOn(value: Value | undefined): boolean {
  if (value === undefined) return false;
  const known = knownText(value);
  return known === undefined || !/^(false|no|none|null|nil|undefined|0|)$/i.test(known);
}

/** Where a command runs: the options that the languages' own functions have for it. */
function surroundings(call: Arguments): { cwd?: Word; stdin?: Word } {
  const cwd = option(call, 'cwd') ?? option(call, 'chdir');
  const input = option(call, 'input');
  return {
    ...(cwd === undefined ? {} : { cwd: wordOf(cwd) }),
    ...(input === undefined ? {} : { stdin: wordOf(input) }),
  };
}

/** Shell code that a program runs. Code that came over the network, or was decoded, is a flow as well. */
export function recordShell(value: Value | undefined, call: Arguments, recorder: Recorder, via: string): void {
  const taint = taintOf(value);
  if (taint !== undefined) recorder.record(via, { kind: 'flow', from: taint, to: 'shell' });
  recorder.record(via, { kind: 'shell', text: wordOf(value), ...surroundings(call) });
}

/** Headers of a literal object, names in lower case. */
export function headersOf(value: Value | undefined): ReadonlyMap<string, Word> {
  if (value?.kind !== 'table') return new Map();
  return new Map([...value.entries].map(([name, each]) => [name.toLowerCase(), wordOf(each)]));
}

/** A body: text as it is, literal objects and lists as JSON. */
export const bodyOf = (value: Value | undefined): HttpBody =>
  value === undefined ? { kind: 'none' } : { kind: 'text', text: wordOf(value) };

/** Where an instance connects to: the first text that its maker, or its maker's maker, was given. */
export function connectionOf(value: Value | undefined): Word | undefined {
  for (let each = value; each?.kind === 'name'; each = each.made?.receiver) {
    const given = each.made?.positional[0] ?? each.made?.named.get('dsn') ?? each.made?.named.get('url');
    if (given?.kind === 'text') return given.word;
  }
  return undefined;
}

/** A database that ends with the program, or that stands in a folder for temporary files. */
export function isScratch(connection: Word | undefined): boolean {
  if (connection === undefined) return false;
  const start = textOf(connection) ?? `${knownPrefix(connection)}…`;
  return /^(?::memory:|file::memory:|sqlite(?:\+\w+)?:\/\/(?:\/:memory:)?$|(?:(?:file|sqlite(?:\+\w+)?):\/*)?\/(?:var\/)?tmp\/.)/.test(
    start,
  );
}
