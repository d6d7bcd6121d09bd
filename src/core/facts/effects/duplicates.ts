// fdupes, jdupes, rdfind: delete what they take for duplicates.
import { textOf } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const grammar = optionGrammar({
  values: '-G --minsize -L --maxsize -o --order -X --ext-filter',
  aliases: '--delete=-d --noprompt=-N',
});
const rdfind = optionGrammar({
  values:
    '-ignoreempty -minsize -maxsize -followsymlinks -removeidentinode -checksum -buffersize -deterministic -makesymlinks -makehardlinks -makeresultsfile -outputname -deleteduplicates -sleep -dryrun -n',
  singleDash: true,
});

/** Sources: fdupes(1), jdupes(1), rdfind(1). Without `-N` fdupes asks for each set. */
export const effect: EffectReader = {
  names: ['fdupes', 'jdupes', 'rdfind'],
  read(call) {
    if (call.name === 'rdfind') {
      const { flags, positionals } = readOptions(call.args, rdfind);
      const off = ['-dryrun', '-n'].some((flag) => textOf(flags.get(flag)) === 'true');
      if (textOf(flags.get('-deleteduplicates')) !== 'true' || off) return [];
      return positionals.map((path) => ({ op: 'delete', path, recursive: true, many: true }));
    }
    const { flags, positionals } = readOptions(call.args, grammar);
    if (!flags.has('-d')) return [];
    return positionals.map((path) => ({ op: 'delete', path, recursive: true, many: true, asks: !flags.has('-N') }));
  },
};
