// Perl's builtin functions: what they give back, and what they do to files and processes. Source: perlfunc.
import { dynamicWord, joinWords, piecesOf, staticWord, textOf, type Word } from '../../../model/word.ts';
import { recordShell } from '../api.ts';
import {
  type Arguments,
  concat,
  knownText,
  list,
  named,
  taintOf,
  text,
  unknown,
  type Value,
  wordOf,
} from '../value.ts';
import { blessed, globbed, itemsOf, type Runtime, sourceOf } from './model.ts';

/** A function with the list it was given. */
export type Builtin = (given: readonly Value[], runtime: Runtime, name: string) => Value | undefined;

export const none: Arguments = { positional: [], named: new Map() };
const words = (given: readonly Value[]): readonly Word[] => given.map(wordOf);

/** Files that are deleted: several, or the one in `$_`. */
export function deletes(recursive: boolean): Builtin {
  return (given, runtime, name) => {
    for (const path of words(given.length === 0 ? [runtime.topic()] : given))
      runtime.recorder.record(name, { kind: 'file', op: 'delete', path, recursive, many: path.glob });
    return text('1');
  };
}

/** Runs another program as a command of the same meaning: `rename` is `mv`. */
export const asCommand =
  (...front: readonly string[]): Builtin =>
  (given, { recorder }, name) => {
    recorder.record(name, { kind: 'words', words: [...front.map((word) => staticWord(word)), ...words(given)] });
    return text('1');
  };

/** One text is shell code; a list is a program with its arguments. */
export const runs: Builtin = (given, { recorder }, name) => {
  const [first, ...rest] = given;
  if (rest.length === 0) recordShell(first, none, recorder, name);
  else recorder.record(name, { kind: 'words', words: words(given) });
  return unknown(`${name}(...)`);
};

/** `open2`, `open3`, `run3`: the command stands behind the handles. */
export const runsBehind =
  (handles: number): Builtin =>
  (given, runtime, name) =>
    runs(given.slice(handles), runtime, name);

/** A command as a reference to a list, or as one text. */
export const runsReference: Builtin = ([first], runtime, name) =>
  runs(first?.kind === 'list' ? itemsOf(first) : [first ?? text('')], runtime, name);

/** `open`: pipes run commands, `>` fills a file. Gives back the handle. */
const open: Builtin = (given, runtime, name) => {
  const [, mode, target, ...rest] = given;
  const known = knownText(mode)?.trim();
  if (target === undefined) return openedByText(mode, runtime, name);
  if (known?.startsWith('-|') || known?.startsWith('|-')) {
    if (known.startsWith('|-') && rest.length === 0) return named('pipe', { ...none, positional: [target] });
    runs([target, ...rest], runtime, name);
    return named('handle');
  }
  return openedFile(known ?? '', target, runtime, name);
};

function openedFile(mode: string, target: Value, { recorder }: Runtime, name: string): Value {
  // `open my $fh, '>', \$text` fills a variable.
  const isWritten = /^\+?>/.test(mode) && target.kind !== 'list';
  const path = wordOf(target);
  if (isWritten) recorder.record(name, { kind: 'write', path, text: undefined, appends: mode.includes('>>') });
  return named('file', { ...none, positional: [target] });
}

/** `open(F, ">file")`, `open(F, "command |")`. */
function openedByText(value: Value | undefined, runtime: Runtime, name: string): Value {
  const word = wordOf(value);
  const pieces = piecesOf(word);
  const [first, last] = [pieces[0]?.trimStart() ?? '', pieces.at(-1)?.trimEnd() ?? ''];
  const taint = taintOf(value);
  const without = (from: number, to: number) => text(trimmed(word, from, to), taint);
  if (first.startsWith('|')) return named('pipe', { ...none, positional: [without(1, 0)] });
  if (last.endsWith('|')) {
    runs([without(0, 1)], runtime, name);
    return named('handle');
  }
  const mode = /^\+?>>?|^\+?</.exec(first)?.[0] ?? '<';
  return openedFile(mode, first.startsWith(mode) ? without(mode.length, 0) : text(word), runtime, name);
}

/** The word without some characters at its ends, blanks left aside. */
function trimmed(word: Word, from: number, to: number): Word {
  const pieces = piecesOf(word).map((piece, at, all) => {
    if (piece === null) return null;
    const start = at === 0 ? piece.trimStart().slice(from).trimStart() : piece;
    return at === all.length - 1 && to > 0 ? start.trimEnd().slice(0, -to).trimEnd() : start;
  });
  return pieces.includes(null) ? dynamicWord(sourceOf(text(word)), pieces) : staticWord(pieces.join(''));
}

/** What is printed into a pipe is the input of the command; into a file it is lost from sight. */
const print: Builtin = (given, { recorder }, name) => {
  const [handle, ...printed] = given;
  if (handle?.kind !== 'name' || handle.name !== 'pipe') return text('1');
  const input = concat(printed);
  recordShell(handle.made?.positional[0], { positional: [], named: new Map([['input', input]]) }, recorder, name);
  return text('1');
};

const truncate: Builtin = ([path, size], { recorder }, name) => {
  const target = path?.kind === 'name' && path.name === 'file' ? path.made?.positional[0] : path;
  if (target !== undefined && target.kind !== 'name' && knownText(size) === '0')
    recorder.record(name, { kind: 'file', op: 'truncate', path: wordOf(target), recursive: false, many: false });
  return text('1');
};

const known =
  (change: (value: string) => string): Builtin =>
  (given, runtime, name) => {
    const [value = runtime.topic()] = given;
    const whole = knownText(value);
    return whole === undefined ? unknown(`${name}(${sourceOf(value)})`, taintOf(value)) : text(change(whole));
  };

/** `sprintf`, with `%s` and `%d`. */
function formatted([format, ...values]: readonly Value[]): Value {
  const whole = knownText(format);
  if (whole === undefined) return format ?? text('');
  let next = 0;
  const parts = whole.split(/(%[-+ #0-9.*]{0,12}[A-Za-z%])/).map((piece, at): Value => {
    if (at % 2 === 0) return text(piece);
    if (piece === '%%') return text('%');
    next += 1;
    const value = values[next - 1];
    return /^%[sdi]$/.test(piece) && value !== undefined ? value : unknown(piece);
  });
  return concat(parts);
}

const join: Builtin = ([separator, ...items]) => concat(items, knownText(separator) ?? ' ');

/** `split` on a literal text; of patterns nothing is known. */
function split([separator, value]: readonly Value[]): Value {
  const [whole, between] = [knownText(value), knownText(separator)];
  if (whole === undefined || between === undefined) return list([], false);
  const items = between === ' ' ? whole.trim().split(/\s+/) : whole.split(between.replace(/^\\(?=[|.,])/, ''));
  return list(items.slice(0, 1_000).map((item) => text(item)));
}

const keys: Builtin = ([value]) =>
  value?.kind === 'table'
    ? list(
        [...value.entries.keys()].map((key) => text(key)),
        value.complete,
      )
    : list([], false);
const values: Builtin = ([value]) =>
  value?.kind === 'table' ? list([...value.entries.values()], value.complete) : list([], false);

const includes: Builtin = ([path], runtime) => {
  runtime.include(wordOf(path));
  return text('1');
};

export const builtins: Readonly<Record<string, Builtin>> = {
  unlink: deletes(false),
  system: runs,
  exec: runs,
  open,
  print,
  printf: print,
  say: print,
  truncate,
  rename: asCommand('mv', '--'),
  'do FILE': includes,
  require: includes,
  eval: (given, runtime, name) => runtime.evaluateText(given[0] ?? runtime.topic(), name),
  glob: (given, runtime) => globbed(wordOf(given[0] ?? runtime.topic())),
  opendir: ([, folder]) => named('folder', { ...none, positional: [folder ?? unknown('folder')] }),
  readdir: () => text(dynamicWord('readdir', [null], true)),
  bless: ([value, name]) => blessed(value ?? unknown('bless'), name),
  join,
  sprintf: formatted,
  split,
  keys,
  values,
  reverse: (given) => list(given.toReversed()),
  sort: (given) => list(given),
  uniq: (given) => list(given),
  scalar: ([value]) => value,
  lc: known((value) => value.toLowerCase()),
  uc: known((value) => value.toUpperCase()),
  lcfirst: known((value) => value.slice(0, 1).toLowerCase() + value.slice(1)),
  ucfirst: known((value) => value.slice(0, 1).toUpperCase() + value.slice(1)),
  quotemeta: ([value]) => value,
  chr: ([value]) => {
    const code = Number(knownText(value));
    return Number.isInteger(code) && code >= 0 && code < 0x10000 ? text(String.fromCharCode(code)) : unknown('chr');
  },
  pack: ([format, ...items]) =>
    /^H\*?$/.test(knownText(format) ?? '') && knownText(items[0]) !== undefined
      ? text((knownText(items[0]) ?? '').replace(/../g, (hex) => String.fromCharCode(Number.parseInt(hex, 16) || 0)))
      : unknown('pack', 'decoded'),
  unpack: () => unknown('unpack', 'decoded'),
  chomp: () => text('1'),
  defined: () => unknown('defined'),
};

/** A path put together from its parts. */
export const joined = (parts: readonly Value[]): Value =>
  text(
    joinWords(
      parts.map(wordOf).filter((word) => textOf(word) !== ''),
      '/',
    ),
  );
