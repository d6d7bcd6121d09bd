// Resolve: from a command line to every invocation it would run, with the way that led to each.
import type { Origin } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import type { Request } from '../model/request.ts';
import type { Script } from '../model/script.ts';
import { dynamicWord, staticWord } from '../model/word.ts';
import { parseScript } from '../parse/parse.ts';
import { lastPipe } from './conventions.ts';
import { Scope } from './scope.ts';
import { type Resolution, Walk } from './walk.ts';

export type { Resolution } from './walk.ts';

export interface ResolvedScript extends Resolution {
  readonly script: Script;
}

/** Follows the request's text as its shell would. Pure: what it must read comes through the world. */
export function resolve(request: Request, world: World): ResolvedScript {
  const origin: Origin = [{ kind: request.from.kind, label: request.from.label, line: undefined }];
  const walk = new Walk(world, origin, { kind: 'inherited' });
  const cwd = request.cwd === undefined ? dynamicWord('.', [null]) : staticWord(request.cwd);
  const scope = Scope.root(request.env, cwd);
  scope.positionals = request.env === undefined ? undefined : request.positionals.map((text) => staticWord(text));
  if (request.shell === 'zsh') scope.setWord(lastPipe, staticWord('1'));
  if (request.name !== undefined) scope.name = staticWord(request.name);
  defineExportedFunctions(request.env ?? {}, scope);
  if (request.shell === 'bash' && request.env?.BASH_ENV) walk.code(startupFile, scope);
  const script = parseScript(request.command);
  walk.script(script, scope);
  return { ...walk.finish(), script };
}

/** A bash that runs a command or a script reads this file first; what stands in it runs too. Source: bash(1), INVOCATION. */
const startupFile = '. "$BASH_ENV"';

/** `export -f` hands functions down as variables `BASH_FUNC_name%%`; the shell defines them before it starts. */
function defineExportedFunctions(env: Readonly<Record<string, string>>, scope: Scope): void {
  for (const [variable, text] of Object.entries(env)) {
    const name = /^BASH_FUNC_(.+)%%$/.exec(variable)?.[1];
    if (name === undefined) continue;
    const [statement] = parseScript(`${name} ${text}`).statements;
    if (statement?.command.type !== 'function') continue;
    scope.define(name, statement.command.body);
    scope.export(`${name}()`);
  }
}
