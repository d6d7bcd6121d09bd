// The most frequent launcher: options, then the command that it runs with something changed.
import type { Invocation } from '../model/invocation.ts';
import { type OptionGrammar, type Options, optionGrammar, readOptions } from '../programs/options.ts';
import type { Launcher, Surroundings } from './launcher.ts';

export interface PrefixSpec {
  readonly names: string;
  /** Flags with a value in the next word. */
  readonly values?: string;
  /** Words between the options and the command (`timeout 5s cmd` has one). */
  readonly skip?: number;
  /** Flags with which it runs nothing (`command -v`). */
  readonly idle?: string;
  /** What changes on the way in. */
  readonly change?: (options: Options, call: Invocation) => Surroundings;
}

/** A launcher whose command stands behind its own options. */
export function prefix(spec: PrefixSpec): Launcher {
  const grammar: OptionGrammar = optionGrammar({ values: spec.values ?? '', stopAtPositional: true });
  const idle = (spec.idle ?? '').split(' ').filter((flag) => flag !== '');
  return {
    names: spec.names.split(' '),
    unwrap(call) {
      const options = readOptions(call.args, grammar);
      const words = options.positionals.slice(spec.skip ?? 0);
      if (words.length === 0 || idle.some((flag) => options.flags.has(flag))) return [];
      return [{ kind: 'words', words, ...spec.change?.(options, call) }];
    },
  };
}
