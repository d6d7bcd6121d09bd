// Commands of tasks: from a text that a task file holds to what the walk follows.
import type { Assignment, Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { dynamicWord, staticWord, type Word } from '../../model/word.ts';
import { readEnvFile } from '../env-file.ts';
import type { Inner, Surroundings } from '../launcher.ts';
import { readFile, shownFrom, type TaskFile } from '../task-file.ts';
import { shellText, type Text, textOfWord, variantsOf, wordOfText } from './text.ts';

/** A task of a file. */
export interface Task {
  readonly call: Invocation;
  /** The runner, as the origin shows it. */
  readonly runner: string;
  readonly file: TaskFile;
  readonly name: string;
  readonly cwd: Word;
  readonly assignments: readonly Assignment[];
}

/** Where a command of a task stands. `at` tells its commands apart. */
export function placeOf(task: Task, line: number | undefined, at: number | string): Surroundings {
  const { file, name, call } = task;
  return {
    label: task.runner,
    cwd: task.cwd,
    assignments: task.assignments,
    from: { label: `${shownFrom(file.path, call.cwd)} "${name}"`, line, id: `${file.path} "${name}" ${at}` },
  };
}

/** Shell code of a task; once for each way in which its choices may fall. */
export function taskCode(
  task: Task,
  text: Text,
  line: number | undefined,
  at: number | string,
  positionals: readonly Word[] = [],
): readonly Inner[] {
  const place = placeOf(task, line, at);
  return variantsOf(text).map((variant): Inner => {
    const { code, assignments } = shellText(variant);
    return {
      kind: 'code',
      text: staticWord(code),
      positionals,
      ...place,
      assignments: [...task.assignments, ...assignments],
    };
  });
}

/** Words of a task that no shell reads. */
export const taskWords = (
  task: Task,
  words: readonly Word[],
  line: number | undefined,
  at: number | string,
): Inner => ({
  kind: 'words',
  words,
  ...placeOf(task, line, at),
});

/** A text in another program's language: the program gets it as a file that it runs. */
export const taskScript = (
  task: Task,
  program: readonly Word[],
  text: Text,
  line: number | undefined,
  at: number | string,
): readonly Inner[] =>
  variantsOf(text).map((variant) => ({
    kind: 'words',
    words: program,
    stdin: { kind: 'text', text: wordOfText(variant) },
    ...placeOf(task, line, at),
  }));

/** The words of a text, as a shell or shlex would split it: quotes and backslashes keep them together. */
export function splitWords(text: string): readonly string[] {
  const found = text.match(/(?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[^\s'"\\])+/g) ?? [];
  return found.map((word) =>
    word.replace(
      /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
      (_, single?: string, double?: string, escaped?: string) =>
        single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? '',
    ),
  );
}

/** The variables of .env files that a runner loads; what the caller has already set stays as it is. */
export function loadedVariables(
  paths: readonly string[],
  cwd: Word,
  call: Invocation,
  world: World,
  overrides = false,
): readonly Assignment[] {
  return paths.flatMap((path) => {
    const answer = readFile(staticWord(path), cwd, world);
    if (answer?.kind !== 'text') return [];
    return [...readEnvFile(answer.text)]
      .filter(([name]) => overrides || !isSet(name, call))
      .map(([name, { word }]) => ({ name, value: word }));
  });
}

/** Whether the caller is known to have set a variable. */
export function isSet(name: string, { env }: Invocation): boolean {
  const word = env.get(name);
  return word !== undefined && !(word.kind === 'dynamic' && word.source === `$${name}`);
}

/** A variable of the caller's environment; nothing where it is known to be unset. */
export function callerVariable(name: string, { env }: Invocation): Text | undefined {
  const word = env.get(name);
  return word === undefined ? undefined : textOfWord(word, name);
}

export const assignmentOf = (name: string, text: Text): Assignment => ({
  name,
  value: variantsOf(text).length === 1 ? wordOfText(text) : dynamicWord(`$${name}`),
});
