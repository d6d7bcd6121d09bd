// Builtins that change what the shell knows: variables, positionals, the working directory.
import type { AssignmentNode } from '../model/script.ts';
import { dynamicWord, joinWords, knownPrefix, showWord, staticWord, textOf, type Word } from '../model/word.ts';
import { withoutPrefix } from './assignments.ts';
import { lastPipe } from './conventions.ts';
import { formatted } from './output.ts';
import { pathFrom } from './paths.ts';
import type { Scope } from './scope.ts';
import type { Value } from './state.ts';

type Builtin = (args: readonly Word[], scope: Scope) => void;

/** Applies what a builtin changes in its own shell. Programs that change nothing are not in the table. */
export function applyBuiltin(name: string, args: readonly Word[], scope: Scope): void {
  builtins.get(name)?.(args, scope);
}

const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>(
  Object.entries({
    cd: changeFolder,
    pushd: changeFolder,
    popd: (_args, scope) => moveTo(dynamicWord('$OLDPWD'), scope),
    unset: (args, scope) => {
      // With an option that it does not know it does nothing.
      if (args.some((word) => /^-(?![fnv]+$)/.test(knownPrefix(word)))) return;
      const [isFunction, isVariable] = [hasFlag(args, 'f'), hasFlag(args, 'v') || hasFlag(args, 'n')];
      for (const name of names(args)) {
        if (!isFunction) scope.unset(name);
        if (!isVariable) scope.undefine(name, isFunction);
      }
    },
    export: (args, scope) => {
      declare(args, scope);
      const isFunction = hasFlag(args, 'f');
      for (const name of declared(args)) scope.export(isFunction ? `${name}()` : name);
    },
    declare: declareLocally,
    typeset: declareLocally,
    local: declareLocally,
    readonly: (args, scope) => {
      declare(args, scope);
      for (const name of declared(args)) scope.freeze(name);
    },
    set: setOptions,
    shift: (args, scope) => {
      const count = args[0] === undefined ? 1 : Number(textOf(args[0]) ?? Number.NaN);
      scope.positionals = Number.isInteger(count) ? scope.positionals?.slice(count) : undefined;
    },
    getopts: (args, scope) => forget(args.slice(1), scope),
    printf: (args, scope) => {
      const name = textOf(args[0]) === '-v' ? textOf(args[1]) : undefined;
      if (name === undefined) return;
      if (/^[A-Za-z_]\w*$/.test(name)) scope.setWord(name, formatted(args.slice(2)) ?? dynamicWord(`$${name}`));
      else forget(args.slice(1, 2), scope);
    },
    // `hash -p /bin/rm ls`: from here on `ls` runs that file.
    hash: (args, scope) => {
      const [flag, path, name] = args;
      const text = textOf(name);
      if (textOf(flag) === '-p' && path !== undefined && text !== undefined) scope.defineAlias(text, path);
    },
    shopt: (args, scope) => {
      if (args.some((word) => textOf(word) === 'lastpipe'))
        scope.setWord(lastPipe, staticWord(hasFlag(args, 's') ? '1' : ''));
    },
    let: (args, scope) => {
      for (const word of args) assignArithmetic(showWord(word), scope);
    },
    alias: (args, scope) => {
      for (const name of declared(args)) {
        const word = args.find((given) => knownPrefix(given).startsWith(`${name}=`));
        if (word !== undefined) scope.defineAlias(name, withoutPrefix(word, name.length + 1));
      }
    },
  } satisfies Readonly<Record<string, Builtin>>),
);

/** Longest list of positionals that is followed. */
const maxPositionals = 10_000;

/** `set -- a b`, `set a b`; what stands behind options is taken as positionals where there is anything. */
function setOptions(args: readonly Word[], scope: Scope): void {
  if (hasFlag(args, 'a')) scope.exportAll();
  const at = args.findIndex((word) => textOf(word) === '--' || !/^[-+]/.test(knownPrefix(word)));
  if (at < 0) return;
  const given = textOf(args[at]) === '--' ? args.slice(at + 1) : args.slice(at);
  const isOptionName = at > 0 && /^[-+][A-Za-z]*o$/.test(textOf(args[at - 1]) ?? '');
  if (!isOptionName) scope.positionals = given.length > maxPositionals ? undefined : given;
}

const names = (args: readonly Word[]): string[] =>
  args.map(textOf).filter((text): text is string => text !== undefined && /^[A-Za-z_]\w*$/.test(text));

/** The names in `a=1 b c+=2`. */
const declared = (args: readonly Word[]): string[] =>
  args.map((word) => /^([A-Za-z_][\w.-]*)(?:\+?=|$)/.exec(knownPrefix(word))?.[1]).filter((name) => name !== undefined);

const hasFlag = (args: readonly Word[], letter: string): boolean =>
  args.some((word) => /^-[A-Za-z]+$/.test(textOf(word) ?? '') && textOf(word)?.includes(letter));

/** The names get a value that nobody knows before it happens. */
function forget(args: readonly Word[], scope: Scope): void {
  const given = names(args);
  for (const name of given.length > 0 ? given : ['REPLY']) scope.setWord(name, dynamicWord(`$${name}`));
}

/** `declare` and its kin: in a function the names are the call's own, but for `-g`. */
function declareLocally(args: readonly Word[], scope: Scope): void {
  if (!hasFlag(args, 'g') && !hasFlag(args, 'p')) for (const name of declared(args)) scope.makeLocal(name);
  declare(args, scope);
  for (const name of declared(args)) {
    if (hasFlag(args, 'x')) scope.export(name);
    // A reference, or a value that is changed as it is set.
    if (['n', 'i', 'u', 'l', 'c'].some((letter) => hasFlag(args, letter))) scope.setWord(name, dynamicWord(`$${name}`));
  }
}

/** `export A=1` arrives as words where the value was expanded; a bare name keeps its value. */
function declare(args: readonly Word[], scope: Scope): void {
  for (const word of args) {
    const prefix = knownPrefix(word);
    const at = prefix.indexOf('=');
    if (at <= 0 || prefix.startsWith('-')) continue;
    const isAppended = prefix[at - 1] === '+';
    const name = prefix.slice(0, isAppended ? at - 1 : at);
    if (!/^[A-Za-z_]\w*$/.test(name)) continue;
    const value = withoutPrefix(word, at + 1);
    const before = isAppended ? scope.word(name) : undefined;
    scope.setWord(name, before === undefined ? value : joinWords([before, value]));
  }
}

/** An expression that assigns, counts up or counts down: what its names hold afterwards is not computed. */
export function assignArithmetic(expression: string, scope: Scope): void {
  if (!/\+\+|--|(?:^|[^=!<>])=(?!=)|<<=|>>=/.test(expression)) return;
  for (const [name] of expression.matchAll(/[A-Za-z_]\w*/g)) scope.setWord(name, dynamicWord(`$${name}`));
}

function changeFolder(args: readonly Word[], scope: Scope): void {
  const target = args.find((word) => !/^-[LPe@n]+$/.test(textOf(word) ?? '') && textOf(word) !== '--');
  if (target === undefined) {
    const home = scope.word('HOME');
    moveTo(home?.kind === 'static' ? home : staticWord('~'), scope);
  } else if (textOf(target) === '-') moveTo(scope.word('OLDPWD') ?? dynamicWord('$OLDPWD'), scope);
  else moveTo(folderFrom(target, scope.cwd), scope);
}

/** The longest path that a system follows (PATH_MAX); a loop of `cd a` goes no deeper. */
const longestPath = 4_096;

function moveTo(folder: Word, scope: Scope): void {
  scope.setWord('OLDPWD', scope.cwd);
  scope.cwd = showWord(folder).length > longestPath ? dynamicWord('.', [null]) : folder;
}

/** The folder that a path names, seen from another one. */
function folderFrom(target: Word, cwd: Word): Word {
  const text = textOf(target);
  const from = textOf(cwd);
  if (text !== undefined && from !== undefined) return staticWord(pathFrom(text, from));
  const prefix = knownPrefix(target);
  if (prefix.startsWith('/') || prefix.startsWith('~')) return target;
  return text === undefined && prefix === '' ? target : joinWords([cwd, staticWord('/'), target]);
}

/** Assigns as the shell does: `a=1`, `a+=1`, `a=(x y)`, `a[0]=x`. */
export function assign(
  node: AssignmentNode,
  value: Word | readonly Word[],
  index: Word | undefined,
  scope: Scope,
): void {
  if (Array.isArray(value)) {
    const before = node.append ? scope.get(node.name) : undefined;
    const kept = before?.kind === 'array' ? before.elements : isUnheardOf(before, node.name) ? [] : [before.word];
    if (hasSubscripts(node)) {
      scope.setWord(node.name, dynamicWord(`$${node.name}`));
      for (const element of value as readonly Word[]) setSubscripted(node.name, element, scope);
    } else scope.set(node.name, { kind: 'array', elements: [...kept, ...(value as readonly Word[])] });
    return;
  }
  const word = value as Word;
  const before = node.append ? scope.word(node.name) : undefined;
  if (index !== undefined) assignElement(node, index, word, scope);
  else scope.setWord(node.name, before === undefined ? word : joinWords([before, word]));
}

/** Nothing set the name so far; a list never comes from the caller's environment. */
const isUnheardOf = (value: Value | undefined, name: string): value is undefined =>
  value === undefined || (value.kind === 'scalar' && value.word.kind === 'dynamic' && value.word.source === `$${name}`);

/** `[key]=value` inside of a list: the element is kept under its own name, `list[key]`. */
function setSubscripted(name: string, element: Word, scope: Scope): void {
  const key = /^\[([^\]]{1,200})\]=/.exec(knownPrefix(element))?.[1];
  if (key !== undefined) scope.setWord(elementName(name, key), withoutPrefix(element, key.length + 3));
}

/** The name under which one element of a list with keys is kept. */
export const elementName = (name: string, key: string): string => `${name}[${key}]`;

const hasSubscripts = ({ value }: AssignmentNode): boolean =>
  value.type === 'array' && value.elements.some(({ source }) => source.startsWith('['));

function assignElement({ name, append }: AssignmentNode, index: Word, word: Word, scope: Scope): void {
  const at = /^\d{1,4}$/.test(textOf(index) ?? '') ? Number(textOf(index)) : undefined;
  const before = scope.get(name);
  const elements = before?.kind === 'array' ? before.elements : before === undefined ? [] : [before.word];
  if (at === undefined || at > elements.length || append) {
    scope.setWord(name, dynamicWord(`$${name}`));
    const key = textOf(index);
    if (key !== undefined && !append) scope.setWord(elementName(name, key), word);
  } else scope.set(name, { kind: 'array', elements: replaceAt(elements, at, word) });
}

const replaceAt = (elements: readonly Word[], at: number, word: Word): readonly Word[] => [
  ...elements.slice(0, at),
  word,
  ...elements.slice(at + 1),
];
