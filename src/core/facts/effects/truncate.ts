// truncate: sets a file's length; 0 empties it.
import { textOf } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const grammar = optionGrammar({ values: '-s --size -r --reference', aliases: '--size=-s' });

/** Source: truncate(1). */
export const effect: EffectReader = {
  names: ['truncate'],
  read(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    return /^0+[KMGTB]*$/.test(textOf(flags.get('-s')) ?? '')
      ? positionals.map((path) => ({ op: 'truncate', path }))
      : [];
  },
  makes: (call) => readOptions(call.args, grammar).positionals,
};
