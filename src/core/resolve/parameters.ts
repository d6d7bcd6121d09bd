// Parameters: what a shell parameter stands for, and what the operations of `${name<operation>}` make of its value.
import type { ParameterOperation, ParameterPart } from '../model/script.ts';
import { dynamicWord, knownPrefix, showWord, staticWord, textOf, type Word } from '../model/word.ts';
import { elementName } from './builtins.ts';
import { removePattern } from './glob.ts';
import type { Scope } from './scope.ts';

/** Longest text from which a pattern is removed: that costs more than its length. */
const maxStripped = 256;

/** Variables that the shell itself fills in. */
export const volatile = new Set(
  `RANDOM SRANDOM SECONDS LINENO EPOCHSECONDS EPOCHREALTIME OPTARG OPTIND REPLY PPID UID EUID GROUPS HOSTNAME HOSTTYPE OSTYPE MACHTYPE
  BASHPID BASHOPTS BASH_VERSION BASH_VERSINFO BASH_COMMAND BASH_REMATCH BASH_SUBSHELL BASH_ARGV BASH_ARGV0 BASH_ARGC BASH_LINENO
  FUNCNAME PIPESTATUS DIRSTACK SHELLOPTS SHLVL COLUMNS LINES HISTCMD MAPFILE _`.split(/\s+/),
);

/** The value of a parameter without an index; undefined where it is unset. */
export function parameterValue(part: ParameterPart, scope: Scope): Word | undefined {
  if (volatile.has(part.name)) return dynamicWord(part.source);
  if (/^\d+$/.test(part.name)) {
    if (part.name === '0') return scope.name;
    return scope.positionals === undefined ? dynamicWord(part.source) : scope.positionals[Number(part.name) - 1];
  }
  if (part.name === '#') {
    return scope.positionals ? staticWord(String(scope.positionals.length)) : dynamicWord(part.source);
  }
  if (part.name === 'PWD') return scope.cwd;
  if (part.name === 'IFS') return scope.separators;
  if (part.name === 'HOME') return homeOf(scope);
  if (part.name === 'BASH') return staticWord('/bin/bash');
  if (!/^[A-Za-z_]/.test(part.name)) return dynamicWord(part.source);
  return scope.word(part.name);
}

/** An unknown home folder is still a home folder. */
function homeOf(scope: Scope): Word | undefined {
  const home = scope.word('HOME');
  return home?.kind === 'dynamic' && home.source === '$HOME' ? staticWord('~') : home;
}

/** `${list[2]}`, `${list[-1]}`, `${map[key]}`. */
export function element(part: ParameterPart, index: string | undefined, scope: Scope): Word | undefined {
  if (index === undefined) return dynamicWord(part.source);
  const name = elementName(part.name, index);
  const keyed = scope.word(name);
  if (keyed !== undefined && showWord(keyed) !== `$${name}`) return keyed;
  const value = scope.get(part.name);
  if (value === undefined) return undefined;
  if (value.kind === 'scalar') return index === '0' ? value.word : dynamicWord(part.source);
  return /^-?\d{1,6}$/.test(index) ? value.elements.at(Number(index)) : dynamicWord(part.source);
}

/** `${!name}` and `${#name}`. Indices, counts of lists and lengths of what the shell itself fills in are not known. */
export function indirect(part: ParameterPart, scope: Scope): Word | undefined {
  if (part.index !== undefined || !/^[A-Za-z_]/.test(part.name) || volatile.has(part.name))
    return dynamicWord(part.source);
  if (part.prefix === '!') {
    const name = textOf(scope.word(part.name));
    return name !== undefined && /^[A-Za-z_]\w*$/.test(name) ? scope.word(name) : dynamicWord(part.source);
  }
  const text = textOf(scope.word(part.name) ?? staticWord(''));
  return text === undefined ? dynamicWord(part.source) : staticWord(String([...text].length));
}

/** A value that is unknown is shown as it stands here, not where it came from. */
export const labelled = (word: Word, source: string): Word =>
  word.kind === 'dynamic' ? dynamicWord(source.startsWith('$') ? source : word.source, word.known, word.glob) : word;

/** `${x:-word}`, `${x:=word}`, `${x:?word}`, `${x:+word}`. */
export function defaulted(
  value: Word | undefined,
  operator: string,
  alternative: Word,
  part: ParameterPart,
  scope: Scope,
): Word {
  const empty = value === undefined || (operator.startsWith(':') && textOf(value) === '');
  if (operator.endsWith('+')) {
    if (value?.kind === 'dynamic') return dynamicWord(part.source);
    return empty ? staticWord('') : alternative;
  }
  if (operator.endsWith('?')) return value === undefined || empty ? dynamicWord(part.source) : value;
  // A value that is unknown may be anything, the default included.
  if (!empty) return value.kind === 'dynamic' ? dynamicWord(part.source, value.known, value.glob) : value;
  if (operator.endsWith('=')) scope.setWord(part.name, alternative);
  return alternative;
}

/** `${x#pattern}` and its kin. Without its end an unknown value still begins as it did. */
export function removed(
  value: Word | undefined,
  pattern: string | undefined,
  operator: Extract<ParameterOperation, { type: 'remove' }>['operator'],
  source: string,
): Word {
  const text = value === undefined ? '' : textOf(value);
  if (text !== undefined && pattern !== undefined && text.length <= maxStripped) {
    return staticWord(removePattern(text, operator, pattern));
  }
  const keepsStart = operator[0] === '%' && value !== undefined;
  return dynamicWord(source, keepsStart ? [knownPrefix(value), null] : [null]);
}

/** `${x/pattern/replacement}` and its kin, where the pattern is plain text. */
export function replaced(
  text: string | undefined,
  operator: Extract<ParameterOperation, { type: 'replace' }>['operator'],
  pattern: string | undefined,
  replacement: string | undefined,
): Word | undefined {
  const isPlain = pattern !== undefined && !/[*?[\\]/.test(pattern);
  if (text === undefined || replacement === undefined || !isPlain) return undefined;
  return staticWord(replaceText(text, operator, pattern, replacement));
}

function replaceText(text: string, operator: '/' | '//' | '/#' | '/%', pattern: string, replacement: string): string {
  if (pattern === '') return text;
  switch (operator) {
    case '//':
      return text.split(pattern).join(replacement);
    case '/#':
      return text.startsWith(pattern) ? replacement + text.slice(pattern.length) : text;
    case '/%':
      return text.endsWith(pattern) ? text.slice(0, -pattern.length) + replacement : text;
    case '/': {
      const at = text.indexOf(pattern);
      return at < 0 ? text : text.slice(0, at) + replacement + text.slice(at + pattern.length);
    }
  }
}

/** `${x:offset:length}` with plain numbers; a negative offset counts from the end. */
export function sliced(
  text: string | undefined,
  offset: string | undefined,
  length: Word | undefined,
): Word | undefined {
  const count = length === undefined ? undefined : textOf(length);
  if (text === undefined || !/^ ?-?\d+$/.test(offset ?? '')) return undefined;
  if (length !== undefined && !/^\d+$/.test(count ?? '')) return undefined;
  const start = Number(offset) < 0 ? Math.max(0, text.length + Number(offset)) : Number(offset);
  return staticWord(text.slice(start, count === undefined ? undefined : start + Number(count)));
}

/** `${x,,}`, `${x^}`, `${x@U}` without a pattern. */
export function cased(text: string, operator: string): Word | undefined {
  switch (operator) {
    case ',,':
    case '@L':
      return staticWord(text.toLowerCase());
    case '^^':
    case '@U':
      return staticWord(text.toUpperCase());
    case ',':
      return staticWord(text.slice(0, 1).toLowerCase() + text.slice(1));
    case '^':
    case '@u':
      return staticWord(text.slice(0, 1).toUpperCase() + text.slice(1));
    default:
      return undefined;
  }
}
