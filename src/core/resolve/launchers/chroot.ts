// chroot: runs a command with another root folder.
import { showWord } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Launcher } from '../launcher.ts';

const grammar = optionGrammar({ values: '', stopAtPositional: true });

export const launcher: Launcher = {
  names: ['chroot'],
  unwrap(call) {
    const [root, ...words] = readOptions(call.args, grammar).positionals;
    if (root === undefined || words.length === 0) return [];
    return [
      {
        kind: 'words',
        words,
        host: { kind: 'container', engine: 'chroot', name: root },
        label: `chroot ${showWord(root)}`,
      },
    ];
  },
};
