// Nx: targets of projects, from project.json, package.json and nx.json, with the targets that they depend on.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { pathFrom } from '../paths.ts';
import { type Flags, flagSet, readLine } from './flags.ts';
import { matchesPattern } from './glob.ts';
import { lineOfKey, parseJsonc, textAt, textsOf, valueAt } from './json.ts';
import { folderOf, foldersUp, type Manifest, manifestAt, packageName, shownFrom } from './manifest.ts';
import { foldersMatching, workspaceOf } from './members.ts';
import { isRunning, runScript, withArguments } from './script.ts';

const valued = flagSet(
  '-t --target --targets -p --projects --project --exclude -c --configuration --base --head --files --parallel --maxParallel --runner --output-style --outputStyle --tui --graph --batch',
);
const optional = ['--parallel', '--graph', '--batch', '--tui'];
const withValues = new Set([...valued].filter((flag) => !optional.includes(flag)));
const builtins: ReadonlySet<string> = new Set(
  'add affected:graph configure connect daemon dep-graph fix-ci format format:check format:write generate g graph import init list login logout mcp migrate new record release repair report reset show start-agent stop-all-agents sync sync:check view-logs workspace-lint'.split(
    ' ',
  ),
);

interface Target {
  readonly name: string;
  readonly data: unknown;
  /** The file that it stands in, with the keys that lead to it. */
  readonly path: string;
  readonly text: string;
  readonly keys: readonly string[];
}

interface Project {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest | undefined;
  readonly targets: ReadonlyMap<string, Target>;
}

interface Nx {
  readonly call: Invocation;
  readonly root: string;
  readonly projects: readonly Project[];
  /** nx.json. */
  readonly settings: unknown;
  readonly args: readonly Word[];
  /** Pairs of project and target that were followed. */
  readonly seen: Set<string>;
}

/** What a call of nx runs. Source: nx.dev, "Nx commands", "Run commands executor". */
export function nxInner(call: Invocation, world: World): readonly Inner[] {
  const { flags, words, passed } = readLine(call.args, withValues, false);
  const [first, ...rest] = words;
  const verb = textOf(first) ?? '';
  if (verb === 'exec' || verb === 'watch')
    return passed === undefined || passed.length === 0
      ? []
      : [{ kind: 'code', text: joinWords(passed, ' '), label: `nx ${verb}` }];
  if (builtins.has(verb) || verb === '' || flags.has('--graph', '--help', '--version', '--dry-run')) return [];
  const folder = folderOf(call);
  const nx = folder === undefined ? undefined : readWorkspace(call, folder, world, passed ?? []);
  if (nx === undefined) return [];
  return wanted(verb, rest, flags, nx.projects).flatMap(({ project, target }) => follow(nx, project, target, 0));
}

/** The projects and targets that the words name. */
function wanted(
  verb: string,
  rest: readonly Word[],
  flags: Flags,
  projects: readonly Project[],
): readonly { project: Project; target: string }[] {
  const names = projects.map(({ name }) => name);
  const chosen = listed(flags, '-p', '--projects', '--project');
  const without = listed(flags, '--exclude');
  const isChosen = ({ name }: Project) =>
    (chosen.length === 0 || chosen.some((each) => matchesPattern(name, each))) && !without.includes(name);
  if (verb === 'run-many' || verb === 'affected' || verb.startsWith('affected:')) {
    const own = verb.startsWith('affected:') ? [verb.slice('affected:'.length)] : [];
    const targets = [
      ...own,
      ...listed(flags, '-t', '--target', '--targets'),
      ...rest.flatMap((word) => textOf(word) ?? []),
    ];
    return targets.flatMap((target) => projects.filter(isChosen).map((project) => ({ project, target })));
  }
  // `nx run api:build:production`, `nx build api`, `nx build` in a project's folder.
  const [project, target] =
    verb === 'run' ? (textOf(rest[0]) ?? '').split(':') : [textOf(rest[0]) ?? chosen[0], verb.split(':')[0]];
  const isNamed = project !== undefined && names.includes(project);
  return projects
    .filter(({ name }) => (isNamed ? name === project : verb !== 'run' && project === undefined))
    .map((each) => ({
      project: each,
      target: isNamed && verb !== 'run' && !each.targets.has(target ?? '') ? verb : (target ?? ''),
    }));
}

const listed = (flags: Flags, ...names: readonly string[]): readonly string[] =>
  flags.all(...names).flatMap((word) => (textOf(word) ?? '').split(',').filter((each) => each !== ''));

/** Levels of targets that depend on targets. */
const deepest = 8;

function follow(nx: Nx, project: Project, name: string, depth: number): readonly Inner[] {
  const key = `${project.name}:${name}`;
  if (nx.seen.has(key) || depth > deepest) return [];
  nx.seen.add(key);
  const target = project.targets.get(name);
  const args = depth === 0 ? nx.args : [];
  const own = target === undefined ? scriptOf(nx, project, name, args) : targetInner(nx, project, target, args);
  if (own.length === 0 && target === undefined) return [];
  const depends = valueAt(target?.data, 'dependsOn') ?? valueAt(nx.settings, 'targetDefaults', name, 'dependsOn');
  const before = Array.isArray(depends) ? depends.flatMap((each) => dependency(nx, project, each, depth)) : [];
  return [...before, ...own];
}

/** `build` of the project itself, `^build` and `{ projects, target }` of others. */
function dependency(nx: Nx, project: Project, value: unknown, depth: number): readonly Inner[] {
  const text = typeof value === 'string' ? value : textAt(value, 'target');
  if (text === undefined) return [];
  const isOthers = text.startsWith('^') || valueAt(value, 'dependencies') === true;
  const name = text.replace(/^\^/, '');
  const named = textsOf(valueAt(value, 'projects')).filter((each) => each !== 'self');
  const projects = isOthers
    ? nx.projects.filter((each) => each !== project)
    : named.length > 0 && !named.includes('dependencies')
      ? nx.projects.filter((each) => named.includes(each.name))
      : [project];
  return projects.flatMap((each) => follow(nx, each, name, depth + 1));
}

/** A script of the package is a target too. */
function scriptOf(nx: Nx, { manifest }: Project, name: string, args: readonly Word[]): readonly Inner[] {
  if (manifest === undefined || isRunning(nx.call, manifest, name)) return [];
  return runScript({ call: nx.call, manifest, name, args, hooks: true, label: 'nx run' });
}

function targetInner(nx: Nx, project: Project, target: Target, args: readonly Word[]): readonly Inner[] {
  const executor = textAt(target.data, 'executor') ?? textAt(target.data, 'builder') ?? '';
  const options = valueAt(target.data, 'options');
  if (executor.endsWith(':run-script')) return scriptOf(nx, project, textAt(options, 'script') ?? target.name, args);
  const single = textAt(target.data, 'command') ?? textAt(options, 'command');
  const isCommands = executor.endsWith(':run-commands') || executor === '' || single !== undefined;
  if (!isCommands) return [];
  const list = valueAt(options, 'commands');
  const several = Array.isArray(list)
    ? list.flatMap((each) => (typeof each === 'string' ? each : (textAt(each, 'command') ?? [])))
    : [];
  const folder = textAt(options, 'cwd');
  return [...(single === undefined ? [] : [single]), ...several].map((text) => ({
    kind: 'code',
    ...withArguments(filledIn(text, nx, project), args),
    label: 'nx run',
    cwd: staticWord(folder === undefined ? nx.root : pathFrom(filledIn(folder, nx, project), nx.root)),
    from: {
      label: `${shownFrom(target.path, folderOf(nx.call) ?? '/')} "${target.name}"`,
      line: lineOfKey(target.text, target.keys),
      id: `${target.path} "${target.name}" ${text}`,
    },
  }));
}

const filledIn = (text: string, { root }: Nx, { folder, name }: Project): string =>
  text
    .replaceAll('{projectRoot}', shownFrom(folder, root))
    .replaceAll('{workspaceRoot}', root)
    .replaceAll('{projectName}', name);

/** Where projects stand that are no packages of a workspace. */
const usual = ['apps/*', 'libs/*', 'packages/*', 'tools/*', 'libs/*/*', 'apps/*/*'];

function readWorkspace(call: Invocation, folder: string, world: World, args: readonly Word[]): Nx | undefined {
  const places = foldersUp(folder).map((each) => ({
    folder: each,
    answer: world.ask({ kind: 'file', path: pathFrom('nx.json', each) }),
  }));
  const place = places.find(({ answer }) => answer?.kind === 'text');
  const workspace = workspaceOf(folder, world);
  const root = place?.folder ?? workspace?.folder ?? folder;
  const folders = [
    root,
    ...(workspace?.members ?? []).map((member) => member.folder),
    ...foldersMatching(root, usual, world),
  ];
  const projects = [...new Set(folders)].slice(0, 200).flatMap((each) => projectAt(each, folder, world));
  const settings = place?.answer?.kind === 'text' ? parseJsonc(place.answer.text) : undefined;
  return { call, root, projects, settings, args, seen: new Set() };
}

function projectAt(folder: string, from: string, world: World): readonly Project[] {
  const path = pathFrom('project.json', folder);
  const answer = world.ask({ kind: 'file', path });
  const reading = manifestAt(folder, from, world);
  const manifest = reading.kind === 'read' ? reading.manifest : undefined;
  const data = answer?.kind === 'text' ? parseJsonc(answer.text) : undefined;
  if (data === undefined && manifest === undefined) return [];
  const nxData = valueAt(manifest?.data, 'nx');
  const targets = new Map<string, Target>();
  const take = (value: unknown, file: string, text: string, keys: readonly string[]) => {
    for (const [name, each] of Object.entries((value as object | undefined) ?? {}))
      targets.set(name, { name, data: each, path: file, text, keys: [...keys, name] });
  };
  take(valueAt(nxData, 'targets'), pathFrom('package.json', folder), manifest?.text ?? '', ['nx', 'targets']);
  if (answer?.kind === 'text') take(valueAt(data, 'targets'), path, answer.text, ['targets']);
  const name =
    textAt(data, 'name') ??
    textAt(nxData, 'name') ??
    (manifest && packageName(manifest)) ??
    folder.slice(folder.lastIndexOf('/') + 1);
  return [{ name, folder, manifest, targets }];
}
