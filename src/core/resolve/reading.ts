// Reading: what `read` and `mapfile` take from an input whose text is known, line by line.
import type { Invocation, Stdin } from '../model/invocation.ts';
import { dynamicWord, knownPrefix, staticWord, textOf, type Word } from '../model/word.ts';
import { optionGrammar, readOptions } from '../programs/options.ts';
import type { Scope } from './scope.ts';
import type { Places } from './state.ts';

const readGrammar = optionGrammar({ values: '-a -d -i -n -N -p -t -u' });
const mapGrammar = optionGrammar({ values: '-d -n -O -s -u -C -c' });

const isName = (text: string | undefined): text is string => text !== undefined && /^[A-Za-z_]\w*$/.test(text);

/** The descriptor that a call reads, as text; `0` for standard input. */
export const descriptorOf = (args: readonly Word[], name = 'read'): string =>
  textOf(readOptions(args, name === 'read' ? readGrammar : mapGrammar).flags.get('-u')) ?? '0';

/**
 * `read a b`, `read -ra list`: sets the names from the next line. `text` is all of the input where it is known, else the
 * names get values that nobody knows. False where the input was at its end.
 */
export function readLine(call: Invocation, input: Stdin, text: string | undefined, scope: Scope): boolean | undefined {
  const { flags, positionals } = readOptions(call.args, readGrammar);
  const list = textOf(flags.get('-a'));
  const names = positionals.map(textOf).filter(isName);
  const all = list === undefined ? (names.length > 0 ? names : ['REPLY']) : [list];
  const counted = flags.has('-n') || flags.has('-N');
  if (text === undefined || counted) {
    for (const name of all) scope.setWord(name, dynamicWord(`$${name}`));
    return undefined;
  }
  const taken = takeLine(text, scope.shared.places.get(input) ?? 0, delimiterOf(flags.get('-d')), !flags.has('-r'));
  scope.shared.places.set(input, taken.end);
  const own = call.assignments.find(({ name }) => name === 'IFS')?.value ?? scope.separators;
  const separators = textOf(own);
  if (list !== undefined) {
    const elements = fieldsOf(taken.line, separators ?? ' \t\n', Number.POSITIVE_INFINITY);
    scope.set(list, { kind: 'array', elements: elements.map((field) => staticWord(field)) });
  } else {
    const fields = names.length === 0 ? [taken.line] : fieldsOf(taken.line, separators ?? ' \t\n', names.length);
    for (const [at, name] of all.entries()) scope.setWord(name, staticWord(fields[at] ?? ''));
  }
  return !taken.atEnd;
}

const delimiterOf = (word: Word | undefined): string => {
  const text = textOf(word);
  return text === undefined ? '\n' : text === '' ? '\0' : (text[0] as string);
};

/** One line from a place on. Without `-r` a backslash keeps what follows, and takes a newline away. */
function takeLine(
  text: string,
  start: number,
  delimiter: string,
  escapes: boolean,
): { line: string; end: number; atEnd: boolean } {
  let line = '';
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === delimiter) return { line, end: at + 1, atEnd: false };
    if (escapes && character === '\\') {
      at += 1;
      if (text[at] !== '\n') line += text[at] ?? '';
    } else line += character;
  }
  // A last line without its end is read, but counts as the end.
  return { line, end: text.length, atEnd: line === '' };
}

/** At most `most` fields; the last one holds all that is left. Source: bash(1), read. */
function fieldsOf(line: string, separators: string, most: number): string[] {
  if (separators === '') return [line];
  const isBlank = (at: number) => /[ \t\n]/.test(line[at] ?? '') && separators.includes(line[at] as string);
  const isSeparator = (at: number) => at < line.length && separators.includes(line[at] as string);
  const skipBlanks = (from: number) => {
    let at = from;
    while (at < line.length && isBlank(at)) at += 1;
    return at;
  };
  const fields: string[] = [];
  let at = skipBlanks(0);
  while (at < line.length) {
    if (fields.length === most - 1) {
      let end = line.length;
      while (end > at && isBlank(end - 1)) end -= 1;
      fields.push(line.slice(at, end));
      return fields;
    }
    const start = at;
    while (at < line.length && !isSeparator(at)) at += 1;
    fields.push(line.slice(start, at));
    at = skipBlanks(at);
    if (isSeparator(at) && !isBlank(at)) at = skipBlanks(at + 1);
  }
  return fields;
}

/** `mapfile -t rows`: all that is left of the input, line by line. */
export function readLines(call: Invocation, input: Stdin, text: string | undefined, scope: Scope): void {
  const { flags, positionals } = readOptions(call.args, mapGrammar);
  const name = positionals.map(textOf).find(isName) ?? 'MAPFILE';
  if (text === undefined || flags.has('-O') || flags.has('-n') || flags.has('-s')) {
    scope.setWord(name, dynamicWord(`$${name}`));
    return;
  }
  const delimiter = delimiterOf(flags.get('-d'));
  const pieces = text.slice(scope.shared.places.get(input) ?? 0).split(delimiter);
  if (pieces.at(-1) === '') pieces.pop();
  scope.shared.places.set(input, text.length);
  const keeps = flags.has('-t') ? '' : delimiter;
  scope.set(name, { kind: 'array', elements: pieces.map((piece) => staticWord(`${piece}${keeps}`)) });
}

/** How many lines are left to read, up to a bound; undefined where the text is not known. */
export function linesLeft(text: string | undefined, input: Stdin, places: Places, most: number): number | undefined {
  if (text === undefined) return undefined;
  let count = 0;
  let at = places.get(input) ?? 0;
  while (at < text.length && count <= most) {
    count += 1;
    const end = text.indexOf('\n', at);
    at = end < 0 ? text.length : end + 1;
  }
  return count;
}

/** Whether a word names a descriptor of the shell itself: `/dev/fd/3`, `/proc/self/fd/3`. */
export const descriptorPath = (path: Word): string | undefined =>
  /^\/(?:dev\/fd|proc\/(?:self|thread-self)\/fd)\/(\d+)$/.exec(textOf(path) ?? knownPrefix(path))?.[1];
