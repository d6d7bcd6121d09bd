// parallel: runs a command for each of its inputs, through a shell.
import { dynamicWord, joinWords, piecesOf, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { producedPaths } from '../found.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { stdinText } from '../output.ts';
import { substitute } from '../substitute.ts';

const grammar = optionGrammar({
  values:
    '-a -C -d -E -I -j -L -l -n -N -P -r -s -S -U --arg-file --colsep --delay --jobs --joblog --load --memfree --max-args --results --retries --tagstring --timeout --tmpdir --wd --workdir --sshlogin --basefile --return --halt --nice --delimiter --header --env --rpl --shebang-wrap',
  stopAtPositional: true,
});
const marks = ['{}', '{.}', '{/}', '{//}', '{/.}', '{1}'];

/** Source: parallel(1). Inputs stand behind `:::`, or come from standard input; without a command the inputs are the commands. */
export const launcher: Launcher = {
  names: ['parallel', 'sem'],
  unwrap(call, world) {
    const { flags, positionals } = readOptions(call.args, grammar);
    if (flags.has('--dry-run') || flags.has('--dryrun')) return [];
    const at = positionals.findIndex((word) => /^:{3,4}\+?$/.test(textOf(word) ?? ''));
    const command = at < 0 ? positionals : positionals.slice(0, at);
    const given = at < 0 || textOf(positionals[at])?.startsWith('::::') ? undefined : positionals.slice(at + 1);
    const text = textOf(stdinText(call.stdin, call, world));
    const lines = text
      ?.split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => staticWord(line));
    const found = call.stdin.kind === 'pipe' ? producedPaths(call.stdin.from) : undefined;
    const items = (given ?? lines ?? found ?? [dynamicWord('(words from standard input)')]).slice(0, 200);
    if (command.length === 0)
      return items.map((item): Inner => ({ kind: 'code', text: item, stdin: { kind: 'none' } }));
    return items.flatMap((item): Inner[] => readings(filled(command, item)));
  },
};

/**
 * The words are joined and given to a shell, while inputs are quoted for it; so a word with white space in it can come
 * through as one or as several. Both are followed.
 */
function readings(words: readonly Word[]): Inner[] {
  const code: Inner = { kind: 'code', text: joinWords(words, ' '), stdin: { kind: 'none' } };
  const spaced = words.slice(1).some((word) => piecesOf(word).some((piece) => piece !== null && /\s/.test(piece)));
  return spaced ? [code, { kind: 'words', words, stdin: { kind: 'none' } }] : [code];
}

function filled(command: readonly Word[], item: Word): readonly Word[] {
  const marked = command.some((word) => marks.some((mark) => piecesOf(word).some((piece) => piece?.includes(mark))));
  return marked
    ? command.map((word) => marks.reduce((done, mark) => substitute(done, mark, item), word))
    : [...command, item];
}
