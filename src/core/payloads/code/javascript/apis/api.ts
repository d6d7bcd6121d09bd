// The shape of API tables of JavaScript libraries, and what all of them use.
import type { Assignment } from '../../../../model/invocation.ts';
import { staticWord, type Word } from '../../../../model/word.ts';
import { option } from '../../api.ts';
import { type Arguments, type Value, wordOf } from '../../value.ts';
import type { Run } from '../run.ts';
import { isListing } from '../values.ts';

/** One call: what it was given, and its name as the program has it. Gives back what the call returns, if known. */
export type JsApi = (call: Arguments, run: Run, name: string) => Value | undefined;
export type JsApiTable = Readonly<Record<string, JsApi>>;

/** Where a command runs: its options, and what the program changed for all of them. */
export function surroundings(
  call: Arguments,
  run: Run,
): { cwd?: Word; stdin?: Word; assignments?: readonly Assignment[] } {
  const given = option(call, 'cwd');
  const input = option(call, 'input');
  const cwd = given === undefined ? run.cwd : wordOf(run.path(given));
  const own = [...run.env].flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  const assignments = [...own, ...environmentOf(option(call, 'env'))];
  return {
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { stdin: wordOf(run.content(input)) }),
    ...(assignments.length === 0 ? {} : { assignments }),
  };
}

/** Variables that a literal object sets; what it takes over from `process.env` is there anyway. */
function environmentOf(value: Value | undefined): readonly Assignment[] {
  if (value?.kind !== 'table') return [];
  return [...value.entries].map(([name, entry]) => ({ name, value: wordOf(entry) }));
}

/** A command as words, run where the program is. */
export function runWords(words: readonly (Word | string)[], via: string, run: Run): void {
  run.recorder.record(via, {
    kind: 'words',
    words: words.map((word) => (typeof word === 'string' ? staticWord(word) : word)),
    ...surroundings({ positional: [], named: new Map() }, run),
  });
}

/** A file is deleted; `many` where one path stands for all of a folder. */
export function removePath(value: Value | undefined, recursive: boolean, via: string, run: Run, glob = false): void {
  if (value === undefined) return;
  if (value.kind === 'list') {
    for (const item of value.items) removePath(item, recursive, via, run, glob);
    return;
  }
  const path = wordOf(run.path(value));
  // An empty path, and one that was not given, is an error of the call.
  if (path.kind === 'static' && /^(|undefined|null)$/.test(path.value)) return;
  const isPattern = glob && path.kind === 'static' && /[*?[{]/.test(path.value);
  run.recorder.record(via, {
    kind: 'file',
    op: 'delete',
    path: isPattern ? { ...path, glob: true } : path,
    recursive,
    many: isPattern || isListing(value),
  });
}

/** Gives several names one meaning. */
export const same = (names: string, api: JsApi): JsApiTable =>
  Object.fromEntries(names.split(' ').map((name) => [name, api]));
