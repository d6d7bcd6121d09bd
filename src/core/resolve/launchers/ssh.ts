// ssh: runs a command on another machine, in the login shell there.
import { joinWords, staticWord } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Launcher } from '../launcher.ts';
import { optionCode } from '../openssh.ts';

const grammar = optionGrammar({
  values: '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w',
  stopAtPositional: true,
});

/** Source: ssh(1). The words are joined and given to the remote user's shell; without them a shell reads standard input. */
export const launcher: Launcher = {
  names: ['ssh', 'autossh', 'mosh'],
  unwrap(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    const [destination, ...tail] = positionals;
    if (destination === undefined) return optionCode(call);
    const after = readOptions(tail, grammar).positionals;
    const host = { kind: 'ssh' as const, destination, config: flags.get('-F') };
    const surroundings = { label: 'ssh', host, cwd: staticWord('~'), freshEnvironment: true };
    if (after.length > 0) return [...optionCode(call), { kind: 'code', text: joinWords(after, ' '), ...surroundings }];
    if (call.stdin.kind === 'inherited' || call.stdin.kind === 'none') return optionCode(call);
    return [...optionCode(call), { kind: 'words', words: [staticWord('sh')], ...surroundings, stdin: call.stdin }];
  },
};
