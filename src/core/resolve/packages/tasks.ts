// Tasks of the runtimes themselves: `node --run`, and `deno task` with its deno.json.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { pathFrom } from '../paths.ts';
import { baseFolder, flagSet, readLine } from './flags.ts';
import { entriesOf, lineOfKey, parseJsonc, textAt, textsOf, valueAt } from './json.ts';
import { folderOf, foldersUp, shownFrom, unread } from './manifest.ts';
import { placeAt, runTask } from './run.ts';
import { withArguments } from './script.ts';

/** What `node --run` and `deno task` run; an empty list for every other call of the two. */
export const runtimeTasks = (call: Invocation, world: World): readonly Inner[] =>
  call.name === 'deno' ? denoTaskInner(call, world) : nodeRunInner(call, world);

const nodeValues = flagSet('--run --env-file --env-file-if-exists -C --conditions -r --require --import --title');

/** `node --run build -- --watch`: no `pre` and `post` scripts. Source: nodejs.org/api/cli.html, --run. */
function nodeRunInner(call: Invocation, world: World): readonly Inner[] {
  const { flags, words, passed } = readLine(call.args, nodeValues, true);
  const name = flags.last('--run');
  if (name === undefined) return [];
  const place = placeAt(folderOf(call), world);
  if (place.kind === 'broken') return [place.inner];
  if (place.kind === 'none') return [];
  return runTask(
    { call, name, args: [...words, ...(passed ?? [])], hooks: false, label: 'node --run' },
    place.manifests,
  );
}

const denoValues = flagSet('--cwd -c --config -f --filter');

/** What `deno task` runs; an empty list for other calls. Source: docs.deno.com, "deno task". */
function denoTaskInner(call: Invocation, world: World): readonly Inner[] {
  const [verb, ...rest] = readLine(call.args, denoValues, true).words;
  const folder = baseFolder(call, readLine(rest, denoValues, true).flags, '--cwd');
  if (textOf(verb) !== 'task' || folder === undefined) return [];
  const line = readLine(rest, denoValues, true);
  const [name, ...args] = line.words;
  const text = textOf(name);
  if (name === undefined || text === undefined) return [];
  const file = denoFile(folder, textOf(line.flags.last('-c', '--config')), world);
  if (file?.kind === 'broken') return [file.inner];
  const own = file === undefined ? [] : denoTask({ call, file, args }, text, 0);
  if (own.length > 0) return own;
  // Scripts of package.json are tasks too.
  const place = placeAt(folder, world);
  return place.kind === 'packages'
    ? runTask({ call, name, args, hooks: true, label: 'deno task' }, place.manifests)
    : [];
}

interface DenoFile {
  readonly kind: 'read';
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly tasks: unknown;
}

function denoFile(
  folder: string,
  given: string | undefined,
  world: World,
): DenoFile | { readonly kind: 'broken'; readonly inner: Inner } | undefined {
  const paths =
    given === undefined
      ? foldersUp(folder).flatMap((each) => ['deno.json', 'deno.jsonc'].map((name) => pathFrom(name, each)))
      : [pathFrom(given, folder)];
  const found = paths
    .map((path) => ({ path, answer: world.ask({ kind: 'file', path }) }))
    .find(({ answer }) => answer?.kind === 'text');
  if (found?.answer?.kind !== 'text') return undefined;
  const { path, answer } = found;
  const data = entriesOf(parseJsonc(answer.text));
  if (data === undefined) return { kind: 'broken', inner: unread(`${shownFrom(path, folder)} is no valid JSON`) };
  const at = path.slice(0, path.lastIndexOf('/')) || '/';
  return { kind: 'read', path, folder: at, text: answer.text, tasks: valueAt(data, 'tasks') };
}

interface Deno {
  readonly call: Invocation;
  readonly file: DenoFile;
  readonly args: readonly Word[];
}

/** A task after those that it depends on. */
function denoTask(deno: Deno, name: string, depth: number): readonly Inner[] {
  const { call, file, args } = deno;
  const task = valueAt(file.tasks, name);
  if (task === undefined || depth > 8) return [];
  const before = textsOf(valueAt(task, 'dependencies')).flatMap((each) => denoTask(deno, each, depth + 1));
  const command = typeof task === 'string' ? task : textAt(task, 'command');
  if (command === undefined) return before;
  return [
    ...before,
    {
      kind: 'code',
      ...withArguments(command, depth === 0 ? args : []),
      label: 'deno task',
      cwd: staticWord(file.folder),
      from: {
        label: `${shownFrom(file.path, folderOf(call) ?? '/')} "${name}"`,
        line: lineOfKey(file.text, ['tasks', name]),
        id: `${file.path} "${name}"`,
      },
    },
  ];
}
