// ansible: one module on many machines; the modules that run a command there, and the one that deletes a file.
import type { Host, Invocation } from '../../model/invocation.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { withoutPrefix } from '../assignments.ts';
import type { Launcher, Surroundings } from '../launcher.ts';

const grammar = optionGrammar({
  values:
    '-a --args -m --module-name -i --inventory -l --limit -f --forks -e --extra-vars -u --user -c --connection -t --tree -M --module-path -B --background -P --poll -T --timeout --become-user --become-method --private-key --key-file --vault-id --vault-password-file --ssh-common-args --ssh-extra-args',
  aliases: '--args=-a --module-name=-m --check=-C --connection=-c',
});
const commands = new Set(['shell', 'command', 'raw']);

/** Source: ansible(1), and the pages of the modules shell, command, raw and file. Without `-m` the module is command. */
export const launcher: Launcher = {
  names: ['ansible'],
  unwrap(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    const given = flags.get('-a');
    if (given === undefined || flags.has('-C') || flags.has('--list-hosts')) return [];
    const module = (textOf(flags.get('-m')) ?? 'command').replace(/^ansible\.(?:builtin|legacy)\./, '');
    const around = surroundingsOf(call, positionals[0], textOf(flags.get('-c')), module);
    if (commands.has(module)) return [{ kind: 'code', text: commandIn(given), ...around }];
    const absent = module === 'file' ? absentPath(textOf(given) ?? '') : undefined;
    const words = ['rm', '-rf', absent ?? ''].map((word) => staticWord(word));
    return absent === undefined ? [] : [{ kind: 'words', words, ...around }];
  },
};

function surroundingsOf(
  call: Invocation,
  pattern: Word | undefined,
  connection: string | undefined,
  module: string,
): Surroundings {
  const label = `ansible -m ${module}`;
  const isHere = connection === 'local' || /^(localhost|127\.0\.0\.1)$/.test(textOf(pattern) ?? '');
  if (isHere || pattern === undefined) return { label, cwd: call.cwd };
  const host: Host = { kind: 'ssh', destination: pattern, config: undefined };
  return { label, host, cwd: staticWord('~'), freshEnvironment: true };
}

/** `chdir=/srv rm -rf orders`, `cmd="rm -rf orders"`: settings of the module stand in front of the command or around it. */
function commandIn(given: Word): Word {
  const settings = /^(?:\s*(?:chdir|creates|removes|executable|warn)=\S+)+\s+/.exec(textOf(given) ?? '')?.[0] ?? '';
  const rest = settings === '' ? given : withoutPrefix(given, settings.length);
  const quoted = /^cmd=(["']?)([\s\S]*)\1$/.exec(textOf(rest) ?? '')?.[2];
  return quoted === undefined ? rest : staticWord(quoted);
}

/** The path of `path=/srv/orders state=absent`. */
function absentPath(text: string): string | undefined {
  if (!/(?:^|\s)state=["']?absent\b/.test(text)) return undefined;
  return /(?:^|\s)(?:path|dest|name)=["']?([^\s"']+)/.exec(text)?.[1];
}
