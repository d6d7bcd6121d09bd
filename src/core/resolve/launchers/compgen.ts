// compgen: code that makes completions.
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Launcher } from '../launcher.ts';

const grammar = optionGrammar({ values: '-C -F -A -G -P -S -W -X -o -V' });

/** Source: bash(1), Programmable Completion. `compgen -C` runs its code at once; `complete -C` when somebody presses Tab. */
export const launcher: Launcher = {
  names: ['compgen'],
  unwrap(call) {
    const code = readOptions(call.args, grammar).flags.get('-C');
    return code === undefined ? [] : [{ kind: 'code', text: code, label: 'compgen -C' }];
  },
};
