// Where guard keeps things: the XDG base folders, and how a private folder below them is made and checked.
// https://specifications.freedesktop.org/basedir-spec/latest/
import { lstatSync, mkdirSync, type Stats } from 'node:fs';
import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { codeOf, StateError, toStateError } from './error.ts';

export type Environ = Readonly<Record<string, string | undefined>>;

const bases = {
  config: { variable: 'XDG_CONFIG_HOME', below: '.config' },
  state: { variable: 'XDG_STATE_HOME', below: '.local/state' },
  cache: { variable: 'XDG_CACHE_HOME', below: '.cache' },
} as const;

/** $HOME where it is absolute, else what the system's user database says; undefined for a user without a home. */
export function homeFolder(env: Environ): string | undefined {
  const { HOME } = env;
  if (HOME !== undefined && isAbsolute(HOME)) return HOME;
  try {
    const { homedir } = userInfo();
    return isAbsolute(homedir) ? homedir : undefined;
  } catch {
    return undefined;
  }
}

/** guard's folder for one purpose. A relative XDG variable is ignored, as the specification demands. */
function guardFolder(env: Environ, purpose: keyof typeof bases): string {
  const { variable, below } = bases[purpose];
  const base = env[variable];
  if (base !== undefined && isAbsolute(base)) return join(base, 'guard');
  const home = homeFolder(env);
  // A user without a home (a bare uid in a container) still gets a place of its own; ensureFolder refuses a squatted one.
  return home === undefined ? join('/tmp', `guard-${userId()}-${purpose}`) : join(home, below, 'guard');
}

/** Settings: `$XDG_CONFIG_HOME/guard`, by default `~/.config/guard`. Not created. */
export const configFolder = (env: Environ): string => guardFolder(env, 'config');
/** What must survive a reboot: `$XDG_STATE_HOME/guard`, by default `~/.local/state/guard`. Not created. */
export const stateFolder = (env: Environ): string => guardFolder(env, 'state');
/** What can be made again: `$XDG_CACHE_HOME/guard`, by default `~/.cache/guard`. Not created. */
export const cacheFolder = (env: Environ): string => guardFolder(env, 'cache');

/** The effective user, or -1 on systems without user ids. */
export const userId = (): number => process.geteuid?.() ?? -1;

/**
 * Makes a private folder (0700, parents too) or checks the one that is there: a real folder, not a link, this user's,
 * and nobody else may write in it. Throws StateError.
 */
export function ensureFolder(path: string): void {
  const stats = statFolder(path) ?? createFolder(path);
  if (stats.isSymbolicLink())
    throw new StateError('unsafe', path, `${path} is a symbolic link, and guard follows none to its own files`);
  if (!stats.isDirectory()) throw new StateError('unsafe', path, `${path} is not a folder`);
  if (stats.uid !== userId()) throw new StateError('unsafe', path, `${path} belongs to user ${stats.uid}, not to you`);
  if ((stats.mode & 0o022) !== 0) {
    throw new StateError('unsafe', path, `others may write in ${path}; take that away with: chmod 700 '${path}'`);
  }
}

function createFolder(path: string): Stats {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return lstatSync(path);
  } catch (error) {
    throw toStateError(error, path);
  }
}

function statFolder(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw toStateError(error, path);
  }
}
