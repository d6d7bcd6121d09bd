// truncate: sets a file's length; 0 empties it.
import { textOf } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const grammar = optionGrammar({ values: '-s --size -r --reference' });

export const effect: EffectReader = {
  names: ['truncate'],
  read(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    const size = textOf(flags.get('-s') ?? flags.get('--size'));
    return size === '0' ? positionals.map((path) => ({ op: 'truncate', path })) : [];
  },
  makes: (call) => readOptions(call.args, grammar).positionals,
};
