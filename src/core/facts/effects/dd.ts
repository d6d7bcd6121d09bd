// dd of=: writes raw data over a file or a device.
import type { Invocation } from '../../model/invocation.ts';
import { knownPrefix, type Word } from '../../model/word.ts';
import { withoutPrefix } from '../../resolve/assignments.ts';
import type { EffectReader } from '../effect.ts';

const output = (word: Word): boolean => knownPrefix(word).startsWith('of=');
const targets = (call: Invocation): readonly Word[] => call.args.filter(output).map((word) => withoutPrefix(word, 3));

/** Source: dd(1). */
export const effect: EffectReader = {
  names: ['dd', 'dcfldd', 'dc3dd'],
  read: (call) => targets(call).map((path) => ({ op: 'overwrite', path })),
  makes: targets,
};
