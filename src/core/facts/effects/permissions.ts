// chmod, chown, chgrp: change who may do what, recursively or not.

import { knownPrefix, textOf, type Word } from '../../model/word.ts';
import { spellOut } from '../../programs/abbreviations.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const grammar = optionGrammar({ values: '--from', aliases: '--recursive=-R' });
const longs = [
  '--recursive',
  '--reference',
  '--preserve-root',
  '--no-preserve-root',
  '--from',
  '--changes',
  '--quiet',
  '--silent',
  '--verbose',
  '--dereference',
  '--no-dereference',
];

/** A folder at the top of the machine, or a whole home: below it, owners and modes are somebody's everyday work. */
const isTop = (path: Word): boolean =>
  /^(\/[^/]*|~[^/]*)\/?\*?$/.test(textOf(path) ?? knownPrefix(path)) || /^\.{0,2}[/*]*$/.test(textOf(path) ?? '');

/** Sources: chmod(1), chown(1), chgrp(1). */
export const effect: EffectReader = {
  names: ['chmod', 'chown', 'chgrp'],
  read(call) {
    const { flags, positionals } = readOptions(spellOut(call.args, longs), grammar);
    // A mode such as `-x` is read as an option; then the first word is a path already.
    const modeIsFlag =
      call.name === 'chmod' && [...flags.keys()].some((flag) => /^-[rwxXst]$/.test(flag)) && !flags.has('--reference');
    const paths = flags.has('--reference') || modeIsFlag ? positionals : positionals.slice(1);
    return paths.map((path) => ({
      op: call.name === 'chmod' ? 'chmod' : 'chown',
      path,
      recursive: flags.has('-R') || (path.glob && (call.name !== 'chmod' || knownPrefix(path).startsWith('/'))),
      mild: !isTop(path),
    }));
  },
};
