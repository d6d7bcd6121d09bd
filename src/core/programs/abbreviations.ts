// Abbreviations: long options may be cut short as long as they stay unique (`rm --rec`, `git reset --har`).
import { staticWord, textOf, type Word } from '../model/word.ts';

/**
 * The arguments with every unique beginning of a long option spelled out. `longs` are all long options of the program
 * that matter and those that they could be mistaken for. Sources: getopt_long(3), gitcli(7).
 */
export function spellOut(args: readonly Word[], longs: readonly string[]): readonly Word[] {
  const end = args.findIndex((word) => textOf(word) === '--');
  return args.map((word, index) => {
    const text = textOf(word);
    if (text === undefined || !text.startsWith('--') || text.length < 4 || (end >= 0 && index >= end)) return word;
    const equals = text.indexOf('=');
    const given = equals < 0 ? text : text.slice(0, equals);
    if (longs.includes(given)) return word;
    const meant = longs.filter((long) => long.startsWith(given));
    // Of `--force` and `--force-with-lease`, `--forc` means the one that all others go on from.
    const shortest = meant.find((long) => meant.every((other) => other.startsWith(long)));
    return shortest === undefined ? word : staticWord(`${shortest}${equals < 0 ? '' : text.slice(equals)}`);
  });
}
