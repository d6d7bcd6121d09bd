// One program's argv grammar, written as data.
import { type OptionGrammar, optionGrammar } from './options.ts';

export interface ProgramGrammar {
  readonly names: readonly string[];
  readonly options: OptionGrammar;
  /** Subcommand words that mean another one: `rm` is `remove`. Per position-free word. */
  readonly subcommandAliases: ReadonlyMap<string, string>;
  /** Flags that make the call harmless: it prints what it would do. `--dry-run=client` asks for that value. */
  readonly inert: readonly string[];
  /** How many leading positionals can be subcommands. */
  readonly depth: number;
}

/** Every program understands these. */
export const help = ['--help', '--version'];

/** One program's grammar, written as data. */
export function program(spec: {
  names: string;
  /** Flags with a value in the next word. */
  values?: string;
  /** `-f=--force` pairs. */
  aliases?: string;
  singleDash?: boolean;
  /** `rm=remove` pairs. */
  subcommands?: string;
  inert?: string;
  depth?: number;
}): ProgramGrammar {
  const { values = '', aliases = '', singleDash = false } = spec;
  return {
    names: spec.names.split(' '),
    options: optionGrammar({ values, aliases, singleDash }),
    subcommandAliases: new Map(
      (spec.subcommands ?? '')
        .split(/\s+/)
        .filter((pair) => pair !== '')
        .map((pair) => pair.split('=') as [string, string]),
    ),
    inert: [...help, ...(spec.inert ?? '').split(/\s+/).filter((flag) => flag !== '')],
    depth: spec.depth ?? 3,
  };
}
