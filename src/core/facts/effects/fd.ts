// fd -x rm: fd's own way of find -exec.
import { dynamicWord, textOf } from '../../model/word.ts';
import type { EffectReader } from '../effect.ts';

const removers = new Set(['rm', 'unlink', 'shred', 'rimraf', 'trash-rm']);

/** Source: fd(1). */
export const effect: EffectReader = {
  names: ['fd', 'fdfind'],
  read(call) {
    const at = call.args.findIndex((word) => ['-x', '-X', '--exec', '--exec-batch'].includes(textOf(word) ?? ''));
    const program = at < 0 ? undefined : textOf(call.args[at + 1]);
    if (program === undefined || !removers.has(program)) return [];
    const recursive = call.args.slice(at + 2).some((word) => /^-[a-zA-Z]*r/i.test(textOf(word) ?? ''));
    const ending = call.args.findIndex((word) => ['-e', '--extension'].includes(textOf(word) ?? ''));
    const suffix = ending < 0 ? [] : [`.${textOf(call.args[ending + 1]) ?? ''}`];
    return [{ op: 'delete', path: dynamicWord('(found by fd)', ['./', null, ...suffix]), recursive, many: true }];
  },
};
