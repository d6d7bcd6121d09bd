// tar, rsync, scp, sftp, lftp, zip, sort, rg: options and batch files that name a program to run.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, piecesOf, staticWord, textOf, type Word } from '../../model/word.ts';
import { spellOut } from '../../programs/abbreviations.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { withoutPrefix } from '../assignments.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { optionCode } from '../openssh.ts';
import { fileText, stdinText } from '../output.ts';

const code = (text: Word | undefined, label?: string): readonly Inner[] =>
  text === undefined
    ? []
    : [{ kind: 'code', text, stdin: { kind: 'none' }, ...(label === undefined ? {} : { label }) }];

/** Every value of some options: they may stand several times. Short ones may have it glued on, or stand last in a cluster. */
const valuesOf = (args: readonly Word[], flags: readonly string[]): readonly Word[] =>
  args.flatMap((word, at): readonly Word[] => {
    const text = textOf(word) ?? knownPrefix(word);
    const next = args.slice(at + 1, at + 2);
    if (flags.includes(text)) return next;
    const long = flags.find((flag) => flag.startsWith('--') && text.startsWith(`${flag}=`));
    if (long !== undefined) return [withoutPrefix(word, long.length + 1)];
    const short = flags.find((flag) => /^-[A-Za-z]$/.test(flag) && /^-[A-Za-z]/.test(text) && text.startsWith(flag));
    if (short !== undefined) return [withoutPrefix(word, 2)];
    const ends = flags.some(
      (flag) => /^-[A-Za-z]$/.test(flag) && /^-[A-Za-z]{2,}$/.test(text) && text.endsWith(flag.slice(1)),
    );
    return ends ? next : [];
  });

const compressors =
  /^(?:\S*\/)?(gzip|pigz|bzip2|pbzip2|lbzip2|xz|pixz|zstd|zstdmt|pzstd|lz4|lzip|plzip|lzop|lzma|compress|brotli|cat)\b[\w\s=.-]*$/;

/** Long options that name a program, and those that their beginnings could be mistaken for. */
const tarLongs =
  '--checkpoint --checkpoint-action --use-compress-program --info-script --new-volume-script --to-command --to-stdout --rsh-command --rmt-command'.split(
    ' ',
  );

/** Source: tar(1). `--checkpoint-action=exec=code`, `-I program`, `--to-command=code`. */
const tar: Launcher = {
  names: ['tar', 'gtar', 'bsdtar'],
  unwrap(call) {
    const args = spellOut(call.args, tarLongs);
    const actions = valuesOf(args, ['--checkpoint-action']).flatMap((word) =>
      knownPrefix(word).startsWith('exec=') ? [withoutPrefix(word, 5)] : [],
    );
    const programs = valuesOf(args, [
      '-I',
      '--use-compress-program',
      '-F',
      '--info-script',
      '--new-volume-script',
      '--to-command',
      '--rsh-command',
      '--rmt-command',
    ]);
    return [...programs, ...actions].flatMap((word) => code(word));
  },
};

/** Source: rsync(1). `-e` names the remote shell with its arguments; `--rsync-path` runs on the other side. */
const rsync: Launcher = {
  names: ['rsync'],
  unwrap(call) {
    const { flags, positionals } = readOptions(
      call.args,
      optionGrammar({ values: '-e --rsh --rsync-path -f --filter --exclude --include', aliases: '--rsh=-e' }),
    );
    const remote = flags.get('--rsync-path');
    const destination = positionals.find((word) => /^[^/]+:/.test(knownPrefix(word)));
    const isProgram = /^(sudo\s+)?\S*rsync$/.test(textOf(remote) ?? 'rsync');
    const there: readonly Inner[] =
      remote === undefined || isProgram || destination === undefined
        ? []
        : [
            {
              kind: 'code',
              text: remote,
              label: 'rsync --rsync-path',
              host: { kind: 'ssh', destination, config: undefined },
            },
          ];
    const shell = flags.get('-e');
    const isPlain = /^\s*(ssh|rsh)\b/.test(textOf(shell) ?? 'ssh') && !/command/i.test(textOf(shell) ?? '');
    return [...(isPlain ? [] : code(shell, 'rsync -e')), ...there];
  },
};

/** `-o ProxyCommand=code` of ssh's own copiers, `-S program`. Source: scp(1). */
const scp: Launcher = {
  names: ['scp'],
  unwrap: (call) => [...optionCode(call), ...transport(call)],
};

const transport = (call: Invocation): readonly Inner[] =>
  valuesOf(call.args, ['-S', '-D']).map((program) => ({ kind: 'words', words: [program], stdin: { kind: 'none' } }));

/** Source: sftp(1). `!code` of a batch runs here, `rm` and `rmdir` on the other side. */
const sftp: Launcher = {
  names: ['sftp'],
  unwrap(call, world) {
    const { flags, positionals } = readOptions(
      call.args,
      optionGrammar({ values: '-B -b -c -D -F -i -J -l -o -P -R -S -s -X' }),
    );
    const path = flags.get('-b');
    const batch =
      path === undefined || textOf(path) === '-' ? stdinText(call.stdin, call, world) : fileText(path, call, world);
    return [...optionCode(call), ...transport(call), ...batchLines(batch, call, positionals[0])];
  },
};

/** Source: lftp(1). Commands stand behind `-e` and `-c`, in a file, or on standard input, divided by `;`. */
const lftp: Launcher = {
  names: ['lftp', 'ftp', 'ncftp'],
  unwrap(call, world) {
    const { flags, positionals } = readOptions(call.args, optionGrammar({ values: '-e -c -f -u -p -s' }));
    const path = flags.get('-f');
    const texts: (Word | undefined)[] = call.name === 'lftp' ? [flags.get('-e') ?? flags.get('-c')] : [];
    if (path !== undefined) texts.push(fileText(path, call, world));
    if (!texts.some((text) => text !== undefined)) texts.push(stdinText(call.stdin, call, world));
    return texts.flatMap((text) => batchLines(text, call, positionals[0]));
  },
};

const remoteDeletes: Readonly<Record<string, string>> = {
  rm: 'rm',
  mrm: 'rm',
  rmdir: 'rmdir',
  delete: 'rm',
  mdelete: 'rm',
};

function batchLines(batch: Word | undefined, call: Invocation, destination: Word | undefined): readonly Inner[] {
  const text =
    batch === undefined
      ? ''
      : piecesOf(batch)
          .map((piece) => piece ?? '*')
          .join('')
          .slice(0, 50_000);
  return text.split(call.name === 'sftp' ? /\n/ : /[;\n]/).flatMap((line): readonly Inner[] => {
    const local = /^\s*-?!\s*(\S.*)$/.exec(line)?.[1];
    if (local !== undefined) return code(staticWord(local), `${call.name} !`);
    const [, verb = '', rest = ''] = /^\s*[-@]*(?:glob\s+)?([a-z]+)((?:\s+\S.*)?)$/.exec(line) ?? [];
    const program = Object.hasOwn(remoteDeletes, verb) ? remoteDeletes[verb] : undefined;
    if (program === undefined || rest.trim() === '') return [];
    const host = {
      kind: 'ssh' as const,
      destination: destination ?? staticWord(call.name ?? 'ftp'),
      config: undefined,
    };
    return [
      {
        kind: 'code',
        text: staticWord(`${program}${rest}`),
        label: call.name ?? 'ftp',
        host,
        cwd: staticWord('~'),
        freshEnvironment: true,
      },
    ];
  });
}

/** `zip -T -TT code`: the test of an archive. Source: zip(1). */
const zip: Launcher = {
  names: ['zip'],
  unwrap: (call) => valuesOf(call.args, ['-TT', '--unzip-command']).flatMap((word) => code(word, 'zip -TT')),
};

/** Programs that a filter is piped through. Sources: sort(1), split(1), rg(1). */
const filters: Readonly<Record<string, readonly string[]>> = {
  sort: ['--compress-program'],
  gsort: ['--compress-program'],
  split: ['--filter'],
  rg: ['--pre', '--hostname-bin'],
  ag: ['--pager'],
  ack: ['--pager'],
  bat: ['--pager'],
  wget: ['--use-askpass'],
};
const filter: Launcher = {
  names: Object.keys(filters),
  unwrap: (call: Invocation, _world: World) =>
    valuesOf(call.args, filters[call.name ?? ''] ?? [])
      .filter((word) => !compressors.test(textOf(word) ?? ''))
      .flatMap((word) => code(word, `${call.name} filter`)),
};

export const launchers = [tar, rsync, scp, sftp, lftp, zip, filter];
