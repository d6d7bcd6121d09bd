// Options of HTTP clients in the order they were written: order decides what `--next` or a later `-d` means.
import type { Word } from '../../model/word.ts';
import { dropStart, flat, hole, partOf } from './words.ts';

/** How one client writes its options. Names are long names without dashes. */
export interface OptionTable {
  readonly valued: ReadonlySet<string>;
  readonly switches: ReadonlySet<string>;
  /** All of both. */
  readonly names: readonly string[];
  /** Single letters to long names. */
  readonly short: ReadonlyMap<string, string>;
  /** Two-letter options behind one dash: wget's `-nc`. */
  readonly pairs?: ReadonlySet<string>;
  /** Long names are read without regard to case (curl before 8.10). */
  readonly ignoreCase?: boolean;
}

export type Argument =
  | { readonly kind: 'option'; readonly name: string; readonly value: Word | undefined; readonly negated: boolean }
  | { readonly kind: 'positional'; readonly word: Word };

/** Builds a table; `short` is a list such as `X=request d=data`. */
export function optionTable(spec: {
  valued: string;
  switches: string;
  short: string;
  pairs?: string;
  ignoreCase?: boolean;
}): OptionTable {
  const list = (text: string) => text.split(/\s+/).filter((name) => name !== '');
  const [valued, switches] = [list(spec.valued), list(spec.switches)];
  return {
    valued: new Set(valued),
    switches: new Set(switches),
    names: [...valued, ...switches].sort((a, b) => a.length - b.length),
    short: new Map(list(spec.short).map((pair): [string, string] => [pair.charAt(0), pair.slice(2)])),
    pairs: new Set(list(spec.pairs ?? '')),
    ignoreCase: spec.ignoreCase ?? false,
  };
}

/** Reads all arguments. Options that the table does not know are switches, and `--name=value` is always split. */
export function readArguments(args: readonly Word[], table: OptionTable): readonly Argument[] {
  const found: Argument[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index];
    if (word === undefined) continue;
    const text = flat(word);
    if (text === '--') {
      found.push(...args.slice(index + 1).map((rest): Argument => ({ kind: 'positional', word: rest })));
      break;
    }
    if (text.length < 2 || !text.startsWith('-')) found.push({ kind: 'positional', word });
    else {
      const takesNext = text.startsWith('--') ? readLong(word, table, found) : readCluster(word, table, found);
      if (takesNext !== undefined) {
        found.push({ kind: 'option', name: takesNext, value: args[index + 1], negated: false });
        index += 1;
      }
    }
  }
  return found;
}

/** Reads `--name` or `--name=value`; returns the name where the value is the next word. */
function readLong(word: Word, table: OptionTable, found: Argument[]): string | undefined {
  const text = flat(word).slice(2);
  const equals = text.indexOf('=');
  const written = equals < 0 ? text : text.slice(0, equals);
  const { name, negated } = longName(written, table);
  if (equals >= 0) {
    found.push({ kind: 'option', name, value: dropStart(word, 2 + equals + 1), negated });
    return undefined;
  }
  if (table.valued.has(name) && !negated) return name;
  found.push({ kind: 'option', name, value: undefined, negated });
  return undefined;
}

/** Reads `-sSfLX`, `-XDELETE`, `-d@file`; returns the name of the last option where its value is the next word. */
function readCluster(word: Word, table: OptionTable, found: Argument[]): string | undefined {
  const text = flat(word);
  for (let at = 1; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === hole) break;
    if (table.pairs?.has(text.slice(at, at + 2))) {
      found.push({ kind: 'option', name: text.slice(at, at + 2), value: undefined, negated: false });
      at += 1;
      continue;
    }
    const name = table.short.get(letter) ?? letter;
    if (table.valued.has(name)) {
      if (at + 1 === text.length) return name;
      found.push({ kind: 'option', name, value: partOf(word, text.slice(at + 1)), negated: false });
      break;
    }
    found.push({ kind: 'option', name, value: undefined, negated: false });
  }
  return undefined;
}

/** The canonical name of what was written: itself, its `no-` removed, or the shortest name that it is a prefix of. */
export function longName(written: string, table: OptionTable): { readonly name: string; readonly negated: boolean } {
  const text = table.ignoreCase ? written.toLowerCase() : written;
  const known = (name: string) => table.valued.has(name) || table.switches.has(name);
  if (known(text)) return { name: text, negated: false };
  if (text.startsWith('no-') && known(text.slice(3))) return { name: text.slice(3), negated: true };
  const longer = text === '' ? undefined : table.names.find((name) => name.startsWith(text));
  return { name: longer ?? text, negated: false };
}
