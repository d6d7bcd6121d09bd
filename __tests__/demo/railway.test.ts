// The demo's server answers as Railway's public API does: shapes, tokens, deletion and the 48 hours behind it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { domainsToken, ids, stagingToken, workspaceToken } from '../../demo/railway/fixture.ts';
import { RailwayServer } from '../../demo/railway/server.ts';

let server: RailwayServer;
beforeAll(async () => {
  server = await RailwayServer.start();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const account = bearer(domainsToken);
const workspace = bearer(workspaceToken);
const project = { 'project-access-token': stagingToken };

interface Reply {
  readonly status: number;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly { readonly message: string }[] | undefined;
}

async function ask(query: string, headers: Record<string, string> = account, variables?: object): Promise<Reply> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Omit<Reply, 'status'>;
  return { status: response.status, data, errors };
}

const volumes = `query ($id: String!) { project(id: $id) { name volumes { edges { node { id name volumeInstances {
  edges { node { id environmentId serviceId mountPath sizeMB currentSizeMB state } } } } } } } }`;

describe('what a token may read', () => {
  test.each<[string, string, Record<string, string>, boolean]>([
    ['account token: me', '{ me { email } }', account, true],
    ['account token: its workspaces', '{ apiToken { workspaces { id name } } }', account, true],
    ['account token: project', `{ project(id: "${ids.project}") { name } }`, account, true],
    ['account token: no project token', '{ projectToken { projectId } }', account, false],
    ['workspace token: its workspace', '{ apiToken { workspaces { id name } } }', workspace, true],
    ['workspace token: nobody stands behind it', '{ me { email } }', workspace, false],
    ['project token: itself', '{ projectToken { projectId environmentId } }', project, true],
    ['project token: its project', `{ project(id: "${ids.project}") { name } }`, project, true],
    ['project token: its environment', `{ environment(id: "${ids.staging}") { name } }`, project, true],
    ['project token: not another environment', `{ environment(id: "${ids.production}") { name } }`, project, false],
    ['project token: no list of projects', '{ projects { edges { node { id } } } }', project, false],
    ['project token as Bearer', '{ projectToken { projectId } }', bearer(stagingToken), false],
    ['account token as Project-Access-Token', '{ me { email } }', { 'project-access-token': domainsToken }, false],
    ['no token', '{ me { email } }', {}, false],
    ['a token nobody made', '{ me { email } }', bearer('00000000-dead'), false],
    ['a project that does not exist', '{ project(id: "acme") { name } }', account, false],
  ])('%s', async (_, query, headers, allowed) => {
    const reply = await ask(query, headers);
    expect(reply.status).toBe(200);
    if (allowed) expect(reply.errors).toBeUndefined();
    else expect(reply).toMatchObject({ data: null, errors: [{ message: 'Not Authorized' }] });
  });
});

test('projects are listed by workspace, not without one', async () => {
  const query = 'query ($workspaceId: String) { projects(workspaceId: $workspaceId) { edges { node { name } } } }';
  const named = await ask(query, account, { workspaceId: ids.workspace });
  expect(named.data).toEqual({ projects: { edges: [{ node: { name: 'pocketos' } }] } });
  expect((await ask(query)).data).toEqual({ projects: { edges: [] } });
});

test('volumes come as edges and nodes', async () => {
  const { data } = await ask(volumes, account, { id: ids.project });
  expect(data).toMatchObject({
    project: {
      volumes: {
        edges: [
          {
            node: {
              name: 'pocketos-db',
              volumeInstances: {
                edges: [{ node: { id: ids.volumeInstance, environmentId: ids.production, sizeMB: 50_000 } }],
              },
            },
          },
          { node: { name: 'pocketos-db-staging' } },
        ],
      },
    },
  });
});

describe('deleting a volume', () => {
  const deletion = `mutation { volumeDelete(volumeId: "${ids.volume}") }`;
  const list = `{ volumeInstanceBackupList(volumeInstanceId: "${ids.volumeInstance}") { id } }`;

  test('takes the backups inside it along', async () => {
    expect((await ask(list)).data?.volumeInstanceBackupList).toHaveLength(7);
    expect((await ask(deletion)).data).toEqual({ volumeDelete: true });
    expect(server.volume('pocketos-db')).toBeUndefined();
    expect(server.volume('pocketos-db-staging')).toBeDefined();
    expect((await ask(list)).data?.volumeInstanceBackupList).toEqual([]);
  });

  test('twice is refused', async () => {
    await ask(deletion);
    expect((await ask(deletion)).errors).toMatchObject([{ message: 'Not Authorized' }]);
  });

  test('within 48 hours the data can be brought back, the backups cannot', async () => {
    await ask(deletion);
    server.advance(47);
    expect(server.restore(ids.volume)).toBe(true);
    expect(server.volume('pocketos-db')?.instances[0]?.backups).toEqual([]);
  });

  test('after 48 hours it is gone', async () => {
    await ask(deletion);
    server.advance(49);
    expect(server.restore(ids.volume)).toBe(false);
  });

  test('in production is beyond a project token for staging', async () => {
    expect((await ask(deletion, project)).data).toBeNull();
    expect(server.volume('pocketos-db')).toBeDefined();
  });
});

describe('the other deletions', () => {
  const backup = `volumeInstanceId: "${ids.volumeInstance}", volumeInstanceBackupId: "production-backup-2"`;
  const variable = `projectId: "${ids.project}", environmentId: "${ids.staging}", name: "PGPASSWORD"`;
  test.each<[string, string, Record<string, string>, boolean]>([
    ['one backup', `volumeInstanceBackupDelete(${backup}) { workflowId }`, account, true],
    ['environment', `environmentDelete(id: "${ids.staging}")`, project, true],
    ['environment of others', `environmentDelete(id: "${ids.production}")`, project, false],
    ['service', `serviceDelete(id: "${ids.postgres}")`, account, true],
    ['variable', `variableDelete(input: { ${variable} })`, project, true],
    ['custom domain', `customDomainDelete(id: "${ids.domain}")`, account, true],
    ['custom domain that is not known', 'customDomainDelete(id: "unknown")', account, false],
    ['project', `projectDelete(id: "${ids.project}")`, workspace, true],
    ['project, in 48 hours', `projectScheduleDelete(id: "${ids.project}")`, account, true],
    ['project with a project token', `projectDelete(id: "${ids.project}")`, project, false],
  ])('%s', async (_, field, headers, done) => {
    const { errors } = await ask(`mutation { ${field} }`, headers);
    expect(errors === undefined).toBe(done);
  });

  test('an environment takes its volume instances along', async () => {
    await ask(`mutation { environmentDelete(id: "${ids.production}") }`);
    expect(server.volume('pocketos-db')).toBeUndefined();
  });
});

describe('the log', () => {
  test.each<[string, string, 'query' | 'mutation' | 'unreadable', string[]]>([
    ['alias', '{ who: me { email } }', 'query', ['me']],
    [
      'fragment',
      'query { ...f } fragment f on Query { me { email } apiToken { workspaces { id } } }',
      'query',
      ['me', 'apiToken'],
    ],
    ['mutation', 'mutation { volumeDelete(volumeId: "none") }', 'mutation', ['volumeDelete']],
    ['no GraphQL', 'volumeDelete!', 'unreadable', []],
  ])('%s', async (_, query, operation, fields) => {
    await ask(query);
    expect(server.requests).toMatchObject([{ operation, fields, tokenLast4: '7e2d', header: 'Authorization' }]);
  });
});

test.each<[string, number, RequestInit]>([
  ['GET', 405, {}],
  ['not JSON', 400, { method: 'POST', body: 'volumeDelete' }],
  ['no query', 400, { method: 'POST', body: '{}' }],
  ['an unknown field', 400, { method: 'POST', body: '{"query":"{ volumes { id } }"}' }],
])('%s is refused with %i and no state is lost', async (_, status, request) => {
  expect((await fetch(server.url, request)).status).toBe(status);
  expect(server.volume('pocketos-db')).toBeDefined();
});
