// The Railway resolver against the demo's server over real HTTP: round by round, as the outside answers for core.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { domainsToken, ids, stagingToken, workspaceToken } from '../../demo/railway/fixture.ts';
import { RailwayServer } from '../../demo/railway/server.ts';
import type { Resolved } from '../../src/core/environment/resolver.ts';
import { resolver } from '../../src/core/environment/targets/railway.ts';
import type { GraphqlFact } from '../../src/core/model/fact.ts';
import type { Variables } from '../../src/core/model/invocation.ts';
import { type Answer, PlannedWorld, type Query, queryKey } from '../../src/core/model/observation.ts';
import { defaultPolicy } from '../../src/core/model/policy.ts';
import { staticWord, type Word } from '../../src/core/model/word.ts';

let server: RailwayServer;
beforeAll(async () => {
  server = await RailwayServer.start();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const env: Variables = { get: () => undefined, names: () => [] };

function mutation(field: string, args: Record<string, Word>, header: string, token: string): GraphqlFact {
  const word = staticWord('curl');
  return {
    kind: 'graphql',
    operation: 'mutation',
    field,
    arguments: args,
    host: staticWord(new URL(server.url).host),
    url: staticWord(server.url),
    header,
    credential: staticWord(token),
    invocation: {
      name: 'curl',
      program: word,
      args: [],
      assignments: [],
      redirections: [],
      stdin: { kind: 'none' },
      cwd: staticWord('/'),
      user: 'self',
      host: { kind: 'local' },
      env,
      origin: [{ kind: 'command-line', label: '-c', line: undefined }],
      span: { start: 0, end: 0 },
      source: 'curl',
    },
  };
}

async function fetchAnswer(query: Query): Promise<Answer> {
  if (query.kind !== 'live-http') return { kind: 'absent' };
  const { method, headers, body } = query;
  const response = await fetch(query.url, body === undefined ? { method, headers } : { method, headers, body });
  return { kind: 'http', status: response.status, body: await response.text() };
}

async function resolve(kind: string, fact: GraphqlFact): Promise<Resolved & { rounds: number }> {
  const answers = new Map<string, Answer>();
  const policy = { ...defaultPolicy, endpoints: { railway: [server.url] } };
  const nameEnvironment = (name: string) => (name === 'production' || name === 'staging' ? name : undefined);
  for (let rounds = 1; ; rounds += 1) {
    const world = new PlannedWorld(answers);
    const hostEnvironment = () => ({ name: 'unknown' as const, evidence: [] });
    const context = {
      world,
      policy,
      cwd: '/',
      home: undefined,
      env,
      invocations: [],
      nameEnvironment,
      hostEnvironment,
    };
    const resolved = resolver.resolve({ kind, fact }, context);
    if (world.open.length === 0) return { ...resolved, rounds };
    for (const query of world.open) answers.set(queryKey(query), await fetchAnswer(query));
  }
}

test.each<[string, string, string, string, string[]]>([
  ['account token', 'Authorization', domainsToken, 'production', ['apiToken', 'projects', 'volumeInstanceBackupList']],
  [
    'workspace token',
    'Authorization',
    workspaceToken,
    'production',
    ['apiToken', 'projects', 'volumeInstanceBackupList'],
  ],
  [
    'project token for staging',
    'Project-Access-Token',
    stagingToken,
    'production',
    ['projectToken', 'project', 'volumeInstanceBackupList'],
  ],
  ['a token nobody made', 'Authorization', '00000000-0000', 'unknown', ['apiToken', 'me']],
])('volumeDelete with %s', async (_, header, token, environment, fields) => {
  const fact = mutation('volumeDelete', { volumeId: staticWord(ids.volume) }, header, token);
  const resolved = await resolve('railway.volume', fact);
  expect(resolved.environment.name).toBe(environment);
  expect(server.requests.flatMap((request) => request.fields)).toEqual(fields);
  expect(server.requests.every(({ operation }) => operation === 'query')).toBe(true);
  expect(resolved.rounds).toBeLessThanOrEqual(4);
});

test.each<[string, string, Record<string, string>, string, string]>([
  ['railway.environment', 'environmentDelete', { id: ids.staging }, 'staging', 'staging'],
  ['railway.service', 'serviceDelete', { id: ids.postgres }, 'production', 'postgres'],
  ['railway.project', 'projectScheduleDelete', { id: ids.project }, 'production', 'pocketos'],
  [
    'railway.backup',
    'volumeInstanceBackupDelete',
    { volumeInstanceId: ids.stagingVolumeInstance, volumeInstanceBackupId: 'staging-backup-1' },
    'staging',
    'staging-backup-1',
  ],
])('%s %s', async (kind, field, args, environment, name) => {
  const words = Object.fromEntries(Object.entries(args).map(([key, value]) => [key, staticWord(value)]));
  const resolved = await resolve(kind, mutation(field, words, 'Authorization', domainsToken));
  expect(resolved.environment.name).toBe(environment);
  expect(resolved.target.name).toBe(name);
  expect(server.requests.every(({ operation }) => operation === 'query')).toBe(true);
});
