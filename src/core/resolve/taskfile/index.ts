// task: from its command line to what the tasks of a Taskfile run.
import type { Assignment, Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import { withoutPrefix } from '../assignments.ts';
import { matchesPattern } from '../glob.ts';
import type { Inner } from '../launcher.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import {
  findFile,
  folderWithin,
  lineOfKey,
  listOf,
  namedFile,
  readData,
  readFile,
  type Table,
  type TaskFile,
  tableOf,
  textAt,
  unreadFile,
  unreadTask,
} from '../task-file.ts';
import { assignmentOf, callerVariable, loadedVariables, type Task, taskCode } from '../tasks/commands.ts';
import {
  choiceOf,
  joinTexts,
  known,
  plainText,
  showText,
  type Text,
  textOfWord,
  unknownText,
  wordsOfText,
} from '../tasks/text.ts';
import { fillTemplate, type Lookup } from './template.ts';

/** Names of Taskfiles, in task's order, looked for from the current folder upwards. Source: taskfile.dev, "Supported file names". */
const names = [
  'Taskfile.yml',
  'taskfile.yml',
  'Taskfile.yaml',
  'taskfile.yaml',
  'Taskfile.dist.yml',
  'taskfile.dist.yml',
  'Taskfile.dist.yaml',
  'taskfile.dist.yaml',
];
const limits = { tasks: 200, includes: 40, depth: 30 } as const;
const valued = flagSet(
  '-t --taskfile -d --dir -C --concurrency -o --output -I --interval --sort --completion --cacert --timeout --experiment',
);
const harmless = '-l --list -a --list-all --summary --status -i --init --version -h --help --completion -n --dry'.split(
  ' ',
);

/** What one `task` runs; undefined where there is no Taskfile (the name is also that of other programs). */
export function runTask(call: Invocation, world: World): readonly Inner[] | undefined {
  const { flags, words, passed } = readLine(call.args, valued, false);
  if (call.host.kind !== 'local') return [];
  const folder = flags.last('-d', '--dir');
  const home = call.env.get('HOME');
  const isGlobal = flags.has('-g', '--global') && home !== undefined;
  const start = isGlobal
    ? home
    : folder === undefined
      ? call.cwd
      : folderWithin(call.cwd, textOf(folder) ?? knownPrefix(folder));
  const given = flags.last('-t', '--taskfile');
  const found =
    given === undefined
      ? findFile(names, start, world, folder === undefined && !isGlobal)
      : namedFile(given, call.cwd, world);
  if (found.kind !== 'file') return found.kind === 'failed' ? unreadFile('task', found, call) : undefined;
  if (flags.has(...harmless)) return [];
  return new Runner(call, world, passed ?? []).run(found.file, folder === undefined ? found.file.folder : start, words);
}

/** A Taskfile as it is included: its tasks stand behind a name. */
interface Namespace {
  readonly file: TaskFile;
  readonly data: Table;
  readonly cwd: Word;
  /** Variables that whoever includes it gives it. */
  readonly given: Vars;
  readonly includes: ReadonlyMap<string, Namespace>;
  readonly parent: Namespace | undefined;
}

type Vars = ReadonlyMap<string, Text>;

class Runner {
  readonly #call: Invocation;
  readonly #world: World;
  readonly #passed: readonly Word[];
  readonly #commandLine = new Map<string, Text>();
  readonly #done = new Set<string>();
  readonly #unread: Inner[] = [];
  #count = 0;
  #files = 0;

  constructor(call: Invocation, world: World, passed: readonly Word[]) {
    this.#call = call;
    this.#world = world;
    this.#passed = passed;
  }

  run(file: TaskFile, cwd: Word, words: readonly Word[]): readonly Inner[] {
    const root = this.#namespace(file, cwd, new Map(), undefined);
    const tasks: string[] = [];
    for (const word of words) {
      const name = /^[A-Za-z_]\w*(?==)/.exec(knownPrefix(word))?.[0];
      if (name !== undefined) this.#commandLine.set(name, textOfWord(withoutPrefix(word, name.length + 1), name));
      else tasks.push(textOf(word) ?? '');
    }
    if (root === undefined) return this.#unread;
    const inners = (tasks.length === 0 ? ['default'] : tasks).flatMap((task) => this.#task(root, task, new Map(), 0));
    return [...inners, ...this.#unread];
  }

  #namespace(file: TaskFile, cwd: Word, given: Vars, parent: Namespace | undefined): Namespace | undefined {
    this.#files += 1;
    const data = readData(file.text, 'yaml', this.#world);
    if (data === undefined || this.#files > limits.includes) return undefined;
    if (data === 'invalid') {
      this.#unread.push(unreadTask('task', `${file.path} is not valid YAML`));
      return undefined;
    }
    const includes = new Map<string, Namespace>();
    const space: Namespace = { file, data: tableOf(data.value), cwd, given, includes, parent };
    for (const [name, entry] of Object.entries(tableOf(space.data.includes))) {
      const inner = this.#include(entry, space);
      if (inner !== undefined) includes.set(name, inner);
    }
    return space;
  }

  #include(entry: unknown, space: Namespace): Namespace | undefined {
    const lookup = this.#lookup(space, new Map());
    const text = typeof entry === 'string' ? entry : textAt(entry, 'taskfile');
    const path = text === undefined ? undefined : plainText(fillTemplate(text, lookup));
    if (path === undefined || /^https?:|^git/.test(path)) return undefined;
    const candidates = /\.ya?ml$/.test(path) ? [path] : names.map((name) => `${path}/${name}`);
    const answers = candidates.map((each) => ({
      each,
      answer: readFile(staticWord(each), space.file.folder, this.#world),
    }));
    const found = answers.find(({ answer }) => answer?.kind === 'text');
    if (found?.answer?.kind !== 'text') return undefined;
    const shown = textOf(folderWithin(space.file.folder, found.each)) ?? found.each;
    for (let outer: Namespace | undefined = space; outer; outer = outer.parent)
      if (outer.file.path === shown) return undefined;
    const cut = found.each.lastIndexOf('/');
    const folder = cut < 0 ? space.file.folder : folderWithin(space.file.folder, found.each.slice(0, cut));
    const dir = textAt(entry, 'dir');
    const cwd =
      dir === undefined ? space.cwd : folderWithin(space.file.folder, plainText(fillTemplate(dir, lookup)) ?? dir);
    const given = this.#vars(tableOf(entry).vars, lookup);
    return this.#namespace({ path: shown, folder, text: found.answer.text }, cwd, given, space);
  }

  /** A task by its name, an alias, `namespace:task`, or a pattern with `*`. */
  #find(
    space: Namespace,
    name: string,
  ): { readonly space: Namespace; readonly key: string; readonly entry: unknown; readonly match: string } | undefined {
    const tasks = tableOf(space.data.tasks);
    if (Object.hasOwn(tasks, name)) return { space, key: name, entry: tasks[name], match: '' };
    for (const [key, entry] of Object.entries(tasks)) {
      if (listOf(tableOf(entry).aliases).includes(name)) return { space, key, entry, match: '' };
      if (key.includes('*') && matchesPattern(name, key))
        return { space, key, entry, match: name.slice(key.indexOf('*')) };
    }
    for (const [prefix, inner] of space.includes) {
      const isFlat = tableOf(tableOf(space.data.includes)[prefix]).flatten === true;
      const rest =
        name === prefix
          ? 'default'
          : name.startsWith(`${prefix}:`)
            ? name.slice(prefix.length + 1)
            : isFlat
              ? name
              : undefined;
      const found = rest === undefined ? undefined : this.#find(inner, rest);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #task(from: Namespace, name: string, given: Vars, depth: number): readonly Inner[] {
    const root = name.startsWith(':') ? rootOf(from) : from;
    const found = this.#find(root, name.replace(/^:/, ''));
    const key = `${root.file.path} ${name} ${[...given].map(([each, text]) => `${each}=${showText(text)}`).join(' ')}`;
    if (found === undefined || this.#done.has(key) || depth > limits.depth || this.#count > limits.tasks) return [];
    this.#done.add(key);
    this.#count += 1;
    const { space, entry, match } = found;
    const table = shapeOf(entry);
    const own = new Map([...given, ['MATCH', known(match)] as const]);
    const first = this.#lookup(space, own);
    const vars = new Map([...this.#vars(table.vars, first), ...own]);
    const lookup = this.#lookup(space, vars, found.key);
    const dir = textAt(table, 'dir');
    const cwd = dir === undefined ? space.cwd : folderWithin(space.cwd, plainText(fillTemplate(dir, lookup)) ?? '');
    const task: Task = {
      call: this.#call,
      runner: 'task',
      file: space.file,
      name,
      cwd,
      assignments: this.#environment(space, table, lookup),
    };
    const line = lineOfKey(space.file.text, ['tasks', found.key]);
    const before = listOf(table.deps).flatMap((dep) => this.#step(dep, task, space, lookup, line, depth));
    const checks = [...listOf(table.preconditions), ...listOf(table.status)].flatMap((check) => {
      const text = typeof check === 'string' ? check : textAt(check, 'sh');
      return text === undefined ? [] : taskCode(task, fillTemplate(text, lookup), line, `check ${text}`);
    });
    const commands = [...listOf(table.cmds), ...listOf(table.cmd)].flatMap((command) =>
      this.#step(command, task, space, lookup, line, depth, true),
    );
    return [...this.#asked(vars, space, task, line), ...before, ...checks, ...commands];
  }

  /** Commands behind `sh:` run for their output. */
  #asked(vars: Vars, _space: Namespace, task: Task, line: number | undefined): readonly Inner[] {
    return [...vars].flatMap(([name, text]) =>
      text.flatMap((piece) =>
        typeof piece === 'object' && piece.kind === 'shell' ? taskCode(task, piece.code, line, `var ${name}`) : [],
      ),
    );
  }

  /** One entry of `cmds` or `deps`: a command, a call of another task, or a loop over either. */
  #step(
    entry: unknown,
    task: Task,
    space: Namespace,
    lookup: Lookup,
    line: number | undefined,
    depth: number,
    isCommand = false,
  ): readonly Inner[] {
    if (typeof entry === 'string') {
      if (!isCommand) return this.#task(space, plainText(fillTemplate(entry, lookup)) ?? '', new Map(), depth + 1);
      return taskCode(task, fillTemplate(entry, lookup), lineOfText(task.file.text, entry, line), entry);
    }
    const table = tableOf(entry);
    if (table.for !== undefined) {
      const { for: loop, ...rest } = table;
      return this.#items(loop, lookup).flatMap((item) => {
        const named = textAt(loop, 'as') ?? 'ITEM';
        return this.#step(rest, task, space, (name) => (name === named ? item : lookup(name)), line, depth, isCommand);
      });
    }
    if (table.defer !== undefined) return this.#step(table.defer, task, space, lookup, line, depth, true);
    const called = textAt(table, 'task');
    if (called !== undefined) {
      const name = plainText(fillTemplate(called, lookup)) ?? '';
      return this.#task(space, name, this.#vars(table.vars, lookup), depth + 1);
    }
    const command = textAt(table, 'cmd');
    return command === undefined ? [] : this.#step(command, task, space, lookup, line, depth, true);
  }

  #items(loop: unknown, lookup: Lookup): readonly Text[] {
    if (Array.isArray(loop)) return loop.slice(0, 50).map((item) => fillTemplate(String(item), lookup));
    const name = textAt(loop, 'var');
    const value = name === undefined ? undefined : lookup(name);
    if (value === undefined) return [unknownText('ITEM')];
    const separator = textAt(loop, 'split');
    const text = plainText(value);
    if (text !== undefined && separator !== undefined)
      return text
        .split(separator)
        .slice(0, 50)
        .map((part) => known(part));
    return wordsOfText(value).slice(0, 50);
  }

  #vars(entry: unknown, lookup: Lookup): Vars {
    const vars = new Map<string, Text>();
    const within: Lookup = (name) => vars.get(name) ?? lookup(name);
    for (const [name, value] of Object.entries(tableOf(entry))) vars.set(name, this.#value(value, within, name));
    return vars;
  }

  #value(value: unknown, lookup: Lookup, name: string): Text {
    if (Array.isArray(value))
      return joinTexts(
        value.map((each) => fillTemplate(String(each), lookup)),
        ' ',
      );
    const code = textAt(value, 'sh');
    if (code !== undefined) return [{ kind: 'shell', code: fillTemplate(code, lookup) }];
    const reference = textAt(value, 'ref');
    if (reference !== undefined) return lookup(reference.replace(/^\./, '')) ?? unknownText(name);
    if (typeof value === 'object' && value !== null) return unknownText(name);
    return fillTemplate(String(value ?? ''), lookup);
  }

  /** Variables of the call, the task, the command line, the Taskfile and the environment, in this order. */
  #lookup(space: Namespace, vars: Vars, task = ''): Lookup {
    const open = new Set<string>();
    const find: Lookup = (name) => {
      const own = vars.get(name) ?? this.#commandLine.get(name) ?? space.given.get(name);
      if (own !== undefined) return own;
      const special = this.#special(name, space, task);
      if (special !== undefined) return special;
      for (let outer: Namespace | undefined = space; outer; outer = outer.parent) {
        const global = tableOf(outer.data.vars);
        const key = `${outer.file.path} ${name}`;
        if (!Object.hasOwn(global, name) || open.has(key)) continue;
        open.add(key);
        const value = this.#value(global[name], find, name);
        open.delete(key);
        return value;
      }
      return callerVariable(name, this.#call);
    };
    return find;
  }

  #special(name: string, space: Namespace, task: string): Text | undefined {
    if (name === 'CLI_ARGS')
      return joinTexts(
        this.#passed.map((word) => textOfWord(word, 'CLI_ARGS')),
        ' ',
      );
    if (name === 'ROOT_DIR') return textOfWord(rootOf(space).file.folder, name);
    if (name === 'TASKFILE_DIR') return textOfWord(space.file.folder, name);
    if (name === 'USER_WORKING_DIR') return textOfWord(this.#call.cwd, name);
    return name === 'TASK' && task !== '' ? known(task) : undefined;
  }

  #environment(space: Namespace, table: Table, lookup: Lookup): readonly Assignment[] {
    const root = rootOf(space);
    const files = [...listOf(root.data.dotenv), ...listOf(table.dotenv)].flatMap(
      (file) => plainText(fillTemplate(String(file), lookup)) ?? [],
    );
    const entries = [root.data.env, space === root ? undefined : space.data.env, table.env].flatMap((env) => [
      ...this.#vars(env, lookup),
    ]);
    return [
      ...loadedVariables(files, root.file.folder, this.#call, this.#world),
      ...entries.map(([name, text]) => assignmentOf(name, choiceOf([text]))),
    ];
  }
}

const rootOf = (space: Namespace): Namespace => (space.parent === undefined ? space : rootOf(space.parent));

/** `name: command` and `name: [commands]` are short for `cmds`. */
const shapeOf = (entry: unknown): Table =>
  typeof entry === 'string' || Array.isArray(entry) ? { cmds: listOf(entry) } : tableOf(entry);

/** The line on which a command's first line stands, behind its task. */
export function lineOfText(text: string, command: string, from: number | undefined): number | undefined {
  const start = command.trim().split('\n')[0] ?? '';
  const lines = text.split('\n');
  const at = lines.findIndex((line, index) => index >= (from ?? 1) - 1 && start !== '' && line.includes(start));
  return at < 0 ? from : at + 1;
}
