// env: runs a command with other variables.
import { textOf } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { leadingAssignments } from '../assignments.ts';
import type { Launcher } from '../launcher.ts';

const grammar = optionGrammar({ values: '-u --unset -C --chdir -S --split-string', stopAtPositional: true });

/** Source: env(1). `-S` carries a whole command line in one word. */
export const launcher: Launcher = {
  names: ['env', 'genv'],
  unwrap(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    const split = flags.get('-S') ?? flags.get('--split-string');
    const cwd = flags.get('-C') ?? flags.get('--chdir');
    const { assignments, words } = leadingAssignments(positionals);
    const change = {
      assignments,
      ...(cwd === undefined ? {} : { cwd }),
      ...(flags.has('-i') || flags.has('--ignore-environment') ? { freshEnvironment: true } : {}),
    };
    if (split !== undefined) {
      const text = textOf(split);
      if (text === undefined) return [{ kind: 'opaque', reason: 'dynamic-code', detail: 'env -S with a text that is not known' }];
      return [{ kind: 'code', text: split, ...change }];
    }
    return words.length === 0 ? [] : [{ kind: 'words', words, ...change }];
  },
};
