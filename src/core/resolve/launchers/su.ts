// su, runuser, sg: run a command as another user or with another group.
import { showWord, textOf } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Launcher } from '../launcher.ts';

const grammar = optionGrammar({ values: '-c --command -g --group -s --shell -u --user -w -G -T' });

/** Source: su(1), runuser(1). */
const su: Launcher = {
  names: ['su', 'runuser'],
  unwrap(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    const code = flags.get('-c') ?? flags.get('--command');
    const named = flags.get('-u') ?? flags.get('--user');
    const words = positionals.filter((word) => showWord(word) !== '-');
    const user = named ?? words[0];
    const surroundings = { user: user === undefined ? 'root' : showWord(user) };
    if (code !== undefined) return [{ kind: 'code', text: code, ...surroundings }];
    return named !== undefined && words.length > 0 ? [{ kind: 'words', words, ...surroundings }] : [];
  },
};

/** Source: sg(1). `sg group -c code`, `sg group code`. */
const sg: Launcher = {
  names: ['sg'],
  unwrap(call) {
    const words = call.args.filter((word) => !['-', '-c'].includes(textOf(word) ?? ''));
    const code = words[1];
    return code === undefined ? [] : [{ kind: 'code', text: code }];
  },
};

export const launchers = [su, sg];
