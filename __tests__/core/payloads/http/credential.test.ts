// The credential that a request would send.
import { expect, test } from '@jest/globals';
import { credentialOf } from '../../../../src/core/payloads/http/credential.ts';
import { client } from '../../../../src/core/payloads/http/curl.ts';
import { requests, show } from './invocation.ts';

const credential = (command: string) => {
  const [request] = requests(client, command);
  const found = request && credentialOf(request);
  return found && [found.header, show(found.value), found.scheme];
};

test.each([
  ["curl -H 'Authorization: Bearer abc' api.acme.com", ['Authorization', 'abc', 'Bearer']],
  ["curl -H 'authorization: bearer  abc' api.acme.com", ['Authorization', 'abc', 'Bearer']],
  ["curl -H 'Authorization: token ghp_1' api.acme.com", ['Authorization', 'ghp_1', 'Token']],
  ["curl -H 'Authorization: abc' api.acme.com", ['Authorization', 'abc', undefined]],
  ['curl -H "Authorization: Bearer $TOKEN" api.acme.com', ['Authorization', '…', 'Bearer']],
  ['curl -u ada:secret api.acme.com', ['Authorization', 'secret', 'Basic']],
  ['curl -u sk_live_1: api.acme.com', ['Authorization', 'sk_live_1', 'Basic']],
  ['curl -u "$KEY:" api.acme.com', ['Authorization', '…', 'Basic']],
  ['curl https://ada:secret@api.acme.com', ['Authorization', 'secret', 'Basic']],
  ["curl -H 'Authorization: Basic !!' api.acme.com", ['Authorization', '!!', 'Basic']],
  ["curl -H 'project-access-token: abc' api.acme.com", ['Project-Access-Token', 'abc', undefined]],
  ["curl -H 'x-api-key: abc' api.acme.com", ['X-API-Key', 'abc', undefined]],
  ["curl -H 'PRIVATE-TOKEN: abc' api.acme.com", ['PRIVATE-TOKEN', 'abc', undefined]],
  ["curl 'https://api.acme.com/v1?page=2&access_token=a%2Fb'", ['?access_token', 'a/b', undefined]],
  ['curl "https://api.acme.com/v1?key=$KEY"', ['?key', '…', undefined]],
  ["curl 'https://api.acme.com/v1?monkey=1'", undefined],
  ["curl -H 'Authorization:' api.acme.com", undefined],
  ["curl -H 'X-API-Key;' api.acme.com", undefined],
  ['curl api.acme.com', undefined],
])('%s', (command, expected) => {
  expect(credential(command)).toEqual(expected);
});

test('a variable keeps its name', () => {
  const [request] = requests(client, 'curl -H "Authorization: Bearer $RAILWAY_TOKEN" api.acme.com');
  expect(request && credentialOf(request)?.value).toMatchObject({ kind: 'dynamic', source: '$RAILWAY_TOKEN' });
});
