// mogrify, convert: write pictures over themselves, so that the originals are lost.
import type { Invocation } from '../../model/invocation.ts';
import { showWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const grammar = optionGrammar({
  values:
    '-resize -quality -rotate -crop -scale -thumbnail -sample -extent -geometry -density -depth -format -path -gravity -background -fill -blur -sharpen -colorspace -channel -level -modulate -border -bordercolor -font -pointsize -draw -annotate -compress -type -threshold -fuzz -define -set -page -units',
  singleDash: true,
});
/** Options that change the picture itself; the others only its envelope. */
const changing = [
  '-resize',
  '-quality',
  '-rotate',
  '-crop',
  '-scale',
  '-thumbnail',
  '-sample',
  '-extent',
  '-blur',
  '-colorspace',
  '-level',
  '-modulate',
  '-threshold',
  '-negate',
  '-monochrome',
  '-flip',
  '-flop',
  '-trim',
  '-normalize',
  '-sharpen',
];

/** Source: ImageMagick's command-line documentation. `mogrify -format` and `-path` write new files. */
export const effect: EffectReader = {
  names: ['mogrify', 'convert', 'magick'],
  read(call) {
    const words = call.name === 'magick' && textOf(call.args[0]) === 'mogrify' ? call.args.slice(1) : call.args;
    const { flags, positionals } = readOptions(words, grammar);
    if (!changing.some((flag) => flags.has(flag))) return [];
    const mogrifies = call.name === 'mogrify' || words !== call.args;
    if (mogrifies)
      return flags.has('-format') || flags.has('-path')
        ? []
        : positionals.map((path) => ({ op: 'overwrite', path, many: true }));
    return ontoItself(positionals).map((path) => ({ op: 'overwrite', path, many: true }));
  },
  makes: (call: Invocation) => (call.name === 'mogrify' ? [] : call.args.slice(-1)),
};

/** The output where it is one of the inputs. */
function ontoItself(words: readonly Word[]): readonly Word[] {
  const output = words.at(-1);
  return output !== undefined && words.slice(0, -1).some((word) => showWord(word) === showWord(output)) ? [output] : [];
}
