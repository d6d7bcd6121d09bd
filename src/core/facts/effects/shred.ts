// shred, scrub, wipe: overwrite files so that nothing can be read again.
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const grammar = optionGrammar({ values: '-n --iterations -s --size --random-source -p --pattern -b -D -X -d -q' });

/** Sources: shred(1), scrub(1), wipe(1). */
export const effect: EffectReader = {
  names: ['shred', 'gshred', 'scrub', 'wipe'],
  read(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    if (flags.has('--help') || flags.has('--version')) return [];
    return positionals.map((path) => ({ op: 'delete', path, recursive: flags.has('-r') && call.name === 'wipe' }));
  },
};
