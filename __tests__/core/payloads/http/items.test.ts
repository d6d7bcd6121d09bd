// HTTPie and xh: command lines to requests.
import { describe, expect, test } from '@jest/globals';
import { staticWord } from '../../../../src/core/model/word.ts';
import { client as httpie } from '../../../../src/core/payloads/http/httpie.ts';
import { client as xh } from '../../../../src/core/payloads/http/xh.ts';
import { line, requests, show } from './invocation.ts';

const files = { '/srv/orders/body.json': '{"a":1}', '/home/ada/note.txt': 'paid', '/srv/orders/tags.json': '["a"]' };
const clientOf = (command: string) => (command.startsWith('xh') ? xh : httpie);
const lines = (command: string, given = {}) => requests(clientOf(command), command, files, given).map(line);

describe('requests', () => {
  test.each([
    ['http api.acme.com/v1/orders', ['GET api.acme.com /v1/orders']],
    ['http DELETE api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['https delete api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['xh delete api.acme.com/v1/orders/7 X-Team:orders', ['DELETE api.acme.com /v1/orders/7']],
    ['http $METHOD https://api.acme.com/v1/orders/7', ['UNKNOWN api.acme.com /v1/orders/7']],
    ['http $API_URL status=paid', ['POST … … < {"status": "paid"}']],
    ['http localhost', ['GET localhost /']],
    ['http :3000/orders', ['GET localhost /orders']],
    ['http DELETE :/orders/7', ['DELETE localhost /orders/7']],
    ['http DELETE :$PORT/orders/7', ['DELETE localhost /orders/7']],
    ['http https://api.acme.com/find q=="a b" page==2', ['GET api.acme.com /find']],
    [
      'http api.acme.com/v1/orders status=paid count:=2',
      ['POST api.acme.com /v1/orders < {"status": "paid", "count": 2}'],
    ],
    [
      'http PATCH api.acme.com/v1 note=@~/note.txt tags:=@tags.json',
      ['PATCH api.acme.com /v1 < {"note": "paid", "tags": ["a"]}'],
    ],
    [
      'http api.acme.com/graphql query="mutation(\\$id: ID!) { volumeDelete(volumeId: \\$id) }" variables[id]=$ID',
      [
        'POST api.acme.com /graphql < {"query": "mutation($id: ID!) { volumeDelete(volumeId: $id) }", "variables": {"id": "…"}}',
      ],
    ],
    [
      'http api.acme.com/v1 tags[]=a tags[]=b deep[0][x]:=1',
      ['POST api.acme.com /v1 < {"tags": ["a", "b"], "deep": [{"x": 1}]}'],
    ],
    ['http --form api.acme.com/v1 a="x y" b=2', ['POST api.acme.com /v1 < a=x+y&b=2']],
    ['xh -f PUT api.acme.com/v1 a=1', ['PUT api.acme.com /v1 < a=1']],
    ['http PUT api.acme.com/v1 @body.json', ['PUT api.acme.com /v1 < {"a":1}']],
    ['http api.acme.com/v1 @absent.json', ['POST api.acme.com /v1 < unread: absent.json is not read yet']],
    ['http api.acme.com/v1 a=@absent.json', ['POST api.acme.com /v1 < unread: absent.json is not read yet']],
    ['http --raw \'{"a":1}\' api.acme.com/v1', ['POST api.acme.com /v1 < {"a":1}']],
    [
      'http --timeout=5 -v --check-status DELETE api.acme.com/v1/orders/7 --verify no',
      ['DELETE api.acme.com /v1/orders/7'],
    ],
    ["http api.acme.com/v1 'na\\:me=x'", ['POST api.acme.com /v1 < {"na:me": "x"}']],
    ['http --offline DELETE api.acme.com/v1/orders/7', []],
    ['xh --curl DELETE api.acme.com/v1/orders/7', []],
    ['http --help', []],
    ['http', []],
  ])('%s', (command, expected) => {
    expect(lines(command)).toEqual(expected);
  });

  test.each([
    ['http api.acme.com/v1', 'http://api.acme.com/v1'],
    ['https api.acme.com/v1', 'https://api.acme.com/v1'],
    ['xhs api.acme.com/v1', 'https://api.acme.com/v1'],
    ['xh --https api.acme.com/v1', 'https://api.acme.com/v1'],
    ['http --default-scheme=https api.acme.com/v1', 'https://api.acme.com/v1'],
    ['http ://api.acme.com/v1', 'http://api.acme.com/v1'],
    ['http api.acme.com/v1 q=="a b" n==$N', 'http://api.acme.com/v1?q=a+b&n=…'],
    ['http :3000', 'http://localhost:3000'],
  ])('%s goes to %s', (command, expected) => {
    expect(show(requests(clientOf(command), command)[0]?.url)).toBe(expected);
  });

  test.each([
    [{ kind: 'pipe', from: [], text: staticWord('{"b":2}') }, 'POST api.acme.com /v1 < {"b":2}'],
    [{ kind: 'file', path: staticWord('body.json') }, 'POST api.acme.com /v1 < {"a":1}'],
    [{ kind: 'pipe', from: [], text: undefined }, 'POST api.acme.com /v1 < unread: it comes out of a pipe'],
    [{ kind: 'inherited' }, 'GET api.acme.com /v1'],
    [{ kind: 'none' }, 'POST api.acme.com /v1 < '],
  ])('standard input is the body %#', (stdin, expected) => {
    expect(lines('http api.acme.com/v1', { stdin })).toEqual([expected]);
    expect(lines('http --ignore-stdin api.acme.com/v1', { stdin })).toEqual(['GET api.acme.com /v1']);
  });

  test.each([
    ['http -a ada:secret localhost', 'Basic YWRhOnNlY3JldA=='],
    ['http -A bearer -a abc localhost', 'Bearer abc'],
    ['xh --bearer abc localhost', 'Bearer abc'],
    ['xh :3000 "Authorization:Bearer $TOKEN"', 'Bearer …'],
    ['http localhost', undefined],
  ])('%s sends authorization', (command, expected) => {
    expect(show(requests(clientOf(command), command)[0]?.headers.get('authorization'))).toBe(expected);
  });
});
