// Reading options out of an argv: which words are flags, which are their values, which stand alone.
import { knownPrefix, staticWord, textOf, type Word } from '../model/word.ts';

/** How one program writes its options. */
export interface OptionGrammar {
  /** Flags that take the next word as their value (`-n`, `--namespace`). */
  readonly valued: ReadonlySet<string>;
  /** Other spellings to the one that counts: `-f` to `--force`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** `-chdir=x`, `-auto-approve`: one dash, one option, never a cluster of letters. */
  readonly singleDash: boolean;
  /** The first word that is no option ends the options (`sudo -u bob rm -f`). */
  readonly stopAtPositional: boolean;
  /**
   * Flags that take a value only behind certain words, by those words: `compose` to `-f`, so that `docker compose -f x`
   * has a value and `docker rm -f` has none. The empty key stands for flags in front of the first word.
   */
  readonly scoped?: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface Options {
  /** By canonical spelling; the last one given wins. */
  readonly flags: ReadonlyMap<string, Word | undefined>;
  readonly positionals: readonly Word[];
}

export const plainOptions: OptionGrammar = {
  valued: new Set(),
  aliases: new Map(),
  singleDash: false,
  stopAtPositional: false,
};

/** Builds a grammar from space-separated flags: `values: '-u --user'`, `aliases: '-u=--user'`. */
export function optionGrammar(spec: {
  values?: string;
  aliases?: string;
  singleDash?: boolean;
  stopAtPositional?: boolean;
  scoped?: Readonly<Record<string, string>>;
}): OptionGrammar {
  const aliases = new Map<string, string>();
  for (const pair of words(spec.aliases)) {
    const at = pair.indexOf('=');
    aliases.set(pair.slice(0, at), pair.slice(at + 1));
  }
  const valued = new Set(words(spec.values));
  for (const [short, long] of aliases) {
    if (valued.has(long)) valued.add(short);
    if (valued.has(short)) valued.add(long);
  }
  return {
    valued,
    aliases,
    singleDash: spec.singleDash ?? false,
    stopAtPositional: spec.stopAtPositional ?? false,
    ...(spec.scoped === undefined ? {} : { scoped: scopesOf(spec.scoped) }),
  };
}

const scopesOf = (spec: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(Object.entries(spec).map(([path, flags]) => [path, new Set(words(flags))]));

const words = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter((word) => word !== '');

/** Splits an argv (without the program) into flags and positionals. A dynamic word that cannot start with `-` is a positional. */
export function readOptions(args: readonly Word[], grammar: OptionGrammar): Options {
  const flags = new Map<string, Word | undefined>();
  const positionals: Word[] = [];
  const set = (flag: string, value: Word | undefined) => flags.set(grammar.aliases.get(flag) ?? flag, value);
  const isValued = (flag: string) => grammar.valued.has(flag) || isScoped(flag, positionals, grammar);
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] as Word;
    const text = textOf(word) ?? knownPrefix(word);
    if (text === '--') {
      positionals.push(...args.slice(index + 1));
      break;
    }
    if (!text.startsWith('-') || text === '-') {
      if (grammar.stopAtPositional) {
        positionals.push(...args.slice(index));
        break;
      }
      positionals.push(word);
      continue;
    }
    const equals = text.indexOf('=');
    if (equals > 0 && (text.startsWith('--') || grammar.singleDash)) {
      set(text.slice(0, equals), textOf(word) === undefined ? word : staticWord(text.slice(equals + 1)));
    } else if (text.startsWith('--') || grammar.singleDash || /^-\d/.test(text)) {
      if (isValued(text)) set(text, args[++index]);
      else set(text, undefined);
    } else {
      index += readCluster(text, word, args[index + 1], isValued, set);
    }
  }
  return { flags, positionals };
}

/** Whether the flag takes a value behind exactly the words that were read so far. */
function isScoped(flag: string, positionals: readonly Word[], { scoped }: OptionGrammar): boolean {
  if (scoped === undefined || positionals.length > 3) return false;
  return scoped.get(positionals.map(textOf).join(' '))?.has(flag) ?? false;
}

/** `-abc`, `-nVALUE`, `-n VALUE`; gives back how many further words were taken. */
function readCluster(
  text: string,
  word: Word,
  next: Word | undefined,
  isValued: (flag: string) => boolean,
  set: (flag: string, value: Word | undefined) => void,
): number {
  for (let at = 1; at < text.length; at += 1) {
    const flag = `-${text[at]}`;
    if (!isValued(flag)) {
      set(flag, undefined);
      continue;
    }
    const rest = text.slice(at + 1);
    if (word.kind === 'dynamic') {
      set(flag, word);
      return 0;
    }
    if (rest !== '') {
      set(flag, staticWord(rest));
      return 0;
    }
    set(flag, next);
    return 1;
  }
  return 0;
}
