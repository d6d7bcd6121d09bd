// ffmpeg: writes what it makes to its last operand, which may be a device.
import { knownPrefix } from '../../model/word.ts';
import type { EffectReader } from '../effect.ts';

/** Source: ffmpeg(1). A file is written over only where it is told to, and is most often made anew; a device never is. */
export const effect: EffectReader = {
  names: ['ffmpeg'],
  read(call) {
    const output = call.args.at(-1);
    return output === undefined || !knownPrefix(output).startsWith('/dev/') ? [] : [{ op: 'overwrite', path: output }];
  },
};
