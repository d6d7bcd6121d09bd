// The configuration of a machine without any file.
import { join } from 'node:path';
import { defaultPolicy } from '../core/model/policy.ts';
import { type Environ, stateFolder } from '../state/folders.ts';
import { type ConfigSource, type LoadedConfig, wordOf } from './model.ts';

/** guard's defaults, with a source for every value that a file could change. */
export function loadDefaults(env: Environ): LoadedConfig {
  const audit = { folder: join(stateFolder(env), 'audit'), keep: 10, maxBytes: 10 * 1024 * 1024 };
  const decisions = Object.entries(defaultPolicy.table).flatMap(([severity, row]) =>
    Object.entries(row).map(([environment, cell]) => [`decisions.${severity}.${environment}`, wordOf(cell)] as const),
  );
  const values: readonly (readonly [string, unknown])[] = [
    ['scope', defaultPolicy.scope],
    ...decisions,
    ['lookups', defaultPolicy.lookups],
    ['shell', undefined],
    ['audit.folder', audit.folder],
    ['audit.keep', audit.keep],
    ['audit.maxBytes', audit.maxBytes],
  ];
  const sources = values.map(([key, value]): ConfigSource => ({ key, value, file: undefined, line: undefined }));
  return { policy: defaultPolicy, shell: undefined, audit, ruleFolders: [], sources, files: [] };
}
