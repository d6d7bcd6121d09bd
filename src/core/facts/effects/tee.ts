// tee: writes its input over files.
import { readOptions, plainOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

export const effect: EffectReader = {
  names: ['tee', 'sponge'],
  read(call) {
    const { flags, positionals } = readOptions(call.args, plainOptions);
    return flags.has('-a') || flags.has('--append') ? [] : positionals.map((path) => ({ op: 'overwrite', path }));
  },
  makes: (call) => readOptions(call.args, plainOptions).positionals,
};
