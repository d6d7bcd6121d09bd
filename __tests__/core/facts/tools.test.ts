// Raw requests of vendors' tools: method, address and body as they would be sent.
import { describe, expect, test } from '@jest/globals';
import { toolRequests } from '../../../src/core/facts/tools.ts';
import type { Invocation } from '../../../src/core/model/invocation.ts';
import { PlannedWorld } from '../../../src/core/model/observation.ts';
import { dynamicWord, showWord, staticWord, textOf } from '../../../src/core/model/word.ts';

const world = new PlannedWorld(new Map());
const call = (name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Invocation =>
  ({
    name,
    args: args.map((arg) => (arg.startsWith('$') ? dynamicWord(arg) : staticWord(arg))),
    assignments: [],
    host: { kind: 'local' },
    stdin: { kind: 'inherited' },
    cwd: staticWord('/work'),
    env: {
      get: (variable: string) => (env[variable] === undefined ? undefined : staticWord(env[variable] ?? '')),
      names: () => Object.keys(env),
    },
  }) as unknown as Invocation;

const show = (name: string, args: readonly string[]): string[] =>
  toolRequests(call(name, args), world).map(({ method, url }) => `${method} ${showWord(url)}`);

describe('method and address', () => {
  test.each<[string, string[], string]>([
    ['gh', ['api', '-X', 'DELETE', 'repos/acme/shop'], 'DELETE https://api.github.com/repos/acme/shop'],
    ['gh', ['api', '/repos/acme/shop', '--method=delete'], 'DELETE https://api.github.com/repos/acme/shop'],
    ['gh', ['api', 'repos/acme/shop'], 'GET https://api.github.com/repos/acme/shop'],
    ['gh', ['api', 'repos/acme/shop/labels', '-f', 'name=bug'], 'POST https://api.github.com/repos/acme/shop/labels'],
    ['glab', ['api', '-X', 'DELETE', 'projects/1'], 'DELETE https://gitlab.com/api/v4/projects/1'],
    [
      'az',
      ['rest', '--method', 'delete', '--url', 'https://management.azure.com/subscriptions/1'],
      'DELETE https://management.azure.com/subscriptions/1',
    ],
    ['vercel', ['api', '/v9/projects/shop', '-X', 'DELETE'], 'DELETE https://api.vercel.com/v9/projects/shop'],
    ['gh', ['api', '-X', '$METHOD', 'repos/acme/shop'], 'UNKNOWN https://api.github.com/repos/acme/shop'],
    [
      'gh',
      ['api', '--hostname', 'git.acme.com', '-X', 'DELETE', 'repos/a/b'],
      'DELETE https://git.acme.com/api/v3/repos/a/b',
    ],
    ['heroku', ['api', 'DELETE', '/apps/shop'], 'DELETE https://api.heroku.com/apps/shop'],
    ['auth0', ['api', 'delete', 'users/1'], 'DELETE https://auth0.com/api/v2/users/1'],
    ['cf', ['curl', '-X', 'DELETE', '/v3/apps/1'], 'DELETE https://api.cloudfoundry.org/v3/apps/1'],
    [
      'oci',
      ['raw-request', '--http-method', 'DELETE', '--target-uri', 'https://iaas.eu.oraclecloud.com/20160918/volumes/1'],
      'DELETE https://iaas.eu.oraclecloud.com/20160918/volumes/1',
    ],
    ['databricks', ['api', 'get', '/api/2.0/jobs/list'], 'GET https://databricks.com/api/2.0/jobs/list'],
    ['railway', ['api', 'query { me { id } }'], 'POST https://backboard.railway.com/graphql/v2'],
  ])('%s %j', (name, args, expected) => expect(show(name, args)).toEqual([expected]));
});

describe('calls that send nothing of the kind', () => {
  test.each<[string, string[]]>([
    ['gh', ['pr', 'list']],
    ['heroku', ['apps:info', 'shop']],
    ['oci', ['os', 'bucket', 'list']],
    ['gh', ['api']],
    ['gh', ['api', '--help']],
    ['railway', ['api', 'search', 'volume']],
    ['railway', ['volume', 'list']],
    ['az', ['vm', 'list']],
    ['curl', ['https://api.acme.com']],
  ])('%s %j', (name, args) => expect(show(name, args)).toEqual([]));
});

describe('GraphQL bodies', () => {
  const bodyOf = (name: string, args: readonly string[]) => {
    const [request] = toolRequests(call(name, args), world);
    return request?.body.kind === 'text' ? JSON.parse(textOf(request.body.text) ?? 'null') : request?.body.kind;
  };
  test.each<[string, string[], unknown]>([
    [
      'gh',
      ['api', 'graphql', '-f', 'query=mutation { x }', '-F', 'id=R1'],
      { query: 'mutation { x }', variables: { id: 'R1' } },
    ],
    [
      'railway',
      ['api', 'mutation { volumeDelete(volumeId: "v1") }'],
      { query: 'mutation { volumeDelete(volumeId: "v1") }', variables: {} },
    ],
    [
      'railway',
      ['api', 'mutation D($id: String!) { x }', '--var', 'id=v1'],
      { query: 'mutation D($id: String!) { x }', variables: { id: 'v1' } },
    ],
    [
      'railway',
      ['api', 'mutation { x }', '--variables', '{"id":"v1"}'],
      { query: 'mutation { x }', variables: { id: 'v1' } },
    ],
    ['railway', ['api', '--file', 'cleanup.graphql'], 'unread'],
    ['railway', ['api'], 'unread'],
  ])('%s %j', (name, args, expected) => expect(bodyOf(name, args)).toEqual(expected));
});

test('the token that the tool would take is sent', () => {
  const [request] = toolRequests(call('railway', ['api', '{ me { id } }'], { RAILWAY_API_TOKEN: 'secret' }), world);
  expect(textOf(request?.headers.get('authorization'))).toBe('Bearer secret');
});
