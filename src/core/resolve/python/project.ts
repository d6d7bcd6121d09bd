// Python projects: pyproject.toml and Pipfile as tables, and what their entry points run.
import type { Invocation } from '../../model/invocation.ts';
import type { ReaderName, World } from '../../model/observation.ts';
import { staticWord, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { findFile, readData, type Table, type TaskFile, tableOf } from '../task-file.ts';
import { placeOf, type Task } from '../tasks/commands.ts';

export interface Project {
  readonly file: TaskFile;
  readonly data: Table;
}

/** The nearest file of one of the names, as a table; undefined where there is none that can be read. */
export function findProject(
  names: readonly string[],
  cwd: Word,
  world: World,
  language: ReaderName = 'toml',
): Project | undefined {
  const found = findFile(names, cwd, world);
  if (found.kind !== 'file') return undefined;
  const data = readData(found.file.text, language, world);
  return data === undefined || data === 'invalid' ? undefined : { file: found.file, data: tableOf(data.value) };
}

export const taskOf = (call: Invocation, runner: string, project: Project, name: string): Task => ({
  call,
  runner,
  file: project.file,
  name,
  cwd: call.cwd,
  assignments: [],
});

/** `package.module:function` with its arguments, as the program that the generated script would be. */
export function entryPoint(
  task: Task,
  reference: string,
  args: readonly Word[],
  line: number | undefined,
): readonly Inner[] {
  const [, module, name, given] =
    /^([\w.]+):(\w[\w.]*)(\([\s\S]*\))?$/.exec(reference.trim().replace(/\s*\[.*$/, '')) ?? [];
  if (module === undefined || name === undefined) return [];
  const text = `from ${module} import ${name.split('.')[0]}\n${name}${given ?? '()'}\n`;
  return [
    {
      kind: 'program',
      language: 'python',
      code: { text: staticWord(text) },
      positionals: args,
      ...placeOf(task, line, reference),
    },
  ];
}
