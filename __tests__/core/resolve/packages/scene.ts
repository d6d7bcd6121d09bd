// Scenes: a project's files in memory, and what a command line in its folder runs in the end.

import type { Answer, Query, World } from '../../../../src/core/model/observation.ts';
import { reader as ini } from '../../../../src/core/payloads/ini.ts';
import { type ResolvedScript, resolve } from '../../../../src/core/resolve/index.ts';
import { reader as toml } from '../../../../src/observe/toml.ts';
import { reader as yaml } from '../../../../src/observe/yaml.ts';
import { showInvocation } from '../listing.ts';

export type Files = Readonly<Record<string, string>>;

/** Where commands are typed. */
export const project = '/home/ada/acme';

const readers: Readonly<Record<string, unknown>> = { yaml, toml, ini };

function worldOf(files: Files): World {
  const paths = new Map(
    Object.entries(files).map(([path, text]) => [path.startsWith('/') ? path : `${project}/${path}`, text]),
  );
  const names = (folder: string) => [
    ...new Set(
      [...paths.keys()]
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''),
    ),
  ];
  const answer = (query: Query): Answer => {
    if (query.kind === 'reader')
      return Object.hasOwn(readers, query.language)
        ? { kind: 'reader', reader: readers[query.language] }
        : { kind: 'failed', reason: 'off', detail: 'not in this scene' };
    if (query.kind === 'file') {
      const text = paths.get(query.path);
      return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
    }
    if (query.kind !== 'folder' && query.kind !== 'path') return { kind: 'absent' };
    const below = names(query.path);
    const isFile = paths.has(query.path);
    if (below.length === 0 && !isFile) return { kind: 'absent' };
    return query.kind === 'folder'
      ? { kind: 'names', names: below, complete: true }
      : { kind: 'path', type: isFile ? 'file' : 'folder', real: query.path, executable: isFile };
  };
  return { ask: answer };
}

export const inScene = (
  command: string,
  files: Files,
  cwd: string = project,
  env: Readonly<Record<string, string>> = {},
): ResolvedScript =>
  resolve(
    {
      command,
      shell: 'bash',
      name: undefined,
      positionals: [],
      cwd,
      env: { HOME: '/home/ada', PATH: '/usr/bin:/bin', ...env },
      from: { kind: 'command-line', label: 'command line' },
    },
    worldOf(files),
  );

/** Programs that only hand on to others. */
const passing =
  /^(npm|npx|pnpm|pnpx|pn|yarn|yarnpkg|bun|bunx|corepack|nr|turbo|nx|lerna|npm-run-all|run-s|run-p|concurrently|wireit|cross-env|cross-env-shell|shx|dotenv|dotenvx|env-cmd|lint-staged|lefthook|pre-commit|git|env|sh|bash)( |$)/;

/** What runs in the end, with the folder where it is not the project's. */
export const runs = (command: string, files: Files, cwd: string = project): readonly string[] =>
  inScene(command, files, cwd)
    .invocations.filter(({ program, args }) => program.kind === 'dynamic' || program.value !== '' || args.length > 0)
    .filter((call) => !passing.test(showInvocation(call)))
    .map((call) => {
      const folder = call.cwd.kind === 'static' ? call.cwd.value : '…';
      const where =
        folder === cwd ? '' : `${folder.startsWith(`${project}/`) ? folder.slice(project.length + 1) : folder}$ `;
      return `${where}${showInvocation(call)}`;
    });

/** Where the first call of a program comes from: each file on the way with its line. */
export const wayTo = (program: string, command: string, files: Files, cwd: string = project): readonly string[] =>
  (inScene(command, files, cwd).invocations.find(({ name }) => name === program)?.origin ?? [])
    .filter(({ kind }) => kind === 'script')
    .map(({ label, line }) => (line === undefined ? label : `${label}:${line}`));

export const unread = (command: string, files: Files): readonly string[] =>
  inScene(command, files).opaque.map(({ reason, detail }) => `${reason}: ${detail}`);
