// eval: runs its words as code in the calling shell.
import { joinWords, textOf } from '../../model/word.ts';
import type { Launcher } from '../launcher.ts';

export const launcher: Launcher = {
  names: ['eval'],
  unwrap(call) {
    const words = textOf(call.args[0]) === '--' ? call.args.slice(1) : call.args;
    return words.length === 0 ? [] : [{ kind: 'code', text: joinWords(words, ' '), same: true }];
  },
};
