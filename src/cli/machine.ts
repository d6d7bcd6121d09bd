// Requests of this machine: a command line with the caller's own folder and variables.
import type { Request } from '../core/model/request.ts';
import type { Environ } from '../state/folders.ts';
import type { CliContext } from './command.ts';

/** What the shell would be given if the caller ran this line here and now. */
export const requestHere = (command: string, shell: Request['shell'], { cwd, env }: CliContext): Request => ({
  command,
  shell,
  name: undefined,
  positionals: [],
  cwd,
  env: definedOnly(env),
  from: { kind: 'command-line', label: 'command line' },
});

const definedOnly = (env: Environ): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
