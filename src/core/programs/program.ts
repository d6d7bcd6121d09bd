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
  /** All that it changes lies at its last word: in a temporary folder nobody misses it. */
  readonly changesLast: boolean;
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
  changesLast?: boolean;
  canonical?: (words: readonly string[]) => readonly string[];
}): ProgramGrammar {
  const { values = '', aliases = '', singleDash = false, scoped } = spec;
  // Every start of guard makes all grammars and looks at one or two of them.
  const options = once(() =>
    optionGrammar({ values, aliases, singleDash, ...(scoped === undefined ? {} : { scoped }) }),
  );
  const subcommandAliases = once(
    () => new Map(list(spec.subcommands).map((pair) => pair.split('=') as [string, string])),
  );
  const inert = once(() => [...help, ...list(spec.inert)]);
  return {
    names: list(spec.names),
    get options() {
      return options();
    },
    get subcommandAliases() {
      return subcommandAliases();
    },
    get inert() {
      return inert();
    },
    depth: spec.depth ?? 3,
    changesLast: spec.changesLast ?? false,
    canonical: spec.canonical ?? ((words) => words),
  };
}

/** Makes a value when it is first asked for, and keeps it. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const list = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter((word) => word !== '');
