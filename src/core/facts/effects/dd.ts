// dd of=: writes raw data over a file or a device.
import { knownPrefix } from '../../model/word.ts';
import { withoutPrefix } from '../../resolve/assignments.ts';
import type { EffectReader } from '../effect.ts';

const output = (word: Parameters<typeof knownPrefix>[0]) => knownPrefix(word).startsWith('of=');

export const effect: EffectReader = {
  names: ['dd', 'dcfldd', 'dc3dd'],
  read: (call) => call.args.filter(output).map((word) => ({ op: 'overwrite', path: withoutPrefix(word, 3) })),
  makes: (call) => call.args.filter(output).map((word) => withoutPrefix(word, 3)),
};
