// sudo: runs a command as another user, root unless told otherwise.
import { showWord, staticWord } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { leadingAssignments } from '../assignments.ts';
import type { Launcher } from '../launcher.ts';

const grammar = optionGrammar({
  values: '-u -g -h -p -C -r -t -T -U -D -R --user --group --host --prompt --chdir --chroot --close-from --role --type',
  stopAtPositional: true,
});

/** Source: sudo(8). `-i` and `-s` run a shell, with the words as its command. */
export const launcher: Launcher = {
  names: ['sudo', 'doas'],
  unwrap(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    const user = flags.get('-u') ?? flags.get('--user');
    const cwd = flags.get('-D') ?? flags.get('--chdir');
    const { assignments, words } = leadingAssignments(positionals);
    // With a command, -k only forgets the password that was given before.
    if (words.length === 0 || ['-e', '--edit', '-l', '--list', '-v', '-K'].some((flag) => flags.has(flag))) return [];
    const shell = flags.has('-i') || flags.has('-s') || flags.has('--login') || flags.has('--shell');
    return [
      {
        kind: 'words',
        words:
          shell && words.length === 1 && /\s/.test(showWord(words[0] ?? staticWord('')))
            ? [staticWord('sh'), staticWord('-c'), ...words]
            : words,
        assignments,
        user: user === undefined ? 'root' : showWord(user),
        ...(cwd === undefined ? {} : { cwd }),
      },
    ];
  },
};
