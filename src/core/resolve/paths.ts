// Paths as text: joining and normalizing, without looking at the disk.
import { textOf, type Word } from '../model/word.ts';

/** Resolves `.`, `..` and doubled slashes. A relative path stays relative; `..` above its start is kept. */
export function normalizePath(path: string): string {
  const absolute = path.startsWith('/');
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (!absolute) segments.push('..');
  }
  return absolute ? `/${segments.join('/')}` : segments.join('/') || '.';
}

/** A path of Windows with its drive: no folder of this machine holds it. */
const onDrive = /^[A-Za-z]:(?:[\\/]|$)/;

/** The path as seen from a folder: absolute and `~` paths, and those on a drive, stand for themselves. */
export function pathFrom(path: string, folder: string): string {
  if (path.startsWith('/') || path === '~' || path.startsWith('~/')) return normalizePath(path);
  if (onDrive.test(path)) return path;
  return normalizePath(`${folder}/${path}`);
}

/** The absolute path of a word, where both it and the folder are known. */
export function absolutePath(word: Word, cwd: Word): string | undefined {
  const path = textOf(word);
  if (path === undefined || path === '' || word.glob || path.includes('\0') || onDrive.test(path)) return undefined;
  if (path.startsWith('/')) return normalizePath(path);
  const folder = textOf(cwd);
  return folder?.startsWith('/') && !path.startsWith('~') ? pathFrom(path, folder) : undefined;
}
