// Finds the configuration files by plain existence, so that a machine without any never loads a parser.
// A file that is there but cannot be trusted or read is an error: guard never runs with defaults in its place.
import { lstatSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from '../state/error.ts';
import { userId } from '../state/folders.ts';
import { ConfigError } from './error.ts';
import type { ConfigFile, Layer } from './model.ts';

/** Data formats only: a file that could hold code is never looked for. */
const projectNames = ['.guardrc', '.guardrc.json', '.guardrc.yaml', '.guardrc.yml'] as const;
const folderNames = ['config.yaml', 'config.yml', 'config.json', 'guardrc'] as const;

/** No configuration is this large; a parser kept busy by a hostile file would hold every command up. */
const maxBytes = 128 * 1024;
const maxPackageBytes = 1024 * 1024;

/** The file in a folder of configuration (`/etc/guard`, `~/.config/guard`), if there is one. Throws ConfigError. */
export function findInFolder(folder: string, layer: Layer): ConfigFile | undefined {
  const path = onlyOne(folderNames.map((name) => join(folder, name)).filter(isThere));
  return path === undefined ? undefined : checkFile({ layer, path });
}

/** The nearest project file from `cwd` upwards, if there is one. Throws ConfigError. */
export function findProject(cwd: string): ConfigFile | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const paths = projectNames.map((name) => join(folder, name)).filter(isThere);
    const manifest = join(folder, 'package.json');
    if (holdsGuardKey(manifest)) paths.push(manifest);
    const path = onlyOne(paths);
    if (path !== undefined) return checkFile({ layer: 'project', path });
    if (dirname(folder) === folder) return undefined;
  }
}

/** Two files side by side: whichever were taken, the other would be ignored in silence. */
function onlyOne(paths: readonly string[]): string | undefined {
  const [first, second] = paths;
  if (first !== undefined && second !== undefined) {
    throw new ConfigError(second, undefined, `${first} is in the same folder; keep one of the two`);
  }
  return first;
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (isAbsence(error)) return false;
    throw unusable(path, error);
  }
}

const isAbsence = (error: unknown): boolean => ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error) ?? '');

/**
 * Whether a package.json speaks to guard. It is not guard's file: a broken one without the word `guard` is passed
 * over, because whoever repairs it needs a shell.
 */
function holdsGuardKey(path: string): boolean {
  if (!isThere(path)) return false;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return false;
    if (stats.size > maxPackageBytes)
      throw new ConfigError(path, undefined, `expected at most 1 MiB, it has ${stats.size} bytes`);
    const text = readFileSync(path, 'utf8');
    return text.includes('"guard"') && hasOwnKey(text);
  } catch (error) {
    if (isAbsence(error) || codeOf(error) === 'ELOOP') return false;
    throw unusable(path, error);
  }
}

/** True also where the text is no valid JSON: the reader then says in which line. */
function hasOwnKey(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && Object.hasOwn(value, 'guard');
  } catch {
    return true;
  }
}

/** A regular file of bounded size that this user or root owns; and, where it may loosen, that not everybody can write. */
function checkFile(file: ConfigFile): ConfigFile {
  const { path, layer } = file;
  const stats = follow(path);
  if (stats.isDirectory()) throw new ConfigError(path, undefined, 'expected a file, this is a folder');
  if (!stats.isFile()) throw new ConfigError(path, undefined, 'expected a regular file');
  if (stats.size > maxPackageBytes || (stats.size > maxBytes && !path.endsWith('package.json'))) {
    throw new ConfigError(path, undefined, `expected at most ${maxBytes / 1024} KiB, it has ${stats.size} bytes`);
  }
  if (stats.uid !== userId() && stats.uid !== 0) {
    throw new ConfigError(
      path,
      undefined,
      `expected a file of yours or of root's, this one belongs to user ${stats.uid}`,
    );
  }
  if (layer !== 'project' && (stats.mode & 0o002) !== 0) {
    throw new ConfigError(
      path,
      undefined,
      `everybody may write this file, so it cannot be trusted; run: chmod go-w '${path}'`,
    );
  }
  return file;
}

function follow(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw unusable(path, error);
  }
}

const causes: Readonly<Record<string, string>> = {
  ENOENT: 'is a symbolic link that leads nowhere',
  ELOOP: 'is a symbolic link that leads back to itself',
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: the system does not permit it',
  EISDIR: 'is a folder',
};

/** A file that could not be looked at, as a ConfigError. */
export function unusable(path: string, error: unknown): ConfigError {
  // By name: a reader that is loaded on demand is a bundle of its own, with its own copy of the class.
  if (error instanceof Error && error.name === 'ConfigError') return error as ConfigError;
  const cause =
    causes[codeOf(error) ?? ''] ?? `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  return new ConfigError(path, undefined, `the file ${cause}`);
}
