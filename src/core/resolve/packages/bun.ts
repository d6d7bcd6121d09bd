// bun: scripts, files and programs by `run` or their bare name, code behind `-e`, and `bunx`.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { joinWords, textOf, type Word } from '../../model/word.ts';
import type { Inner } from '../launcher.ts';
import { stdinText } from '../output.ts';
import { runPackage } from './exec.ts';
import { baseFolder, type Flags, flagSet, readLine } from './flags.ts';
import { selectMembers, workspaceOf } from './members.ts';
import { hasScript, lifecycles, type Place, placeAt, programInner, runTask } from './run.ts';
import { runEach } from './script.ts';

/** Options with a value. Source: bun.sh/docs/cli/run. */
const valued = flagSet(
  '--cwd -e --eval -p --print -r --preload --import --require -F --filter --env-file --port --conditions --define -d --loader -l --install --shell --tsconfig-override --config -c --elide-lines --main-fields --extension-order --drop --backend --registry --cache-dir --omit',
);

/** Words that are commands of bun itself. `test` and `build` are its own, not scripts. */
const builtins: ReadonlySet<string> = new Set(
  'add a audit build c ci completions create discord getcompletes help i info init install link outdated patch patch-commit pm publish remove repl rm test unlink update upgrade why'.split(
    ' ',
  ),
);
const isProgramFile = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path);

interface Bun {
  readonly call: Invocation;
  readonly world: World;
  readonly flags: Flags;
  readonly folder: string | undefined;
}

/** What a call of bun runs. */
export function bunInner(call: Invocation, world: World): readonly Inner[] {
  const { flags, words, passed } = readLine(call.args, valued, true);
  const bun: Bun = { call, world, flags, folder: baseFolder(call, flags, '--cwd') };
  const first = preloaded(bun);
  const code = flags.last('-e', '--eval', '-p', '--print');
  if (code !== undefined) return [...first, program({ text: code }, passed ?? words)];
  const [verb, ...rest] = words;
  const text = textOf(verb);
  if (verb === undefined || text === '-') return [...first, ...onStdin(bun, rest)];
  if (text === 'x') return runPackage(rest, 'bun x');
  if (text === 'exec')
    return rest[0] === undefined ? [] : [{ kind: 'code', text: joinWords(rest, ' '), label: 'bun exec' }];
  if (text === 'run') return [...first, ...run(bun, rest)];
  if (text === 'test') return first;
  const own =
    text === 'install' || text === 'i' || text === 'ci'
      ? lifecycles.install
      : text === 'publish'
        ? lifecycles.publish
        : undefined;
  if (own !== undefined) return lifecycle(bun, own, rest, `bun ${text}`);
  return builtins.has(text ?? '') ? [] : [...first, ...named(bun, verb, rest)];
}

function run(bun: Bun, words: readonly Word[]): readonly Inner[] {
  const line = readLine(words, valued, true);
  const flags = bun.flags.with(line.flags);
  const inner: Bun = { ...bun, flags, folder: baseFolder(bun.call, flags, '--cwd') };
  const [name, ...args] = line.words;
  if (name === undefined) return [];
  return textOf(name) === '-' ? onStdin(inner, args) : named(inner, name, args);
}

/** A script of that name, else a file, else a program. Source: bun.sh/docs/cli/run, resolution order. */
function named(bun: Bun, name: Word, args: readonly Word[]): readonly Inner[] {
  const text = textOf(name) ?? '';
  const words = textOf(args[0]) === '--' ? args.slice(1) : args;
  const place = placeOf(bun);
  if (place.kind === 'broken') return [place.inner];
  if (place.kind === 'packages' && (hasScript(place, text) || textOf(name) === undefined)) {
    const others = isMany(bun.flags);
    return runTask({ call: bun.call, name, args: words, hooks: true, label: 'bun run', others }, place.manifests);
  }
  if (isProgramFile(text)) return [program({ path: name }, words)];
  if (text.endsWith('.sh')) return [{ kind: 'file', path: name, positionals: words, label: 'bun run' }];
  // A path without an extension is a module whose extension bun finds.
  return text.startsWith('.') || text.startsWith('/') || isMany(bun.flags)
    ? []
    : [programInner(name, words, 'bun run', bun.folder)];
}

const program = (code: { readonly text: Word } | { readonly path: Word }, positionals: readonly Word[]): Inner => ({
  kind: 'program',
  language: 'javascript',
  code,
  positionals,
  label: 'bun',
});

/** Modules that run before the program. */
const preloaded = ({ flags }: Bun): readonly Inner[] =>
  flags
    .all('-r', '--preload', '--import', '--require')
    .filter((word) => /^[./]/.test(textOf(word) ?? ''))
    .map((path) => program({ path }, []));

function onStdin({ call, world }: Bun, args: readonly Word[]): readonly Inner[] {
  const text = stdinText(call.stdin, call, world);
  return text === undefined || call.stdin.kind === 'inherited' ? [] : [program({ text }, args)];
}

const isMany = (flags: Flags): boolean => flags.all('-F', '--filter').length > 0 || flags.has('--workspaces');

function placeOf({ flags, folder, world }: Bun): Place {
  if (folder === undefined || !isMany(flags)) return placeAt(folder, world);
  const workspace = workspaceOf(folder, world);
  if (workspace === undefined) return placeAt(folder, world);
  const selectors = flags.all('-F', '--filter').flatMap((word) => textOf(word) ?? []);
  return { kind: 'packages', manifests: selectMembers(workspace, selectors, folder), folder: workspace.folder };
}

function lifecycle(bun: Bun, names: readonly string[], rest: readonly Word[], label: string): readonly Inner[] {
  const { flags, words } = readLine(rest, valued, false);
  if (words.length > 0 || flags.has('--ignore-scripts', '--help', '--dry-run', '-g', '--global')) return [];
  const place = placeAt(bun.folder, bun.world);
  if (place.kind === 'broken') return [place.inner];
  const { call } = bun;
  return place.kind === 'none' ? [] : place.manifests.flatMap((manifest) => runEach({ call, manifest, label }, names));
}
