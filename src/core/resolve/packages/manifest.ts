// Manifests: package.json files, found as package managers find them, read without ever failing.
import type { Invocation } from '../../model/invocation.ts';
import type { Answer, World } from '../../model/observation.ts';
import { textOf } from '../../model/word.ts';
import { mayRun } from '../conventions.ts';
import type { Inner } from '../launcher.ts';
import { pathFrom } from '../paths.ts';
import { type Entries, entriesOf, lineOfKey, parseJson, textAt } from './json.ts';

export interface Manifest {
  /** Absolute. */
  readonly folder: string;
  readonly text: string;
  readonly data: Entries;
}

export type ManifestReading =
  | { readonly kind: 'read'; readonly manifest: Manifest }
  | { readonly kind: 'absent' }
  /** Not answered yet, or nothing of this machine is read. */
  | { readonly kind: 'open' }
  /** It is there and cannot be read. */
  | { readonly kind: 'broken'; readonly inner: Inner };

/** Levels above the working directory in which a manifest is looked for. */
const levels = 12;

/** The folder that a call runs in, where it is known and on this machine. */
export function folderOf(call: Invocation): string | undefined {
  const folder = textOf(call.cwd);
  return folder?.startsWith('/') && call.host.kind === 'local' ? folder : undefined;
}

/** The manifest that stands in a folder. */
export function manifestAt(folder: string, from: string, world: World): ManifestReading {
  const path = pathFrom('package.json', folder);
  return readingOf(folder, shownFrom(path, from), world.ask({ kind: 'file', path }));
}

/** The nearest manifest in the folder or above it. */
export function nearestManifest(folder: string, world: World): ManifestReading {
  const own = manifestAt(folder, folder, world);
  if (own.kind !== 'absent') return own;
  // All other levels are asked for at once.
  const above = foldersUp(folder)
    .slice(1)
    .map((each) => manifestAt(each, folder, world));
  return above.find(({ kind }) => kind !== 'absent') ?? { kind: 'absent' };
}

/** The folder and those above it, nearest first. */
export function foldersUp(folder: string): readonly string[] {
  const parts = folder.split('/').filter((part) => part !== '');
  return Array.from(
    { length: Math.min(parts.length + 1, levels) },
    (_, index) => `/${parts.slice(0, parts.length - index).join('/')}`,
  );
}

function readingOf(folder: string, label: string, answer: Answer | undefined): ManifestReading {
  switch (answer?.kind) {
    case undefined:
      return { kind: 'open' };
    case 'text': {
      const data = entriesOf(parseJson(answer.text));
      return data === undefined
        ? { kind: 'broken', inner: unread(`${label} is no valid JSON`) }
        : { kind: 'read', manifest: { folder, text: answer.text, data } };
    }
    case 'failed':
      if (answer.reason === 'off') return { kind: 'open' };
      return mayRun(answer.reason, false)
        ? { kind: 'broken', inner: unread(`${label}: ${answer.detail}`) }
        : { kind: 'absent' };
    default:
      return { kind: 'absent' };
  }
}

/** A task file that cannot be read. */
export const unread = (detail: string): Inner => ({ kind: 'opaque', reason: 'unread-program', detail });

/** The text of a script. */
export const scriptText = ({ data }: Manifest, name: string): string | undefined => textAt(data, 'scripts', name);

/** All names of scripts, in their order. */
export const scriptNames = ({ data }: Manifest): readonly string[] =>
  Object.entries(entriesOf(data.scripts) ?? {}).flatMap(([name, text]) => (typeof text === 'string' ? [name] : []));

export const scriptLine = ({ text }: Manifest, name: string): number | undefined => lineOfKey(text, ['scripts', name]);

export const packageName = ({ data }: Manifest): string | undefined => textAt(data, 'name');

/** A path as a person in the folder would write it. */
export function shownFrom(path: string, folder: string): string {
  if (folder === '/') return path.slice(1);
  if (path.startsWith(`${folder}/`)) return path.slice(folder.length + 1);
  const above = foldersUp(folder);
  const base = above.slice(1, 4).find((each) => each !== '/' && path.startsWith(`${each}/`));
  return base === undefined ? path : `${'../'.repeat(above.indexOf(base))}${path.slice(base.length + 1)}`;
}
