// foreman, honcho, overmind, hivemind, `heroku local`: the processes of a Procfile.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import { folderWithin, namedFile, unreadFile } from '../task-file.ts';
import { loadedVariables, type Task, taskCode } from '../tasks/commands.ts';
import { known } from '../tasks/text.ts';

const valued = flagSet(
  '-f --procfile -e --env -m --formation -d --root --app-root -p --port -c --concurrency -t --timeout -l --processes -x --ignored-processes -N --title -i --interval -a --app -r --remote -s --size --restart -P --port-step -D --daemonize --can-die -h --tmux-socket --env-file',
);

/** What starts the processes, and what runs one command in their environment. Sources: the tools' READMEs. */
const verbs: Readonly<Record<string, { readonly start: readonly string[]; readonly run: readonly string[] }>> = {
  foreman: { start: ['start', 's'], run: ['run'] },
  honcho: { start: ['start'], run: ['run'] },
  overmind: { start: ['start', 's'], run: ['run'] },
  heroku: { start: ['local', 'local:start'], run: ['run', 'run:detached', 'local:run'] },
};

export const launcher: Launcher = {
  names: [...Object.keys(verbs), 'hivemind'],
  unwrap(call, world) {
    if (call.name === 'hivemind') {
      const { flags, words } = readLine(call.args, valued, false);
      return processes(call, world, flags, words[0] ?? flags.last('-f', '--procfile'), undefined);
    }
    const { start = [], run = [] } = verbs[call.name ?? ''] ?? {};
    const outer = readLine(call.args, valued, true);
    const [verbWord, ...rest] = outer.words;
    const verb = textOf(verbWord) ?? '';
    const isRun = run.includes(verb);
    if (!isRun && !start.includes(verb)) return [];
    const line = readLine(rest, valued, isRun);
    const flags = outer.flags.with(line.flags);
    if (!isRun) return processes(call, world, flags, flags.last('-f', '--procfile'), line.words);
    const words = line.passed ?? line.words;
    const isHere = call.name !== 'heroku' || verb === 'local:run';
    const assignments = isHere ? loadedVariables(['.env'], call.cwd, call, world) : [];
    return words.length === 0 ? [] : [{ kind: 'words', words, label: `${call.name} run`, assignments }];
  },
};

/** The processes of the file, or those of them that are named. */
function processes(
  call: Invocation,
  world: World,
  flags: ReturnType<typeof readLine>['flags'],
  given: Word | undefined,
  names: readonly Word[] | undefined,
): readonly Inner[] {
  if (call.host.kind !== 'local' || flags.has('--help', '--version')) return [];
  const root = flags.last('-d', '--root', '--app-root');
  const base = root === undefined ? call.cwd : folderWithin(call.cwd, textOf(root) ?? '');
  const found = namedFile(given ?? staticWord('Procfile'), base, world);
  if (found.kind !== 'file') return unreadFile(call.name ?? 'foreman', found, call);
  const { file } = found;
  const env = textOf(flags.last('-e', '--env')) ?? '.env';
  const assignments = loadedVariables(env.split(','), file.folder, call, world);
  const wanted = [
    ...(names ?? []),
    ...(flags.last('-l', '--processes') === undefined ? [] : [flags.last('-l', '--processes')]),
  ]
    .flatMap((word) => textOf(word)?.split(',') ?? [])
    .filter((name) => name !== '');
  return file.text.split(/\r?\n/).flatMap((text, index) => {
    const [, name, command] = /^([\w-]+):\s*(.*)$/.exec(text) ?? [];
    if (name === undefined || command === undefined || (wanted.length > 0 && !wanted.includes(name))) return [];
    const task: Task = { call, runner: call.name ?? 'foreman', file, name, cwd: file.folder, assignments };
    return taskCode(task, known(command), index + 1, name);
  });
}
