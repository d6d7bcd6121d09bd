// Writes the launchers into a folder, with the absolute paths of Node and of guard's programs baked in.
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** The names that agents look for: some take only a path whose last part is exactly `bash` or `zsh`. */
export const launcherNames = ['guard-sh', 'guard-bash', 'guard-zsh', 'bash', 'zsh'] as const;

export interface BakedPaths {
  /** The Node that judges: an absolute path. */
  readonly node: string;
  /** The folder that holds `shell.cjs`: an absolute path. Its sibling `bin/guard-sh` is what is copied. */
  readonly dist: string;
}

/**
 * Writes one launcher per name, each 0755 and each replaced as a whole, so that a shell that starts meanwhile sees
 * the old one or the new one. Returns their paths. Throws where the folder cannot be written or a path is relative.
 */
export function writeLaunchers(folder: string, paths: BakedPaths): string[] {
  const text = bakeLauncher(readFileSync(join(paths.dist, '..', 'bin', 'guard-sh'), 'utf8'), paths);
  mkdirSync(folder, { recursive: true });
  return launcherNames.map((name) => writeWhole(join(folder, name), text));
}

/** The launcher's text with the two empty assignments filled in. */
export function bakeLauncher(launcher: string, { node, dist }: BakedPaths): string {
  return fillIn(fillIn(launcher, '_guard_node', node), '_guard_dist', dist);
}

function fillIn(launcher: string, variable: string, path: string): string {
  if (!isAbsolute(path)) throw new Error(`${path} is not an absolute path`);
  const empty = `\n${variable}=\n`;
  if (!launcher.includes(empty)) throw new Error(`the launcher has no empty ${variable} to fill in`);
  return launcher.replace(empty, () => `\n${variable}=${quote(path)}\n`);
}

/** Single quotes protect everything but themselves. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function writeWhole(path: string, text: string): string {
  const fresh = `${path}.${process.pid}.new`;
  try {
    writeFileSync(fresh, text, { flag: 'wx', mode: 0o755 });
    chmodSync(fresh, 0o755);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
  return path;
}
