// xargs: runs a command with words from its standard input.
import type { Invocation } from '../../model/invocation.ts';
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { producedPaths } from '../found.ts';
import type { Launcher } from '../launcher.ts';
import { stdinText } from '../output.ts';
import { substitute } from '../substitute.ts';

const grammar = optionGrammar({
  values: '-a -d -E -I -J -L -n -P -R -s --arg-file --delimiter --max-lines --max-args --max-procs --max-chars --process-slot-var',
  stopAtPositional: true,
});

/** Source: xargs(1). Without a command it is echo. */
export const launcher: Launcher = {
  names: ['xargs', 'gxargs'],
  unwrap(call, world) {
    const { flags, positionals } = readOptions(call.args, grammar);
    if (positionals.length === 0 || flags.has('-p') || flags.has('--interactive')) return [];
    const items = inputWords(call, stdinText(call.stdin, call, world));
    const replace = flags.get('-I') ?? (flags.has('-i') || flags.has('--replace') ? staticWord('{}') : undefined) ?? flags.get('-J');
    const mark = textOf(replace);
    if (mark !== undefined) {
      return items.map((item) => ({ kind: 'words', words: positionals.map((word) => substitute(word, mark, item)), stdin: { kind: 'none' } }));
    }
    return [{ kind: 'words', words: [...positionals, ...items], stdin: { kind: 'none' } }];
  },
};

/** The words that come in: known text split at white space, what a search would print, or one unknown word. */
function inputWords(call: Invocation, text: Word | undefined): readonly Word[] {
  const known = textOf(text);
  if (known !== undefined) {
    const words = known.split(/[\s\0]+/).filter((word) => word !== '');
    return words.slice(0, 200).map((word) => staticWord(word));
  }
  const last = call.stdin.kind === 'pipe' ? producedPaths(call.stdin.from) : undefined;
  if (last !== undefined) return last;
  return text === undefined ? [dynamicWord('(words from standard input)')] : [joinWords([text])];
}
