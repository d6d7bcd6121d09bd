// Found: the paths that a search would print, as words with their known pieces (`src/` … `.pyc`).
import type { Invocation } from '../model/invocation.ts';
import { dynamicWord, knownPrefix, staticWord, textOf, type Word } from '../model/word.ts';
import { writtenOut } from './glob.ts';

/** What find starts from, and the ends of the names it lets through; one word for each root and name. */
export function foundBy(call: Invocation): readonly Word[] {
  const { roots, names, types, narrowed } = readFind(call.args);
  if (!narrowed) return roots.map(everythingIn);
  return roots.flatMap((root) =>
    (names.length === 0 ? [undefined] : names.flatMap(writtenOut)).map((name) => foundWord(root, name, types)),
  );
}

/** The paths that the last producer of a pipe prints, when the programs between only filter or reorder lines. */
export function producedPaths(producers: readonly Invocation[]): readonly Word[] | undefined {
  for (let at = producers.length - 1; at >= 0; at -= 1) {
    const call = producers[at] as Invocation;
    if (call.name === 'find' || call.name === 'gfind') return foundBy(call);
    if (call.name === 'ls') return listedBy(call);
    if (call.name === 'git' && textOf(call.args[0]) === 'ls-files')
      return [dynamicWord('(files that git lists)', ['./', null])];
    if (call.name === 'xargs' || call.name === undefined || !filters.has(call.name)) {
      if (call.name === 'xargs' || call.origin.length === 0) continue;
      return undefined;
    }
    if (call.stdin.kind === 'pipe') return producedPaths(call.stdin.from);
    const searched = call.name.endsWith('grep')
      ? call.args.filter((word) => !knownPrefix(word).startsWith('-')).slice(1)
      : [];
    return searched.length > 0
      ? searched.map((root) => dynamicWord(`(files found in ${textOf(root) ?? '…'})`, [knownPrefix(root), null]))
      : undefined;
  }
  return undefined;
}

/** Programs that hand lines on: what goes in as paths comes out as paths. */
const filters = new Set([
  'grep',
  'egrep',
  'fgrep',
  'rg',
  'head',
  'tail',
  'sort',
  'uniq',
  'tac',
  'tr',
  'tee',
  'cat',
  'shuf',
  'sed',
  'awk',
]);

function listedBy(call: Invocation): readonly Word[] {
  const paths = call.args.filter((word) => !knownPrefix(word).startsWith('-'));
  if (paths.length === 0) return [dynamicWord('(files listed by ls)', ['./', null])];
  return paths.map((path) =>
    path.glob ? path : dynamicWord(`(files in ${textOf(path) ?? '…'})`, [knownPrefix(path), null]),
  );
}

/** All that is below a folder, as the pattern that matches it. */
function everythingIn(root: Word): Word {
  const text = textOf(root);
  return text === undefined
    ? foundWord(root, undefined, '')
    : staticWord(text.endsWith('/') ? `${text}*` : `${text}/*`, true);
}

function foundWord(root: Word, name: string | undefined, types: string): Word {
  const start = textOf(root) ?? knownPrefix(root);
  const source = `(found in ${textOf(root) ?? (root.kind === 'dynamic' ? root.source : '.')}${name === undefined ? '' : `: ${name}`})`;
  if (root.kind === 'dynamic' && start === '') {
    return name === undefined ? dynamicWord(source) : dynamicWord(source, [null, ...nameEnd(name)]);
  }
  const base = start.endsWith('/') ? start : `${start}/`;
  if (name === undefined)
    return types === 'd' ? dynamicWord(source, [base, null, '/']) : dynamicWord(source, [base, null]);
  return dynamicWord(source, [base, null, ...nameEnd(name)]);
}

/** `*.pyc` ends in `.pyc`; `__pycache__` is a whole name; `tmp*` says nothing of the end but starts the last segment. */
function nameEnd(pattern: string): (string | null)[] {
  const path = pattern.replace(/^\*\//, '');
  if (!/[*?[]/.test(path)) return [`/${path}`];
  const star = path.search(/[*?[]/);
  const last = Math.max(path.lastIndexOf('*'), path.lastIndexOf('?'), path.lastIndexOf(']'));
  const head = star > 0 ? [`/${path.slice(0, star)}`, null] : [];
  const tail = path.slice(last + 1);
  return tail === '' ? head : [...head, tail];
}

export interface FindCall {
  readonly roots: readonly Word[];
  /** Name patterns of which one must match; empty where nothing narrows the names. */
  readonly names: readonly string[];
  /** The letters behind `-type`. */
  readonly types: string;
  /** What each action would do, in order: `-delete`, or the words behind `-exec`. */
  readonly actions: readonly FindAction[];
  readonly empty: boolean;
  /** Whether any test leaves something out. */
  readonly narrowed: boolean;
}
export type FindAction =
  | { readonly kind: 'delete' }
  | { readonly kind: 'exec'; readonly words: readonly Word[]; readonly asks: boolean; readonly inFolder: boolean };

/** Reads find's own language: roots, tests and actions. Source: find(1). */
export function readFind(args: readonly Word[]): FindCall {
  const start = args.findIndex(startsExpression);
  const before = start < 0 ? args : args.slice(0, start);
  const roots = before.filter((word) => !/^-[HLPDO]/.test(textOf(word) ?? ''));
  const reading: Reading = {
    names: [],
    types: '',
    actions: [],
    empty: false,
    narrowed: false,
    groups: [],
    last: 0,
    pruned: undefined,
  };
  let negated = false;
  for (let at = before.length; at < args.length; at += 1) {
    const text = textOf(args[at]);
    reading.narrowed ||= text === undefined || narrowing.test(text);
    if (text === '!' || text === '-not') {
      negated = true;
      continue;
    }
    if (text !== undefined && execActions.has(text)) at = readExec(args, at, text, reading);
    else if (text !== undefined) at += readTest(text, args[at + 1], negated, reading);
    negated = false;
  }
  return { roots: roots.length === 0 ? [staticWord('.')] : roots, ...reading };
}

interface Reading {
  names: string[];
  types: string;
  actions: FindAction[];
  empty: boolean;
  narrowed: boolean;
  /** How many names stood in front of each open parenthesis. */
  groups: number[];
  /** How many names stood in front of the last test, or group of tests. */
  last: number;
  /** The same for what is pruned; undefined where nothing is. */
  pruned: number | undefined;
}

/** One test or plain action; gives back how many further words it took. */
function readTest(text: string, next: Word | undefined, negated: boolean, reading: Reading): number {
  const value = textOf(next);
  if (readGroup(text, reading)) return 0;
  if (text !== '-prune') reading.last = reading.names.length;
  if (nameTests.has(text)) {
    if (value !== undefined && !negated) reading.names.push(value);
    return 1;
  }
  if (regexTests.has(text)) {
    const end = literalEnd(value ?? '');
    if (end !== '' && !negated) reading.names.push(`*${end}`);
    return 1;
  }
  if (text === '-type') {
    reading.types = value ?? '';
    return 1;
  }
  if (text === '-prune') reading.pruned = reading.last;
  else if (text === '-empty') reading.empty = !negated;
  else if (text === '-delete') {
    reading.actions.push({ kind: 'delete' });
    reading.pruned = undefined;
  }
  return 0;
}

/** Parentheses and `-o`: behind `-prune -o` what is pruned is left out, so its names are none of those that are found. */
function readGroup(text: string, reading: Reading): boolean {
  if (text === '(' || text === '\\(') reading.groups.push(reading.names.length);
  else if (text === ')' || text === '\\)') reading.last = reading.groups.pop() ?? reading.last;
  else if (text === '-o' || text === '-or') {
    reading.names.length = reading.pruned ?? reading.names.length;
    reading.pruned = undefined;
  } else return false;
  return true;
}

/** `-exec words ;`; gives back where it ends. */
function readExec(args: readonly Word[], at: number, action: string, reading: Reading): number {
  const end = endOfAction(args, at + 1);
  const until = end < 0 ? args.length : end;
  const glued = end >= 0 && textOf(args[end])?.startsWith('{}') ? [staticWord('{}')] : [];
  const words = [...args.slice(at + 1, until), ...glued];
  reading.actions.push({ kind: 'exec', words, asks: action.startsWith('-ok'), inFolder: action.endsWith('dir') });
  reading.pruned = undefined;
  return until;
}

/** Where the words of an action end; -1 where nothing ends them. */
function endOfAction(args: readonly Word[], from: number): number {
  for (let at = from; at < args.length; at += 1) if (actionEnds.has(textOf(args[at]) ?? '')) return at;
  return -1;
}

const actionEnds = new Set([';', '\\;', '+', '\\', '{};', '{}\\;']);
const nameTests = new Set(['-name', '-iname', '-path', '-ipath', '-wholename', '-iwholename']);
/** Tests that leave something out; depth, type and order of the walk leave a folder as empty as before. */
const narrowing =
  /^-(i?name|i?path|i?wholename|i?regex|[acm]time|[acm]min|newer.*|anewer|cnewer|size|user|uid|group|gid|perm|inum|links|samefile|empty|nouser|nogroup|used|fstype|i?lname|executable|readable|writable|prune|quit|xtype)$/;
const regexTests = new Set(['-regex', '-iregex']);

/** The literal text that a pattern ends with: `.*\.jpg$` ends with `.jpg`. Nothing where a choice stands in it. */
const literalEnd = (pattern: string): string =>
  /[|()]/.test(pattern) ? '' : (/((?:\\\.|[\w-])+)\$?$/.exec(pattern)?.[1] ?? '').replace(/\\/g, '');
const execActions = new Set(['-exec', '-execdir', '-ok', '-okdir']);

const startsExpression = (word: Word): boolean => {
  const text = knownPrefix(word);
  return (text.startsWith('-') && !/^-[HLPDO]/.test(text)) || text === '(' || text === '!' || text === '\\(';
};
