// What the reader of Perl keeps while it follows a program: scopes, objects, and what a function hands to its caller.
import type { CodeContext } from '../../../model/code.ts';
import { dynamicWord, type Word } from '../../../model/word.ts';
import type { Recorder } from '../recorder.ts';
import { knownText, list, table, text, unknown, type Value, wordOf } from '../value.ts';
import type { Block } from './syntax.ts';

/** Variables by sigil and name, and the scope around them. */
export interface Scope {
  readonly variables: Map<string, Value>;
  readonly outer: Scope | undefined;
}

export interface Sub {
  readonly body: Block;
  readonly scope: Scope;
  readonly package: string;
}

/** What builtins and libraries may use of the interpreter. */
export interface Runtime {
  readonly recorder: Recorder;
  readonly context: CodeContext;
  /** A sub of the program with its arguments; `topic` becomes `$_`. */
  apply(code: Value | undefined, given: readonly Value[], topic?: Value): Value;
  /** A block behind `map`, `grep` and their kin, with `$_`. */
  applyBlock(block: Block, topic: Value | undefined): Value;
  /** Code as text, in the program's own scope. */
  evaluateText(code: Value | undefined, via: string): Value;
  /** Another Perl file, by its path or by the name of a module. */
  include(path: Word): void;
  topic(): Value;
}

/** The key under which an object keeps the name of its class. */
const classKey = '\0class';

export const blessed = (value: Value, className: Value | undefined): Value =>
  value.kind === 'table' && className !== undefined
    ? table(new Map([...value.entries, [classKey, className]]), value.complete)
    : value;

export const classOf = (value: Value): string | undefined =>
  value.kind === 'table' ? knownText(value.entries.get(classKey)) : knownText(value);

/** All paths below a folder; `ending` is what their names end with, where that is known. */
export function below(folder: Word, ending = ''): Value {
  const prefix = folder.kind === 'static' ? folder.value : (folder.known[0] ?? '');
  const slash = prefix === '' || prefix.endsWith('/') ? '' : '/';
  const pieces = folder.kind === 'static' ? [`${prefix}${slash}`, null] : [...folder.known, '/', null];
  const source = `(files in ${folder.kind === 'static' ? folder.value : folder.source})`;
  return text(dynamicWord(source, ending === '' ? pieces : [...pieces, ending], true));
}

/** Keys and values one after the other, as a list gives a hash. */
export function tableOf(items: readonly Value[]): Value {
  const entries = new Map<string, Value>();
  let complete = true;
  for (let at = 0; at < items.length; at += 2) {
    const [key, value] = [items[at], items[at + 1]];
    const name = knownText(key);
    if (name === undefined) complete = false;
    else entries.set(name, value ?? text(''));
  }
  return table(entries, complete);
}

/** The items of a list; something unknown stands for what may follow. */
export const itemsOf = (value: Value): readonly Value[] =>
  value.kind === 'list' ? (value.complete ? value.items : [...value.items, unknown('…')]) : [value];

/** What a pattern of file names stands for. */
export const globbed = (pattern: Word): Value => {
  const known = pattern.kind === 'static' ? pattern.value : undefined;
  if (known === undefined) return text({ ...pattern, glob: true });
  const words = known.trim().split(/\s+/);
  return list(words.map((word) => text({ kind: 'static', value: word, glob: /[*?[]/.test(word) })));
};

export const sourceOf = (value: Value): string => {
  const word = wordOf(value);
  return word.kind === 'static' ? word.value : word.source;
};
