// tee, sponge: write their input over files.
import { plainOptions, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

export const effect: EffectReader = {
  names: ['tee', 'sponge'],
  read(call) {
    const { flags, positionals } = readOptions(call.args, plainOptions);
    const appends = flags.has('-a') || flags.has('--append');
    return positionals.map((path) => ({ op: 'overwrite', path, mild: appends }));
  },
  makes: (call) => readOptions(call.args, plainOptions).positionals,
};
