// turbo: tasks are scripts of all packages, with the tasks that they depend on.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { pathFrom } from '../paths.ts';
import { baseFolder, type Flags, flagSet, readLine } from './flags.ts';
import { entriesOf, parseJsonc, textsOf, valueAt } from './json.ts';
import { type Manifest, packageName } from './manifest.ts';
import { selectMembers, type Workspace, workspaceOf } from './members.ts';
import { placeAt, runTask } from './run.ts';

const valued = flagSet(
  '--filter -F --concurrency --cache-dir --cwd --dry --graph --log-order --log-prefix --output-logs --profile --remote-cache-timeout --summarize --team --token --env-mode --global-deps --scope --ui --api --login --color-mode',
);
const builtins: ReadonlySet<string> = new Set(
  'bin boundaries clone completion config daemon devtools docs generate gen g get-mcp info link login logout ls prune query scan telemetry unlink'.split(
    ' ',
  ),
);
/** Options whose value may be left out, so that the next word is a task: `turbo run build --dry`. */
const optional = ['--dry', '--dry-run', '--graph', '--summarize', '--profile'];
const withValues = new Set([...valued].filter((flag) => !optional.includes(flag)));

/** What a call of turbo runs. Source: turborepo.com, "turbo run". */
export function turboInner(call: Invocation, world: World): readonly Inner[] {
  const { flags, words, passed } = readLine(call.args, withValues, false);
  if (flags.has('--dry', '--dry-run', '--graph', '--help', '--version', '-h')) return [];
  const [first, ...rest] = words;
  const verb = textOf(first) ?? '';
  if (builtins.has(verb)) return [];
  const tasks = verb === 'run' || verb === 'watch' ? rest : words;
  const folder = baseFolder(call, flags, '--cwd');
  if (folder === undefined || tasks.length === 0) return [];
  return followTasks({ call, world, flags, folder, args: passed ?? [] }, tasks);
}

interface Turbo {
  readonly call: Invocation;
  readonly world: World;
  readonly flags: Flags;
  readonly folder: string;
  /** Handed to the scripts that were named, not to those they depend on. */
  readonly args: readonly Word[];
}

function followTasks(turbo: Turbo, tasks: readonly Word[]): readonly Inner[] {
  const { call, world, flags, folder, args } = turbo;
  const workspace = workspaceOf(folder, world);
  if (workspace === undefined || workspace.members.length === 0) return inOnePackage(turbo, tasks);
  const selectors = flags.all('--filter', '-F', '--scope').flatMap((word) => textOf(word) ?? []);
  const chosen = selectMembers(workspace, selectors, folder);
  const names = tasks.flatMap((task) => textOf(task) ?? []);
  const run = (name: string, own: readonly Word[], manifests: readonly Manifest[]): readonly Inner[] => {
    const { script, packages } = placesOf(name, workspace, manifests);
    const task = { call, name: staticWord(script), args: own, hooks: false, label: 'turbo run', others: true };
    return runTask(task, packages);
  };
  const dependencies = dependenciesOf(names, pipelineOf(workspace.folder, world));
  return [
    ...dependencies.flatMap((name) => run(name, [], workspace.members)),
    ...names.flatMap((name) => run(name, args, chosen)),
  ];
}

/** `build` in all that were chosen, `web#build` in one package, `//#lint` in the root. */
function placesOf(
  task: string,
  { root, members }: Workspace,
  chosen: readonly Manifest[],
): { script: string; packages: readonly Manifest[] } {
  const hash = task.lastIndexOf('#');
  if (hash < 0) return { script: task, packages: chosen };
  const name = task.slice(0, hash);
  const packages =
    name === '//' ? (root === undefined ? [] : [root]) : members.filter((member) => packageName(member) === name);
  return { script: task.slice(hash + 1), packages };
}

/** A repository of one package: its own scripts. */
function inOnePackage({ call, world, folder, args }: Turbo, tasks: readonly Word[]): readonly Inner[] {
  const place = placeAt(folder, world);
  if (place.kind === 'broken') return [place.inner];
  if (place.kind === 'none') return [];
  return tasks.flatMap((name) =>
    runTask({ call, name, args, hooks: false, label: 'turbo run', others: true }, place.manifests),
  );
}

function pipelineOf(folder: string, world: World): unknown {
  const answers = ['turbo.json', 'turbo.jsonc'].map((name) =>
    world.ask({ kind: 'file', path: pathFrom(name, folder) }),
  );
  const found = answers.find((answer) => answer?.kind === 'text');
  const data = found?.kind === 'text' ? parseJsonc(found.text) : undefined;
  return valueAt(data, 'tasks') ?? valueAt(data, 'pipeline');
}

/** Tasks that run before the named ones, each once. `^build` is `build` in the packages that one depends on. */
function dependenciesOf(names: readonly string[], pipeline: unknown): readonly string[] {
  const found = new Set<string>();
  const queue = [...names];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const entries = entriesOf(pipeline);
    const own = valueAt(entries, name) ?? valueAt(entries, name.slice(name.lastIndexOf('#') + 1));
    for (const each of textsOf(valueAt(own, 'dependsOn'))) {
      const task = each.replace(/^\^/, '');
      if (task.startsWith('$') || found.has(task)) continue;
      found.add(task);
      queue.push(task);
    }
  }
  return [...found];
}
