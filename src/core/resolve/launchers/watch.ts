// watch: runs a command again and again, through sh unless told otherwise.
import { joinWords } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Launcher } from '../launcher.ts';

const grammar = optionGrammar({ values: '-n --interval -q --equexit', stopAtPositional: true });

export const launcher: Launcher = {
  names: ['watch'],
  unwrap(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    if (positionals.length === 0) return [];
    if (flags.has('-x') || flags.has('--exec')) return [{ kind: 'words', words: positionals }];
    return [{ kind: 'code', text: joinWords(positionals, ' ') }];
  },
};
