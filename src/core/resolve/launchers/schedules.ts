// at, batch, crontab: commands that run later.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { dynamicWord, joinWords, knownPrefix, piecesOf, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { fileText, outputOf, stdinText } from '../output.ts';

/** Source: at(1). The shell code stands in a file or on standard input. */
const at: Launcher = {
  names: ['at', 'batch'],
  unwrap(call, world) {
    const { flags } = readOptions(call.args, optionGrammar({ values: '-f -q -t' }));
    if (['-c', '-l', '-r', '-d'].some((flag) => flags.has(flag))) return [];
    const path = flags.get('-f');
    if (path !== undefined) return [{ kind: 'file', path, positionals: [], stdin: { kind: 'none' } }];
    const text = stdinText(call.stdin, call, world);
    return text === undefined ? unseen(call) : [{ kind: 'code', text, stdin: { kind: 'none' } }];
  },
};

/** What another program prints becomes code; what a person types is theirs. */
const unseen = (call: Invocation): readonly Inner[] =>
  call.stdin.kind === 'pipe'
    ? [{ kind: 'opaque', reason: 'unread-stdin', detail: `${call.name} runs what another program prints` }]
    : [];

/** Some folder at or below the home of whom the table belongs to. */
const homeFolder = dynamicWord('~', ['~/', null]);

/** Source: crontab(1). `crontab file` and `crontab -` put a table in place of the one that was there. */
const crontab: Launcher = {
  names: ['crontab'],
  unwrap(call, world) {
    const { flags, positionals } = readOptions(call.args, optionGrammar({ values: '-u' }));
    if (['-l', '-r', '-e', '-T'].some((flag) => flags.has(flag))) return [];
    const user = flags.get('-u');
    const surroundings = {
      label: 'crontab',
      stdin: { kind: 'none' as const },
      cwd: homeFolder,
      ...(textOf(user) === undefined ? {} : { user: textOf(user) as string }),
    };
    return jobsOf(tableText(call, positionals[0], world)).map((text) => ({ kind: 'code', text, ...surroundings }));
  },
};

/** The table's text; of several programs that print into it, what is known of each. */
function tableText(call: Invocation, path: Word | undefined, world: World): Word | undefined {
  if (path !== undefined && !['-', '/dev/stdin'].includes(textOf(path) ?? '')) return fileText(path, call, world);
  const { stdin } = call;
  if (stdin.kind === 'inherited' || stdin.kind === 'none') return undefined;
  const text = stdinText(stdin, call, world);
  if (text !== undefined || stdin.kind !== 'pipe') return text;
  return joinWords(
    stdin.from.flatMap((from) => outputOf(from, world) ?? []),
    '\n',
  );
}

/** More jobs of one table than this are not followed. */
const maxJobs = 200;

/** The commands of a table: behind five fields or a nickname; `%` ends what the shell gets. Source: crontab(5). */
function jobsOf(table: Word | undefined): readonly Word[] {
  if (table === undefined) return [];
  const text = piecesOf(table)
    .map((piece) => piece ?? '…')
    .join('');
  return text
    .split(/\r?\n/)
    .flatMap((line): readonly Word[] => {
      const job = /^\s*(?:@[a-z]+|(?:[\d*][\w*,/-]*\s+){4}[\w*,/-]+)\s+(\S.*)$/i.exec(line)?.[1];
      return job === undefined ? [] : [staticWord(job.replace(/([^\\])%.*$/, '$1').replaceAll('\\%', '%'))];
    })
    .filter((job) => !knownPrefix(job).startsWith('#'))
    .slice(0, maxJobs);
}

export const launchers = [at, crontab];
