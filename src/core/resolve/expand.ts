// Expansion: from a word of the tree to the words that the program would get, as far as they are known.
import type { ParameterPart, Script, WordNode, WordPart } from '../model/script.ts';
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../model/word.ts';
import { Fields } from './fields.ts';
import {
  cased,
  defaulted,
  element,
  indirect,
  labelled,
  parameterValue,
  removed,
  replaced,
  sliced,
  volatile,
} from './parameters.ts';
import type { Scope } from './scope.ts';

/** What expansion needs of the walker: running a substitution, and reading a process substitution. */
export interface Substitutions {
  /** Runs the script in a subshell of the scope; what it would print, where that is known. */
  command(script: Script, source: string, scope: Scope): Word;
  process(script: Script, direction: '<' | '>', source: string, scope: Scope): Word;
  /** Follows a text of shell code. */
  code(text: string, scope: Scope): Word | undefined;
  /** Evaluates an arithmetic expression: what it assigns is unknown afterwards. */
  arithmetic(expression: string, scope: Scope): void;
}

/** The words that one word of the tree becomes: none, one or several. */
export function expandWord(node: WordNode, scope: Scope, run: Substitutions): Word[] {
  const literal = literalOf(node);
  if (literal !== undefined) return [literal];
  return expandBraces(node.parts).flatMap((parts) => {
    const fields = new Fields(scope.separators);
    for (const [index, part] of parts.entries()) expandPart(part, index === 0, fields, scope, run);
    return fields.words();
  });
}

/** The most frequent word: plain text without anything to expand. */
function literalOf(node: WordNode): Word | undefined {
  const [part] = node.parts;
  if (node.parts.length !== 1 || part === undefined) return undefined;
  if (part.type === 'quoted') return staticWord(part.value);
  return part.type === 'literal' && !part.value.includes('~') ? staticWord(part.value) : undefined;
}

/** The whole as one word: assignment values, redirection targets, here-documents. */
export function expandText(node: WordNode, scope: Scope, run: Substitutions): Word {
  const words: Word[] = [];
  node.parts.forEach((part, index) => {
    if (part.type === 'brace') words.push(staticWord(part.source));
    else if (part.type === 'literal' && index === 0) words.push(tilde(part.value, scope));
    else words.push(...quotedPart(part, scope, run));
  });
  return joinWords(words);
}

/** Brace alternatives multiply a word out before anything else is expanded. */
function expandBraces(parts: readonly WordPart[]): (readonly WordPart[])[] {
  const at = parts.findIndex((part) => part.type === 'brace');
  const brace = parts[at];
  if (brace?.type !== 'brace') return [parts];
  const before = parts.slice(0, at);
  const rest = expandBraces(parts.slice(at + 1));
  if (brace.alternatives === undefined) {
    return rest.map((tail) => [...before, { type: 'glob', value: '*', words: [] }, ...tail]);
  }
  const heads = brace.alternatives.flatMap((alternative) => expandBraces([...before, ...alternative.parts]));
  if (heads.length * rest.length > 1_000) {
    return [[...before, { type: 'glob', value: '*', words: [] }, ...parts.slice(at + 1)]];
  }
  return heads.flatMap((head) => rest.map((tail) => [...head, ...tail]));
}

function expandPart(part: WordPart, first: boolean, fields: Fields, scope: Scope, run: Substitutions): void {
  if (part.type === 'literal') fields.add(first ? tilde(part.value, scope) : staticWord(part.value));
  else if (part.type === 'double') expandDouble(part.parts, fields, scope, run);
  else if (part.type === 'parameter') expandParameter(part, fields, scope, run);
  else if (part.type === 'command') fields.split(run.command(part.script, part.source, scope));
  else for (const word of quotedPart(part, scope, run)) fields.add(word);
}

/** Unquoted. Of `${x:-"a b" c}` the default keeps its own quotes. */
function expandParameter(part: ParameterPart, fields: Fields, scope: Scope, run: Substitutions): void {
  const chosen = chosenDefault(part, scope, run);
  if (isList(part)) spread(part, fields, scope, false);
  else if (chosen === undefined) fields.split(parameter(part, scope, run));
  else {
    const isEscaped = chosen.source.includes('\\');
    for (const [index, own] of chosen.parts.entries()) {
      const isSplit = own.type === 'literal' && !isEscaped;
      if (isSplit) fields.split(index === 0 ? tilde(own.value, scope) : staticWord(own.value));
      else expandPart(own, index === 0, fields, scope, run);
    }
  }
}

/** The word of `${x:-word}` and its kin where it is certain that it stands for the whole. */
function chosenDefault({ operation, ...part }: ParameterPart, scope: Scope, run: Substitutions): WordNode | undefined {
  if (operation?.type !== 'default' || !/^:?[-+]$/.test(operation.operator) || part.prefix !== undefined)
    return undefined;
  const index = part.index === undefined ? undefined : expandText(part.index, scope, run);
  const value = lookUp({ ...part, operation }, index, scope);
  if (value?.kind === 'dynamic') return undefined;
  const isEmpty = value === undefined || (operation.operator.startsWith(':') && textOf(value) === '');
  return isEmpty !== operation.operator.endsWith('+') ? operation.word : undefined;
}

function expandDouble(parts: readonly WordPart[], fields: Fields, scope: Scope, run: Substitutions): void {
  if (parts.length === 0) fields.add(staticWord(''));
  for (const part of parts) {
    if (part.type === 'parameter' && isList(part) && part.name !== '*') spread(part, fields, scope, true);
    else for (const word of quotedPart(part, scope, run)) fields.add(word);
  }
}

/** A part in a place where nothing is split. */
function quotedPart(part: WordPart, scope: Scope, run: Substitutions): Word[] {
  switch (part.type) {
    case 'literal':
    case 'quoted':
      return [staticWord(part.value)];
    case 'double':
      return [joinWords([staticWord(''), ...part.parts.flatMap((inner) => quotedPart(inner, scope, run))])];
    case 'parameter':
      if (isList(part)) return [joinWords(listOf(part, scope) ?? [dynamicWord(part.source)], joiner(part, scope))];
      return [parameter(part, scope, run)];
    case 'command':
      return [run.command(part.script, part.source, scope)];
    case 'process':
      return [run.process(part.script, part.direction, part.source, scope)];
    case 'arithmetic':
      for (const word of part.words) expandText(word, scope, run);
      run.arithmetic(part.source, scope);
      return [dynamicWord(part.source)];
    case 'glob':
      for (const word of part.words) expandText(word, scope, run);
      return [staticWord(part.value, true)];
    case 'brace':
      return [staticWord(part.source)];
  }
}

/**
 * `~`, `~/x`, `~bob/x` at the start of a word, and behind the `=` of one that looks like an assignment. An unknown home
 * stays `~`, which every reader of paths understands; where another user's home is, is a guess that is no text.
 */
function tilde(value: string, scope: Scope): Word {
  const at = value.startsWith('~') ? 0 : (/^[A-Za-z_]\w*=(?=~)/.exec(value)?.[0].length ?? -1);
  if (at < 0) return staticWord(value);
  const end = value.includes('/', at) ? value.indexOf('/', at) : value.length;
  const folder = homeNamed(value.slice(at + 1, end), scope);
  return folder === undefined
    ? staticWord(value)
    : joinWords([staticWord(value.slice(0, at)), folder, staticWord(value.slice(end))]);
}

function homeNamed(user: string, scope: Scope): Word | undefined {
  if (user === '') {
    const home = scope.word('HOME');
    return home === undefined || home.kind === 'dynamic' ? staticWord('~') : home;
  }
  if (user === '+') return scope.cwd;
  if (user === '-') return scope.word('OLDPWD') ?? dynamicWord('~-');
  if (!/^[A-Za-z_][\w.-]*$/.test(user)) return undefined;
  return dynamicWord(`~${user}`, [user === 'root' ? '/root' : `/home/${user}`, null]);
}

/** `"$*"` stands for all with the first separator between them. */
const joiner = (part: ParameterPart, scope: Scope): string =>
  part.name === '*' || part.index?.source === '*' ? (textOf(scope.separators)?.slice(0, 1) ?? ' ') : ' ';

const isList = (part: ParameterPart): boolean =>
  part.operation === undefined &&
  part.prefix === undefined &&
  (part.name === '@' || part.name === '*' || ['@', '*'].includes(part.index?.source ?? ''));

function listOf(part: ParameterPart, scope: Scope): readonly Word[] | undefined {
  if (part.name === '@' || part.name === '*') return scope.positionals;
  const value = scope.get(part.name);
  if (value === undefined) return [];
  return value.kind === 'array' ? value.elements : undefined;
}

function spread(part: ParameterPart, fields: Fields, scope: Scope, quoted: boolean): void {
  const list = listOf(part, scope);
  for (const [index, word] of (list ?? [dynamicWord(part.source)]).entries()) {
    if (index > 0) fields.finish();
    if (quoted) fields.add(word);
    else fields.split(word);
  }
}

/** `$name`, `${name}` and `${name<operation>}` as one word. */
function parameter(part: ParameterPart, scope: Scope, run: Substitutions): Word {
  // The subscript is evaluated whatever it is used for.
  const index = part.index === undefined ? undefined : expandText(part.index, scope, run);
  const value = part.prefix === undefined ? lookUp(part, index, scope) : indirect(part, scope);
  const { operation } = part;
  if (operation === undefined) return value === undefined ? staticWord('') : labelled(value, part.source);
  const text = value === undefined ? '' : textOf(value);
  switch (operation.type) {
    case 'default':
      return defaulted(value, operation.operator, expandText(operation.word, scope, run), part, scope);
    case 'remove':
      return removed(value, textOf(expandText(operation.pattern, scope, run)), operation.operator, part.source);
    case 'replace': {
      const pattern = textOf(expandText(operation.pattern, scope, run));
      const replacement = textOf(expandText(operation.replacement, scope, run));
      return replaced(text, operation.operator, pattern, replacement) ?? dynamicWord(part.source);
    }
    case 'slice': {
      const offset = textOf(expandText(operation.offset, scope, run));
      const length = operation.length === undefined ? undefined : expandText(operation.length, scope, run);
      return sliced(text, offset, length) ?? dynamicWord(part.source);
    }
    case 'other':
      for (const word of operation.words) expandText(word, scope, run);
      // `${x@P}` expands the value as a prompt, with the substitutions in it.
      if (operation.operator.includes('P')) run.code(`: "${text?.replaceAll('"', '\\"') ?? ''}"`, scope.fork());
      return (
        (text !== undefined && value !== undefined ? cased(text, operation.operator) : undefined) ??
        dynamicWord(part.source)
      );
  }
}

const lookUp = (part: ParameterPart, index: Word | undefined, scope: Scope): Word | undefined =>
  index === undefined || volatile.has(part.name) ? parameterValue(part, scope) : element(part, textOf(index), scope);
