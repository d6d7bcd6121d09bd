// Running scripts by name: in one package or in several, with the settings that decide how.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { pathFrom } from '../paths.ts';
import { type Manifest, nearestManifest, scriptNames, scriptText, unread } from './manifest.ts';
import { isRunning, runScript } from './script.ts';

/** Where scripts run: the packages, or why none is known. */
export type Place =
  | { readonly kind: 'packages'; readonly manifests: readonly Manifest[]; readonly folder: string }
  | { readonly kind: 'broken'; readonly inner: Inner }
  /** No manifest is there, or nothing is known yet. */
  | { readonly kind: 'none' };

/** The package that a folder belongs to. */
export function placeAt(folder: string | undefined, world: World): Place {
  const reading = folder === undefined ? undefined : nearestManifest(folder, world);
  if (reading?.kind === 'broken') return { kind: 'broken', inner: reading.inner };
  if (reading?.kind !== 'read') return { kind: 'none' };
  return { kind: 'packages', manifests: [reading.manifest], folder: reading.manifest.folder };
}

export interface Task {
  readonly call: Invocation;
  readonly name: Word;
  readonly args: readonly Word[];
  readonly hooks: boolean;
  readonly label: string;
  readonly shell?: Word | undefined;
  /** The calling script is left out: what runs a script in all packages does not run itself. */
  readonly others?: boolean;
}

/** The scripts that a name stands for, in each of the packages. */
export function runTask(task: Task, manifests: readonly Manifest[]): readonly Inner[] {
  const { name: _name, ...run } = task;
  return manifests.flatMap((manifest) =>
    namesFor(task.name, manifest)
      .filter((name) => task.others !== true || !isRunning(task.call, manifest, name))
      .flatMap((name) => runScript({ ...run, manifest, name })),
  );
}

/** A name of which only the beginning is known stands for all that begin so; one of which nothing is, for none. */
function namesFor(word: Word, manifest: Manifest): readonly string[] {
  const text = textOf(word);
  if (text !== undefined) return [text];
  const start = knownPrefix(word);
  return start === '' ? [] : scriptNames(manifest).filter((name) => name.startsWith(start));
}

export const hasScript = (place: Place, name: string): boolean =>
  place.kind === 'packages' && place.manifests.some((manifest) => scriptText(manifest, name) !== undefined);

/** A setting of the project's `.npmrc`, which npm and pnpm read. */
export function npmrcSetting(folder: string | undefined, name: string, world: World): string | undefined {
  const answer = folder === undefined ? undefined : world.ask({ kind: 'file', path: pathFrom('.npmrc', folder) });
  if (answer?.kind !== 'text') return undefined;
  for (const line of answer.text.split('\n').slice(0, 200)) {
    const equals = line.indexOf('=');
    if (equals > 0 && line.slice(0, equals).trim() === name) return line.slice(equals + 1).trim();
  }
  return undefined;
}

/** Names around installing, packing and publishing. Source: docs.npmjs.com, "scripts", life cycle operation order. */
export const lifecycles = {
  install: ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'],
  pack: ['prepack', 'prepare', 'postpack'],
  publish: ['prepublishOnly', 'prepublish', 'prepack', 'prepare', 'postpack', 'publish', 'postpublish'],
  version: ['preversion', 'version', 'postversion'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Scripts and commands that one call runs in all packages together. */
const most = 800;

/** What one call runs, cut off where it is more than can be followed. */
export const bounded =
  (unwrap: Launcher['unwrap']): Launcher['unwrap'] =>
  (call, world) => {
    const inners = unwrap(call, world);
    if (inners.length <= most) return inners;
    return [...inners.slice(0, most), unread(`${call.name} runs more than ${most} scripts; the others are not read`)];
  };

/** A program by its name, with its words. */
export const programInner = (name: Word, args: readonly Word[], label: string, folder?: string): Inner => ({
  kind: 'words',
  words: [name, ...args],
  label,
  ...(folder === undefined ? {} : { cwd: staticWord(folder) }),
});
