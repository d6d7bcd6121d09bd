// scp, sftp's kin: write what they fetch over a file of this machine.
import { knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader, FileEffect } from '../effect.ts';

const grammar = optionGrammar({ values: '-c -D -F -i -J -l -o -P -S -X' });

/** Source: scp(1). */
export const effect: EffectReader = {
  names: ['scp'],
  read(call) {
    const { positionals } = readOptions(call.args, grammar);
    const target = positionals.at(-1);
    return target === undefined ? [] : writtenOver(positionals.slice(0, -1), target, false);
  },
  makes: (call) => readOptions(call.args, grammar).positionals.slice(-1),
};

/** `web1:/srv/orders.db` and `rsync://...` stand on another machine. */
const isRemote = (word: Word): boolean => /^[^/]*:/.test(knownPrefix(word));

/** What single files are written over. Of a whole folder (`orders/`) nobody can tell what it brings. */
export function writtenOver(sources: readonly Word[], target: Word, keeps: boolean): FileEffect[] {
  if (keeps || isRemote(target) || target.glob) return [];
  return sources.flatMap((source): FileEffect[] => {
    const name = textOf(source)?.split(/[/:]/).at(-1);
    if (name === undefined || name === '' || name === '.' || source.glob) return [];
    return [{ op: 'overwrite', path: target, many: false, entry: staticWord(name), uncertain: true }];
  });
}
