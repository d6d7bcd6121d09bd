// Facts: everything that the invocations of a command line would do, as typed statements.
import type { Fact } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { textOf } from '../model/word.ts';
import { type Resolution, resolve } from '../resolve/index.ts';
import { commandFact } from './command.ts';
import { consoleFacts } from './console.ts';
import type { Endpoints } from './endpoints.ts';
import { envFacts } from './env.ts';
import { fileFacts } from './file.ts';
import { flowFacts } from './flow.ts';
import { gitFacts } from './git.ts';
import { httpFacts } from './http.ts';
import { MadePaths } from './made.ts';
import { sqlFacts } from './sql.ts';
import { unreadableFacts } from './unreadable.ts';

/** All facts, in the order of the invocations. `words` are those that some rule could react to. */
export function factsOf(
  resolution: Resolution,
  world: World,
  words: ReadonlySet<string>,
  endpoints: Endpoints,
): Fact[] {
  const made = new MadePaths(resolution.invocations);
  return [
    ...resolution.invocations.flatMap((call, at) => invocationFacts(call, at, made, world, endpoints)),
    ...resolution.opaque.map((code): Fact => ({ kind: 'opaque', code, invocation: code.invocation })),
    ...unreadableFacts(resolution, words, (text) => factsOfText(text, world, endpoints)),
  ];
}

/** What a piece of text would do that stands where nothing around it is known. */
function factsOfText(text: string, world: World, endpoints: Endpoints): Fact[] {
  const from = { kind: 'command-line', label: 'text that cannot be read' } as const;
  const resolved = resolve(
    { command: text, shell: 'bash', name: undefined, positionals: [], cwd: undefined, env: undefined, from },
    world,
  );
  const made = new MadePaths(resolved.invocations);
  return resolved.invocations.flatMap((call, at) => invocationFacts(call, at, made, world, endpoints));
}

function invocationFacts(call: Invocation, at: number, made: MadePaths, world: World, endpoints: Endpoints): Fact[] {
  const home = textOf(call.env.get('HOME'));
  const facts: Fact[] = envFacts(call);
  if (call.name !== undefined && call.name !== '') facts.push(commandFact(call, call.name));
  facts.push(...fileFacts(call, home, made, at), ...flowFacts(call, made, at));
  if (call.name === 'git' || call.name === 'yadm') facts.push(...gitFacts(call, world));
  facts.push(...consoleFacts(call, world), ...sqlFacts(call, world), ...httpFacts(call, world, endpoints));
  if (call.name === undefined) facts.push(dynamicProgram(call));
  return facts;
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
