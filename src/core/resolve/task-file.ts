// Task files: finding and reading the files of task runners, and what is common to following them.
import type { Invocation } from '../model/invocation.ts';
import type { Answer, ReaderName, World } from '../model/observation.ts';
import type { DataReader } from '../model/reader.ts';
import { knownPrefix, showWord, staticWord, textOf, type Word } from '../model/word.ts';
import type { Inner } from './launcher.ts';
import { absolutePath, normalizePath, pathFrom } from './paths.ts';

/**
 * The text of a file as seen from a folder. Where the folder is not known, the path is asked for as it is written: the
 * command line itself may have made it. A world that is switched off has no files.
 */
export function readFile(path: Word, cwd: Word, world: World): Answer | undefined {
  const key = absolutePath(path, cwd) ?? relativeKey(path);
  if (key === undefined) return { kind: 'absent' };
  const answer = world.ask({ kind: 'file', path: key });
  return answer?.kind === 'failed' && (answer.reason === 'off' || answer.reason === 'folder')
    ? { kind: 'absent' }
    : answer;
}

const relativeKey = (path: Word): string | undefined => {
  const text = textOf(path);
  return text === undefined || /^[/~]/.test(text) || path.glob ? undefined : normalizePath(text);
};

/** A file that was found, with the folder it stands in. */
export interface TaskFile {
  readonly path: string;
  readonly folder: Word;
  readonly text: string;
}

export type Found =
  | { readonly kind: 'file'; readonly file: TaskFile }
  | { readonly kind: 'failed'; readonly path: string; readonly detail: string }
  /** There is none, or the answers are not there yet. */
  | { readonly kind: 'none' };

/** Folders above the current one that are looked into. */
const maxLevels = 12;

/** The first file of one of the names in the folder, or in one above it where `upwards`. All are asked for at once. */
export function findFile(names: readonly string[], cwd: Word, world: World, upwards = true): Found {
  const folders = upwards ? foldersAbove(cwd) : [cwd];
  const answers = folders.flatMap((folder) =>
    names.map((name) => ({ folder, name, answer: readFile(staticWord(name), folder, world) })),
  );
  for (const { folder, name, answer } of answers) {
    if (answer === undefined) return { kind: 'none' };
    if (answer.kind === 'absent') continue;
    const path = absolutePath(staticWord(name), folder) ?? name;
    if (answer.kind === 'text')
      return { kind: 'file', file: { path, folder: parentOf(name, folder), text: answer.text } };
    if (answer.kind === 'failed') return { kind: 'failed', path, detail: answer.detail };
  }
  return { kind: 'none' };
}

/** One file that is named by the command line. */
export function namedFile(path: Word, cwd: Word, world: World): Found {
  const answer = readFile(path, cwd, world);
  const key = absolutePath(path, cwd) ?? showWord(path);
  if (answer?.kind === 'text')
    return { kind: 'file', file: { path: key, folder: parentOf(showWord(path), cwd), text: answer.text } };
  return answer?.kind === 'failed' ? { kind: 'failed', path: key, detail: answer.detail } : { kind: 'none' };
}

/** The folder of a path that is written as seen from another. */
export function parentOf(path: string, from: Word): Word {
  const cut = path.lastIndexOf('/');
  if (cut < 0) return from;
  return folderWithin(from, path.slice(0, cut) || '/');
}

/** A folder as seen from another. */
export function folderWithin(from: Word, path: string): Word {
  if (path === '' || path === '.') return from;
  const base = textOf(from);
  if (path.startsWith('/') || path.startsWith('~')) return staticWord(path);
  if (base !== undefined) return staticWord(pathFrom(path, base));
  return {
    ...from,
    kind: 'dynamic',
    source: `${showWord(from)}/${path}`,
    known: [knownPrefix(from) || null, `/${path}`],
  };
}

function foldersAbove(cwd: Word): readonly Word[] {
  const folder = textOf(cwd);
  if (folder === undefined || !folder.startsWith('/')) return [cwd];
  const folders: Word[] = [];
  for (
    let path = normalizePath(folder);
    folders.length < maxLevels;
    path = path.slice(0, path.lastIndexOf('/')) || '/'
  ) {
    folders.push(staticWord(path));
    if (path === '/') break;
  }
  return folders;
}

/** A path as a person in the folder would name it. */
export function shownFrom(path: string, cwd: Word): string {
  const folder = textOf(cwd);
  if (folder === undefined || folder === '/' || !path.startsWith(`${normalizePath(folder)}/`)) return path;
  return path.slice(normalizePath(folder).length + 1);
}

/** What a data format's reader says about a text: `undefined` where it is not loaded yet, `invalid` where it makes no sense. */
export function readData(
  text: string,
  language: ReaderName,
  world: World,
): { readonly value: unknown } | 'invalid' | undefined {
  const answer = world.ask({ kind: 'reader', language });
  if (answer === undefined) return undefined;
  if (answer.kind !== 'reader') return 'invalid';
  const value = (answer.reader as DataReader).read(text);
  return value === undefined || value === null ? 'invalid' : { value };
}

export type Table = Readonly<Record<string, unknown>>;

/** The value as a table; an empty one where it is something else. */
export const tableOf = (value: unknown): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};

/** What stands behind a path of keys. */
export const valueAt = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((from, key) => (Object.hasOwn(tableOf(from), key) ? tableOf(from)[key] : undefined), value);

export const textAt = (value: unknown, ...keys: readonly string[]): string | undefined => {
  const found = valueAt(value, ...keys);
  return typeof found === 'string'
    ? found
    : typeof found === 'number' || typeof found === 'boolean'
      ? String(found)
      : undefined;
};

/** A list, or the one value that stands for a list of one. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** What a task file cannot be read for: low, and asked about only where a rule says so. */
export const unreadTask = (runner: string, detail: string): Inner => ({
  kind: 'opaque',
  reason: 'unread-program',
  detail: `${runner}: ${detail}`,
});

/** The same for a file that was looked for. */
export const unreadFile = (runner: string, found: Found, call: Invocation): readonly Inner[] =>
  found.kind === 'failed'
    ? [unreadTask(runner, `${shownFrom(found.path, call.cwd)} cannot be read: ${found.detail}`)]
    : [];

/** The line on which a key or a header first stands, 1-based. `within`: only behind the line that starts so. */
export function lineOfKey(text: string, keys: readonly string[]): number | undefined {
  const lines = text.split('\n');
  let at = 0;
  let found: number | undefined;
  for (const key of keys) {
    const next = lines.findIndex((line, index) => index >= at && namesKey(line, key));
    if (next < 0) return found;
    found = next + 1;
    at = next;
  }
  return found;
}

/** `key:`, `"key":`, `key =`, `[a.b.key]`, `- key`. */
function namesKey(line: string, key: string): boolean {
  const text = line.trim();
  const start = text.startsWith('- ') ? text.slice(2) : text;
  const header = /^\[+([^\]]*)\]/.exec(text)?.[1];
  if (header !== undefined) return header === key || header.endsWith(`.${key}`) || header.endsWith(`."${key}"`);
  for (const form of [key, `"${key}"`, `'${key}'`])
    if (start.startsWith(form) && /^\s*[:=({.]/.test(start.slice(form.length))) return true;
  return false;
}
