// Arguments: node:util parseArgs, minimist, commander and yargs, by what the program was called with where that is known.
import { textOf } from '../../../../model/word.ts';
import { isOn } from '../../api.ts';
import { type Arguments, knownText, list, table, text, unknown, type Value } from '../../value.ts';
import type { Run } from '../run.ts';
import { entryOf, nothing } from '../values.ts';
import { type JsApi, type JsApiTable, same } from './api.ts';

/** An option that the program says it has. */
interface Declared {
  /** Without dashes: `force`, `f`. The first is what it is called afterwards. */
  readonly names: readonly string[];
  readonly takesValue: boolean;
  readonly isSeveral: boolean;
  readonly otherwise: Value | undefined;
}

interface Parsed {
  readonly options: Map<string, Value>;
  readonly positionals: readonly Value[];
}

/** What the program was called with; undefined where some of it is not known. */
function wordsOf(given: Value | undefined, run: Run): readonly string[] | undefined {
  const words =
    given === undefined
      ? run.context.args.map((word) => (word.kind === 'static' && word.glob ? undefined : textOf(word)))
      : given.kind === 'list' && given.complete
        ? given.items.map(knownText)
        : [undefined];
  return words.every((word) => word !== undefined) ? words : undefined;
}

const camel = (name: string): string => name.replace(/-+([a-z\d])/g, (_whole, letter: string) => letter.toUpperCase());

/** Reads words. An option that nobody declared takes the word behind it unless that is an option as well. */
function parse(words: readonly string[], declared: readonly Declared[]): Parsed {
  const options = new Map<string, Value>();
  for (const { names, otherwise } of declared)
    if (otherwise !== undefined) for (const name of names) put(options, name, otherwise);
  const positionals: Value[] = [];
  const rest = [...words];
  while (rest.length > 0) {
    const word = rest.shift() as string;
    if (word === '--') positionals.push(...rest.splice(0).map((each) => text(each)));
    else if (/^--?[^-\d]/.test(word)) takeOption(word, rest, declared, options);
    else positionals.push(text(word));
  }
  return { options, positionals };
}

function takeOption(word: string, rest: string[], declared: readonly Declared[], options: Map<string, Value>): void {
  const [head = '', ...joined] = word.split('=');
  const name = head.replace(/^--?/, '');
  if (!word.startsWith('--') && name.length > 1 && joined.length === 0) {
    for (const letter of name) takeOption(`-${letter}`, letter === name.at(-1) ? rest : [], declared, options);
    return;
  }
  const found = declared.find(({ names }) => names.includes(name) || names.includes(camel(name)));
  const next = rest[0] !== undefined && !/^-[^\d]/.test(rest[0]) ? rest[0] : undefined;
  const takes = found?.takesValue ?? (joined.length > 0 || next !== undefined);
  let value: Value = text(String(found !== undefined || !name.startsWith('no-')));
  if (joined.length > 0) value = text(joined.join('='));
  else if (takes && next !== undefined) value = text(rest.shift() as string);
  for (const each of found?.names ?? [name.replace(/^no-/, '')]) {
    const before = options.get(each);
    put(
      options,
      each,
      found?.isSeveral === true ? list([...(before?.kind === 'list' ? before.items : []), value]) : value,
    );
  }
}

function put(options: Map<string, Value>, name: string, value: Value): void {
  options.set(name, value);
  options.set(camel(name), value);
}

const parsesArguments: JsApi = (call, run) => {
  const [config] = call.positional;
  const words = wordsOf(entryOf(config, 'args'), run);
  const given = entryOf(config, 'options');
  if (words === undefined || (given !== undefined && given.kind !== 'table')) return undefined;
  const declared = [...(given?.kind === 'table' ? given.entries : [])].map(([name, option]): Declared => {
    const short = knownText(entryOf(option, 'short'));
    return {
      names: short === undefined ? [name] : [name, short],
      takesValue: knownText(entryOf(option, 'type')) !== 'boolean',
      isSeveral: isOn(entryOf(option, 'multiple')),
      otherwise: entryOf(option, 'default'),
    };
  });
  const { options, positionals } = parse(words, declared);
  return table(
    new Map<string, Value>([
      ['values', table(options)],
      ['positionals', list(positionals)],
    ]),
    false,
  );
};

const namesIn = (value: Value | undefined): readonly string[] =>
  (value?.kind === 'list' ? value.items : value === undefined ? [] : [value])
    .map(knownText)
    .filter((name) => name !== undefined);

/** `minimist(process.argv.slice(2), {boolean, alias, default})`. */
const minimist: JsApi = (call, run) => {
  const [given, config] = call.positional;
  const words = wordsOf(given, run);
  return words === undefined ? undefined : spaceOf(parse(words, configured(config)));
};

function configured(config: Value | undefined): readonly Declared[] {
  const entries = (name: string): ReadonlyMap<string, Value> => {
    const found = entryOf(config, name);
    return found?.kind === 'table' ? found.entries : new Map();
  };
  const [aliases, defaults] = [entries('alias'), entries('default')];
  const [switches, strings] = [namesIn(entryOf(config, 'boolean')), namesIn(entryOf(config, 'string'))];
  const all = new Set([...aliases.keys(), ...defaults.keys(), ...switches, ...strings]);
  return [...all].map((name) => ({
    names: [name, ...namesIn(aliases.get(name))],
    takesValue: !switches.includes(name) && !namesIn(aliases.get(name)).some((alias) => switches.includes(alias)),
    isSeveral: false,
    otherwise: defaults.get(name),
  }));
}

const spaceOf = ({ options, positionals }: Parsed): Value => table(new Map([...options, ['_', list(positionals)]]));

/** The calls that an instance of a library went through, the last one first. */
function* chainOf(value: Value | undefined): Generator<{ name: string; call: Arguments }> {
  for (let at = value, hops = 0; at?.kind === 'name' && hops < 60; at = at.made?.receiver, hops += 1)
    if (at.made !== undefined && at.name.endsWith('()'))
      yield { name: at.name.slice(at.name.lastIndexOf('.') + 1, -2), call: at.made };
}

/** Options of commander (`.option('-f, --force <n>', text, otherwise)`) and yargs (`.option('force', {alias, type, default})`). */
function declaredIn(receiver: Value | undefined): readonly Declared[] {
  const declared: Declared[] = [];
  for (const { name, call } of chainOf(receiver)) {
    if (!/^(option|options|requiredOption)$/.test(name)) continue;
    const [first, second, third] = call.positional;
    const spec = knownText(first);
    if (spec === undefined) {
      if (first?.kind === 'table') for (const [each, about] of first.entries) declared.push(yargsOption(each, about));
    } else if (spec.startsWith('-')) declared.push(commanderOption(spec, third));
    else declared.push(yargsOption(spec, second));
  }
  return declared;
}

function commanderOption(spec: string, otherwise: Value | undefined): Declared {
  const names = spec
    .split(/[\s,|]+/)
    .filter((piece) => piece.startsWith('-'))
    .map((piece) => piece.replace(/^--?(no-)?/, ''));
  const isOff = /--no-/.test(spec);
  return {
    names: names.toSorted((a, b) => b.length - a.length),
    takesValue: /[<[]/.test(spec),
    isSeveral: spec.includes('...'),
    otherwise: otherwise?.kind === 'function' ? undefined : (otherwise ?? (isOff ? text('true') : undefined)),
  };
}

const yargsOption = (name: string, about: Value | undefined): Declared => ({
  names: [name, ...namesIn(entryOf(about, 'alias', 'short'))],
  takesValue: knownText(entryOf(about, 'type')) !== 'boolean' && !isOn(entryOf(about, 'boolean')),
  isSeveral: knownText(entryOf(about, 'type')) === 'array',
  otherwise: entryOf(about, 'default'),
});

/** `program.opts()`, `yargs(...).argv`, `.parse()`: what the options hold. */
export function optionsOf(receiver: Value | undefined, run: Run): Value | undefined {
  const words = wordsOf(undefined, run);
  return words === undefined ? undefined : spaceOf(parse(words, declaredIn(receiver)));
}

/** The command that an action or a handler belongs to: `purge <folder>`. */
export function commandOf(method: string, call: Arguments, receiver: Value | undefined): string | undefined {
  const [first] = call.positional;
  if (method === 'command')
    return knownText(entryOf(first, 'command') ?? (first?.kind === 'list' ? first.items[0] : first));
  for (const { name, call: earlier } of chainOf(receiver))
    if (name === 'command') return knownText(earlier.positional[0]);
  return undefined;
}

/** What an action of commander, or a handler of yargs, is called with; undefined where that is not known. */
export function argumentsFor(
  method: string,
  call: Arguments,
  receiver: Value | undefined,
  run: Run,
): readonly Value[] | undefined {
  const words = wordsOf(undefined, run);
  if (words === undefined) return undefined;
  const { options, positionals } = parse(words, declaredIn(receiver));
  const [name, ...places] = (commandOf(method, call, receiver) ?? '').split(/\s+/);
  const given = name === '' || name === '$0' ? positionals : positionals.slice(1);
  if (method === 'command') {
    const held = new Map(options);
    for (const [at, place] of places.entries()) held.set(place.replace(/[^\w-]/g, ''), given[at] ?? nothing);
    return [table(held, false)];
  }
  const extra = [...chainOf(receiver)].filter((each) => each.name === 'argument').length;
  const count = places.filter((place) => /^[<[]/.test(place)).length + extra;
  const bound = Array.from({ length: count }, (_unused, at) =>
    places[at]?.includes('...') === true ? list(given.slice(at)) : (given[at] ?? nothing),
  );
  return [...bound, table(options), unknown('the command')];
}

export const argumentApis: JsApiTable = {
  'util.parseArgs': parsesArguments,
  ...same('minimist mri yargs-parser', minimist),
};
