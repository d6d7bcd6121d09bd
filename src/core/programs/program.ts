// One program's argv grammar, written as data.
import { type OptionGrammar, optionGrammar } from './options.ts';

export interface ProgramGrammar {
  readonly names: readonly string[];
  readonly options: OptionGrammar;
  /** Subcommand words that mean another one: `rm` is `remove`. Only words that can be subcommands are looked up. */
  readonly subcommandAliases: ReadonlyMap<string, string>;
  /** Flags that make the call harmless: it prints what it would do. `--dry-run=none` and the like do not. */
  readonly inert: readonly string[];
  /** How many leading positionals can be subcommands; 0 for programs whose words are all data (`echo`, `grep`). */
  readonly depth: number;
  /** What aliases cannot say: brings the known words into the form that rules speak of. */
  readonly canonical: (words: readonly string[]) => readonly string[];
}

/** Every program understands it. */
const help = ['--help'];

/** One program's grammar, written as data. Lists are separated by spaces. */
export function program(spec: {
  names: string;
  /** Flags with a value in the next word. */
  values?: string;
  /** Flags with a value only behind certain words; the empty key is for those in front of the first word. */
  scoped?: Readonly<Record<string, string>>;
  /** `-f=--force` pairs. */
  aliases?: string;
  singleDash?: boolean;
  /** `rm=remove` pairs. */
  subcommands?: string;
  inert?: string;
  depth?: number;
  canonical?: (words: readonly string[]) => readonly string[];
}): ProgramGrammar {
  const { values = '', aliases = '', singleDash = false, scoped } = spec;
  return {
    names: list(spec.names),
    options: optionGrammar({ values, aliases, singleDash, ...(scoped === undefined ? {} : { scoped }) }),
    subcommandAliases: new Map(list(spec.subcommands).map((pair) => pair.split('=') as [string, string])),
    inert: [...help, ...list(spec.inert)],
    depth: spec.depth ?? 3,
    canonical: spec.canonical ?? ((words) => words),
  };
}

const list = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter((word) => word !== '');
