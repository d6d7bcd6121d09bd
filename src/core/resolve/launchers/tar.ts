// tar, rsync, scp: options that name a program to run.
import { staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { optionCode } from '../openssh.ts';

const code = (text: Word | undefined): readonly Inner[] =>
  text === undefined ? [] : [{ kind: 'code', text, stdin: { kind: 'none' } }];

const tarGrammar = optionGrammar({
  values:
    '-f --file -C --directory -I --use-compress-program -F --info-script --new-volume-script --to-command --rsh-command --checkpoint-action',
});

/** Source: tar(1). `--checkpoint-action=exec=code`, `-I program`, `--to-command=code`. */
const tar: Launcher = {
  names: ['tar', 'gtar', 'bsdtar'],
  unwrap(call) {
    const { flags } = readOptions(call.args, tarGrammar);
    const action = flags.get('--checkpoint-action');
    const programs = [
      '-I',
      '--use-compress-program',
      '-F',
      '--info-script',
      '--new-volume-script',
      '--to-command',
      '--rsh-command',
    ].map((flag) => flags.get(flag));
    return [
      ...programs.flatMap(code),
      ...(textOf(action)?.startsWith('exec=') ? code(staticWord((textOf(action) ?? '').slice(5))) : []),
    ];
  },
};

/** Source: rsync(1). `-e` names the remote shell with its arguments; `--rsync-path` runs on the other side. */
const rsync: Launcher = {
  names: ['rsync'],
  unwrap(call) {
    const { flags } = readOptions(
      call.args,
      optionGrammar({ values: '-e --rsh --rsync-path -f --filter --exclude --include', aliases: '--rsh=-e' }),
    );
    const shell = flags.get('-e');
    return /^(ssh|rsh)\b/.test(textOf(shell) ?? 'ssh') ? [] : code(shell);
  },
};

/** `-o ProxyCommand=code` of ssh's own copiers. */
const copiers: Launcher = {
  names: ['scp', 'sftp'],
  unwrap: (call) => optionCode(call),
};

export const launchers = [tar, rsync, copiers];
