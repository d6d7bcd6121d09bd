// composer: scripts of composer.json, by name and by the events of its own commands; `exec` in front of a program.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import { parseJson } from '../packages/json.ts';
import { withArguments } from '../packages/script.ts';
import {
  findFile,
  folderWithin,
  lineOfKey,
  listOf,
  type Table,
  type TaskFile,
  tableOf,
  unreadFile,
  unreadTask,
  valueAt,
} from '../task-file.ts';
import { type Task, taskCode } from '../tasks/commands.ts';
import { textOfWord } from '../tasks/text.ts';

const valued = flagSet('-d --working-dir --timeout');
const maxDepth = 12;

/** Events that the own commands fire. Source: getcomposer.org, Scripts. */
const events: Readonly<Record<string, readonly string[]>> = {
  install: ['pre-install-cmd', 'pre-autoload-dump', 'post-autoload-dump', 'post-install-cmd'],
  update: ['pre-update-cmd', 'pre-autoload-dump', 'post-autoload-dump', 'post-update-cmd'],
  require: ['pre-update-cmd', 'pre-autoload-dump', 'post-autoload-dump', 'post-update-cmd'],
  remove: ['pre-update-cmd', 'pre-autoload-dump', 'post-autoload-dump', 'post-update-cmd'],
  'dump-autoload': ['pre-autoload-dump', 'post-autoload-dump'],
  status: ['pre-status-cmd', 'post-status-cmd'],
  archive: ['pre-archive-cmd', 'post-archive-cmd'],
};
const aliases: Readonly<Record<string, string>> = {
  i: 'install',
  u: 'update',
  upgrade: 'update',
  r: 'require',
  rm: 'remove',
  dumpautoload: 'dump-autoload',
};
/** Its other commands: a script of such a name is not called by it. */
const commands = flagSet(
  'about audit browse bump check-platform-reqs clear-cache clearcache completion config create-project depends why diagnose exec fund global help home info init licenses list outdated prohibits why-not reinstall search self-update selfupdate show suggests validate',
);

/** Source: getcomposer.org, Command-line interface. */
export const launcher: Launcher = {
  names: ['composer', 'composer.phar'],
  unwrap(call, world) {
    const outer = readLine(call.args, valued, true);
    const [verbWord, ...behind] = outer.words;
    const given = textOf(verbWord) ?? '';
    const verb = aliases[given] ?? given;
    if (verb === 'exec') return execute(behind);
    if (call.host.kind !== 'local' || verb === '' || commands.has(verb)) return [];
    const isRun = verb === 'run-script' || verb === 'run';
    const isOwn = isRun || events[verb] !== undefined;
    const inner = readLine(behind, valued, isRun);
    const flags = isOwn ? outer.flags.with(inner.flags) : outer.flags;
    const folder = flags.last('-d', '--working-dir');
    const cwd = folder === undefined ? call.cwd : folderWithin(call.cwd, textOf(folder) ?? knownPrefix(folder));
    if ((isRun && flags.has('-l', '--list')) || (isOwn && !isRun && flags.has('--no-scripts', '--dry-run'))) return [];
    const found = findFile(['composer.json'], cwd, world);
    if (found.kind !== 'file') return unreadFile('composer', found, call);
    const data = parseJson(found.file.text);
    if (data === undefined) return [unreadTask('composer', 'composer.json is not valid JSON')];
    const project: Project = { call, world, file: found.file, scripts: tableOf(valueAt(data, 'scripts')) };
    const name = isRun ? textOf(inner.words[0]) : verb;
    const args = (isRun ? [...inner.words.slice(1), ...(inner.passed ?? [])] : behind).filter(
      (word) => textOf(word) !== '--',
    );
    const names = events[verb] ?? (name === undefined ? [] : [name]);
    return names.flatMap((each) => runScript(project, each, events[verb] === undefined ? args : [], new Set()));
  },
};

/** `composer exec -- phpunit --filter x`: a program of vendor/bin, or any other on the PATH. */
function execute(behind: readonly Word[]): readonly Inner[] {
  const { flags, words, passed = [] } = readLine(behind, valued, true);
  const all = [...words, ...passed];
  const cut = textOf(all[1]) === '--' ? [...all.slice(0, 1), ...all.slice(2)] : all;
  return cut.length === 0 || flags.has('-l', '--list') ? [] : [{ kind: 'words', words: cut, label: 'composer exec' }];
}

interface Project {
  readonly call: Invocation;
  readonly world: World;
  readonly file: TaskFile;
  readonly scripts: Table;
}

function runScript(project: Project, name: string, args: readonly Word[], open: ReadonlySet<string>): readonly Inner[] {
  if (!Object.hasOwn(project.scripts, name) || open.has(name) || open.size > maxDepth) return [];
  const inner = new Set([...open, name]);
  const { file, call } = project;
  const task: Task = { call, runner: 'composer', file, name, cwd: file.folder, assignments: [] };
  const line = lineOfKey(file.text, ['scripts', name]);
  return listOf(project.scripts[name]).flatMap((entry, at): readonly Inner[] =>
    typeof entry === 'string' ? runEntry(project, task, entry, args, line, at, inner) : [],
  );
}

/** `@php`, `@composer`, `@putenv`, `@other`, `Class::method`, or a command. */
function runEntry(
  project: Project,
  task: Task,
  entry: string,
  args: readonly Word[],
  line: number | undefined,
  at: number,
  open: ReadonlySet<string>,
): readonly Inner[] {
  const text = entry.replace(/\s@no_additional_args\b/, '');
  const passes = text === entry ? args : [];
  const [, name, rest = ''] = /^@([\w:.-]+)\s*([\s\S]*)$/.exec(text) ?? [];
  if (name === 'putenv') return [];
  if (name === 'php' || name === 'composer') return command(task, `${name} ${rest}`, passes, line, at);
  if (name !== undefined) {
    const own = rest === '' ? [] : rest.split(/\s+/).map((word) => staticWord(word));
    return runScript(project, name, [...own, ...passes], open);
  }
  // A method of a class that the project, or Composer's own event, defines.
  if (/^[\w\\]+::\w+$/.test(text)) return [unreadTask('composer', `${text} is a PHP callback`)];
  return command(task, text, passes, line, at);
}

function command(
  task: Task,
  text: string,
  args: readonly Word[],
  line: number | undefined,
  at: number,
): readonly Inner[] {
  const code = withArguments(text.replaceAll('@additional_args', ''), args);
  return taskCode(task, textOfWord(code.text, 'args'), line, at, code.positionals);
}
