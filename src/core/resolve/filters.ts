// Filters: what programs that change text on its way through a pipe print, where the text is known.
import type { Invocation } from '../model/invocation.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../model/word.ts';
import { optionGrammar, readOptions } from '../programs/options.ts';

/** What comes out for what goes in; undefined where the options are not known well enough. */
export type Filter = (input: string, call: Invocation) => string | undefined;

/** Longest text that goes through. */
const maxText = 65_536;

/** Filters whose files, if any, stand behind their options and are read one after the other. */
export const filters: ReadonlyMap<
  string,
  { readonly filter: Filter; readonly values: string; readonly operands: number }
> = new Map(
  Object.entries({
    rev: { filter: eachLine((line) => [...line].reverse().join('')), values: '', operands: 0 },
    tac: { filter: (text) => lines(text).reverse().map(withEnd).join(''), values: '-s', operands: 0 },
    head: { filter: heads, values: '-n --lines -c --bytes', operands: 0 },
    tail: { filter: tails, values: '-n --lines -c --bytes -s', operands: 0 },
    cut: { filter: cuts, values: '-d --delimiter -f --fields -c --characters -b --bytes', operands: 0 },
    tr: { filter: translates, values: '', operands: 2 },
    sed: { filter: replaces, values: '-e --expression', operands: 1 },
  }),
);

/** The text that a filter prints, or undefined. */
export function filtered(call: Invocation, input: Word | undefined): Word | undefined {
  const filter = call.name === undefined ? undefined : filters.get(call.name);
  const text = textOf(input);
  if (filter === undefined || text === undefined || text.length > maxText) return undefined;
  const output = filter.filter(text, call);
  return output === undefined ? undefined : staticWord(output);
}

const lines = (text: string): string[] => (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
const withEnd = (line: string): string => `${line}\n`;

function eachLine(change: (line: string) => string): Filter {
  return (text, call) => (call.args.length > 0 ? undefined : lines(text).map(change).map(withEnd).join(''));
}

/** `-n 2`, `-n2`, `-2`: how many lines; undefined for bytes and counts from the other end. */
function countOf(call: Invocation): number | undefined {
  const { flags } = readOptions(call.args, optionGrammar({ values: '-n --lines -c --bytes' }));
  if (flags.has('-c') || flags.has('--bytes')) return undefined;
  const short = call.args.map((word) => /^-(\d{1,6})$/.exec(knownPrefix(word))?.[1]).find((each) => each !== undefined);
  const given = short ?? textOf(flags.get('-n') ?? flags.get('--lines'));
  if (given === undefined) return flags.has('-n') || flags.has('--lines') ? undefined : 10;
  return /^\d{1,6}$/.test(given) ? Number(given) : undefined;
}

function heads(text: string, call: Invocation): string | undefined {
  const count = countOf(call);
  return count === undefined ? undefined : lines(text).slice(0, count).map(withEnd).join('');
}

function tails(text: string, call: Invocation): string | undefined {
  const count = countOf(call);
  if (count === undefined) return undefined;
  const all = lines(text);
  return all
    .slice(Math.max(0, all.length - count))
    .map(withEnd)
    .join('');
}

const cutGrammar = optionGrammar({ values: '-d --delimiter -f --fields -c --characters' });

/** `cut -d: -f2`, `-f2-`, `-f1,3`. */
function cuts(text: string, call: Invocation): string | undefined {
  const { flags } = readOptions(call.args, cutGrammar);
  const delimiter = textOf(flags.get('-d') ?? flags.get('--delimiter')) ?? '\t';
  const fields = textOf(flags.get('-f') ?? flags.get('--fields'));
  if (fields === undefined || delimiter.length !== 1 || !/^[\d,-]{1,60}$/.test(fields)) return undefined;
  const ranges = fields.split(',').map((each) => {
    const [from = '', to] = each.split('-');
    const start = from === '' ? 1 : Number(from);
    return [start, to === undefined ? start : to === '' ? Number.POSITIVE_INFINITY : Number(to)] as const;
  });
  const isChosen = (index: number) => ranges.some(([from, to]) => index + 1 >= from && index + 1 <= to);
  return lines(text)
    .map((line) =>
      line.includes(delimiter)
        ? line
            .split(delimiter)
            .filter((_field, index) => isChosen(index))
            .join(delimiter)
        : line,
    )
    .map(withEnd)
    .join('');
}

/** `tr a-z n-za-m`, `tr -d x`, with ranges, escapes and the classes for case. */
function translates(text: string, call: Invocation): string | undefined {
  const { flags, positionals } = readOptions(call.args, optionGrammar({}));
  const [from, to] = positionals.map((word) => setOf(textOf(word)));
  if (from === undefined) return undefined;
  const known = [...flags.keys()];
  if (known.every((flag) => flag === '-d' || flag === '--delete') && known.length > 0)
    return [...text].filter((character) => !from.includes(character)).join('');
  if (known.length > 0 || to === undefined || to.length === 0) return undefined;
  const last = to.at(-1) as string;
  return [...text]
    .map((character) => {
      const at = from.lastIndexOf(character);
      return at < 0 ? character : (to[at] ?? last);
    })
    .join('');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };
const classes: Readonly<Record<string, string>> = {
  '[:lower:]': 'abcdefghijklmnopqrstuvwxyz',
  '[:upper:]': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '[:digit:]': '0123456789',
};

/** The characters of one of tr's sets; undefined for what is not known well enough. */
function setOf(set: string | undefined): string[] | undefined {
  if (set === undefined || set.length > 500) return undefined;
  const characters: string[] = [];
  for (let at = 0; at < set.length; at += 1) {
    const named = /^\[:[a-z]+:\]/.exec(set.slice(at))?.[0];
    if (named !== undefined) {
      const members = classes[named];
      if (members === undefined) return undefined;
      characters.push(...members);
      at += named.length - 1;
      continue;
    }
    let character = set[at] as string;
    if (character === '\\') {
      at += 1;
      const octal = /^[0-7]{1,3}/.exec(set.slice(at))?.[0];
      character =
        octal === undefined
          ? (escapes[set[at] ?? ''] ?? set[at] ?? '')
          : String.fromCharCode(Number.parseInt(octal, 8));
      if (octal !== undefined) at += octal.length - 1;
    }
    const end = set[at + 1] === '-' ? set[at + 2] : undefined;
    if (end === undefined) {
      characters.push(character);
      continue;
    }
    for (let code = character.charCodeAt(0); code <= end.charCodeAt(0); code += 1)
      characters.push(String.fromCharCode(code));
    at += 2;
  }
  return characters;
}

/** `sed 's/plain/text/g'`, several with `-e` or `;`. Patterns with anything special in them are not followed. */
function replaces(text: string, call: Invocation): string | undefined {
  const { flags, positionals } = readOptions(call.args, optionGrammar({ values: '-e --expression' }));
  if ([...flags.keys()].some((flag) => !['-e', '--expression', '-E', '-r', '-u'].includes(flag))) return undefined;
  const script = textOf(flags.get('-e') ?? flags.get('--expression') ?? positionals[0]);
  if (script === undefined || (flags.size > 0 && call.args.filter((word) => /^-e/.test(knownPrefix(word))).length > 1))
    return undefined;
  let current = text;
  for (const command of script.split(/[;\n]/)) {
    const change = plainReplacement(command.trim());
    if (change === undefined) return undefined;
    current = lines(current).map(change).map(withEnd).join('');
  }
  return current;
}

function plainReplacement(command: string): ((line: string) => string) | undefined {
  const mark = command[1];
  if (command[0] !== 's' || mark === undefined || /[\w\\\s]/.test(mark)) return undefined;
  const parts = splitAt(command.slice(2), mark);
  if (parts.length !== 3 || !/^g?$/.test(parts[2] as string)) return undefined;
  const [pattern = '', replacement = '', flags] = parts;
  const start = pattern.startsWith('^');
  const body = start ? pattern.slice(1) : pattern;
  if (/[.*[\]^$+?(){}|\\]/.test(body) || /[&\\]/.test(replacement)) return undefined;
  if (start) return (line) => (line.startsWith(body) ? replacement + line.slice(body.length) : line);
  if (body === '') return undefined;
  if (flags === 'g') return (line) => line.split(body).join(replacement);
  return (line) => {
    const at = line.indexOf(body);
    return at < 0 ? line : line.slice(0, at) + replacement + line.slice(at + body.length);
  };
}

/** The pieces between marks; a mark behind a backslash stands for itself. */
function splitAt(text: string, mark: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at += 1) {
    const isEscaped = text[at] === '\\' && text[at + 1] === mark;
    if (isEscaped) at += 1;
    if (text[at] !== mark || isEscaped) part += text[at];
    else {
      parts.push(part);
      part = '';
    }
  }
  return [...parts, part];
}
