// parallel: runs a command for each of its inputs, through a shell.
import type { Invocation, Stdin } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { dynamicWord, joinWords, piecesOf, staticWord, textOf, type Word } from '../../model/word.ts';
import { type Options, optionGrammar, readOptions } from '../../programs/options.ts';
import { producedPaths } from '../found.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { fileText, stdinText } from '../output.ts';
import { substitute } from '../substitute.ts';

const grammar = optionGrammar({
  values:
    '-a -C -d -E -I -j -L -l -n -N -P -r -s -S -U --arg-file --colsep --delay --jobs --joblog --load --memfree --max-args --results --retries --tagstring --timeout --tmpdir --wd --workdir --sshlogin --basefile --return --halt --delimiter --header --env --rpl --shebang-wrap --arg-sep --arg-file-sep --block --recstart --recend --tag-string --nice --profile',
  stopAtPositional: true,
});
const marks = ['{}', '{.}', '{/}', '{//}', '{/.}', '{1}'];

/** Source: parallel(1). Inputs stand behind `:::`, or come from standard input; without a command the inputs are the commands. */
export const launcher: Launcher = {
  names: ['parallel', 'sem'],
  unwrap(call, world) {
    const { flags, positionals } = readOptions(call.args, grammar);
    if (flags.has('--dry-run') || flags.has('--dryrun')) return [];
    const { command, inputs, files } = parts(positionals, flags);
    // The input goes to each command as it is, and none of it into the words.
    if (flags.has('--pipe') || flags.has('--pipepart') || flags.has('--spreadstdin'))
      return command.length === 0 ? [] : [{ kind: 'words', words: command, stdin: pipedText(call, files, world) }];
    const text = files.length === 0 ? stdinText(call.stdin, call, world) : linesOf(files, call, world);
    const lines = textOf(text)
      ?.split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => staticWord(line));
    const found = files.length === 0 && call.stdin.kind === 'pipe' ? producedPaths(call.stdin.from) : undefined;
    const items = (inputs ?? lines ?? found ?? [dynamicWord('(words from standard input)')]).slice(0, 200);
    if (command.length === 0)
      return items.map((item): Inner => ({ kind: 'code', text: item, stdin: { kind: 'none' } }));
    return items.flatMap((item): Inner[] => readings(filled(command, item)));
  },
};

interface Parts {
  readonly command: readonly Word[];
  /** The words behind `:::`; undefined where there are none. */
  readonly inputs: readonly Word[] | undefined;
  /** Files whose lines are the inputs: `-a`, `::::`. */
  readonly files: readonly Word[];
}

function parts(positionals: readonly Word[], flags: Options['flags']): Parts {
  const separator = textOf(flags.get('--arg-sep')) ?? ':::';
  const fileSeparator = textOf(flags.get('--arg-file-sep')) ?? '::::';
  const isMark = (word: Word, mark: string) => textOf(word)?.replace(/\+$/, '') === mark;
  const at = positionals.findIndex((word) => isMark(word, separator) || isMark(word, fileSeparator));
  const file = flags.get('-a') ?? flags.get('--arg-file');
  const given = file === undefined ? [] : [file];
  if (at < 0) return { command: positionals, inputs: undefined, files: given };
  const command = positionals.slice(0, at);
  const rest = positionals.slice(at + 1).filter((word) => !isMark(word, separator) && !isMark(word, fileSeparator));
  return isMark(positionals[at] as Word, fileSeparator)
    ? { command, inputs: undefined, files: [...given, ...rest] }
    : { command, inputs: rest, files: [] };
}

/** What stands in the files, one after the other; undefined as soon as one cannot be read. */
function linesOf(files: readonly Word[], call: Invocation, world: World): Word | undefined {
  const texts = files.map((file) => fileText(file, call, world));
  return texts.every((text) => text !== undefined) ? joinWords(texts as Word[]) : undefined;
}

function pipedText(call: Invocation, files: readonly Word[], world: World): Stdin {
  if (files.length === 0) return call.stdin;
  const text = linesOf(files, call, world);
  return text === undefined ? { kind: 'pipe', from: [], text } : { kind: 'text', text };
}

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
