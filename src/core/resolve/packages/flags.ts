// The words of a package manager: its own options, of which some are given several times, and what stands behind them.
import type { Invocation } from '../../model/invocation.ts';
import { knownPrefix, textOf, type Word } from '../../model/word.ts';
import { withoutPrefix } from '../assignments.ts';
import { pathFrom } from '../paths.ts';
import { folderOf } from './manifest.ts';

export interface Line {
  readonly flags: Flags;
  /** Words that are neither options nor their values. Where the first of them ends the options, all that follows. */
  readonly words: readonly Word[];
  /** What stands behind `--`; undefined where there is none. */
  readonly passed: readonly Word[] | undefined;
}

/** Options by name, with every value that was given. */
export class Flags {
  readonly #given: readonly { readonly name: string; readonly value: Word | undefined }[];

  constructor(given: readonly { readonly name: string; readonly value: Word | undefined }[]) {
    this.#given = given;
  }

  has(...names: readonly string[]): boolean {
    return this.#given.some(({ name, value }) => names.includes(name) && textOf(value) !== 'false');
  }

  /** The value that counts: the last one. */
  last(...names: readonly string[]): Word | undefined {
    return this.#given.findLast(({ name, value }) => names.includes(name) && value !== undefined)?.value;
  }

  /** All values in order. */
  all(...names: readonly string[]): readonly Word[] {
    return this.#given.flatMap(({ name, value }) => (names.includes(name) && value !== undefined ? [value] : []));
  }

  /** These and others behind them. */
  with(other: Flags): Flags {
    return new Flags([...this.#given, ...other.#given]);
  }
}

/** Flags written as one text with spaces between them. */
export const flagSet = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/**
 * Reads options. `stops`: the first word that is none ends them (`pnpm run x --flag` hands the flag on); otherwise they
 * stand anywhere in front of `--` (`npm run x --flag` keeps it).
 */
export function readLine(args: readonly Word[], valued: ReadonlySet<string>, stops: boolean): Line {
  const given: { name: string; value: Word | undefined }[] = [];
  const words: Word[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as Word;
    const text = textOf(word) ?? knownPrefix(word);
    if (text === '--') return { flags: new Flags(given), words, passed: args.slice(at + 1) };
    if (!/^-./.test(text)) {
      if (stops) return { flags: new Flags(given), words: args.slice(at), passed: undefined };
      words.push(word);
      continue;
    }
    const equals = text.indexOf('=');
    if (equals > 0) given.push({ name: text.slice(0, equals), value: withoutPrefix(word, equals + 1) });
    else if (valued.has(text) && textOf(args[at + 1]) !== '--') given.push({ name: text, value: args[++at] });
    else {
      given.push({ name: text, value: undefined });
      if (/^-[A-Za-z]{2,4}$/.test(text))
        for (const letter of text.slice(1)) given.push({ name: `-${letter}`, value: undefined });
    }
  }
  return { flags: new Flags(given), words, passed: undefined };
}

/** The folder that a manager works from: where it is called, or what the option says. */
export function baseFolder(call: Invocation, flags: Flags, ...names: readonly string[]): string | undefined {
  const folder = folderOf(call);
  const given = flags.last(...names);
  if (given === undefined) return folder;
  const path = textOf(given);
  if (path === undefined || call.host.kind !== 'local') return undefined;
  return folder === undefined && !path.startsWith('/') ? undefined : pathFrom(path, folder ?? '/');
}
