// mise: `exec` in front of a command, and the tasks of mise.toml and of its task folders.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import { withArguments } from '../packages/script.ts';
import { shebangOf } from '../program.ts';
import {
  findFile,
  folderWithin,
  lineOfKey,
  listOf,
  readData,
  readFile,
  type Table,
  type TaskFile,
  tableOf,
  textAt,
} from '../task-file.ts';
import { lineOfText } from '../taskfile/index.ts';
import { loadedVariables, placeOf, splitWords, type Task, taskCode, taskScript } from '../tasks/commands.ts';
import { known, textOfWord } from '../tasks/text.ts';

const valued = flagSet('-C --cd -j --jobs -c --command -t --tool -o --output -s --shell -P --profile -E --env');
const files = [
  'mise.toml',
  '.mise.toml',
  'mise/config.toml',
  '.mise/config.toml',
  '.config/mise.toml',
  '.config/mise/config.toml',
];
const folders = ['mise-tasks', '.mise-tasks', 'mise/tasks', '.mise/tasks', '.config/mise/tasks'];
const limits = { tasks: 200, depth: 20 } as const;
/** mise's other commands: a task of such a name needs `run`. */
const commands = flagSet(
  'activate alias backends bin-paths cache completion config current deactivate direnv doctor en env fmt generate help hook-env hook-not-found implode install install-into latest link list ls ls-remote lock mcp outdated plugins prepare prune registry reshim search self-update set settings shell sync test-tool tool tool-stub trust uninstall unset unuse upgrade up use version watch w where which i p v',
);

/** Source: mise.jdx.dev, Tasks and CLI reference. */
export const launcher: Launcher = {
  names: ['mise'],
  unwrap(call, world) {
    const outer = readLine(call.args, valued, true);
    const [verbWord, ...behind] = outer.words;
    const verb = textOf(verbWord) ?? '';
    if (verb === 'exec' || verb === 'x') return execute(call, behind);
    const isRun =
      verb === 'run' || verb === 'r' || (verb === 'tasks' && ['run', 'r'].includes(textOf(behind[0]) ?? ''));
    if (call.host.kind !== 'local' || (!isRun && (verb === '' || verb === 'tasks' || commands.has(verb)))) return [];
    const rest = isRun ? (verb === 'tasks' ? behind.slice(1) : behind) : outer.words;
    const { flags, words, passed } = readLine(rest, valued, true);
    if (flags.has('-n', '--dry-run', '-h', '--help')) return [];
    const folder = outer.flags.with(flags).last('-C', '--cd');
    const cwd = folder === undefined ? call.cwd : folderWithin(call.cwd, textOf(folder) ?? '');
    const [name, ...behindName] = [...words, ...(passed ?? [])];
    const args = textOf(behindName[0]) === '--' ? behindName.slice(1) : behindName;
    return new Mise(call, cwd, world).run(textOf(name) ?? 'default', args);
  },
};

/** `mise exec node@20 -- command`, `mise x -c code`. */
function execute(call: Invocation, rest: readonly Word[]): readonly Inner[] {
  const { flags, words, passed } = readLine(rest, valued, true);
  const code = flags.last('-c', '--command');
  if (code !== undefined) return [{ kind: 'code', text: code, label: 'mise exec' }];
  const behind = passed ?? words.filter((word, index) => index > 0 || !knownPrefix(word).includes('@'));
  const cut = behind.findIndex((word) => textOf(word) === '--');
  const command = cut < 0 ? behind : behind.slice(cut + 1);
  return command.length === 0 ? [] : [{ kind: 'words', words: command, label: `${call.name} run` }];
}

class Mise {
  readonly #call: Invocation;
  readonly #cwd: Word;
  readonly #world: World;
  readonly #done = new Set<string>();

  constructor(call: Invocation, cwd: Word, world: World) {
    this.#call = call;
    this.#cwd = cwd;
    this.#world = world;
  }

  run(name: string, args: readonly Word[]): readonly Inner[] {
    const found = findFile(files, this.#cwd, this.#world);
    const data = found.kind === 'file' ? readData(found.file.text, 'toml', this.#world) : undefined;
    if (found.kind === 'file' && typeof data === 'object') {
      const root = rootOf(found.file);
      // Tasks that are named together stand behind `:::`.
      const groups = splitAt([staticWord(name), ...args], ':::');
      return groups.flatMap(([first, ...rest]) => this.#task(root, tableOf(data.value), textOf(first) ?? '', rest, 0));
    }
    return this.#file(name, args, this.#cwd);
  }

  #task(file: TaskFile, data: Table, name: string, args: readonly Word[], depth: number): readonly Inner[] {
    const tasks = tableOf(data.tasks);
    if (this.#done.has(name) || depth > limits.depth || this.#done.size > limits.tasks) return [];
    this.#done.add(name);
    if (!Object.hasOwn(tasks, name)) return this.#file(name, args, file.folder);
    const entry = tableOf(tasks[name]);
    const other = (list: unknown): readonly Inner[] =>
      listOf(list).flatMap((each) => {
        const [first = '', ...rest] = splitWords(typeof each === 'string' ? each : (textAt(each, 'task') ?? ''));
        return this.#task(
          file,
          data,
          first,
          rest.map((word) => staticWord(word)),
          depth + 1,
        );
      });
    return [
      ...other(entry.depends),
      ...this.#commands(file, data, name, entry, tasks[name], args, other),
      ...other(entry.depends_post),
    ];
  }

  #commands(
    file: TaskFile,
    data: Table,
    name: string,
    entry: Table,
    raw: unknown,
    args: readonly Word[],
    other: (list: unknown) => readonly Inner[],
  ): readonly Inner[] {
    const dir = textAt(entry, 'dir');
    const cwd =
      dir === undefined
        ? file.folder
        : folderWithin(file.folder, dir.replace(/\{\{\s*config_root\s*\}\}\/?/, '').replace(/\{\{\s*cwd\s*\}\}/, '.'));
    const task: Task = {
      call: this.#call,
      runner: 'mise run',
      file,
      name,
      cwd,
      assignments: [...this.#environment(data.env, file), ...this.#environment(entry.env, file)],
    };
    const line = lineOfKey(file.text, [`tasks.${name}`]) ?? lineOfKey(file.text, ['tasks', name]);
    const path = textAt(entry, 'file');
    if (path !== undefined)
      return [
        { kind: 'file', path: staticWord(path), positionals: args, program: true, ...placeOf(task, line, 'file') },
      ];
    const list = listOf(typeof raw === 'string' || Array.isArray(raw) ? raw : entry.run);
    return list.flatMap((command, at): readonly Inner[] => {
      if (typeof command !== 'string')
        return other([...listOf(tableOf(command).task), ...listOf(tableOf(command).tasks)]);
      const isLast = at === list.length - 1;
      const interpreter = shebangOf(command) ?? splitWords(textAt(entry, 'shell') ?? 'sh');
      const place = lineOfText(file.text, command, line);
      if (!/(^|\/)(ba|z|da|k|a)?sh$/.test(interpreter[0] ?? 'sh'))
        return taskScript(
          task,
          interpreter.filter((word) => word !== '-c').map((word) => staticWord(word)),
          known(command),
          place,
          at,
        );
      const code = withArguments(command, isLast && !command.includes('{{') ? args : []);
      return taskCode(task, textOfWord(code.text, 'args'), place, at, code.positionals);
    });
  }

  #environment(env: unknown, file: TaskFile): Task['assignments'] {
    const dotenv = textAt(env, '_', 'file');
    return [
      ...(dotenv === undefined ? [] : loadedVariables([dotenv], file.folder, this.#call, this.#world)),
      ...Object.keys(tableOf(env)).flatMap((name) => {
        const text = textAt(env, name);
        return text === undefined ? [] : [{ name, value: staticWord(text) }];
      }),
    ];
  }

  /** A script in one of the task folders; `a:b` stands in a folder. */
  #file(name: string, args: readonly Word[], folder: Word): readonly Inner[] {
    const path = name.replaceAll(':', '/');
    const found = folders
      .map((each) => `${each}/${path}`)
      .find((each) => readFile(staticWord(each), folder, this.#world)?.kind === 'text');
    if (found === undefined) return [];
    return [
      {
        kind: 'file',
        path: staticWord(`./${found}`),
        positionals: args,
        program: true,
        cwd: folder,
        label: 'mise run',
      },
    ];
  }
}

/** Tasks run in the project's folder, wherever its configuration stands. */
const rootOf = (file: TaskFile): TaskFile => {
  const folder = textOf(file.folder);
  return folder === undefined
    ? file
    : { ...file, folder: staticWord(folder.replace(/\/(\.config\/mise|\.config|\.mise|mise)$/, '') || '/') };
};

const splitAt = (words: readonly Word[], mark: string): readonly (readonly Word[])[] =>
  words.reduce<Word[][]>(
    (groups, word) => {
      if (textOf(word) === mark) groups.push([]);
      else groups.at(-1)?.push(word);
      return groups;
    },
    [[]],
  );
