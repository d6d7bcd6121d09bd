// pnpm: scripts by `run` or their bare name, programs by `exec`, `dlx` or their bare name, in one package or in many.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import type { DataReader } from '../../model/reader.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { pathFrom } from '../paths.ts';
import { runPackage } from './exec.ts';
import { baseFolder, type Flags, flagSet, readLine } from './flags.ts';
import { valueAt } from './json.ts';
import { scriptNames } from './manifest.ts';
import { selectMembers, workspaceOf } from './members.ts';
import { hasScript, lifecycles, npmrcSetting, type Place, placeAt, programInner, runTask } from './run.ts';
import { runEach } from './script.ts';

/** Options with a value. Source: pnpm.io/pnpm-cli. */
const valued = flagSet(
  '-C --dir --filter -F --filter-prod --test-pattern --changed-files-ignore-pattern --loglevel --reporter --workspace-concurrency --script-shell --store-dir --lockfile-dir --modules-dir --registry --tag --otp --config-dir --resume-from --package',
);

/** Words that are commands of pnpm itself, and so neither scripts nor programs. */
const builtins: ReadonlySet<string> = new Set(
  'add approve-builds audit bin bugs cache cat-file cat-index catalog-mode ci clean-install completion config c create deploy dedupe dist-tag doctor docs env fetch find-hash get help i ic ignored-builds import info init install install-clean la licenses link list ll ln login logout ls outdated owner pack patch patch-commit patch-remove ping prefix prune publish rb rebuild remove repo rm root search self-update server set setup store team token un uni uninstall unlink unpublish up update upgrade v version view whoami why'.split(
    ' ',
  ),
);
const installs = new Set(['install', 'i', 'ci', 'clean-install', 'ic', 'install-clean']);
const tests = new Set(['test', 't', 'tst']);

/** What a call of pnpm runs. Source: pnpm.io/cli. */
export function pnpmInner(call: Invocation, world: World): readonly Inner[] {
  const line = readLine(call.args, valued, true);
  // `pnpm recursive run x`, `pnpm multi run x`.
  const isRecursive = ['recursive', 'multi', 'm'].includes(textOf(line.words[0]) ?? '');
  const again = isRecursive ? readLine(line.words.slice(1), valued, true) : line;
  const flags = isRecursive ? line.flags.with(again.flags) : line.flags;
  const [verb, ...rest] = again.words;
  return verb === undefined ? [] : verbInner({ call, world, flags, everywhere: isRecursive }, verb, rest);
}

interface Pnpm {
  readonly call: Invocation;
  readonly world: World;
  readonly flags: Flags;
  /** Called as `pnpm recursive`. */
  readonly everywhere: boolean;
}

function verbInner(pnpm: Pnpm, verb: Word, rest: readonly Word[]): readonly Inner[] {
  const text = textOf(verb) ?? '';
  if (text === 'dlx') return runPackage(rest, 'pnpm dlx', 'shell');
  if (text === 'exec') return execute(pnpm, rest);
  if (text === 'run' || text === 'run-script') {
    const line = readLine(rest, valued, true);
    const [name, ...args] = line.words;
    return name === undefined ? [] : scripts({ ...pnpm, flags: pnpm.flags.with(line.flags) }, name, args);
  }
  if (tests.has(text)) return scripts(pnpm, staticWord('test'), rest);
  if (text === 'start' || text === 'stop' || text === 'restart') return scripts(pnpm, verb, rest);
  if (text === 'install-test' || text === 'it')
    return [...lifecycle(pnpm, lifecycles.install), ...scripts(pnpm, staticWord('test'), rest)];
  const line = readLine(rest, valued, false);
  const all = { ...pnpm, flags: pnpm.flags.with(line.flags) };
  if (installs.has(text)) return line.words.length > 0 ? [] : lifecycle(all, lifecycles.install);
  if (text === 'pack') return lifecycle(all, lifecycles.pack);
  if (text === 'publish') return lifecycle(all, lifecycles.publish);
  if (builtins.has(text)) return [];
  return bare(pnpm, verb, rest);
}

/** A script where there is one of that name, else a program. */
function bare(pnpm: Pnpm, verb: Word, rest: readonly Word[]): readonly Inner[] {
  const place = placeOf(pnpm);
  if (place.kind === 'broken') return [place.inner];
  if (hasScript(place, textOf(verb) ?? '')) return scripts(pnpm, verb, rest);
  return inPackages(pnpm, programInner(verb, rest, 'pnpm exec'));
}

function execute(pnpm: Pnpm, rest: readonly Word[]): readonly Inner[] {
  const line = readLine(rest, valued, true);
  const flags = pnpm.flags.with(line.flags);
  const words = line.passed ?? line.words;
  const inners = flags.has('-c', '--shell-mode') ? runPackage([staticWord('-c'), ...words], 'pnpm exec', 'shell') : [];
  if (inners.length > 0) return inners.flatMap((inner) => inPackages({ ...pnpm, flags }, inner));
  const [name, ...args] = words;
  return name === undefined ? [] : inPackages({ ...pnpm, flags }, programInner(name, args, 'pnpm exec'));
}

/** The same in each package that the options choose; where they choose none, where pnpm was called. */
function inPackages(pnpm: Pnpm, inner: Inner): readonly Inner[] {
  const folder = folderFor(pnpm);
  if (!isMany(pnpm)) {
    const isElsewhere =
      folder !== undefined && (pnpm.flags.has('-w', '--workspace-root') || pnpm.flags.last('-C', '--dir'));
    const place = isElsewhere ? placeOf(pnpm) : undefined;
    return [place?.kind === 'packages' ? { ...inner, cwd: staticWord(place.folder) } : inner];
  }
  const place = placeOf(pnpm);
  if (place.kind !== 'packages') return [inner];
  return place.manifests.map((manifest) => ({ ...inner, cwd: staticWord(manifest.folder) }));
}

const isMany = ({ flags, everywhere }: Pnpm): boolean =>
  everywhere || flags.has('-r', '--recursive') || flags.all('--filter', '-F', '--filter-prod').length > 0;

const folderFor = ({ call, flags }: Pnpm): string | undefined => baseFolder(call, flags, '-C', '--dir');

function placeOf(pnpm: Pnpm): Place {
  const { world, flags } = pnpm;
  const folder = folderFor(pnpm);
  const atRoot = flags.has('-w', '--workspace-root');
  if (folder === undefined || (!isMany(pnpm) && !atRoot)) return placeAt(folder, world);
  const workspace = workspaceOf(folder, world);
  if (workspace === undefined) return placeAt(folder, world);
  if (!isMany(pnpm)) return placeAt(workspace.folder, world);
  const selectors = flags.all('--filter', '-F', '--filter-prod').flatMap((word) => textOf(word) ?? []);
  const members = selectMembers(workspace, selectors, folder);
  const withRoot = flags.has('--include-workspace-root') && workspace.root !== undefined;
  return {
    kind: 'packages',
    manifests: withRoot && workspace.root !== undefined ? [...members, workspace.root] : members,
    folder: workspace.folder,
  };
}

function scripts(pnpm: Pnpm, name: Word, args: readonly Word[]): readonly Inner[] {
  const { call, world, flags } = pnpm;
  const place = placeOf(pnpm);
  const shell = textOf(flags.last('--script-shell')) ?? npmrcSetting(folderFor(pnpm), 'script-shell', world);
  if (place.kind === 'broken') return [place.inner];
  if (place.kind === 'none') return [];
  const passed = textOf(args[0]) === '--' ? args.slice(1) : args;
  const hooks = hasHooks(pnpm, place.folder) && !flags.has('--ignore-scripts');
  const task = { call, args: passed, hooks, label: 'pnpm run', others: isMany(pnpm) };
  const pattern = /^\/\^?([\w:@-]*)/.exec(textOf(name) ?? '')?.[1];
  return place.manifests.flatMap((manifest) =>
    (pattern === undefined || !(textOf(name) ?? '').startsWith('/')
      ? [name]
      : scriptNames(manifest)
          .filter((each) => each.includes(pattern))
          .map((each) => staticWord(each))
    ).flatMap((each) =>
      runTask({ ...task, name: each, ...(shell === undefined ? {} : { shell: staticWord(shell) }) }, [manifest]),
    ),
  );
}

/** `pre` and `post` scripts run unless they are switched off. Source: pnpm.io/settings, enablePrePostScripts. */
function hasHooks({ world, flags }: Pnpm, folder: string): boolean {
  if (textOf(flags.last('--enable-pre-post-scripts', '--config.enable-pre-post-scripts')) === 'false') return false;
  if (npmrcSetting(folder, 'enable-pre-post-scripts', world) === 'false') return false;
  const answer = world.ask({ kind: 'file', path: pathFrom('pnpm-workspace.yaml', folder) });
  if (answer?.kind !== 'text' || !answer.text.includes('enablePrePostScripts')) return true;
  const reader = world.ask({ kind: 'reader', language: 'yaml' });
  const data = reader?.kind === 'reader' ? (reader.reader as DataReader).read(answer.text) : undefined;
  return valueAt(data, 'enablePrePostScripts') !== false;
}

function lifecycle(pnpm: Pnpm, names: readonly string[]): readonly Inner[] {
  const { call, flags } = pnpm;
  if (flags.has('--ignore-scripts', '--help', '-h', '-g', '--global', '--dry-run', '--lockfile-only')) return [];
  const place = placeOf(pnpm);
  if (place.kind === 'broken') return [place.inner];
  if (place.kind === 'none') return [];
  const label = `pnpm ${names === lifecycles.install ? 'install' : names === lifecycles.pack ? 'pack' : 'publish'}`;
  return place.manifests.flatMap((manifest) =>
    runEach({ call, manifest, label }, names === lifecycles.install ? ['pnpm:devPreinstall', ...names] : names),
  );
}
