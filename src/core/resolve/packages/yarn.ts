// yarn, classic and modern: scripts and programs by `run` or their bare name, workspaces, `dlx`, `exec`, `node`.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { pathFrom } from '../paths.ts';
import { runPackage } from './exec.ts';
import { baseFolder, flagSet, readLine } from './flags.ts';
import { matchesPattern } from './glob.ts';
import { textAt } from './json.ts';
import { type Manifest, packageName } from './manifest.ts';
import { type Workspace, workspaceOf } from './members.ts';
import { hasScript, lifecycles, type Place, placeAt, programInner, runTask } from './run.ts';
import { runEach } from './script.ts';

/** Options with a value. Sources: classic.yarnpkg.com/docs/cli, yarnpkg.com/cli. */
const valued = flagSet(
  '--cwd --registry --cache-folder --modules-folder --mutex --network-timeout --network-concurrency --use-yarnrc --global-folder --preferred-cache-folder --link-folder --proxy --https-proxy --tag --otp --new-version',
);
const foreachValued = flagSet('--include --exclude --from -j --jobs --jobs-limit');

/** Words that are commands of yarn itself. */
const builtins: ReadonlySet<string> = new Set(
  'access add audit autoclean bin cache check clone config constraints create dedupe explain generate-lock-entry global help import info init licenses link list login logout npm outdated owner patch patch-commit plugin policies prune rebuild remove search self-update set stage tag team unlink unplug unpublish up upgrade upgrade-interactive upgradeInteractive version versions why whoami'.split(
    ' ',
  ),
);

/** What a call of yarn runs. */
export function yarnInner(call: Invocation, world: World): readonly Inner[] {
  const { flags, words } = readLine(call.args, valued, true);
  const yarn: Yarn = { call, world, folder: baseFolder(call, flags, '--cwd') };
  const [verb, ...rest] = words;
  if (flags.has('--version', '-v', '--help', '-h')) return [];
  if (verb === undefined)
    return flags.has('--ignore-scripts') ? [] : lifecycle(yarn, lifecycles.install, 'yarn install');
  // `yarn packages/api run x` works in that folder.
  const path = textOf(verb) ?? '';
  if (path.includes('/') && rest.length > 0 && !path.startsWith('@') && yarn.folder !== undefined) {
    const inFolder = pathFrom(path, yarn.folder);
    return [{ kind: 'words', words: [staticWord('yarn'), ...rest], label: 'yarn', cwd: staticWord(inFolder) }];
  }
  return verbInner(yarn, verb, rest);
}

interface Yarn {
  readonly call: Invocation;
  readonly world: World;
  readonly folder: string | undefined;
}

function verbInner(yarn: Yarn, verb: Word, rest: readonly Word[]): readonly Inner[] {
  const text = textOf(verb) ?? '';
  switch (text) {
    case 'dlx':
      return runPackage(rest, 'yarn dlx');
    case 'exec':
      return execute(rest);
    case 'node':
      return [programInner(staticWord('node'), rest, 'yarn node')];
    case 'run': {
      const { flags, words } = readLine(rest, valued, true);
      const [name, ...args] = words;
      return name === undefined ? [] : named(flags.has('-T', '--top-level') ? atTop(yarn) : yarn, name, args);
    }
    case 'workspace': {
      const [name, ...words] = rest;
      return name === undefined ? [] : inWorkspaces(yarn, words, (each) => packageName(each) === textOf(name));
    }
    case 'workspaces':
      return workspaces(yarn, rest);
    case 'test':
    case 'start':
      return named(yarn, verb, rest);
  }
  const own = lifecycleOf(text, rest);
  if (own !== undefined) return lifecycle(yarn, own, `yarn ${text}`);
  return builtins.has(text) || text === 'install' || text === 'pack' || text === 'publish'
    ? []
    : named(yarn, verb, rest);
}

function lifecycleOf(verb: string, rest: readonly Word[]): readonly string[] | undefined {
  const { flags } = readLine(rest, valued, false);
  if (flags.has('--ignore-scripts', '--help', '-h', '--dry-run', '-n', '--mode')) return undefined;
  if (verb === 'install') return lifecycles.install;
  if (verb === 'pack') return lifecycles.pack;
  const publishes = verb === 'publish' || (verb === 'npm' && textOf(rest[0]) === 'publish');
  return publishes ? lifecycles.publish : verb === 'version' ? lifecycles.version : undefined;
}

/** The script of that name, else the program. Classic yarn drops a `--` between the name and its words. */
function named(yarn: Yarn, name: Word, args: readonly Word[]): readonly Inner[] {
  const place = placeAt(yarn.folder, yarn.world);
  if (place.kind === 'broken') return [place.inner];
  const words = textOf(args[0]) === '--' ? args.slice(1) : args;
  if (place.kind === 'packages' && (hasScript(place, textOf(name) ?? '') || textOf(name) === undefined))
    return runTask({ call: yarn.call, name, args: words, hooks: hasHooks(place), label: 'yarn run' }, place.manifests);
  return [programInner(name, words, 'yarn run', yarn.folder)];
}

/** Modern yarn runs no `pre` and `post` scripts of scripts that people named. Source: yarnpkg.com, lifecycle scripts. */
const hasHooks = (place: Extract<Place, { kind: 'packages' }>): boolean =>
  !place.manifests.some(({ data }) => /^yarn@[2-9]/.test(textAt(data, 'packageManager') ?? ''));

/** One word is shell code; several are a program with its words. */
function execute(rest: readonly Word[]): readonly Inner[] {
  const words = textOf(rest[0]) === '--' ? rest.slice(1) : rest;
  const [name, ...args] = words;
  if (name === undefined) return [];
  return args.length === 0
    ? [{ kind: 'code', text: name, label: 'yarn exec' }]
    : [programInner(name, args, 'yarn exec')];
}

const atTop = (yarn: Yarn): Yarn =>
  yarn.folder === undefined ? yarn : { ...yarn, folder: workspaceOf(yarn.folder, yarn.world)?.folder ?? yarn.folder };

/** `yarn workspaces foreach run x`, and classic `yarn workspaces run x`. */
function workspaces(yarn: Yarn, rest: readonly Word[]): readonly Inner[] {
  const [verb, ...words] = rest;
  if (textOf(verb) === 'run') return inWorkspaces(yarn, rest, (_each, isRoot) => !isRoot);
  if (textOf(verb) !== 'foreach') return [];
  const line = readLine(words, foreachValued, true);
  if (line.flags.has('-n', '--dry-run')) return [];
  const include = line.flags.all('--include').flatMap((word) => textOf(word) ?? []);
  const exclude = line.flags.all('--exclude').flatMap((word) => textOf(word) ?? []);
  const isNamed = (member: Manifest, pattern: string, workspace: Workspace) =>
    matchesPattern(packageName(member) ?? '', pattern) ||
    matchesPattern(member.folder.slice(workspace.folder.length + 1), pattern.replace(/^\.\//, ''));
  return inWorkspaces(
    yarn,
    line.words,
    (each, _isRoot, workspace) =>
      (include.length === 0 || include.some((pattern) => isNamed(each, pattern, workspace))) &&
      !exclude.some((pattern) => isNamed(each, pattern, workspace)),
  );
}

/** The same words behind `yarn` in the packages that are chosen. */
function inWorkspaces(
  yarn: Yarn,
  words: readonly Word[],
  isChosen: (member: Manifest, isRoot: boolean, workspace: Workspace) => boolean,
): readonly Inner[] {
  const workspace = yarn.folder === undefined ? undefined : workspaceOf(yarn.folder, yarn.world);
  const [verb, name, ...args] = words;
  if (workspace === undefined || verb === undefined) return unknownWorkspaces(words);
  const root = workspace.root === undefined ? [] : [workspace.root];
  const members = [...workspace.members, ...root].filter((each) => isChosen(each, each === workspace.root, workspace));
  const label = 'yarn workspaces';
  // A script is run where there is one; it does not run itself again.
  if (textOf(verb) === 'run' && name !== undefined && members.length > 1)
    return members.flatMap((each) =>
      runTask({ call: yarn.call, name, args, hooks: true, label, others: true }, [each]),
    );
  return members.map((each) => ({
    kind: 'words',
    words: [staticWord('yarn'), ...words],
    label,
    cwd: staticWord(each.folder),
  }));
}

/** Where the packages are not known, what would run in them still is: `yarn workspaces foreach exec rm -rf dist`. */
const unknownWorkspaces = (words: readonly Word[]): readonly Inner[] =>
  textOf(words[0]) === 'exec' || textOf(words[0]) === 'run' ? execute(words.slice(1)) : [];

function lifecycle({ call, folder, world }: Yarn, names: readonly string[], label: string): readonly Inner[] {
  const place = placeAt(folder, world);
  if (place.kind === 'broken') return [place.inner];
  return place.kind === 'none' ? [] : place.manifests.flatMap((manifest) => runEach({ call, manifest, label }, names));
}
