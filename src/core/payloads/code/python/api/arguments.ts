// APIs of command lines: argparse by what the program was called with, where all of that is known.
import { textOf } from '../../../../model/word.ts';
import { option } from '../../api.ts';
import { type Arguments, list, named, text, unknown, type Value } from '../../value.ts';
import { isNone, literalOf, none } from '../literals.ts';
import type { Run } from '../run.ts';
import { attributesOf } from '../targets.ts';
import type { PythonApi, PythonApis } from './api.ts';

/** One `add_argument`. */
interface Declared {
  /** `-f`, `--force`; of a positional its one name. */
  readonly names: readonly string[];
  readonly dest: string;
  readonly action: string;
  /** `undefined` for one value, `?`, `*`, `+` or a number. */
  readonly count: string | undefined;
  readonly otherwise: Value;
  readonly constant: Value | undefined;
}

interface Parser {
  readonly declared: Declared[];
  readonly defaults: Map<string, Value>;
  readonly commands: Map<string, Parser>;
  /** `dest` of `add_subparsers`. */
  command: string | undefined;
}

/** What was declared of a parser; its groups and its list of commands share that. */
const parsers = new WeakMap<Value, Parser>();

const parserOf = (value: Value | undefined): Parser | undefined =>
  value === undefined ? undefined : parsers.get(value);

function made(name: string, call: Arguments, parser: Parser): Value {
  const value = named(`${name}()`, call);
  parsers.set(value, parser);
  return value;
}

const newParser = (): Parser => ({ declared: [], defaults: new Map(), commands: new Map(), command: undefined });

const makesParser: PythonApi = (call, _run, name) => {
  const parser = newParser();
  const parents = option(call, 'parents');
  if (parents?.kind === 'list')
    for (const parent of parents.items) parser.declared.push(...(parserOf(parent)?.declared ?? []));
  return made(name, call, parser);
};

const sharesParser: PythonApi = (call, _run, name) => {
  const parser = parserOf(call.receiver);
  if (parser === undefined) return undefined;
  if (name.endsWith('add_subparsers')) parser.command = literalOf(call.named.get('dest'));
  return made(name, call, parser);
};

const addsCommand: PythonApi = (call, _run, name) => {
  const command = literalOf(call.positional[0]);
  const parser = newParser();
  if (command !== undefined) parserOf(call.receiver)?.commands.set(command, parser);
  return made(name, call, parser);
};

const setsDefaults: PythonApi = (call) => {
  const parser = parserOf(call.receiver);
  for (const [name, value] of call.named) parser?.defaults.set(name, value);
  return none;
};

const addsArgument: PythonApi = (call) => {
  const names = call.positional.map(literalOf).filter((name) => name !== undefined);
  const [first = ''] = names;
  const long = names.find((name) => name.startsWith('--')) ?? first;
  const action = literalOf(call.named.get('action')) ?? 'store';
  parserOf(call.receiver)?.declared.push({
    names,
    dest: literalOf(call.named.get('dest')) ?? long.replace(/^-+/, '').replaceAll('-', '_'),
    action,
    count: literalOf(call.named.get('nargs')),
    otherwise:
      call.named.get('default') ??
      (action === 'store_true' ? text('false') : action === 'store_false' ? text('true') : none),
    constant: call.named.get('const'),
  });
  return none;
};

/** `parse_args()`, `parse_args(argv)`: what each name holds afterwards. Nothing where the words are not all known. */
const parses: PythonApi = (call, run, name) => {
  const parser = parserOf(call.receiver);
  const words = wordsGiven(call.positional[0] ?? call.named.get('args'), run);
  const space = named('argparse.Namespace()', call);
  if (parser !== undefined && words !== undefined) fill(parser, words, attributesOf(space, run));
  return name.endsWith('parse_known_args') ? list([space, list([], false)]) : space;
};

function wordsGiven(given: Value | undefined, run: Run): readonly string[] | undefined {
  if (given !== undefined && !isNone(given)) {
    const words = given.kind === 'list' && given.complete ? given.items.map(literalOf) : [undefined];
    return words.every((word) => word !== undefined) ? words : undefined;
  }
  const words = run.context.args.map((word) => (word.kind === 'static' && word.glob ? undefined : textOf(word)));
  return words.every((word) => word !== undefined) ? words : undefined;
}

/** Reads words as argparse does. Source: Python's documentation of argparse; abbreviated names are followed. */
function fill(parser: Parser, words: readonly string[], space: Map<string, Value>): void {
  for (const { dest, otherwise } of parser.declared) space.set(dest, otherwise);
  for (const [name, value] of parser.defaults) space.set(name, value);
  const rest = [...words];
  const places = parser.declared.filter(({ names: [first] }) => first !== undefined && !first.startsWith('-'));
  let isOpen = true;
  while (rest.length > 0) {
    const word = rest.shift() as string;
    if (isOpen && word === '--') isOpen = false;
    else if (isOpen && /^-\D/.test(word)) takeOption(parser, word, rest, space);
    else if (places.length > 0) takePlace(places.shift() as Declared, word, rest, space);
    else {
      const command = parser.commands.get(word);
      if (parser.command !== undefined) space.set(parser.command, text(word));
      if (command === undefined) continue;
      fill(command, rest, space);
      return;
    }
  }
  // Without a word that it needs the program ends with its usage: what it would hold is not known.
  for (const { dest, count } of places) if (count !== '?' && count !== '*') space.set(dest, unknown(`args.${dest}`));
  if (parser.commands.size > 0 && parser.command !== undefined && !space.has(parser.command))
    space.set(parser.command, none);
}

function takeOption(parser: Parser, word: string, rest: string[], space: Map<string, Value>): void {
  const [name = '', ...joined] = word.split('=');
  const found =
    parser.declared.find(({ names }) => names.includes(name)) ??
    parser.declared.find(({ names }) => name.startsWith('--') && names.some((each) => each.startsWith(name)));
  if (found === undefined) {
    takeCluster(parser, word, rest, space);
    return;
  }
  if (found.action === 'store_true' || found.action === 'store_false')
    space.set(found.dest, text(String(found.action === 'store_true')));
  else if (/Optional/.test(found.action) || found.action === 'count') space.set(found.dest, text('true'));
  else if (found.action === 'store_const') space.set(found.dest, found.constant ?? unknown(found.dest));
  else takeValues(found, joined.length > 0 ? joined.join('=') : undefined, rest, space);
}

/** `-rf` is `-r -f`; `-ofile` is `-o file`. */
function takeCluster(parser: Parser, word: string, rest: string[], space: Map<string, Value>): void {
  if (word.startsWith('--') || word.length < 3) return;
  const found = parser.declared.find(({ names }) => names.includes(word.slice(0, 2)));
  if (found === undefined) return;
  if (found.action === 'store') space.set(found.dest, text(word.slice(2)));
  else {
    takeOption(parser, word.slice(0, 2), rest, space);
    takeOption(parser, `-${word.slice(2)}`, rest, space);
  }
}

const isSeveral = (count: string | undefined): boolean => count !== undefined && count !== '?';

function takeValues(
  { dest, count, action, constant }: Declared,
  first: string | undefined,
  rest: string[],
  space: Map<string, Value>,
): void {
  const most = count === undefined || count === '?' ? 1 : /^\d+$/.test(count) ? Number(count) : rest.length + 1;
  const values = first === undefined ? [] : [text(first)];
  while (values.length < most && rest[0] !== undefined && !/^-\D/.test(rest[0]))
    values.push(text(rest.shift() as string));
  const before = space.get(dest);
  if (action === 'append') space.set(dest, list([...(before?.kind === 'list' ? before.items : []), ...values]));
  else space.set(dest, isSeveral(count) ? list(values) : (values[0] ?? constant ?? none));
}

const takePlace = (declared: Declared, word: string, rest: string[], space: Map<string, Value>): void =>
  takeValues(declared, word, rest, space);

export const argumentApis: PythonApis = {
  'argparse.ArgumentParser': makesParser,
  'argparse.**.add_argument_group': sharesParser,
  'argparse.**.add_mutually_exclusive_group': sharesParser,
  'argparse.**.add_subparsers': sharesParser,
  'argparse.**.add_parser': addsCommand,
  'argparse.**.set_defaults': setsDefaults,
  'argparse.**.add_argument': addsArgument,
  'argparse.**.parse_args': parses,
  'argparse.**.parse_known_args': parses,
  'argparse.**.parse_intermixed_args': parses,
};
