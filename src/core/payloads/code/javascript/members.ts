// Members: what stands behind a dot, and the methods of texts, lists, objects and promises.
import { own } from '../../../model/table.ts';
import { dynamicWord, mapText, textOf } from '../../../model/word.ts';
import {
  type Arguments,
  addItems,
  concat,
  knownText,
  list,
  named,
  replacedAll,
  text,
  unknown,
  type Value,
} from '../value.ts';
import { optionsOf } from './apis/arguments.ts';
import { mapMethod } from './apis/collections.ts';
import { bound } from './functions.ts';
import { limits } from './limits.ts';
import type { Run } from './run.ts';
import { eachItem, itemsOf } from './statements.ts';
import {
  callableOf,
  classOf,
  eachChoice,
  either,
  fileOf,
  isListing,
  listing,
  markListed,
  methodOf,
  nothing,
  truthText,
} from './values.ts';

/** What a member of a value is; methods of texts and lists are only known where they are called. */
export function memberOf(value: Value, name: string, run: Run): Value {
  return eachChoice(value, (each) => memberOfOne(each, name, run));
}

function memberOfOne(value: Value, name: string, run: Run): Value {
  switch (value.kind) {
    case 'table':
      return (
        value.entries.get(name) ?? methodOf(classOf(value), name) ?? (value.complete ? nothing : unknown(`.${name}`))
      );
    case 'list':
      if (name === 'length') return value.complete ? text(String(value.items.length)) : unknown('.length');
      return value.items[Number(name)] ?? (value.complete && /^\d+$/.test(name) ? nothing : unknown(`[${name}]`));
    case 'function': {
      const callee = callableOf(value);
      return (callee?.kind === 'class' ? callee.statics.get(name) : undefined) ?? unknown(name);
    }
    case 'name':
      return run.properties.get(`${value.name}.${name}`) ?? memberOfName(value, name, run);
    case 'text':
      return memberOfText(value, name);
    default:
      return unknown(`${value.source}.${name}`, value.taint);
  }
}

function memberOfText(value: Extract<Value, { kind: 'text' }>, name: string): Value {
  const known = textOf(value.word);
  if (name === 'length' && known !== undefined) return text(String(known.length));
  // An entry of a folder, and what made it: its name, and the path below it.
  if (isListing(value) && /^(name|path)$/.test(name)) return value;
  return /^(pathname|href|name|path|stdout|data|fullPath)$/.test(name) ? value : unknown(name, value.taint);
}

/** Members of libraries that are values rather than functions. */
function memberOfName(value: Extract<Value, { kind: 'name' }>, name: string, run: Run): Value {
  if (value.name === 'globalThis') return named(name);
  if (value.name === 'process.env' || value.name === 'Deno.env' || value.name === 'Bun.env') {
    if (value.name !== 'Deno.env') return environmentVariable(name, run);
  }
  const full = `${value.name}.${name}`;
  if (name === 'default') return value;
  if (name === 'argv' && value.name.startsWith('yargs')) return optionsOf(value, run) ?? named(full, value.made);
  return constants[full]?.(run) ?? named(full, value.made);
}

export function environmentVariable(name: string, run: Run): Value {
  if (run.env.has(name)) {
    const word = run.env.get(name);
    return word === undefined ? nothing : text(word);
  }
  const word = run.context.variable(name);
  return word === undefined ? nothing : text(word);
}

const programPath = (run: Run): Value => text(run.source.file ?? run.context.path ?? dynamicWord('__filename'));
const folderOf = (run: Run): Value => {
  const path = run.source.file ?? run.context.path;
  return path === undefined ? text(run.context.cwd) : text(path.slice(0, Math.max(path.lastIndexOf('/'), 1)));
};
const args = (run: Run): Value => list(run.context.args.map((word) => text(word)));
const argv = (run: Run): Value =>
  list([
    text('node'),
    text(run.context.path ?? dynamicWord('process.argv[1]')),
    ...run.context.args.map((word) => text(word)),
  ]);

const constants: Readonly<Record<string, ((run: Run) => Value) | undefined>> = {
  'process.argv': argv,
  'Bun.argv': argv,
  'Deno.args': args,
  'process.execPath': () => text('node'),
  'os.EOL': () => text('\n'),
  'path.sep': () => text('/'),
  'path.delimiter': () => text(':'),
  'import.meta.dirname': folderOf,
  'import.meta.dir': folderOf,
  'import.meta.filename': programPath,
  'import.meta.path': programPath,
  'import.meta.main': (run) => text(String(run.source.file === undefined)),
  'import.meta.url': (run) => concat([text('file://'), programPath(run)]),
};

/** Methods of what is no object of the program; undefined where there is no such method. */
export function builtinMethod(receiver: Value, name: string, call: Arguments, run: Run): Value | undefined {
  const promised = promiseMethods.get(name)?.(receiver, call, run);
  if (promised !== undefined) return promised;
  if (receiver.kind === 'list')
    return mapMethod(receiver, name, call, run) ?? own(listMethods, name)?.(receiver, call, run);
  if (receiver.kind === 'text') return textMethod(receiver, name, call);
  if (receiver.kind === 'function' || (receiver.kind === 'name' && isPlain(receiver)))
    return functionMethod(receiver, name, call, run);
  if (receiver.kind === 'unknown') return unknownMethod(receiver, name, call, run);
  return undefined;
}

type Method<V extends Value = Value> = (receiver: V, call: Arguments, run: Run) => Value | undefined;
const withArguments = (...positional: readonly Value[]): Arguments => ({ positional, named: new Map() });

/** Values stand for the promises of themselves. */
const promiseMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  [
    'then',
    (receiver, call, run) => {
      const [done, failed] = call.positional;
      if (failed?.kind === 'function') run.call(failed, withArguments(unknown('error')), 'then');
      return done === undefined ? receiver : run.call(done, withArguments(receiver), 'then');
    },
  ],
  [
    'catch',
    (receiver, call, run) => {
      const [failed] = call.positional;
      if (failed?.kind === 'function') run.call(failed, withArguments(unknown('error')), 'catch');
      return receiver;
    },
  ],
  [
    'finally',
    (receiver, call, run) => {
      const [done] = call.positional;
      if (done?.kind === 'function') run.call(done, withArguments(), 'finally');
      return receiver;
    },
  ],
]);

/** A function of a library, rather than what a call of it made. */
const isPlain = ({ name, made }: Extract<Value, { kind: 'name' }>): boolean =>
  made === undefined && !name.endsWith('()');

function functionMethod(receiver: Value, name: string, call: Arguments, run: Run): Value | undefined {
  const callee = callableOf(receiver);
  const method = callee?.kind === 'class' ? callee.statics.get(name) : undefined;
  if (method !== undefined) return run.call(method, { ...call, receiver }, name);
  const [self, ...rest] = call.positional;
  const receiverOf = self === undefined ? {} : { receiver: self };
  if (name === 'call') return run.call(receiver, { positional: rest, named: new Map(), ...receiverOf }, 'call');
  if (name === 'apply') {
    const given = rest[0]?.kind === 'list' ? rest[0].items : rest;
    return run.call(receiver, { positional: given, named: new Map(), ...receiverOf }, 'apply');
  }
  return name === 'bind' ? bound(receiver, call, run) : undefined;
}

type List = Extract<Value, { kind: 'list' }>;
const each: Method<List> = (receiver, call, run) => {
  eachItem(receiver, call, run, 'a list');
  return nothing;
};
const same: Method<List> = (receiver) => receiver;
const anyItem: Method<List> = (receiver, call, run) => {
  eachItem(receiver, call, run, 'a list');
  return either(itemsOf(receiver, 'a list'), 'an item');
};
const tested: Method<List> = (receiver, call, run) => {
  eachItem(receiver, call, run, 'a list');
  return unknown('a test of a list');
};
const like = (receiver: List, items: readonly Value[]): Value => {
  const [first] = items;
  return isListing(receiver) && first !== undefined ? listing(first) : list(items, receiver.complete);
};

const listMethods: Readonly<Record<string, Method<List> | undefined>> = {
  forEach: each,
  map: (receiver, call, run) => {
    const results = eachItem(receiver, call, run, 'a list');
    return like(receiver, results);
  },
  flatMap: (receiver, call, run) =>
    like(
      receiver,
      eachItem(receiver, call, run, 'a list').flatMap((value) => (value.kind === 'list' ? value.items : [value])),
    ),
  filter: (receiver, call, run) => {
    if (call.positional[0]?.kind === 'function') eachItem(receiver, call, run, 'a list');
    return receiver;
  },
  some: tested,
  every: tested,
  find: anyItem,
  findLast: anyItem,
  at: (receiver, call) => {
    const at = Number(knownText(call.positional[0]) ?? Number.NaN);
    return (receiver.complete ? receiver.items.at(at) : undefined) ?? unknown('an item');
  },
  pop: (receiver) => receiver.items.at(-1) ?? unknown('an item'),
  shift: (receiver) => receiver.items[0] ?? unknown('an item'),
  reduce: (receiver, call, run) => {
    const [callback, start] = call.positional;
    if (callback === undefined) return undefined;
    return itemsOf(receiver, 'a list').reduce<Value>(
      (before, item) => run.call(callback, withArguments(before, item), 'reduce'),
      start ?? unknown('reduce'),
    );
  },
  push: (receiver, call) => {
    addItems(receiver, call.positional);
    return unknown('.length');
  },
  unshift: (receiver, call) => {
    addItems(receiver, call.positional);
    return unknown('.length');
  },
  concat: (receiver, call) => {
    const added = call.positional.flatMap((value) => (value.kind === 'list' ? value.items : [value]));
    const isWhole = call.positional.every(
      (value) => value.kind === 'text' || (value.kind === 'list' && value.complete),
    );
    return list([...receiver.items, ...added], receiver.complete && isWhole);
  },
  flat: (receiver) =>
    list(
      receiver.items.flatMap((value) => (value.kind === 'list' ? value.items : [value])),
      receiver.complete,
    ),
  slice: (receiver, call) => {
    const [from = 0, to] = call.positional.map((value) => Number(knownText(value) ?? Number.NaN));
    return Number.isNaN(from) || isListing(receiver)
      ? receiver
      : list(receiver.items.slice(from, to), receiver.complete);
  },
  join: (receiver, call) => {
    const separator = call.positional[0] === undefined ? ',' : knownText(call.positional[0]);
    const items = receiver.complete ? receiver.items : [...receiver.items, unknown('…')];
    return separator === undefined ? unknown('join') : concat(items, separator);
  },
  includes: (receiver, call) => {
    const wanted = knownText(call.positional[0]);
    const items = receiver.items.map(knownText);
    const isFound = wanted !== undefined && items.includes(wanted);
    const isKnown = wanted !== undefined && receiver.complete && !items.includes(undefined);
    return truthText(isFound || isKnown ? isFound : undefined, 'includes');
  },
  indexOf: (receiver, call) => {
    const wanted = knownText(call.positional[0]);
    const items = receiver.items.map(knownText);
    const isKnown = wanted !== undefined && receiver.complete && !items.includes(undefined);
    return isKnown ? text(String(items.indexOf(wanted))) : unknown('indexOf');
  },
  reverse: same,
  sort: same,
  values: same,
  toSorted: same,
  toReversed: same,
  entries: (receiver) =>
    list(
      receiver.items.map((item, at) => list([text(String(at)), item])),
      receiver.complete,
    ),
};

/** Methods of texts that keep what is known of them. */
function textMethod(receiver: Extract<Value, { kind: 'text' }>, name: string, call: Arguments): Value | undefined {
  const known = textOf(receiver.word);
  const changed = known === undefined ? undefined : changedText(known, name, call.positional.map(knownText));
  if (changed !== undefined) return typeof changed === 'string' ? text(changed, receiver.taint) : changed;
  if (name === 'concat') return concat([receiver, ...call.positional]);
  const keeps = own(keepsPieces, name);
  if (keeps === undefined) return unknown(`.${name}()`, receiver.taint);
  const word = mapText(receiver.word, keeps);
  return isListing(receiver) ? markListed(text(word, receiver.taint)) : text(word, receiver.taint);
}

const unchanged = (piece: string): string => piece;
const keepsPieces: Readonly<Record<string, ((piece: string) => string) | undefined>> = {
  toString: unchanged,
  valueOf: unchanged,
  normalize: unchanged,
  trim: unchanged,
  trimEnd: unchanged,
  trimStart: unchanged,
  toLowerCase: (piece) => piece.toLowerCase(),
  toUpperCase: (piece) => piece.toUpperCase(),
};

function changedText(known: string, name: string, args_: readonly (string | undefined)[]): string | Value | undefined {
  const [first, second] = args_;
  const numbers = args_.map((each_) => (each_ === undefined ? undefined : Number(each_)));
  switch (name) {
    case 'trim':
      return known.trim();
    case 'trimEnd':
      return known.trimEnd();
    case 'trimStart':
      return known.trimStart();
    case 'slice':
      return known.slice(numbers[0], numbers[1]);
    case 'substring':
      return known.substring(numbers[0] ?? 0, numbers[1]);
    case 'substr':
      return known.slice(numbers[0], numbers[1] === undefined ? undefined : (numbers[0] ?? 0) + numbers[1]);
    case 'replace':
      return first === undefined || second === undefined ? undefined : known.replace(first, () => second);
    case 'replaceAll':
      return first === undefined || second === undefined ? undefined : replacedAll(known, first, second);
    case 'split':
      return first === undefined
        ? undefined
        : list(
            known
              .split(first)
              .slice(0, 10_000)
              .map((piece) => text(piece)),
          );
    case 'repeat':
      return numbers[0] !== undefined && known.length * numbers[0] <= limits.text && numbers[0] >= 0
        ? known.repeat(numbers[0])
        : undefined;
    case 'startsWith':
      return first === undefined ? undefined : text(String(known.startsWith(first)));
    case 'endsWith':
      return first === undefined ? undefined : text(String(known.endsWith(first)));
    case 'includes':
      return first === undefined ? undefined : text(String(known.includes(first)));
    case 'at':
    case 'charAt':
      return numbers[0] === undefined ? undefined : (known.at(numbers[0]) ?? '');
    default:
      return undefined;
  }
}

const callbacks = new Set('forEach map filter flatMap some every find reduce each'.split(' '));
const passes = new Set('toString trim text json data body trimEnd arrayBuffer blob toJSON'.split(' '));

/** Methods of what is not known: callbacks are followed, and what came over the network stays what it is. */
function unknownMethod(
  receiver: Extract<Value, { kind: 'unknown' }>,
  name: string,
  call: Arguments,
  run: Run,
): Value | undefined {
  if (callbacks.has(name) && call.positional[0]?.kind === 'function') {
    const result = run.call(
      call.positional[0],
      withArguments(unknown(`each of ${receiver.source}`, receiver.taint)),
      name,
    );
    return name === 'map' || name === 'flatMap'
      ? list([result], false)
      : unknown(`${receiver.source}.${name}()`, receiver.taint);
  }
  if (!passes.has(name)) return undefined;
  return fileOf(receiver) === undefined ? unknown(`${receiver.source}.${name}()`, receiver.taint) : receiver;
}
