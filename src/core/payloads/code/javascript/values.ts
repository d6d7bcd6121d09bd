// Values of JavaScript: functions, classes, instances, listings of folders, and values that are one of several.
import { textOf } from '../../../model/word.ts';
import { type Arguments, knownText, list, named, table, taintOf, text, unknown, type Value } from '../value.ts';
import type { Scope } from './scope.ts';
import type { Node, Source } from './tree.ts';

/** A function of the program. */
export interface Closure {
  readonly kind: 'closure';
  /** The node that has the parameters and the body. */
  readonly node: Node;
  readonly scope: Scope;
  readonly source: Source;
  /** What `this` is in an arrow function. */
  readonly self: Value | undefined;
  /** The class whose method it is, for `super`. */
  readonly owner: Class | undefined;
}

export interface Class {
  readonly kind: 'class';
  readonly name: string;
  readonly parent: Value | undefined;
  readonly methods: Map<string, Value>;
  readonly statics: Map<string, Value>;
  readonly fields: readonly { readonly name: string; readonly node: Node | undefined }[];
  readonly scope: Scope;
  readonly source: Source;
}

/** A function that the reader itself provides: a bound method, `resolve` of a promise. */
export interface Native {
  readonly kind: 'native';
  readonly call: (call: Arguments) => Value | undefined;
}

export type Callable = Closure | Class | Native;

export const functionOf = (body: Callable): Value => ({ kind: 'function', body });
export const callableOf = (value: Value | undefined): Callable | undefined =>
  value?.kind === 'function' ? (value.body as Callable) : undefined;

/** `undefined` and `null` are their own texts. */
export const nothing = text('undefined');
export const isNothing = (value: Value): boolean => {
  const known = knownText(value);
  return known === 'undefined' || known === 'null';
};

/** The class of an instance, by its table of fields. */
const classes = new WeakMap<object, Class>();

export function instanceOf(owner: Class): Extract<Value, { kind: 'table' }> {
  const made = table(new Map(), false) as Extract<Value, { kind: 'table' }>;
  classes.set(made.entries, owner);
  return made;
}
export const classOf = (value: Value): Class | undefined =>
  value.kind === 'table' ? classes.get(value.entries) : undefined;

/** A method, along the chain of classes. */
export function methodOf(owner: Class | undefined, name: string): Value | undefined {
  for (let at = owner, hops = 0; at !== undefined && hops < 20; hops += 1) {
    const method = at.methods.get(name);
    if (method !== undefined) return method;
    const parent = callableOf(at.parent);
    at = parent?.kind === 'class' ? parent : undefined;
  }
  return undefined;
}

/** What the program made it may change: tables and lists are changed in place, as objects are. */
export const setEntry = (target: Extract<Value, { kind: 'table' }>, name: string, value: Value): void => {
  (target.entries as Map<string, Value>).set(name, value);
};

const choices = new WeakMap<object, readonly Value[]>();
const mostChoices = 6;

/** The values that one of several branches gave, or the value itself. */
export const choicesOf = (value: Value): readonly Value[] => choices.get(value) ?? [value];

/** One of these values, nobody knows which. */
export function either(values: readonly Value[], source = '(one of several)'): Value {
  const all: Value[] = [];
  for (const value of values.flatMap(choicesOf)) if (!all.some((other) => isSame(other, value))) all.push(value);
  const [first] = all;
  if (all.length === 1 && first !== undefined) return first;
  const result = unknown(
    source,
    all.map(taintOf).find((taint) => taint !== undefined),
  );
  if (all.length > 1 && all.length <= mostChoices) choices.set(result, all);
  return result;
}

function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === 'text' && b.kind === 'text')
    return textOf(a.word) !== undefined && textOf(a.word) === textOf(b.word) && a.taint === b.taint;
  return a.kind === 'name' && b.kind === 'name' && a.name === b.name && a.made === b.made;
}

/** Makes of each choice what `change` makes of it. */
export const eachChoice = (value: Value, change: (value: Value) => Value): Value => {
  const all = choices.get(value);
  return all === undefined ? change(value) : either(all.map(change));
};

/** Entries of folders, and lists of them: one item stands for all. */
const listings = new WeakSet<object>();

/** A list of which one item stands for all that are in it. */
export function listing(entry: Value): Value {
  const items = list([entry], false);
  listings.add(items);
  listings.add(entry);
  return items;
}
export const isListing = (value: Value | undefined): boolean => value !== undefined && listings.has(value);
export const markListed = (value: Value): Value => {
  listings.add(value);
  return value;
};

/** Texts that stand in files, looked up only where something is made of them. */
const files = new WeakMap<object, string>();
export function fileContent(path: string, source: string): Value {
  const content = unknown(source);
  files.set(content, path);
  return content;
}
export const fileOf = (value: Value | undefined): string | undefined =>
  value === undefined ? undefined : files.get(value);

/** A member of a table by a name that is known. */
export const entryOf = (value: Value | undefined, ...names: readonly string[]): Value | undefined => {
  if (value?.kind !== 'table') return undefined;
  for (const name of names) {
    const entry = value.entries.get(name);
    if (entry !== undefined) return entry;
  }
  return undefined;
};

/** A value of data that was parsed. */
export function ofData(data: unknown, depth = 0): Value {
  if (depth > 30) return unknown('(nested data)');
  if (Array.isArray(data)) return list(data.slice(0, 10_000).map((item) => ofData(item, depth + 1)));
  if (data !== null && typeof data === 'object')
    return table(new Map(Object.entries(data).map(([key, item]) => [key, ofData(item, depth + 1)])));
  return text(String(data));
}

/** Text as it stands in quotes, its escapes resolved. */
export const unescaped = (raw: string): string =>
  raw.includes('\\')
    ? raw.replace(/\\(u\{[0-9A-Fa-f]{1,6}\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|\r\n|[\s\S])/g, (_whole, code: string) =>
        escapeOf(code),
      )
    : raw;

const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

function escapeOf(code: string): string {
  if (/^[ux]./.test(code)) {
    const point = Number.parseInt(code.replace(/[ux{}]/g, ''), 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  }
  return /^[\r\n]/.test(code) ? '' : (letters[code] ?? code);
}

/** Whether a value counts as true; undefined where that is not known. */
export function truth(value: Value): boolean | undefined {
  if (value.kind === 'list' || value.kind === 'table' || value.kind === 'function') return true;
  if (value.kind === 'name') return undefined;
  const known = knownText(value);
  if (known !== undefined) return !/^(false|undefined|null|NaN|0|)$/.test(known);
  return undefined;
}

export const truthText = (known: boolean | undefined, source: string): Value =>
  known === undefined ? unknown(source) : text(String(known));

/** The instance that a call of a library makes, named by the call. */
export const made = (name: string, call: Arguments): Value => named(`${name}()`, call);
