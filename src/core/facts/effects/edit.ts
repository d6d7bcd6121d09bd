// sed -i, perl -i: edit files in place; a script that deletes every line empties them.
import { textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader, FileEffect } from '../effect.ts';

const sed = optionGrammar({
  values: '-e --expression -f --file -l --line-length',
  aliases: '--expression=-e --file=-f --in-place=-i',
});
const perl = optionGrammar({ values: '-e -E -I -M -m' });

/** Sources: sed(1), perlrun(1). */
export const effect: EffectReader = {
  names: ['sed', 'gsed', 'perl'],
  read(call) {
    const isPerl = call.name === 'perl';
    const { flags, positionals } = readOptions(call.args, isPerl ? perl : sed);
    if (!flags.has('-i')) return [];
    const given = flags.get('-e') ?? flags.get('-E') ?? flags.get('-f');
    const script = given ?? positionals[0];
    const files = given === undefined ? positionals.slice(1) : positionals;
    const empties = script !== undefined && deletesEverything(script);
    return files.map(
      (path): FileEffect =>
        empties ? { op: 'truncate', path } : { op: 'overwrite', path, mild: true, edits: true, replaces: true },
    );
  },
};

/** `d`, `/./d`, `1,$d`, `s/.*\n//g`: nothing that stood in the file is left. */
const deletesEverything = (script: Word): boolean =>
  /^\s*(d|\/\.\*?\/\s*d|1,\$\s*d|s([/|#,])\.[*+](\\n)?\2\2g?)\s*;?\s*$/.test(textOf(script) ?? '');
