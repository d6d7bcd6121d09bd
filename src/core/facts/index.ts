// Facts: everything that the invocations of a command line would do, as typed statements.
import type { Fact } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { showWord, textOf } from '../model/word.ts';
import { type Resolution, resolve } from '../resolve/index.ts';
import { codeFacts } from './code.ts';
import { commandFact } from './command.ts';
import { consoleFacts } from './console.ts';
import type { Endpoints } from './endpoints.ts';
import { envFacts } from './env.ts';
import { fileFactOf, fileFacts } from './file.ts';
import { flowFacts } from './flow.ts';
import { gitFacts } from './git.ts';
import type { Ground } from './hit/index.ts';
import { httpFacts } from './http.ts';
import { MadePaths } from './made.ts';
import { withBuildOutput } from './siblings.ts';
import { sqlFacts } from './sql.ts';
import { throughTunnels } from './tunnels.ts';
import { unreadableFacts } from './unreadable.ts';

/** All facts, in the order of the invocations. `words` are those that some rule could react to. */
export function factsOf(
  resolution: Resolution,
  world: World,
  words: ReadonlySet<string>,
  endpoints: Endpoints,
  rebuildable: readonly string[] = [],
): Fact[] {
  const ground: Ground = { world, rebuildable };
  const made = new MadePaths(resolution.invocations);
  return [
    ...withBuildOutput(
      resolution.invocations
        .flatMap((call, at) => invocationFacts(call, at, made, world, endpoints, ground))
        .map(throughTunnels(resolution.invocations)),
    ),
    ...resolution.opaque.map((code): Fact => ({ kind: 'opaque', code, invocation: code.invocation })),
    ...unreadableFacts(resolution, words, (text) => factsOfText(text, world, endpoints, ground)),
  ];
}

/** What a piece of text would do that stands where nothing around it is known. */
function factsOfText(text: string, world: World, endpoints: Endpoints, ground: Ground): Fact[] {
  const from = { kind: 'command-line', label: 'text that cannot be read' } as const;
  const resolved = resolve(
    { command: text, shell: 'bash', name: undefined, positionals: [], cwd: undefined, env: undefined, from },
    world,
  );
  const made = new MadePaths(resolved.invocations);
  return resolved.invocations.flatMap((call, at) => invocationFacts(call, at, made, world, endpoints, ground));
}

function invocationFacts(
  call: Invocation,
  at: number,
  made: MadePaths,
  world: World,
  endpoints: Endpoints,
  ground: Ground,
): Fact[] {
  if (call.effect !== undefined) return codeFacts(call.effect, call, at, made, world, endpoints, ground);
  const facts: Fact[] = envFacts(call);
  if (call.name !== undefined && call.name !== '') facts.push(commandFact(call, call.name));
  facts.push(...fileFacts(call, made, at, ground), ...flowFacts(call, made, at));
  if (call.name === 'git' || call.name === 'yadm') facts.push(...gitFacts(call, world));
  facts.push(...consoleFacts(call, world), ...sqlFacts(call, world), ...httpFacts(call, world, endpoints));
  if (call.name === undefined) facts.push(dynamicProgram(call), ...likeRm(call, made, at, ground));
  return facts;
}

/** `$TOOL -rf /srv`: whatever the program is, these words are those of `rm`. */
function likeRm(call: Invocation, made: MadePaths, at: number, ground: Ground): Fact[] {
  const [flags, ...paths] = call.args;
  if (!/^-(?=[A-Za-z]*[rR])(?=[A-Za-z]*f)[A-Za-z]{2,5}$/.test(textOf(flags) ?? '')) return [];
  return paths.flatMap((path) =>
    fileFactOf({ op: 'delete', path, recursive: true }, showWord(call.program), call, made, at, ground),
  );
}

const dynamicProgram = (call: Invocation): Fact => ({
  kind: 'opaque',
  code: {
    reason: 'dynamic-program',
    detail: `which program ${call.source} runs is not known`,
    origin: call.origin,
    source: call.source,
    invocation: call,
  },
  invocation: call,
});
