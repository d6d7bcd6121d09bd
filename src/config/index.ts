// Loads guard's configuration. Without any file (the usual case) nothing but node's own fs, path and os is imported:
// the readers, the schema and the merge come by dynamic import.
import { join } from 'node:path';
import { configFolder, type Environ, homeFolder } from '../state/folders.ts';
import { loadDefaults } from './defaults.ts';
import { findInFolder, findProject } from './find.ts';
import type { ConfigFile, LoadedConfig } from './model.ts';

export { ConfigError } from './error.ts';
export type { LoadedConfig } from './model.ts';

export interface Place {
  /** Absolute; undefined where there is no project to look for. */
  readonly cwd: string | undefined;
  readonly env: Environ;
  /** The machine's folder of configuration, `/etc/guard` by default. */
  readonly etc?: string;
}

/**
 * The effective configuration at a place: /etc/guard over the user's file over the nearest project file, each of which
 * may only tighten what stands above. Throws ConfigError for any file that is there and cannot be taken as it is.
 */
export async function loadConfig({ cwd, env, etc = '/etc/guard' }: Place): Promise<LoadedConfig> {
  const userFolder = configFolder(env);
  const files = [
    findInFolder(etc, 'system'),
    findInFolder(userFolder, 'user'),
    cwd === undefined ? undefined : findProject(cwd),
  ].filter((file): file is ConfigFile => file !== undefined);
  const defaults = loadDefaults(env);
  if (files.length === 0) return defaults;
  const [{ readFiles }, { mergeLayers }] = await Promise.all([import('./read.ts'), import('./merge.ts')]);
  return mergeLayers(await readFiles(files), {
    defaults,
    home: homeFolder(env),
    userFile: join(userFolder, 'config.yaml'),
  });
}
