// GraphQL inside requests, as it is sent by real clients.
import { describe, expect, test } from '@jest/globals';
import { reader } from '../../../../src/core/payloads/graphql.ts';
import { graphqlOf, looksLikeGraphql } from '../../../../src/core/payloads/http/body.ts';
import { client } from '../../../../src/core/payloads/http/curl.ts';
import { requests, show } from './invocation.ts';

const api = 'https://backboard.acme.com/graphql/v2';

/** `looks` or not, then the root fields, `invalid` or `none`. */
function read(command: string): readonly string[] {
  const [request] = requests(client, command);
  if (request === undefined) return [];
  const body = graphqlOf(request, reader);
  const found =
    body.kind === 'fields'
      ? body.fields.map(({ operation, field, arguments: given }) =>
          [operation, field, ...Object.entries(given).map(([name, word]) => `${name}=${show(word)}`)].join(' '),
        )
      : [body.kind];
  return [looksLikeGraphql(request) ? 'looks' : 'plain', ...found];
}

const gone = 'mutation volumeDelete volumeId=3d2c';

describe('requests that are GraphQL', () => {
  test.each([
    [
      `curl ${api} -H 'Content-Type: application/json' -d '{"query":"mutation { volumeDelete(volumeId: \\"3d2c\\") }"}'`,
      [gone],
    ],
    [
      `curl ${api} --json '{"query":"mutation($id: String!) { volumeDelete(volumeId: $id) }","variables":{"id":"3d2c"}}'`,
      [gone],
    ],
    [
      `curl ${api} --json '{"query":"mutation($id: String!) { volumeDelete(volumeId: $id) }","variables":"{\\"id\\":\\"3d2c\\"}"}'`,
      [gone],
    ],
    [
      `curl ${api} --json '[{"query":"{me}"},{"query":"mutation { volumeDelete(volumeId: \\"3d2c\\") }"}]'`,
      ['query me', gone],
    ],
    [
      `curl ${api} --json '{"query":"query A { me } mutation B { volumeDelete(volumeId: \\"3d2c\\") }","operationName":"A"}'`,
      ['query me'],
    ],
    [`curl ${api} -H 'Content-Type: application/graphql' -d 'mutation { volumeDelete(volumeId: "3d2c") }'`, [gone]],
    [`curl ${api} -F 'operations={"query":"mutation { volumeDelete(volumeId: \\"3d2c\\") }"}' -F 'map={}'`, [gone]],
    [`curl ${api} --data-urlencode 'query=mutation { volumeDelete(volumeId: "3d2c") }'`, [gone]],
    [`curl -G ${api} --data-urlencode 'query={ me }'`, ['query me']],
    [`curl '${api}?query=%7Bme%7D'`, ['query me']],
    [
      'curl https://shop.acme.com/admin/api/2024-01/graphql.json --json \'{"query":"{ shop { name } }"}\'',
      ['query shop'],
    ],
    ['curl https://api.acme.com/query --json \'{"query":"mutation { ordersDelete }"}\'', ['mutation ordersDelete']],
    [`curl $API_URL -d '{"query":"mutation { volumeDelete(volumeId: \\"3d2c\\") }"}'`, [gone]],
    [`curl ${api} -d '{"query":"mutation {\n  volumeDelete(volumeId: \\"3d2c\\")\n}"}'`, [gone]],
    [`curl -X POST ${api} -d '{"query":"{ me }","variables":null}'`, ['query me']],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(['looks', ...expected]);
  });

  test.each([
    [
      `curl ${api} -d "{\\"query\\":\\"mutation { volumeDelete(volumeId: \\\\\\"$ID\\\\\\") }\\"}"`,
      ['mutation volumeDelete volumeId=…'],
    ],
    [
      `curl ${api} -d "{\\"query\\":\\"mutation { volumeDelete(volumeId: $ID) }\\"}"`,
      ['mutation volumeDelete volumeId=…'],
    ],
    [
      `curl ${api} -d '{"query":"mutation($id: ID!) { volumeDelete(volumeId: $id) }","variables":{"id":"'$ID'"}}'`,
      ['mutation volumeDelete volumeId=…'],
    ],
    [
      `curl ${api} -d '{"query":"mutation($id: ID!) { volumeDelete(volumeId: $id) }","variables":'"$VARIABLES"'}'`,
      ['mutation volumeDelete volumeId=…'],
    ],
    [
      `curl ${api} -d '{"query":"mutation($id: ID!) { volumeDelete(volumeId: $id) }","variables":{"id":"vol-'$ID'"}}'`,
      ['mutation volumeDelete volumeId=vol-…'],
    ],
    [`curl ${api} -d "{\\"query\\":\\"mutation { $OPERATION }\\"}"`, ['invalid']],
    [`curl ${api} -d '{"query":"'"$QUERY"'"}'`, ['invalid']],
    [`curl ${api} -d "$BODY"`, ['invalid']],
    [`curl ${api} -d @body.json`, ['invalid']],
    [`curl ${api} -d 'not json'`, ['invalid']],
    [`curl ${api} --json '{"extensions":{"persistedQuery":{"sha256Hash":"a1"}}}'`, ['invalid']],
    [`curl ${api} --json '{"query":"mutation { volumeDelete("}'`, ['invalid']],
  ])('unknown pieces: %s', (command, expected) => {
    expect(read(command)).toEqual(['looks', ...expected]);
  });
});

describe('requests that are none', () => {
  test.each([
    ['curl https://api.acme.com/v1/orders', ['plain', 'none']],
    [`curl ${api}`, ['looks', 'none']],
    ['curl https://api.acme.com/v1/orders --json \'{"status":"paid"}\'', ['plain', 'none']],
    ['curl https://search.acme.com/orders/_search --json \'{"query":{"match_all":{}}}\'', ['looks', 'none']],
    ['curl https://search.acme.com/find --json \'{"query":"how do I query {orders}?"}\'', ['looks', 'none']],
    ['curl \'https://prometheus.acme.com/api/v1/query?query=up{job="orders"}\'', ['looks', 'none']],
    ['curl https://search.acme.com/find?query=orders', ['looks', 'none']],
    ['curl https://api.acme.com/v1/orders -d "$BODY"', ['plain', 'none']],
    ['curl https://api.acme.com/v1/orders -d @body.json', ['plain', 'none']],
    ['curl -F file=@graphql.txt https://api.acme.com/upload', ['plain', 'none']],
  ])('%s', (command, expected) => {
    expect(read(command)).toEqual(expected);
  });
});

test('the detail says what is missing', () => {
  const detail = (command: string) => {
    const [request] = requests(client, command);
    const body = request && graphqlOf(request, reader);
    return body?.kind === 'invalid' ? body.detail : undefined;
  };
  expect(detail(`curl ${api} -d @body.json`)).toBe('body.json is not read yet');
  expect(detail(`curl ${api} -d "$BODY"`)).toContain('not known');
  expect(detail(`curl ${api} -d '{"query":"'"$QUERY"'"}'`)).toContain('not known');
});
