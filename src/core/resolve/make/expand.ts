// Expansion: `$(NAME)`, `$(NAME:a=b)`, `$(function ...)` and `$@`, as far as their values are known.
import { emptyText, joinTexts, known, plainText, type Text, unknownText, wordsOfText } from '../tasks/text.ts';
import { functions } from './functions.ts';
import { textOfValues, type Variables } from './variables.ts';

/** What an expansion works with. One makefile is read with one context; recipes get layers of it. */
export interface Context {
  readonly variables: Variables;
  /** `$(1)`, `$@`, the variable of a foreach: names that stand in front of all others. */
  readonly locals: ReadonlyMap<string, Text>;
  readonly services: Services;
}

/** What expansion cannot do by itself. */
export interface Services {
  /** Notes that a command runs while the makefile is read, and says what it prints where that is known. */
  shell(code: Text): Text;
  /** Paths that match a pattern; undefined where that is not known. */
  files(pattern: string): readonly string[] | undefined;
  /** The folder that make works in; undefined where it is not known. */
  readonly folder: string | undefined;
  /** `$(eval)`: reads a text as a part of the makefile. */
  evaluate(text: string): void;
  /** Keeps a text that is not plain under a name that can stand in makefile text. */
  keep(text: Text): string;
  /** Levels of expansion, and the variables that are being expanded. */
  readonly nesting: { depth: number; readonly open: Set<string> };
  /** False once the makefile has asked for more work than any honest one does. */
  spend(characters: number): boolean;
}

/** Levels of values within values. */
const maxDepth = 60;

/** Expands a text. Never fails: what cannot be known is a hole. */
export function expand(source: string, context: Context): Text {
  if (!source.includes('$')) return known(source);
  const { nesting } = context.services;
  if (nesting.depth >= maxDepth || !context.services.spend(source.length)) return unknownText('value');
  nesting.depth += 1;
  const text = expanded(source, context);
  nesting.depth -= 1;
  return text;
}

function expanded(source: string, context: Context): Text {
  const pieces: Text[] = [];
  let at = 0;
  while (at < source.length) {
    const dollar = source.indexOf('$', at);
    const end = dollar < 0 ? source.length : dollar;
    pieces.push(known(source.slice(at, end)));
    if (dollar < 0) break;
    const opener = source[dollar + 1];
    if (opener === undefined) break;
    if (opener === '(' || opener === '{') {
      const close = closing(source, dollar + 1);
      pieces.push(reference(source.slice(dollar + 2, close), context));
      at = close + 1;
    } else {
      pieces.push(opener === '$' ? known('$') : variableText(opener, context));
      at = dollar + 2;
    }
    if (!context.services.spend(sizeOf(pieces.at(-1) ?? emptyText))) break;
  }
  return joinTexts(pieces);
}

const sizeOf = (text: Text): number =>
  text.reduce((size, piece) => size + (typeof piece === 'string' ? piece.length : 16), 0);

/** The bracket that closes the one at `at`; the end of the text where none does. */
export function closing(source: string, at: number): number {
  const opener = source[at];
  const closer = opener === '(' ? ')' : '}';
  let level = 0;
  for (let index = at; index < source.length; index += 1) {
    if (source[index] === opener) level += 1;
    else if (source[index] === closer) {
      level -= 1;
      if (level === 0) return index;
    }
  }
  return source.length;
}

/** What stands between the brackets. */
function reference(content: string, context: Context): Text {
  const name = /^[a-z-]+(?=[ \t\n])/.exec(content)?.[0];
  const called = name === undefined ? undefined : functions.get(name);
  if (name !== undefined && called !== undefined) {
    const source = content.slice(name.length).replace(/^[ \t\n]+/, '');
    return called.call(argumentsOf(source, called.most), context, expand);
  }
  const whole = plainText(expand(content, context));
  if (whole === undefined) return unknownText('value');
  const colon = whole.indexOf(':');
  const equals = whole.indexOf('=', colon + 1);
  if (colon > 0 && equals > 0)
    return substituted(whole.slice(0, colon), whole.slice(colon + 1, equals), whole.slice(equals + 1), context);
  return variableText(whole.trim(), context);
}

/** Arguments are parted at commas that stand in no brackets; the last one takes all that is left. */
function argumentsOf(source: string, most: number): readonly string[] {
  const parts: string[] = [];
  let level = 0;
  let start = 0;
  for (let at = 0; at < source.length && parts.length < most - 1; at += 1) {
    const character = source[at];
    if (character === '(' || character === '{') level += 1;
    else if (character === ')' || character === '}') level -= 1;
    else if (character === ',' && level === 0) {
      parts.push(source.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, source.slice(start)];
}

/** The value of a variable. One that refers to itself has none. */
export function variableText(name: string, context: Context): Text {
  const local = context.locals.get(name);
  if (local !== undefined) return local;
  if (/^[@<^+?*%|][DF]$/.test(name)) return parts(name, context);
  const variable = context.variables.get(name);
  const { open } = context.services.nesting;
  if (variable === undefined || open.has(name)) return emptyText;
  open.add(name);
  const text = textOfValues(variable.values, (raw) => expand(raw, context));
  open.delete(name);
  return text;
}

/** `$(@D)`, `$(<F)`. */
function parts(name: string, context: Context): Text {
  const wanted = functions.get(name.endsWith('D') ? 'dir' : 'notdir');
  const value = wanted?.call([`$${name[0]}`], context, expand) ?? emptyText;
  const text = plainText(value);
  return name.endsWith('D') && text !== undefined ? known(text.replace(/(?<=.)\/(?= |$)/g, '')) : value;
}

/** `$(SOURCES:.c=.o)`, `$(SOURCES:%.c=build/%.o)`. */
function substituted(name: string, from: string, to: string, context: Context): Text {
  const pattern = from.includes('%') ? [from, to] : [`%${from}`, `%${to}`];
  const words = wordsOfText(variableText(name.trim(), context)).map((word) => {
    const text = plainText(word);
    return text === undefined ? word : known(replacePattern(text, pattern[0] as string, pattern[1] as string));
  });
  return joinTexts(words, ' ');
}

/** What `%` stands for in a word; undefined where the pattern does not match. */
export function stemOf(word: string, pattern: string): string | undefined {
  const at = pattern.indexOf('%');
  if (at < 0) return word === pattern ? '' : undefined;
  const [start, end] = [pattern.slice(0, at), pattern.slice(at + 1)];
  if (word.length < start.length + end.length || !word.startsWith(start) || !word.endsWith(end)) return undefined;
  return word.slice(start.length, word.length - end.length);
}

/** `patsubst` for one word. */
export function replacePattern(word: string, pattern: string, replacement: string): string {
  const stem = stemOf(word, pattern);
  if (stem === undefined) return word;
  return pattern.includes('%') ? replacement.replace('%', () => stem) : replacement;
}
