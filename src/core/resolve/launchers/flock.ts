// flock: runs a command, or shell code behind `-c`, while it holds a lock.
import { textOf } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Launcher } from '../launcher.ts';

const grammar = optionGrammar({ values: '-w -E --wait --timeout --conflict-exit-code', stopAtPositional: true });

/** Source: flock(1). The first word is the lock: a file, a folder or a descriptor. */
export const launcher: Launcher = {
  names: ['flock'],
  unwrap(call) {
    const [first, text, ...rest] = readOptions(call.args, grammar).positionals.slice(1);
    if (first === undefined) return [];
    if (['-c', '--command'].includes(textOf(first) ?? '')) return text === undefined ? [] : [{ kind: 'code', text }];
    return [{ kind: 'words', words: text === undefined ? [first] : [first, text, ...rest] }];
  },
};
