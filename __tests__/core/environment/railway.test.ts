// The Railway resolver on frozen observations: what is said, what is asked, with which credential, and what is not asked.
import { describe, expect, test } from '@jest/globals';
import { resolver } from '../../../src/core/environment/targets/railway.ts';
import type { CommandFact, GraphqlFact } from '../../../src/core/model/fact.ts';
import type { Host, Invocation } from '../../../src/core/model/invocation.ts';
import type { Answer, Query, World } from '../../../src/core/model/observation.ts';
import { defaultPolicy, type Policy } from '../../../src/core/model/policy.ts';
import type { EnvironmentName } from '../../../src/core/model/verdict.ts';
import { dynamicWord, staticWord, type Word } from '../../../src/core/model/word.ts';

const token = '6f1d0c83-b2a9-4e57-8d34-f0a61c9b7e2d';
const id = (digit: number) => `3d2c42fb-6a1f-4c58-9b7e-00000000000${digit}`;
const [project, production, staging, postgres, volume, instance, deployment] = [1, 2, 3, 4, 5, 6, 7].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];

interface Placed {
  readonly environmentId: string;
  readonly serviceId?: string | null;
}

const edges = (nodes: readonly unknown[]) => ({ edges: nodes.map((node) => ({ node })) });
const projectNode = (placed: readonly Placed[], environments: Readonly<Record<string, string>>, name = 'pocketos') => ({
  id: project,
  name,
  environments: edges(Object.entries(environments).map(([key, each]) => ({ id: key, name: each }))),
  services: edges([{ id: postgres, name: 'postgres' }]),
  volumes: edges([
    {
      id: volume,
      name: 'pocketos-db',
      volumeInstances: edges(
        placed.map((each, index) => ({
          id: index === 0 ? instance : id(9),
          serviceId: postgres,
          mountPath: '/var/lib/postgresql/data',
          sizeMB: 50_000,
          currentSizeMB: 41_236.5,
          ...each,
        })),
      ),
    },
  ]),
});

const both = { [production]: 'production', [staging]: 'staging' };
const pocketos = projectNode([{ environmentId: production }], both);

/** The answers of a Railway that has one project: `data` by root field. */
const railway = (node: unknown = pocketos) => ({
  apiToken: { workspaces: [{ id: 'w1', name: 'PocketOS' }] },
  projects: { pageInfo: { hasNextPage: false, endCursor: null }, edges: [{ node }] },
  project: node,
  projectToken: { projectId: project, environmentId: staging },
  environment: { projectId: project },
  service: { projectId: project },
  volumeInstance: { volume: { projectId: project } },
  deployment: { projectId: project, environmentId: staging, serviceId: postgres },
  volumeInstanceBackupList: [1, 2, 3, 4, 5, 6, 7].map((each) => ({ id: `backup-${each}` })),
});

const http = (body: unknown, status = 200): Answer => ({
  kind: 'http',
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const notAuthorized = http({ errors: [{ message: 'Not Authorized' }], data: null });

type Data = Readonly<Record<string, unknown>>;
interface Asked {
  readonly field: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A world that answers by the root field of a query; an `Answer` in the table is given as it is. */
function worldOf(data: Data, files: Readonly<Record<string, string>> = {}) {
  const asked: Asked[] = [];
  const isAnswer = (value: unknown): value is Answer => typeof value === 'object' && value !== null && 'kind' in value;
  const world: World = {
    ask(query: Query) {
      if (query.kind === 'file') {
        const text = files[query.path];
        return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
      }
      if (query.kind !== 'live-http') throw new Error(`unexpected question ${query.kind}`);
      const { query: document } = JSON.parse(query.body ?? '') as { query: string };
      const field = /\{ (\w+)/.exec(document)?.[1] ?? '';
      expect(document).toMatch(/^query /);
      asked.push({ field, url: query.url, headers: query.headers });
      const answer = data[field];
      if (isAnswer(answer)) return answer;
      return answer === undefined ? notAuthorized : http({ data: { [field]: answer } });
    },
  };
  return { world, asked };
}

const names: Readonly<Record<string, EnvironmentName>> = {
  production: 'production',
  live: 'production',
  'acme-prod': 'production',
  staging: 'staging',
  dev: 'development',
};

interface Setting {
  readonly data?: Data;
  readonly files?: Readonly<Record<string, string>>;
  readonly policy?: Partial<Policy>;
}

function resolve(kind: string, fact: GraphqlFact | CommandFact, { data = railway(), files, policy }: Setting = {}) {
  const { world, asked } = worldOf(data, files);
  const { target, environment } = resolver.resolve(
    { kind, fact },
    {
      world,
      policy: { ...defaultPolicy, ...policy },
      cwd: '/home/dana/pocketos/scripts',
      home: '/home/dana',
      env: fact.invocation.env,
      invocations: [],
      hostEnvironment: () => ({ name: 'unknown' as const, evidence: [] }),
      nameEnvironment: (name) => names[name],
    },
  );
  return {
    target,
    environment,
    asked,
    fields: asked.map(({ field }) => field),
    claims: environment.evidence.map(({ claim }) => claim),
    details: target.details.map(({ claim }) => claim),
  };
}

function invocationOf(env: Readonly<Record<string, Word>> = {}, host: Host = { kind: 'local' }): Invocation {
  return {
    name: 'curl',
    program: staticWord('curl'),
    args: [],
    assignments: [],
    redirections: [],
    stdin: { kind: 'none' },
    cwd: staticWord('/home/dana/pocketos/scripts'),
    user: 'self',
    host,
    env: { get: (name) => env[name], names: () => Object.keys(env) },
    origin: [{ kind: 'command-line', label: '-c', line: undefined }],
    span: { start: 0, end: 0 },
    source: '',
  };
}

const words = (values: Readonly<Record<string, string | Word>>): Record<string, Word> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? staticWord(value) : value]),
  );

interface Sent {
  readonly url?: string;
  readonly header?: string | undefined;
  readonly credential?: Word | undefined;
}

function request(field: string, args: Readonly<Record<string, string | Word>>, sent: Sent = {}): GraphqlFact {
  const url = sent.url ?? 'https://backboard.railway.app/graphql/v2';
  return {
    kind: 'graphql',
    invocation: invocationOf(),
    operation: 'mutation',
    field,
    arguments: words(args),
    host: staticWord(new URL(url).host),
    url: staticWord(url),
    credential: 'credential' in sent ? sent.credential : staticWord(token),
    header: 'header' in sent ? sent.header : 'Authorization',
  };
}

const volumeDelete = (sent?: Sent) => request('volumeDelete', { volumeId: volume }, sent);

function tool(
  subcommand: string,
  flags: Readonly<Record<string, string | Word>> = {},
  { env = {}, positionals = [], host }: { env?: Record<string, Word>; positionals?: string[]; host?: Host } = {},
): CommandFact {
  return {
    kind: 'command',
    invocation: invocationOf(env, host),
    name: 'railway',
    subcommand: subcommand.split(' '),
    flags: new Map(Object.entries(words(flags))),
    positionals: positionals.map((each) => staticWord(each)),
    inert: false,
  };
}

const linkFile = JSON.stringify({
  projects: {
    '/home/dana/pocketos': {
      projectPath: '/home/dana/pocketos',
      name: 'pocketos',
      project,
      environment: production,
      environmentName: 'production',
      service: postgres,
    },
  },
  user: { token: null, accessToken: 'stored-access-token' },
});
const linked = { '/home/dana/.railway/config.json': linkFile };

describe('a bare volume id leads to its name, place, size and backups', () => {
  const hit = resolve('railway.volume', volumeDelete());

  test('environment with evidence', () => {
    expect(hit.environment).toEqual({
      name: 'production',
      evidence: [
        {
          claim: 'volume pocketos-db is attached to production (service postgres, 41 GB of 50 GB)',
          source: 'Railway API: projects',
        },
      ],
    });
  });

  test('target with details', () => {
    expect(hit.target).toMatchObject({ kind: 'volume', name: 'pocketos-db' });
    expect(hit.details).toEqual([
      '7 backups, stored in this volume',
      '41 GB of 50 GB',
      'mounted at /var/lib/postgresql/data',
      'project pocketos',
    ]);
  });

  test('three questions, all with the credential of the command', () => {
    expect(hit.fields).toEqual(['apiToken', 'projects', 'volumeInstanceBackupList']);
    expect(new Set(hit.asked.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${token}`]));
  });
});

describe('where a volume lies', () => {
  test.each<[string, unknown, EnvironmentName, string]>([
    ['staging alone', projectNode([{ environmentId: staging }], both), 'staging', 'is attached to staging'],
    [
      'production counts before staging',
      projectNode([{ environmentId: staging }, { environmentId: production }], both),
      'production',
      'is attached to production',
    ],
    [
      'attached to nothing',
      projectNode([{ environmentId: production, serviceId: null }], both),
      'production',
      'lies in production (no service',
    ],
    [
      'a name that says nothing counts before staging',
      projectNode([{ environmentId: staging }, { environmentId: production }], { ...both, [production]: 'pr-12' }),
      'unknown',
      'is attached to pr-12',
    ],
    [
      'a name that says nothing, in a project that does',
      projectNode([{ environmentId: production }], { [production]: 'main' }, 'acme-prod'),
      'production',
      'is attached to main',
    ],
    [
      'an environment that is not listed',
      projectNode([{ environmentId: production }], { [staging]: 'staging' }),
      'unknown',
      'is attached to environment 3d2c',
    ],
    ['no instance left', projectNode([], both), 'unknown', 'is in no environment of project pocketos'],
  ])('%s', (_, node, environment, claim) => {
    const hit = resolve('railway.volume', volumeDelete(), { data: railway(node) });
    expect(hit.environment.name).toBe(environment);
    expect(hit.claims[0]).toContain(claim);
  });

  test('all of several environments are named', () => {
    const node = projectNode([{ environmentId: staging }, { environmentId: production }], both);
    const hit = resolve('railway.volume', volumeDelete(), { data: railway(node) });
    expect(hit.claims).toHaveLength(2);
    expect(hit.details).toContain('14 backups, stored in these volumes');
  });
});

describe('what a mutation hits', () => {
  const variable = JSON.stringify({ projectId: project, environmentId: staging, name: 'DATABASE_URL' });
  const backup = { volumeInstanceId: instance, volumeInstanceBackupId: 'backup-3' };
  test.each<[string, string, Record<string, string>, EnvironmentName, string, string[]]>([
    [
      'railway.backup',
      'volumeInstanceBackupDelete',
      backup,
      'production',
      'backup-3',
      ['volumeInstance', 'project', 'volumeInstanceBackupList'],
    ],
    ['railway.environment', 'environmentDelete', { id: staging }, 'staging', 'staging', ['environment', 'project']],
    [
      'railway.environment',
      'environmentDelete',
      { id: production },
      'production',
      'production',
      ['environment', 'project', 'volumeInstanceBackupList'],
    ],
    [
      'railway.service',
      'serviceDelete',
      { id: postgres },
      'production',
      'postgres',
      ['service', 'project', 'volumeInstanceBackupList'],
    ],
    [
      'railway.service',
      'serviceDelete',
      { id: postgres, environmentId: staging },
      'staging',
      'postgres',
      ['environment', 'project'],
    ],
    [
      'railway.project',
      'projectDelete',
      { id: project },
      'production',
      'pocketos',
      ['project', 'volumeInstanceBackupList'],
    ],
    [
      'railway.project',
      'projectScheduleDeleteForce',
      { id: project },
      'production',
      'pocketos',
      ['project', 'volumeInstanceBackupList'],
    ],
    ['railway.variable', 'variableDelete', { input: variable }, 'staging', 'DATABASE_URL', ['project']],
    [
      'railway.other',
      'bucketCredentialsReset',
      { bucketId: 'b', environmentId: production, projectId: project },
      'production',
      'bucketCredentialsReset',
      ['project'],
    ],
    ['railway.other', 'deploymentRemove', { id: deployment }, 'production', deployment, ['deployment', 'project']],
  ])('%s %s %j: %s', (kind, field, args, environment, name, fields) => {
    const hit = resolve(kind, request(field, args));
    expect(hit.environment.name).toBe(environment);
    expect(hit.target.name).toBe(name);
    expect(hit.fields).toEqual(fields);
  });

  test('an environment takes its volumes along', () => {
    const hit = resolve('railway.environment', request('environmentDelete', { id: production }));
    expect(hit.details).toContain('volume pocketos-db (41 GB of 50 GB) goes with it');
    expect(hit.details).toContain('7 backups, stored in this volume');
  });

  test('an id that no read-only question leads from', () => {
    const hit = resolve('railway.other', request('customDomainDelete', { id: id(8) }));
    expect(hit).toMatchObject({ environment: { name: 'unknown' }, fields: [], target: { name: id(8) } });
  });
});

describe('tokens', () => {
  test.each<[string, Sent, Record<string, string>]>([
    ['bare', {}, { authorization: `Bearer ${token}` }],
    ['with its scheme', { credential: staticWord(`Bearer ${token}`) }, { authorization: `Bearer ${token}` }],
    ['of a project', { header: 'Project-Access-Token' }, { 'project-access-token': token }],
    ['of a project, header in any case', { header: 'project-access-token' }, { 'project-access-token': token }],
  ])('%s', (_, sent, headers) => {
    const { asked } = resolve('railway.volume', volumeDelete(sent));
    for (const each of asked) expect(each.headers).toEqual({ 'content-type': 'application/json', ...headers });
  });

  test('a project token goes straight to its project', () => {
    const hit = resolve('railway.volume', volumeDelete({ header: 'Project-Access-Token' }));
    expect(hit.fields).toEqual(['projectToken', 'project', 'volumeInstanceBackupList']);
    expect(hit.environment.name).toBe('production');
  });

  test('what `railway login` stores finds its workspaces by `me`', () => {
    const data = { ...railway(), apiToken: undefined, me: { workspaces: [{ id: 'w1', name: 'PocketOS' }] } };
    const hit = resolve('railway.volume', volumeDelete(), { data });
    expect(hit.fields).toEqual(['apiToken', 'me', 'projects', 'volumeInstanceBackupList']);
    expect(hit.environment.name).toBe('production');
  });
});

describe('who is asked', () => {
  const local = 'http://127.0.0.1:4000/graphql/v2';
  const endpoints = { railway: [local] };
  test.each<[string, string, Partial<Policy>, string | undefined]>([
    ['railway.app', 'https://backboard.railway.app/graphql/v2', {}, 'https://backboard.railway.app/graphql/v2'],
    [
      'railway.com, any path',
      'https://backboard.railway.com/graphql/internal?q=1',
      {},
      'https://backboard.railway.com/graphql/v2',
    ],
    ['never in clear', 'http://backboard.railway.com/graphql/v2', {}, 'https://backboard.railway.com/graphql/v2'],
    ['an endpoint of the policy', local, { endpoints }, local],
    ['not the same port', 'http://127.0.0.1:4001/graphql/v2', { endpoints }, undefined],
    ['nobody else', local, {}, undefined],
    ['a look-alike', 'https://backboard.railway.com.acme.dev/graphql/v2', {}, undefined],
    ['a user name that looks like the host', 'https://backboard.railway.com@acme.dev/graphql/v2', {}, undefined],
    ['another port', 'https://backboard.railway.com:8443/graphql/v2', {}, undefined],
    ['another scheme', 'ftp://backboard.railway.com/graphql/v2', {}, undefined],
  ])('%s', (_, url, policy, asked) => {
    const hit = resolve('railway.volume', volumeDelete({ url }), { policy });
    expect(new Set(hit.asked.map((each) => each.url))).toEqual(new Set(asked === undefined ? [] : [asked]));
    expect(hit.environment.name).toBe(asked === undefined ? 'unknown' : 'production');
  });
});

describe('what is not known is said as unknown', () => {
  const dynamic = (source: string) => dynamicWord(source);
  test.each<[string, GraphqlFact, string]>([
    [
      'a volume id from a variable',
      request('volumeDelete', { volumeId: dynamic('$VOLUME_ID') }),
      'volume $VOLUME_ID is not known before the command runs',
    ],
    [
      'a token from a command',
      volumeDelete({ credential: dynamic('$(pass railway)') }),
      'the token $(pass railway) is not known before the command runs',
    ],
    [
      'no token',
      volumeDelete({ credential: undefined, header: undefined }),
      'no Railway token is known: nothing was asked',
    ],
    [
      'a token with a line break',
      volumeDelete({ credential: staticWord('a\nhost: acme') }),
      'what stands in the place of the token is none',
    ],
    [
      'an address from a variable',
      { ...volumeDelete(), url: dynamic('$API') },
      'the address $API is not known before the command runs',
    ],
    ['no id at all', request('volumeDelete', {}), 'nothing that the command names can be looked up'],
  ])('%s: nothing is asked', (_, fact, claim) => {
    const hit = resolve('railway.volume', fact);
    expect(hit).toMatchObject({ environment: { name: 'unknown' }, claims: [claim], fields: [] });
  });

  test('lookups are off', () => {
    const hit = resolve('railway.volume', volumeDelete(), { policy: { lookups: false } });
    expect(hit).toMatchObject({ environment: { name: 'unknown' }, claims: ['lookups are off'], fields: [] });
  });

  const cloudflare = http('<!DOCTYPE html><title>Just a moment</title>', 503);
  test.each<[string, Data, string]>([
    ['not authorized', {}, 'asked for apiToken, the answer was "Not Authorized" (HTTP 200)'],
    ['401 without a body', { apiToken: http('', 401) }, 'asked for apiToken, the answer was HTTP 401'],
    ['500 and HTML', { apiToken: cloudflare }, 'asked for apiToken, the answer was HTTP 503'],
    ['200 and HTML', { apiToken: http('<html>') }, 'asked for apiToken, the answer was not JSON'],
    ['200 and nothing', { apiToken: http('{}') }, 'asked for apiToken, the answer held no apiToken'],
    [
      'no answer in time',
      { apiToken: { kind: 'failed', reason: 'timeout', detail: '2 s' } },
      'asked for apiToken, no answer in time',
    ],
    [
      'no network',
      { apiToken: { kind: 'failed', reason: 'error', detail: 'ENOTFOUND' } },
      'asked for apiToken, the request failed: ENOTFOUND',
    ],
    ['lookups off outside', { apiToken: { kind: 'failed', reason: 'off', detail: '' } }, 'lookups are off'],
    [
      'the second answer fails',
      { ...railway(), projects: http('', 429) },
      'asked for projects, the answer was HTTP 429',
    ],
    [
      'a cut-off answer',
      { ...railway(), projects: http('{"data":{"projects":{"edges":[{"no') },
      'asked for projects, the answer was not JSON',
    ],
    ['another volume', railway(projectNode([], both, 'acme')), `no project that this token can see has ${id(8)}`],
  ])('%s', (_, data, claim) => {
    const fact = request('volumeDelete', { volumeId: claim.endsWith(id(8)) ? id(8) : volume });
    const hit = resolve('railway.volume', fact, { data });
    expect(hit).toMatchObject({ environment: { name: 'unknown' }, claims: [claim] });
  });

  test('backups that cannot be counted do not hide the environment', () => {
    const hit = resolve('railway.volume', volumeDelete(), {
      data: { ...railway(), volumeInstanceBackupList: undefined },
    });
    expect(hit.environment.name).toBe('production');
    expect(hit.details[0]).toBe(
      'backups not counted: asked for volumeInstanceBackupList, the answer was "Not Authorized" (HTTP 200)',
    );
  });

  test('an open question counts as not known yet', () => {
    const context = {
      policy: defaultPolicy,
      cwd: '/',
      home: undefined,
      env: invocationOf().env,
      invocations: [],
      hostEnvironment: () => ({ name: 'unknown' as const, evidence: [] }),
      nameEnvironment: () => undefined,
    };
    const world: World = { ask: () => undefined };
    const { environment } = resolver.resolve({ kind: 'railway.volume', fact: volumeDelete() }, { ...context, world });
    expect(environment.name).toBe('unknown');
  });
});

test('pages of projects are followed, and not for ever', () => {
  const page = { pageInfo: { hasNextPage: true, endCursor: 'p1' }, edges: [] };
  const hit = resolve('railway.volume', volumeDelete(), { data: { ...railway(), projects: page } });
  expect(hit.fields).toEqual(['apiToken', 'projects', 'projects', 'projects', 'projects', 'projects']);
  expect(hit.claims).toEqual(['looked through the first 5 pages of projects only']);
});

describe("Railway's command line tool", () => {
  const projectToken = { RAILWAY_TOKEN: staticWord(token) };
  const accountToken = { RAILWAY_API_TOKEN: staticWord(token) };
  test.each<[string, string, CommandFact, Setting, EnvironmentName, string]>([
    [
      'volume by name, by the link file',
      'railway.volume',
      tool('volume delete', { '--volume': 'pocketos-db' }),
      { files: linked },
      'production',
      'pocketos-db',
    ],
    [
      'volume by id, account token, no link',
      'railway.volume',
      tool('volume delete', { '-v': volume }, { env: accountToken }),
      {},
      'production',
      'pocketos-db',
    ],
    [
      'volume, project token',
      'railway.volume',
      tool('volume delete', { '-v': 'POCKETOS-DB' }, { env: projectToken }),
      {},
      'production',
      'pocketos-db',
    ],
    [
      'environment by name',
      'railway.environment',
      tool('environment delete', {}, { positionals: ['staging'] }),
      { files: linked },
      'staging',
      'staging',
    ],
    [
      'environment by name, read as a subcommand',
      'railway.environment',
      tool('environment delete staging'),
      { files: linked },
      'staging',
      'staging',
    ],
    [
      'service of the link file',
      'railway.service',
      tool('service delete'),
      { files: linked },
      'production',
      'postgres',
    ],
    [
      'service in a named environment',
      'railway.service',
      tool('service delete', { '-s': 'postgres', '-e': 'staging' }),
      { files: linked },
      'staging',
      'postgres',
    ],
    [
      'project by id',
      'railway.project',
      tool('delete', { '-p': project }, { env: accountToken }),
      {},
      'production',
      'pocketos',
    ],
    [
      'project by name',
      'railway.project',
      tool('delete', { '--project': 'pocketos' }, { env: accountToken }),
      {},
      'production',
      'pocketos',
    ],
    ['project of the link file', 'railway.project', tool('delete'), { files: linked }, 'production', 'pocketos'],
    [
      'variable',
      'railway.variable',
      tool('variable delete', { '-e': 'staging' }, { positionals: ['DATABASE_URL'] }),
      { files: linked },
      'staging',
      'DATABASE_URL',
    ],
    [
      'variable, environment of the token',
      'railway.variable',
      tool('variable delete', {}, { positionals: ['DATABASE_URL'], env: projectToken }),
      { files: linked },
      'staging',
      'DATABASE_URL',
    ],
  ])('%s', (_, kind, fact, setting, environment, name) => {
    const hit = resolve(kind, fact, setting);
    expect(hit.environment.name).toBe(environment);
    expect(hit.target.name).toBe(name);
  });

  test.each<[string, CommandFact, Record<string, string>]>([
    [
      'RAILWAY_TOKEN first',
      tool('volume delete', { '-v': volume }, { env: { ...projectToken, RAILWAY_API_TOKEN: staticWord('account') } }),
      { 'project-access-token': token },
    ],
    [
      'then RAILWAY_API_TOKEN',
      tool('volume delete', { '-v': volume }, { env: accountToken }),
      { authorization: `Bearer ${token}` },
    ],
    [
      'then what login stored',
      tool('volume delete', { '-v': volume }),
      { authorization: 'Bearer stored-access-token' },
    ],
  ])('takes %s', (_, fact, headers) => {
    const { asked } = resolve('railway.volume', fact, { files: linked });
    expect(asked.length).toBeGreaterThan(0);
    for (const each of asked) {
      expect(each).toMatchObject({ headers, url: 'https://backboard.railway.com/graphql/v2' });
    }
  });

  const off: Setting = { policy: { lookups: false } };
  test.each<[string, string, CommandFact, Setting, EnvironmentName, string]>([
    [
      'the link file',
      'railway.volume',
      tool('volume delete', { '-v': 'pocketos-db' }),
      { ...off, files: linked },
      'production',
      '/home/dana/pocketos is linked to production of project pocketos',
    ],
    [
      'a flag before the link file',
      'railway.volume',
      tool('volume delete', { '-v': 'pocketos-db', '-e': 'staging' }),
      { ...off, files: linked },
      'staging',
      'the command names environment staging',
    ],
    [
      'its own words',
      'railway.environment',
      tool('environment delete', {}, { positionals: ['dev'] }),
      off,
      'development',
      'the command names environment dev',
    ],
    [
      'a flag that is not known',
      'railway.variable',
      tool('variable delete', { '-e': dynamicWord('$ENVIRONMENT') }),
      { ...off, files: linked },
      'unknown',
      'environment $ENVIRONMENT is not known before the command runs',
    ],
    [
      'a link file that is broken',
      'railway.volume',
      tool('volume delete', { '-v': 'data' }),
      { ...off, files: { '/home/dana/.railway/config.json': '{' } },
      'unknown',
      'lookups are off',
    ],
    [
      'a project is more than the linked environment',
      'railway.project',
      tool('delete'),
      { ...off, files: linked },
      'unknown',
      'lookups are off',
    ],
    [
      'no token',
      'railway.volume',
      tool('volume delete', { '-v': 'data' }),
      {},
      'unknown',
      'no Railway token is known: nothing was asked',
    ],
    [
      'another machine',
      'railway.volume',
      tool(
        'volume delete',
        { '-v': 'data' },
        { env: accountToken, host: { kind: 'ssh', destination: staticWord('build-1'), config: undefined } },
      ),
      { files: linked },
      'unknown',
      'no Railway token is known: nothing was asked',
    ],
  ])('without a lookup goes by %s', (_, kind, fact, setting, environment, claim) => {
    const hit = resolve(kind, fact, setting);
    expect(hit.environment.name).toBe(environment);
    expect(hit.claims[0]).toBe(claim);
    expect(hit.fields).toEqual([]);
  });
});
