// socat, nc: connect a program to a socket.
import { staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';

/** Source: socat(1). `EXEC:program`, `SYSTEM:code`, with options behind a comma. */
const socat: Launcher = {
  names: ['socat'],
  unwrap: (call) =>
    call.args.flatMap((word): readonly Inner[] => {
      const text = /^(?:EXEC|SYSTEM|SHELL):(.*)$/is.exec(textOf(word) ?? '')?.[1];
      return text === undefined
        ? []
        : [
            {
              kind: 'code',
              text: staticWord(
                text
                  .replace(/,(pty|stderr|setsid|sigint|sane|ctty|nofork|pipes|raw|echo=\d).*$/i, '')
                  .replace(/\\(?=[ "'])/g, ''),
              ),
              label: 'socat',
              stdin: { kind: 'none' },
            },
          ];
    }),
};

/** Source: nc(1), ncat(1). */
const nc: Launcher = {
  names: ['nc', 'ncat', 'netcat'],
  unwrap(call) {
    const { flags } = readOptions(
      call.args,
      optionGrammar({ values: '-e -c --exec --sh-exec --lua-exec -p -s -w -i -g -G -x -X' }),
    );
    const program: Word | undefined = flags.get('-e') ?? flags.get('--exec') ?? flags.get('--sh-exec');
    return program === undefined ? [] : [{ kind: 'code', text: program, stdin: { kind: 'none' } }];
  },
};

export const launchers = [socat, nc];
