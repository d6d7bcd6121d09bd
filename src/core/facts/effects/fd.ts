// fd -x rm: fd's own way of find -exec is followed through its words.
import type { EffectReader } from '../effect.ts';
import { dynamicWord, textOf } from '../../model/word.ts';

export const effect: EffectReader = {
  names: ['fd', 'fdfind'],
  read(call) {
    const at = call.args.findIndex((word) => ['-x', '-X', '--exec', '--exec-batch'].includes(textOf(word) ?? ''));
    const program = at < 0 ? undefined : textOf(call.args[at + 1]);
    if (program !== 'rm' && program !== 'unlink' && program !== 'shred') return [];
    return [{ op: 'delete', path: dynamicWord('(found by fd)', ['./', null]), recursive: false, many: true }];
  },
};
