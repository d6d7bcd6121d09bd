// A world of given files in which the readers of data and SQL are there, and what a command line resolves to in it.
import type { Answer, Query, World } from '../../../src/core/model/observation.ts';
import { reader as sql } from '../../../src/core/payloads/sql.ts';
import { resolve } from '../../../src/core/resolve/index.ts';
import { reader as yaml } from '../../../src/observe/yaml.ts';
import { showInvocation } from './listing.ts';

const readers: Readonly<Record<string, unknown>> = { sql, yaml };

/** `entries` are files inside of archives, by path and name. */
export function readingWorld(
  files: Readonly<Record<string, string>>,
  entries: Readonly<Record<string, Answer>> = {},
): World {
  return {
    ask(query: Query): Answer {
      if (query.kind === 'reader') {
        const reader = readers[query.language];
        return reader === undefined ? { kind: 'absent' } : { kind: 'reader', reader };
      }
      if (query.kind === 'zip-entry') return entries[`${query.path}#${query.entry}`] ?? { kind: 'absent' };
      if (query.kind === 'file' && Object.hasOwn(files, query.path))
        return { kind: 'text', text: files[query.path] ?? '' };
      if (query.kind !== 'folder' && query.kind !== 'file') return { kind: 'absent' };
      const below = Object.keys(files).filter((path) => path.startsWith(`${query.path}/`));
      if (below.length === 0) return { kind: 'absent' };
      if (query.kind === 'file') return { kind: 'failed', reason: 'folder', detail: 'it is a folder' };
      return { kind: 'names', names: below.map((path) => path.slice(query.path.length + 1)), complete: true };
    },
  };
}

/** The resolution of a command line in ada's folder. */
export const resolvedIn = (command: string, world: World) =>
  resolve(
    {
      command,
      shell: 'bash',
      name: undefined,
      positionals: [],
      cwd: '/home/ada/acme',
      env: { HOME: '/home/ada', PATH: '/usr/bin' },
      from: { kind: 'command-line', label: 'command line' },
    },
    world,
  );

/** What runs besides the first command: the words of each, in order. */
export const behind = (command: string, world: World): readonly string[] =>
  resolvedIn(command, world)
    .invocations.slice(1)
    .filter(({ name }) => name !== '')
    .map(showInvocation);
