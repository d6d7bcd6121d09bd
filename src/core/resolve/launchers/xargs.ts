// xargs: runs a command with words from its standard input.
import type { Stdin } from '../../model/invocation.ts';
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { type Options, optionGrammar, readOptions } from '../../programs/options.ts';
import { producedPaths } from '../found.ts';
import type { Launcher } from '../launcher.ts';
import { fileText, stdinText } from '../output.ts';
import { substitute } from '../substitute.ts';

const grammar = optionGrammar({
  values:
    '-a -d -E -I -J -L -n -P -R -S -s --arg-file --delimiter --max-lines --max-args --max-procs --max-chars --process-slot-var',
  stopAtPositional: true,
});

/** Source: xargs(1). Without a command it is echo. */
export const launcher: Launcher = {
  names: ['xargs', 'gxargs'],
  unwrap(call, world) {
    const { flags, positionals } = readOptions(call.args, grammar);
    if (positionals.length === 0 || flags.has('-p') || flags.has('--interactive')) return [];
    const replace =
      flags.get('-I') ?? (flags.has('-i') || flags.has('--replace') ? staticWord('{}') : undefined) ?? flags.get('-J');
    const mark = textOf(replace);
    const pattern = mark === undefined ? quotedWord : quotedLine;
    const file = flags.get('-a') ?? flags.get('--arg-file');
    const text = file === undefined ? stdinText(call.stdin, call, world) : fileText(file, call, world);
    const items = inputWords(file === undefined ? call.stdin : undefined, text, separatorOf(flags) ?? pattern);
    if (mark !== undefined) {
      return items.map((item) => ({
        kind: 'words',
        words: positionals.map((word) => substitute(word, mark, item)),
        stdin: { kind: 'none' },
      }));
    }
    return batches(items, flags).map((batch) => ({
      kind: 'words',
      words: [...positionals, ...batch],
      stdin: { kind: 'none' },
    }));
  },
};

/** `-n 1`: so many words for each call; otherwise all of them in one. */
function batches(items: readonly Word[], flags: Options['flags']): (readonly Word[])[] {
  const size = Number(textOf(flags.get('-n') ?? flags.get('--max-args')) ?? Number.NaN);
  if (!(size > 0) || items.length <= size) return [items];
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** What parts the words: NUL or a character given; undefined where blanks and quotes do. */
function separatorOf(flags: Options['flags']): string | undefined {
  if (flags.has('-0') || flags.has('--null')) return '\0';
  const given = textOf(flags.get('-d') ?? flags.get('--delimiter'));
  return given === '\\n' ? '\n' : given === '\\0' ? '\0' : given || undefined;
}

/** The words that come in, by standard input or from a file: known text, what a search would print, or one unknown word. */
function inputWords(stdin: Stdin | undefined, text: Word | undefined, separator: string | RegExp): readonly Word[] {
  const known = textOf(text);
  if (known !== undefined) {
    const isCharacter = typeof separator === 'string';
    const words = isCharacter ? known.split(separator).filter((word) => word !== '') : quotedWords(known, separator);
    return words.slice(0, 200).map((word) => staticWord(word));
  }
  const last = stdin?.kind === 'pipe' ? producedPaths(stdin.from) : undefined;
  if (last !== undefined) return last;
  return text === undefined ? [dynamicWord('(words from standard input)')] : [joinWords([text])];
}

/** Quotes and backslashes keep together what blanks part, or newlines where each line is one word. */
const quotedWord = /(?:'[^'\n]*'|"[^"\n]*"|\\[\s\S]|[^\s'"\\])+/g;
const quotedLine = /(?:'[^'\n]*'|"[^"\n]*"|\\[\s\S]|[^\s'"\\])(?:'[^'\n]*'|"[^"\n]*"|\\[\s\S]|[^\n'"\\])*/g;
const quoted = /'([^'\n]*)'|"([^"\n]*)"|\\([\s\S])/g;

const quotedWords = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([word]) =>
    word.replace(quoted, (_, single?: string, double?: string, escaped?: string) => single ?? double ?? escaped ?? ''),
  );
