// Builtins that change what the shell knows: variables, positionals, the working directory.
import type { AssignmentNode } from '../model/script.ts';
import { dynamicWord, joinWords, knownPrefix, piecesOf, staticWord, textOf, type Word } from '../model/word.ts';
import { pathFrom } from './paths.ts';
import type { Scope } from './scope.ts';

type Builtin = (args: readonly Word[], scope: Scope) => void;

/** Applies what a builtin changes in its own shell. Programs that change nothing are not in the table. */
export function applyBuiltin(name: string, args: readonly Word[], scope: Scope): void {
  builtins[name]?.(args, scope);
}

const builtins: Readonly<Record<string, Builtin>> = {
  cd: changeFolder,
  pushd: changeFolder,
  popd: (_args, scope) => {
    scope.cwd = dynamicWord('$OLDPWD');
  },
  unset: (args, scope) => {
    for (const name of names(args)) scope.unset(name);
  },
  export: declare,
  declare,
  typeset: declare,
  local: declare,
  readonly: declare,
  set: (args, scope) => {
    const at = args.findIndex((word) => textOf(word) === '--');
    if (at >= 0) scope.positionals = args.slice(at + 1);
    else if (args.length > 0 && !/^[-+]/.test(knownPrefix(args[0] as Word))) scope.positionals = args;
  },
  shift: (args, scope) => {
    const count = args[0] === undefined ? 1 : Number(textOf(args[0]) ?? Number.NaN);
    scope.positionals = Number.isInteger(count) ? scope.positionals?.slice(count) : undefined;
  },
  read: forget,
  mapfile: forget,
  readarray: forget,
  getopts: (args, scope) => forget(args.slice(1), scope),
  printf: (args, scope) => {
    if (textOf(args[0]) === '-v') forget(args.slice(1, 2), scope);
  },
};

const names = (args: readonly Word[]): string[] =>
  args.map(textOf).filter((text): text is string => text !== undefined && /^[A-Za-z_]\w*$/.test(text));

/** The names get a value that nobody knows before it happens. */
function forget(args: readonly Word[], scope: Scope): void {
  const given = names(args);
  for (const name of given.length > 0 ? given : ['REPLY']) scope.setWord(name, dynamicWord(`$${name}`));
}

/** `export A=1` arrives as words where the value was expanded; a bare name keeps its value. */
function declare(args: readonly Word[], scope: Scope): void {
  for (const word of args) {
    const prefix = knownPrefix(word);
    const at = prefix.indexOf('=');
    if (at <= 0 || prefix.startsWith('-')) continue;
    const name = prefix.slice(0, at).replace(/\+$/, '');
    const text = textOf(word);
    if (!/^[A-Za-z_]\w*$/.test(name)) continue;
    const [, ...rest] = piecesOf(word);
    const value = text === undefined ? dynamicWord(`$${name}`, [prefix.slice(at + 1), ...rest]) : staticWord(text.slice(at + 1));
    scope.setWord(name, value);
  }
}

function changeFolder(args: readonly Word[], scope: Scope): void {
  const target = args.find((word) => !/^-[LPe@]+$/.test(textOf(word) ?? '') && textOf(word) !== '--');
  if (target === undefined) {
    const home = scope.word('HOME');
    scope.cwd = home?.kind === 'static' ? home : staticWord('~');
    return;
  }
  scope.cwd = textOf(target) === '-' ? dynamicWord('$OLDPWD') : folderFrom(target, scope.cwd);
}

/** The folder that a path names, seen from another one. */
export function folderFrom(target: Word, cwd: Word): Word {
  const text = textOf(target);
  const from = textOf(cwd);
  if (text !== undefined && from !== undefined) return staticWord(pathFrom(text, from));
  const prefix = knownPrefix(target);
  if (prefix.startsWith('/') || prefix.startsWith('~')) return target;
  return text === undefined && prefix === '' ? target : joinWords([cwd, staticWord('/'), target]);
}

/** Assigns as the shell does: `a=1`, `a+=1`, `a=(x y)`, `a[0]=x`. */
export function assign(node: AssignmentNode, value: Word | readonly Word[], scope: Scope): void {
  if (Array.isArray(value)) {
    const before = node.append ? scope.get(node.name) : undefined;
    const kept = before?.kind === 'array' ? before.elements : [];
    scope.set(node.name, { kind: 'array', elements: [...kept, ...(value as readonly Word[])] });
    return;
  }
  const word = value as Word;
  if (node.index !== undefined) {
    scope.setWord(node.name, dynamicWord(`$${node.name}`));
    return;
  }
  const before = node.append ? scope.word(node.name) : undefined;
  scope.setWord(node.name, before === undefined ? word : joinWords([before, word]));
}
