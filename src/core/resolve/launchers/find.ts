// find: -exec and its kin run a command for what is found. What find itself deletes is a file effect.
import { textOf } from '../../model/word.ts';
import { foundBy, readFind } from '../found.ts';
import type { Launcher } from '../launcher.ts';
import { substitute } from '../substitute.ts';

/** Deleting what is empty loses nothing. */
const removers = new Set(['rm', 'rmdir', 'unlink']);

export const launcher: Launcher = {
  names: ['find', 'gfind'],
  unwrap(call) {
    const found = foundBy(call);
    const { actions, empty } = readFind(call.args);
    return actions.flatMap((action) => {
      if (action.kind === 'delete' || action.asks || action.words.length === 0) return [];
      if (empty && removers.has(textOf(action.words[0]) ?? '')) return [];
      return found.map((item) => ({
        kind: 'words' as const,
        words: action.words.map((word) => substitute(word, '{}', item)),
        label: 'find -exec',
        stdin: { kind: 'none' as const },
      }));
    });
  },
};
