// Scripts of Python projects by their runner: pdm, hatch, rye, pipenv, poe, taskipy, and entry points of poetry and uv.
import type { Assignment, Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { quoted, withArguments } from '../packages/script.ts';
import {
  findFile,
  folderWithin,
  lineOfKey,
  listOf,
  readData,
  shownFrom,
  type Table,
  tableOf,
  textAt,
  unreadFile,
  unreadTask,
  valueAt,
} from '../task-file.ts';
import { loadedVariables, splitWords, type Task, taskCode, taskWords } from '../tasks/commands.ts';
import { joinTexts, known, type Text, textOfWord, unknownText } from '../tasks/text.ts';
import { entryPoint, findProject, type Project, taskOf } from './project.ts';

const maxDepth = 12;

/** What one kind of runner reads its scripts from, and how. */
interface ScriptTable {
  readonly runner: string;
  readonly scripts: Table;
  readonly project: Project;
  /** Keys in front of the name, for the line that it stands on. */
  readonly keys: readonly string[];
  /** Whether a plain text is given to a shell. */
  readonly shell: boolean;
  /** Prefixes of scripts that run before and after one. */
  readonly hooks: readonly [string, string] | undefined;
  /** Where scripts run that do not say so themselves. */
  readonly cwd: Word | undefined;
  /** What the runner itself loads for all of its scripts. */
  readonly variables: readonly Assignment[];
  readonly call: Invocation;
  readonly world: World;
}

/** A script of a table with its arguments; undefined where there is none of that name. */
function runScript(table: ScriptTable, name: string, args: readonly Word[], depth = 0): readonly Inner[] | undefined {
  if (!Object.hasOwn(table.scripts, name) || depth > maxDepth) return undefined;
  const hook = (prefix: string | undefined): readonly Inner[] =>
    prefix === undefined ? [] : (runEntry(table, `${prefix}${name}`, [], depth) ?? []);
  return [...hook(table.hooks?.[0]), ...(runEntry(table, name, args, depth) ?? []), ...hook(table.hooks?.[1])];
}

function runEntry(
  table: ScriptTable,
  name: string,
  args: readonly Word[],
  depth: number,
): readonly Inner[] | undefined {
  if (!Object.hasOwn(table.scripts, name)) return undefined;
  const entry = table.scripts[name];
  const line = lineOfKey(table.project.file.text, [...table.keys, name]) ?? lineOfKey(table.project.file.text, [name]);
  const base = taskOf(table.call, table.runner, table.project, name);
  const settings = tableOf(entry);
  const folder = textAt(settings, 'working_dir') ?? textAt(settings, 'cwd');
  const cwd = folder === undefined ? (table.cwd ?? base.cwd) : folderWithin(table.project.file.folder, folder);
  const task: Task = { ...base, cwd, assignments: assignmentsOf(table, settings) };
  return commandsOf(table, task, entry, args, line, depth);
}

function assignmentsOf(
  { project, call, world, scripts, variables: loaded }: ScriptTable,
  settings: Table,
): readonly Assignment[] {
  const files = [...listOf(settings.env_file), ...listOf(settings.envfile)].filter((file) => typeof file === 'string');
  const variables = { ...tableOf(valueAt(scripts, '_', 'env')), ...tableOf(settings.env) };
  return [
    ...loaded,
    ...loadedVariables(files as string[], project.file.folder, call, world),
    ...Object.keys(variables).flatMap((name) => {
      const text = textAt(variables, name);
      return text === undefined ? [] : [{ name, value: staticWord(text) }];
    }),
  ];
}

/** Every form that an entry may have in one of the tables. */
function commandsOf(
  table: ScriptTable,
  task: Task,
  entry: unknown,
  args: readonly Word[],
  line: number | undefined,
  depth: number,
): readonly Inner[] {
  const settings = tableOf(entry);
  const plain = typeof entry === 'string' ? entry : textAt(settings, 'cmd');
  if (plain !== undefined) return plainCommand(table, task, plain, args, line);
  const shell = textAt(settings, 'shell');
  if (shell !== undefined) return shellCommand(task, shell, args, line);
  const called = textAt(settings, 'call') ?? textAt(settings, 'script');
  if (called !== undefined) return entryPoint(task, called, args, line);
  const referred = textAt(settings, 'ref');
  if (referred !== undefined) return step(table, task, referred, args, line, depth);
  if (Array.isArray(settings.cmd)) return [taskWords(task, [...wordsFrom(settings.cmd), ...args], line, 0)];
  const steps = Array.isArray(entry)
    ? entry
    : (settings.composite ?? settings.sequence ?? settings.chain ?? settings.parallel);
  const isWords = Array.isArray(entry) && table.runner === 'rye run';
  if (isWords) return [taskWords(task, [...wordsFrom(entry), ...args], line, 0)];
  const before = [...listOf(settings.deps), ...listOf(settings.uses)].filter((each) => typeof each === 'string');
  const cases = listOf(settings.switch);
  return [...before, ...listOf(steps), ...cases].flatMap((each) =>
    typeof each === 'string'
      ? step(table, task, each, args, line, depth)
      : commandsOf(table, task, each, args, line, depth + 1),
  );
}

/** An entry of a list: another script with its words, or a command. */
function step(
  table: ScriptTable,
  task: Task,
  text: string,
  args: readonly Word[],
  line: number | undefined,
  depth: number,
): readonly Inner[] {
  const [name = '', ...rest] = splitWords(text.replace(/^-\s+/, ''));
  const other =
    depth < maxDepth ? runScript(table, name, [...rest.map((word) => staticWord(word)), ...args], depth + 1) : [];
  return other ?? plainCommand(table, task, text.replace(/^-\s+/, ''), args, line);
}

function plainCommand(
  table: ScriptTable,
  task: Task,
  text: string,
  args: readonly Word[],
  line: number | undefined,
): readonly Inner[] {
  if (table.shell) return shellCommand(task, text, args, line);
  if (/\{args(:[^}]*)?\}/.test(text)) return shellCommand(task, text, args, line);
  return [taskWords(task, [...splitWords(text).map((word) => staticWord(word)), ...args], line, text)];
}

/** Code of a shell: `{args:default}` stands for the arguments, else they come behind it. */
function shellCommand(task: Task, text: string, args: readonly Word[], line: number | undefined): readonly Inner[] {
  const filled = filledIn(text, args);
  if (filled !== undefined) return taskCode(task, filled, line, text);
  const { text: code, positionals } = withArguments(text, args);
  return taskCode(task, textOfWord(code, 'args'), line, text, positionals);
}

/** `{args}`, `{args:tests}`, `{root}`; undefined where the text has no place for arguments. */
function filledIn(text: string, args: readonly Word[]): Text | undefined {
  const parts = text.split(/(\{(?:args|root|env|matrix|home)(?::[^{}]*)?\})/);
  if (parts.length === 1) return undefined;
  return joinTexts(
    parts.map((part, index): Text => {
      if (index % 2 === 0) return known(part);
      const [, name = '', standard = ''] = /^\{(\w+):?([^}]*)\}$/.exec(part) ?? [];
      if (name !== 'args') return unknownText(name);
      return args.length === 0 ? known(standard) : joinTexts(args.map(textOfArgument), ' ');
    }),
  );
}

const textOfArgument = (word: Word): Text => {
  const text = textOf(word);
  return text === undefined ? textOfWord(word, 'args') : known(quoted(text));
};

const wordsFrom = (list: readonly unknown[]): readonly Word[] => list.map((each) => staticWord(String(each)));

type Fields = Pick<ScriptTable, 'runner' | 'keys' | 'shell'> &
  Partial<Pick<ScriptTable, 'hooks' | 'cwd' | 'variables'>>;

const tableFrom = (
  project: Project,
  scripts: unknown,
  fields: Fields,
  call: Invocation,
  world: World,
): ScriptTable => ({
  hooks: undefined,
  cwd: undefined,
  variables: [],
  ...fields,
  scripts: tableOf(scripts),
  project,
  call,
  world,
});

/** What a runner's word runs, where a table of the project knows it; undefined where it is a program. */
export function projectScript(
  call: Invocation,
  name: string,
  args: readonly Word[],
  world: World,
): readonly Inner[] | undefined {
  const runner = `${call.name} run`;
  if (call.name === 'pipenv') {
    const project = findProject(['Pipfile'], call.cwd, world);
    if (project === undefined) return undefined;
    return runScript(
      tableFrom(
        project,
        project.data.scripts,
        {
          runner,
          keys: ['scripts'],
          shell: false,
          variables: loadedVariables(['.env'], project.file.folder, call, world),
        },
        call,
        world,
      ),
      name,
      args,
    );
  }
  const project = findProject(['pyproject.toml'], call.cwd, world);
  if (project === undefined) return undefined;
  const tool = tableOf(project.data.tool);
  if (call.name === 'pdm') {
    const scripts = valueAt(tool, 'pdm', 'scripts');
    const fields: Fields = { runner, keys: ['tool.pdm.scripts'], shell: false, hooks: ['pre_', 'post_'] };
    const found = runScript(tableFrom(project, scripts, fields, call, world), name, args);
    if (found !== undefined) return found;
  }
  if (call.name === 'rye') {
    const fields: Fields = { runner, keys: ['tool.rye.scripts'], shell: false };
    const found = runScript(tableFrom(project, valueAt(tool, 'rye', 'scripts'), fields, call, world), name, args);
    if (found !== undefined) return found;
  }
  const reference =
    textAt(tool, 'poetry', 'scripts', name) ??
    textAt(tool, 'poetry', 'scripts', name, 'reference') ??
    textAt(project.data, 'project', 'scripts', name);
  if (reference === undefined) return undefined;
  return entryPoint(
    taskOf(call, runner, project, name),
    reference,
    args,
    lineOfKey(project.file.text, ['scripts', name]),
  );
}

/** Says of a project's file that is there and makes no sense, or cannot be read, that its scripts are not known. */
export function unreadProject(call: Invocation, world: World): readonly Inner[] {
  const runner = `${call.name} run`;
  const found = findFile([call.name === 'pipenv' ? 'Pipfile' : 'pyproject.toml'], call.cwd, world);
  if (found.kind !== 'file') return unreadFile(runner, found, call);
  return readData(found.file.text, 'toml', world) === 'invalid'
    ? [unreadTask(runner, `${shownFrom(found.file.path, call.cwd)} is not valid TOML`)]
    : [];
}

/** `hatch run env:script args`; each list of commands may name other scripts. */
export function hatchScript(
  call: Invocation,
  name: string,
  args: readonly Word[],
  environment: string,
  world: World,
): readonly Inner[] | undefined {
  const own = findProject(['hatch.toml'], call.cwd, world);
  const project = findProject(['pyproject.toml'], call.cwd, world);
  for (const [from, envs] of [
    [own, own?.data.envs],
    [project, valueAt(project?.data, 'tool', 'hatch', 'envs')],
  ] as const) {
    if (from === undefined) continue;
    for (const env of [environment, 'default']) {
      const scripts = valueAt(envs, env, 'scripts');
      const fields: Fields = { runner: 'hatch run', keys: [`envs.${env}.scripts`], shell: true, cwd: from.file.folder };
      const found = runScript(tableFrom(from, scripts, fields, call, world), name, args);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** `poe task args`. */
export function runPoe(call: Invocation, words: readonly Word[], world: World): readonly Inner[] {
  const [word, ...args] = words;
  const name = textOf(word);
  const project = findProject(['pyproject.toml', 'poe_tasks.toml'], call.cwd, world);
  if (name === undefined || project === undefined) return [];
  const settings = tableOf(valueAt(project.data, 'tool', 'poe') ?? project.data);
  const fields: Fields = { runner: 'poe', keys: ['tool.poe.tasks'], shell: true, cwd: project.file.folder };
  const scripts = { ...tableOf(settings.tasks), _: { env: settings.env } };
  return runScript(tableFrom(project, scripts, fields, call, world), name, args) ?? [];
}

/** taskipy's `task name args`. */
export function runTaskipy(call: Invocation, world: World): readonly Inner[] {
  const [word, ...args] = call.args;
  const name = textOf(word);
  const project = findProject(['pyproject.toml'], call.cwd, world);
  if (name === undefined || project === undefined) return [];
  const fields: Fields = {
    runner: 'task',
    keys: ['tool.taskipy.tasks'],
    shell: true,
    hooks: ['pre_', 'post_'],
    cwd: project.file.folder,
  };
  const scripts = valueAt(project.data, 'tool', 'taskipy', 'tasks');
  return runScript(tableFrom(project, scripts, fields, call, world), name, args) ?? [];
}
