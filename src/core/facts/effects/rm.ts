// rm, unlink and the tools that stand in for them.
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { textOf } from '../../model/word.ts';
import type { EffectReader } from '../effect.ts';

const grammar = optionGrammar({ aliases: '-R=-r --recursive=-r --force=-f --interactive=-i -I=-i --dir=-d', values: '--concurrency --max-retries --glob-concurrency' });

/** Sources: rm(1), rimraf and del-cli documentation. */
export const effect: EffectReader = {
  names: ['rm', 'grm', 'unlink', 'srm', 'rimraf', 'del-cli', 'mrm', 'del', 'rip'],
  read(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    if (flags.has('--help') || flags.has('--version')) return [];
    const always = call.name === 'rimraf' || call.name === 'del-cli';
    const answered = call.stdin.kind === 'pipe' && call.stdin.from.some((from) => from.name === 'yes' || /^y/i.test(textOf(from.args[0]) ?? ''));
    const asks = flags.has('-i') && !flags.has('-f') && !answered;
    return positionals.map((path) => ({ op: 'delete', path, recursive: always || flags.has('-r'), asks }));
  },
};
