// chmod, chown, chgrp: change who may do what, recursively or not.
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const grammar = optionGrammar({ values: '--reference --from', aliases: '--recursive=-R' });

export const effect: EffectReader = {
  names: ['chmod', 'chown', 'chgrp'],
  read(call) {
    // A mode such as `-x` looks like an option; it is the first word that matters only to the file, not to the place.
    const { flags, positionals } = readOptions(call.args, grammar);
    const paths = flags.has('--reference') ? positionals : positionals.slice(1);
    return paths.map((path) => ({ op: call.name === 'chmod' ? 'chmod' : 'chown', path, recursive: flags.has('-R') }));
  },
};
