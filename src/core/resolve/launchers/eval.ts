// eval: runs its words as code in the calling shell.
import { joinWords } from '../../model/word.ts';
import type { Launcher } from '../launcher.ts';

export const launcher: Launcher = {
  names: ['eval'],
  unwrap: (call) => (call.args.length === 0 ? [] : [{ kind: 'code', text: joinWords(call.args, ' '), same: true }]),
};
