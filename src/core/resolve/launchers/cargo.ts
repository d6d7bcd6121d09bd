// cargo: aliases of .cargo/config.toml, and the tasks of cargo-make.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import { withArguments } from '../packages/script.ts';
import {
  findFile,
  folderWithin,
  lineOfKey,
  listOf,
  namedFile,
  readData,
  type Table,
  type TaskFile,
  tableOf,
  textAt,
  unreadFile,
  unreadTask,
  valueAt,
} from '../task-file.ts';
import { splitWords, type Task, taskCode, taskScript, taskWords } from '../tasks/commands.ts';
import { joinTexts, known, type Text, textOfWord, unknownText, wordOfText } from '../tasks/text.ts';

const valued = flagSet('--config -Z -C --color');
const makeValued = flagSet('--makefile -t --task -p --profile -e --env --env-file --cwd -l --loglevel --output-format');
const harmless =
  '--list-all-steps --list-category-steps --print-steps --print-only -h --help -V --version --diff-steps'.split(' ');
const limits = { tasks: 200, depth: 20 } as const;
/** Stands for all arguments of the command line. */
const allArguments = ['$', '{@}'].join('');

/** Commands that no alias stands in front of. Source: The Cargo Book, `[alias]`. */
const ownCommands = flagSet(
  'bench build check clean clippy doc fetch fix fmt generate-lockfile help init install locate-project login logout metadata new owner package pkgid publish read-manifest remove add report run rustc rustdoc search test tree uninstall update vendor verify-project version yank info',
);

/** Sources: The Cargo Book; the README of cargo-make. */
export const launcher: Launcher = {
  names: ['cargo', 'cargo-make', 'makers'],
  unwrap(call, world) {
    if (call.host.kind !== 'local') return [];
    if (call.name !== 'cargo') return runMake(call, call.name === 'cargo-make' ? call.args.slice(1) : call.args, world);
    const { words } = readLine(call.args, valued, true);
    const [first, ...rest] = words[0] !== undefined && knownPrefix(words[0]).startsWith('+') ? words.slice(1) : words;
    const verb = textOf(first);
    if (verb === undefined || ownCommands.has(verb)) return [];
    return verb === 'make' ? runMake(call, rest, world) : runAlias(call, verb, rest, world);
  },
};

/** `cargo wipe`: an alias is words in front of what was written behind its name. */
function runAlias(call: Invocation, name: string, args: readonly Word[], world: World): readonly Inner[] {
  const found = findFile(['.cargo/config.toml', '.cargo/config'], call.cwd, world);
  if (found.kind !== 'file') return [];
  const data = readData(found.file.text, 'toml', world);
  const entry = data === undefined || data === 'invalid' ? undefined : valueAt(data.value, 'alias', name);
  const words = typeof entry === 'string' ? splitWords(entry) : listOf(entry).map(String);
  if (words.length === 0 || words[0] === name) return [];
  const task: Task = { call, runner: 'cargo', file: found.file, name, cwd: call.cwd, assignments: [] };
  const line = lineOfKey(found.file.text, ['alias', name]);
  return [taskWords(task, [staticWord('cargo'), ...words.map((word) => staticWord(word)), ...args], line, 'alias')];
}

function runMake(call: Invocation, args: readonly Word[], world: World): readonly Inner[] {
  const { flags, words, passed } = readLine(args, makeValued, true);
  if (flags.has(...harmless)) return [];
  const folder = flags.last('--cwd');
  const cwd = folder === undefined ? call.cwd : folderWithin(call.cwd, textOf(folder) ?? '');
  const given = flags.last('--makefile');
  const found = given === undefined ? findFile(['Makefile.toml'], cwd, world) : namedFile(given, cwd, world);
  if (found.kind !== 'file') return unreadFile('cargo make', found, call);
  const data = readData(found.file.text, 'toml', world);
  if (data === undefined) return [];
  if (data === 'invalid') return [unreadTask('cargo make', 'Makefile.toml is not valid TOML')];
  const named = flags.last('-t', '--task');
  const name = textOf(named ?? words[0]) ?? 'default';
  const rest = [...(named === undefined ? words.slice(1) : words), ...(passed ?? [])];
  return new CargoMake(call, found.file, tableOf(data.value), rest).run(name, 0);
}

/** Follows the tasks of one Makefile.toml. */
class CargoMake {
  readonly #call: Invocation;
  readonly #file: TaskFile;
  readonly #data: Table;
  readonly #args: readonly Word[];
  readonly #done = new Set<string>();

  constructor(call: Invocation, file: TaskFile, data: Table, args: readonly Word[]) {
    this.#call = call;
    this.#file = file;
    this.#data = data;
    this.#args = args;
  }

  run(name: string, depth: number): readonly Inner[] {
    const entry = this.#entry(name, depth);
    if (entry === undefined || this.#done.has(name) || depth > limits.depth || this.#done.size > limits.tasks)
      return [];
    this.#done.add(name);
    const alias = textAt(entry, 'linux_alias') ?? textAt(entry, 'alias');
    if (alias !== undefined) return this.run(alias, depth + 1);
    const before = listOf(entry.dependencies).flatMap((each) =>
      this.run(typeof each === 'string' ? each : (textAt(each, 'name') ?? ''), depth + 1),
    );
    const called = listOf(entry.run_task).flatMap((each) =>
      listOf(typeof each === 'string' ? each : tableOf(each).name).flatMap((other) =>
        this.run(String(other), depth + 1),
      ),
    );
    return [...before, ...this.#command(name, entry), ...called];
  }

  /** A task with what it extends. */
  #entry(name: string, depth: number): Table | undefined {
    const tasks = tableOf(this.#data.tasks);
    if (!Object.hasOwn(tasks, name)) return undefined;
    const entry = tableOf(tasks[name]);
    const base =
      typeof entry.extend === 'string' && depth < limits.depth ? this.#entry(entry.extend, depth + 1) : undefined;
    return { ...base, ...entry };
  }

  #command(name: string, entry: Table): readonly Inner[] {
    const folder = textAt(entry, 'cwd');
    const env = { ...tableOf(this.#data.env), ...tableOf(entry.env) };
    const assignments = Object.keys(env).flatMap((key) => {
      const text = textAt(env, key);
      return text === undefined ? [] : [{ name: key, value: staticWord(text) }];
    });
    const cwd =
      folder === undefined
        ? this.#file.folder
        : folderWithin(this.#file.folder, folder.replace(/^\$\{CARGO_MAKE_WORKING_DIRECTORY\}\/?/, ''));
    const task: Task = { call: this.#call, runner: 'cargo make', file: this.#file, name, cwd, assignments };
    const line = lineOfKey(this.#file.text, [`tasks.${name}`]) ?? lineOfKey(this.#file.text, [name]);
    const program = textAt(entry, 'command');
    if (program !== undefined) {
      const args = listOf(entry.args).flatMap((arg) => this.#argument(String(arg)));
      return [taskWords(task, [staticWord(program), ...args], line, 'command')];
    }
    const script =
      typeof entry.script === 'string'
        ? entry.script
        : (textAt(entry, 'script', 'content') ?? listOf(entry.script).map(String).join('\n'));
    if (script.trim() === '' || script === '[object Object]') return [];
    const runner = textAt(entry, 'script_runner') ?? '@shell';
    if (runner === '@shell' || /^(ba|z|da)?sh$/.test(runner)) {
      const { text, positionals } = withArguments(script, []);
      return taskCode(
        task,
        textOfWord(text, 'script'),
        line,
        'script',
        positionals.length > 0 ? positionals : this.#args,
      );
    }
    if (runner.startsWith('@')) return [unreadTask('cargo make', `${name} is written for ${runner}`)];
    return taskScript(task, [staticWord(runner)], known(script), line, 'script');
  }

  /** `${@}` stands for the arguments, `${NAME}` for a variable. */
  #argument(text: string): readonly Word[] {
    if (text === allArguments) return this.#args;
    const parts = text.split(/(\$\{[^}]*\})/);
    if (parts.length === 1) return [staticWord(text)];
    const pieces = parts.map((part, index): Text => (index % 2 === 0 ? known(part) : unknownText(part.slice(2, -1))));
    return [wordOfText(joinTexts(pieces))];
  }
}
