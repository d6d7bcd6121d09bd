// npm: scripts by `run` and its short forms, programs by `exec`, and what installing and publishing run by themselves.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { runPackage } from './exec.ts';
import { baseFolder, type Flags, flagSet, readLine } from './flags.ts';
import { scriptText } from './manifest.ts';
import { selectMembers, workspaceOf } from './members.ts';
import { hasScript, lifecycles, npmrcSetting, type Place, placeAt, runTask, type Task } from './run.ts';
import { runEach } from './script.ts';

/** Options with a value. Source: docs.npmjs.com/cli, "config". */
const valued = flagSet(
  '-C --prefix -w --workspace --registry --loglevel --userconfig --globalconfig --cache --script-shell --tag --otp -c --call -p --package --node-options --omit --include --install-strategy --before --depth --access --scope --location -L --auth-type --dest --save-prefix --sign-git-tag --preid --message -m',
);

const runVerbs = new Set(['run', 'run-script', 'rum', 'urn']);
/** Commands that are the name of a script. */
const named: ReadonlyMap<string, string> = new Map([
  ['test', 'test'],
  ['t', 'test'],
  ['tst', 'test'],
  ['start', 'start'],
  ['stop', 'stop'],
  ['restart', 'restart'],
]);
const lifecycleOf: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...['install', 'i', 'in', 'ins', 'inst', 'insta', 'instal', 'isnt', 'isnta', 'isntal', 'add'].map(
    (verb) => [verb, lifecycles.install] as const,
  ),
  ...['ci', 'clean-install', 'ic', 'install-clean'].map((verb) => [verb, lifecycles.install] as const),
  ['pack', lifecycles.pack],
  ['publish', lifecycles.publish],
  ['version', lifecycles.version],
]);
/** Commands that install and then run the tests. */
const installTest = new Set(['it', 'install-test', 'cit', 'clean-install-test', 'sit', 'install-ci-test']);

/** What a call of npm runs. Source: docs.npmjs.com/cli. */
export function npmInner(call: Invocation, world: World): readonly Inner[] {
  const line = readLine(call.args, valued, false);
  const [verbWord, ...rest] = line.words;
  const verb = textOf(verbWord) ?? '';
  if (verb === 'exec' || verb === 'x') return execute(call, line.flags);
  if (verb === 'explore')
    return line.passed === undefined ? [] : [{ kind: 'words', words: line.passed, label: 'npm explore' }];
  if (runVerbs.has(verb)) {
    const [name, ...args] = rest;
    return name === undefined ? [] : scripts(call, world, line.flags, name, [...args, ...(line.passed ?? [])]);
  }
  const name = named.get(verb);
  if (name !== undefined) return short(call, world, line.flags, name, [...rest, ...(line.passed ?? [])]);
  if (line.flags.has('--ignore-scripts', '--help', '-g', '--global', '--dry-run', '--package-lock-only')) return [];
  if (installTest.has(verb))
    return [...lifecycle(call, world, line.flags, lifecycles.install), ...short(call, world, line.flags, 'test', [])];
  const own = lifecycleOf.get(verb);
  // With packages to add, the project's own scripts do not run.
  if (own === undefined || (own === lifecycles.install && rest.length > 0)) return [];
  return lifecycle(call, world, line.flags, own);
}

/** Options stand in front of the program; `npm -w x exec` has some in front of the verb. */
function execute(call: Invocation, flags: Flags): readonly Inner[] {
  const label = 'npm exec';
  const at = call.args.findIndex((word) => ['exec', 'x'].includes(textOf(word) ?? ''));
  const inners = runPackage(call.args.slice(at + 1), label);
  const folder = baseFolder(call, flags, '-C', '--prefix');
  const isElsewhere = folder !== undefined && flags.last('-C', '--prefix') !== undefined;
  return isElsewhere ? inners.map((inner) => ({ ...inner, cwd: staticWord(folder) })) : inners;
}

function placeOf(call: Invocation, world: World, flags: Flags): Place {
  const folder = baseFolder(call, flags, '-C', '--prefix');
  const chosen = flags.all('-w', '--workspace').flatMap((word) => textOf(word) ?? []);
  if (folder === undefined || (chosen.length === 0 && !flags.has('-ws', '--ws', '--workspaces')))
    return placeAt(folder, world);
  const workspace = workspaceOf(folder, world);
  if (workspace === undefined) return placeAt(folder, world);
  const members = selectMembers(workspace, chosen, folder);
  const withRoot = flags.has('--include-workspace-root', '-iwr') && workspace.root !== undefined;
  return {
    kind: 'packages',
    manifests: withRoot && workspace.root !== undefined ? [...members, workspace.root] : members,
    folder: workspace.folder,
  };
}

function scripts(
  call: Invocation,
  world: World,
  flags: Flags,
  name: Word,
  args: readonly Word[],
  label = 'npm run',
): readonly Inner[] {
  const place = placeOf(call, world, flags);
  const shell =
    flags.last('--script-shell') ??
    shellOf(npmrcSetting(baseFolder(call, flags, '-C', '--prefix'), 'script-shell', world));
  if (place.kind === 'broken') return [place.inner];
  if (place.kind === 'none') return [];
  const task: Task = { call, name, args, hooks: !flags.has('--ignore-scripts'), label, shell };
  return runTask(task, place.manifests);
}

const shellOf = (path: string | undefined): Word | undefined => (path === undefined ? undefined : staticWord(path));

/** `npm test`, `npm start`, `npm restart`: with what they do where there is no such script. */
function short(call: Invocation, world: World, flags: Flags, name: string, args: readonly Word[]): readonly Inner[] {
  const label = `npm ${name}`;
  const run = (each: string, own: readonly Word[]) => scripts(call, world, flags, staticWord(each), own, label);
  const place = placeOf(call, world, flags);
  if (place.kind !== 'packages' || hasScript(place, name)) return run(name, args);
  if (name === 'restart') return [...run('stop', []), ...short(call, world, flags, 'start', args)];
  if (name !== 'start') return [];
  return [
    {
      kind: 'words',
      words: [staticWord('node'), staticWord('server.js'), ...args],
      label,
      cwd: staticWord(place.folder),
    },
  ];
}

function lifecycle(call: Invocation, world: World, flags: Flags, names: readonly string[]): readonly Inner[] {
  const place = placeOf(call, world, flags);
  if (place.kind === 'broken') return [place.inner];
  if (place.kind === 'none') return [];
  const label = `npm ${names === lifecycles.install ? 'install' : (names[names.length - 1] as string).replace(/^post/, '')}`;
  return place.manifests
    .filter((manifest) => names.some((name) => scriptText(manifest, name) !== undefined))
    .flatMap((manifest) => runEach({ call, manifest, label }, names));
}
