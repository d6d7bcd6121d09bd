// find: -exec and its kin run a command for what is found. What find itself deletes is a file effect.
import { foundBy, readFind } from '../found.ts';
import type { Launcher } from '../launcher.ts';
import { substitute } from '../substitute.ts';

export const launcher: Launcher = {
  names: ['find', 'gfind'],
  unwrap(call) {
    const found = foundBy(call);
    return readFind(call.args).actions.flatMap((action) => {
      if (action.kind === 'delete' || action.asks || action.words.length === 0) return [];
      return found.map((item) => ({
        kind: 'words' as const,
        words: action.words.map((word) => substitute(word, '{}', item)),
        label: 'find -exec',
        stdin: { kind: 'none' as const },
      }));
    });
  },
};
