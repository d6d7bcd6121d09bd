// curl: command lines to requests.
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { staticWord } from '../../../../src/core/model/word.ts';
import { curlOptions } from '../../../../src/core/payloads/http/curl/options.ts';
import { client } from '../../../../src/core/payloads/http/curl.ts';
import { invocation, line, requests, show, world } from './invocation.ts';

const lines = (command: string, files = {}, given = {}) => requests(client, command, files, given).map(line);
const header = (command: string, name: string) => show(requests(client, command)[0]?.headers.get(name));

describe('method, host and path', () => {
  test.each([
    ['curl https://api.acme.com/v1/orders', ['GET api.acme.com /v1/orders']],
    ['curl -s api.acme.com', ['GET api.acme.com /']],
    ['curl -X DELETE https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['curl -XDELETE https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['curl -sSfLX DELETE https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['curl https://api.acme.com/v1/orders/7 --request delete', ['DELETE api.acme.com /v1/orders/7']],
    ['curl --request=DELETE https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['curl --REQUEST DELETE https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['curl --reques DELETE https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['curl -X "$METHOD" https://api.acme.com/v1/orders/7', ['UNKNOWN api.acme.com /v1/orders/7']],
    ['curl -X$METHOD https://api.acme.com/v1/orders/7', ['UNKNOWN api.acme.com /v1/orders/7']],
    [
      'curl -X DELETE -o /dev/null -w "%{http_code}" -m 10 --retry 3 https://api.acme.com/v1/orders/7',
      ['DELETE api.acme.com /v1/orders/7'],
    ],
    ['curl -o DELETE -A "curl -X DELETE" -e https://x.acme.com https://api.acme.com/v1', ['GET api.acme.com /v1']],
    ['curl -I https://api.acme.com/health', ['HEAD api.acme.com /health']],
    ['curl -I --no-head https://api.acme.com/health', ['GET api.acme.com /health']],
    ['curl -I -X DELETE https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['curl -T dump.sql https://files.acme.com/', ['PUT files.acme.com /dump.sql < select 1']],
    ['curl -T dump.sql https://files.acme.com/backup.sql', ['PUT files.acme.com /backup.sql < select 1']],
    ['curl --request-target /v1/orders/7 -X DELETE https://api.acme.com/x', ['DELETE api.acme.com /v1/orders/7']],
    ['curl --url https://api.acme.com/a https://api.acme.com/b', ['GET api.acme.com /a', 'GET api.acme.com /b']],
    [
      'curl -X DELETE https://api.acme.com/a --next https://api.acme.com/b',
      ['DELETE api.acme.com /a', 'GET api.acme.com /b'],
    ],
    [
      'curl -d x=1 https://api.acme.com/a -: https://api.acme.com/b',
      ['POST api.acme.com /a < x=1', 'GET api.acme.com /b'],
    ],
    [
      "curl 'https://api.acme.com/v1/{orders,users}/[7-9]'",
      ['/v1/orders/7', '/v1/orders/8', '/v1/orders/9', '/v1/users/7', '/v1/users/8', '/v1/users/9'].map(
        (path) => `GET api.acme.com ${path}`,
      ),
    ],
    ["curl -g 'https://api.acme.com/v1/{orders}'", ['GET api.acme.com /v1/{orders}']],
    [
      "curl 'https://api.acme.com/f[08-10]'",
      ['GET api.acme.com /f08', 'GET api.acme.com /f09', 'GET api.acme.com /f10'],
    ],
    ["curl -X DELETE 'https://api.acme.com/v1/orders/[1-100000]'", ['DELETE api.acme.com /v1/orders/…']],
    ["curl 'http://[::1]:8080/x'", ['GET ::1 /x']],
    ['curl $API_URL/v1/orders', ['GET … …/v1/orders']],
    ['curl -X DELETE $OPTIONS https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['curl -- https://api.acme.com/v1', ['GET api.acme.com /v1']],
    ['curl -q -X DELETE localhost:9200/orders', ['DELETE localhost /orders']],
    ['curl', []],
    ['curl --version', []],
    ['curl -h http https://api.acme.com', []],
    ['curl ftp://files.acme.com/x', []],
    ['curl -X', []],
  ])('%s', (command, expected) => {
    expect(lines(command, { '/srv/orders/dump.sql': 'select 1' })).toEqual(expected);
  });

  test('thousands of URLs end in one request that could be anything', () => {
    const found = requests(client, `curl ${'localhost '.repeat(3000)}`);
    expect(found).toHaveLength(501);
    expect(found.at(-1)?.method).toBe('UNKNOWN');
  });
});

describe('bodies', () => {
  const files = {
    '/srv/orders/body.json': '{"a":\n1}\n',
    '/srv/orders/sub/b.txt': 'b & c',
    '/etc/big': { kind: 'failed', reason: 'not-a-file', detail: 'a pipe, not a file' },
  };
  test.each([
    ['curl -d a=1 -d b=2 https://api.acme.com', 'POST api.acme.com / < a=1&b=2'],
    ['curl -da=1 --data-raw @b https://api.acme.com', 'POST api.acme.com / < a=1&@b'],
    ['curl -X PATCH --data \'{"x":1}\' https://api.acme.com', 'PATCH api.acme.com / < {"x":1}'],
    ['curl -d @body.json https://api.acme.com', 'POST api.acme.com / < {"a":1}'],
    ['curl -d@./body.json https://api.acme.com', 'POST api.acme.com / < {"a":1}'],
    ['curl --data-binary @body.json https://api.acme.com', 'POST api.acme.com / < {"a":\n1}\n'],
    ['curl --json @/srv/orders/body.json https://api.acme.com', 'POST api.acme.com / < {"a":\n1}\n'],
    ['curl --json \'{"a":1\' --json ,\\"b\\":2} https://api.acme.com', 'POST api.acme.com / < {"a":1,"b":2}'],
    ['curl --data-urlencode "q=a b&c" https://api.acme.com', 'POST api.acme.com / < q=a+b%26c'],
    ['curl --data-urlencode q@sub/b.txt https://api.acme.com', 'POST api.acme.com / < q=b+%26+c'],
    ['curl --data-urlencode =a/b https://api.acme.com', 'POST api.acme.com / < a%2Fb'],
    ['curl -G -d a=1 --data-urlencode "b=2 3" https://api.acme.com/find', 'GET api.acme.com /find'],
    ['curl -d "{\\"id\\":\\"$ID\\"}" https://api.acme.com', 'POST api.acme.com / < {"id":"…"}'],
    ['curl -d "$BODY" https://api.acme.com', 'POST api.acme.com / < …'],
    ['curl -d @absent.json https://api.acme.com', 'POST api.acme.com / < unread: absent.json is not read yet'],
    ['curl -d @/etc/big https://api.acme.com', 'POST api.acme.com / < unread: /etc/big: a pipe, not a file'],
    ['curl -d @$FILE https://api.acme.com', 'POST api.acme.com / < unread: which file $FILE is, is not known'],
    ['curl -d a=1 -d @absent.json https://api.acme.com', 'POST api.acme.com / < unread: absent.json is not read yet'],
    ['curl -d @- https://api.acme.com', 'POST api.acme.com / < unread: it comes from standard input'],
    ["curl -d '' https://api.acme.com", 'POST api.acme.com / < '],
  ])('%s', (command, expected) => {
    expect(lines(command, files)).toEqual([expected]);
  });

  test.each([
    [{ kind: 'text', text: staticWord('{"a":1}\n') }, '{"a":1}'],
    [{ kind: 'file', path: staticWord('body.json') }, '{"a":1}'],
    [{ kind: 'pipe', from: [], text: staticWord('x=1\n') }, 'x=1'],
    [{ kind: 'pipe', from: [], text: undefined }, 'unread: it comes out of a pipe'],
    [{ kind: 'none' }, ''],
  ])('@- reads standard input %#', (stdin, expected) => {
    expect(lines('curl -d @- https://api.acme.com', files, { stdin })).toEqual([`POST api.acme.com / < ${expected}`]);
    expect(lines('curl -d @/dev/stdin https://api.acme.com', files, { stdin })).toEqual([
      `POST api.acme.com / < ${expected}`,
    ]);
  });

  test('a file that is known to be absent is unread', () => {
    const files = { '/srv/orders/x.json': { kind: 'absent' } as const };
    expect(lines('curl -d @x.json localhost', files)).toEqual(['POST localhost / < unread: x.json does not exist']);
  });

  test('a file on another machine is not read here', () => {
    const open = world(files as never);
    const call = invocation('curl -d @body.json localhost', {
      host: { kind: 'container', engine: 'docker', name: staticWord('db') },
    });
    expect(client.read(call, open).map(line)).toEqual(['POST localhost / < unread: body.json is on another machine']);
    expect(open.open).toEqual([]);
  });

  test('files are asked for by absolute path', () => {
    const open = world();
    client.read(invocation('curl -d @../body.json -H @h.txt -K cfg localhost'), open);
    expect(open.open).toEqual(
      ['/srv/body.json', '/srv/orders/h.txt', '/srv/orders/cfg'].map((path) => ({ kind: 'file', path })),
    );
  });

  test('a form holds its fields', () => {
    const [request] = requests(
      client,
      'curl -F \'operations={"query":"{me}"};type=application/json\' -F map=@m.json localhost',
    );
    expect(request?.method).toBe('POST');
    expect(show(request?.headers.get('content-type'))).toMatch(/^multipart\/form-data/);
    expect(line(request as never)).toContain('name="operations"\r\n\r\n{"query":"{me}"}\r\n');
    expect(line(request as never)).toContain('name="map"\r\n\r\n…\r\n');
  });

  test('-G moves the data into the URL', () => {
    expect(show(requests(client, 'curl -G -d a=1 -d b=$B "https://api.acme.com/find?c=3#top"')[0]?.url)).toBe(
      'https://api.acme.com/find?c=3&a=1&b=…',
    );
    expect(show(requests(client, 'curl --url-query "q=a b" https://api.acme.com/find')[0]?.url)).toBe(
      'https://api.acme.com/find?q=a+b',
    );
  });
});

describe('headers', () => {
  test.each([
    ["curl -H 'X-Team: orders' localhost", 'x-team', 'orders'],
    ['curl -HX-Team:orders localhost', 'x-team', 'orders'],
    ['curl -H "Authorization: Bearer $TOKEN" localhost', 'authorization', 'Bearer …'],
    ["curl -H 'X-Empty;' localhost", 'x-empty', ''],
    ['curl -u ada:secret localhost', 'authorization', 'Basic YWRhOnNlY3JldA=='],
    ['curl -u ada:$PASSWORD localhost', 'authorization', 'Basic …'],
    ['curl https://ada:p%40ss@api.acme.com', 'authorization', 'Basic YWRhOnBAc3M='],
    ['curl --oauth2-bearer abc localhost', 'authorization', 'Bearer abc'],
    ["curl -u ada:x -H 'Authorization: Bearer abc' localhost", 'authorization', 'Bearer abc'],
    ['curl -d x=1 localhost', 'content-type', 'application/x-www-form-urlencoded'],
    ['curl --json {} localhost', 'content-type', 'application/json'],
    ["curl --json {} -H 'Content-Type: application/graphql' localhost", 'content-type', 'application/graphql'],
    ['curl localhost', 'content-type', undefined],
  ])('%s: %s', (command, name, expected) => {
    expect(header(command, name)).toBe(expected);
  });

  test('-H @file reads one header a line', () => {
    const [request] = requests(client, 'curl -H @h.txt localhost', {
      '/srv/orders/h.txt': 'Authorization: Bearer abc\nX-Team: orders\n',
    });
    expect([...(request?.headers.keys() ?? [])]).toEqual(['authorization', 'x-team']);
  });

  test('a user in the URL does not stay in it', () => {
    expect(show(requests(client, 'curl https://ada:secret@api.acme.com/v1')[0]?.url)).toBe('https://api.acme.com/v1');
  });
});

describe('configuration files', () => {
  const config =
    '# orders\n-X DELETE\nurl = "https://api.acme.com/v1/orders/7"\nheader: "X-Team: \\"orders\\""\ndata=a=1\nsilent\n';
  test('hold the same options', () => {
    const [request] = requests(client, 'curl -K cfg', { '/srv/orders/cfg': config });
    expect(line(request as never)).toBe('DELETE api.acme.com /v1/orders/7 < a=1');
    expect(show(request?.headers.get('x-team'))).toBe('"orders"');
  });
  test.each([
    ['curl -K absent https://api.acme.com', ['UNKNOWN api.acme.com / < unread: absent is not read yet']],
    ['curl -K absent -X GET https://api.acme.com', ['GET api.acme.com / < unread: absent is not read yet']],
    ['curl --config absent', ['UNKNOWN … … < unread: absent is not read yet']],
    ['curl -K loop', ['UNKNOWN api.acme.com / < unread: a part of the configuration is not known']],
  ])('%s', (command, expected) => {
    expect(lines(command, { '/srv/orders/loop': 'url=https://api.acme.com\nconfig=loop\n' })).toEqual(expected);
  });
  test('standard input can be one', () => {
    const stdin = { kind: 'text', text: staticWord('url=localhost\nrequest=DELETE\n') } as const;
    expect(lines('curl -K -', {}, { stdin })).toEqual(['DELETE localhost /']);
  });
});

describe('variables', () => {
  test.each([
    ["curl --variable id=7 --expand-url 'https://api.acme.com/{{id}}' -X DELETE", 'DELETE api.acme.com /7'],
    ["curl --variable %HOME --expand-data 'home={{HOME:url}}' localhost", 'POST localhost / < home=%2Fhome%2Fada'],
    ["curl --variable %STAGE=dev --expand-url 'https://{{STAGE}}.acme.com/'", 'GET dev.acme.com /'],
    ["curl --variable b@body.txt --expand-data '{{b:trim:json}}' localhost", 'POST localhost / < a\\"b'],
    ["curl --variable id=$ID --expand-url 'https://api.acme.com/{{id}}'", 'GET api.acme.com /…'],
    ["curl --variable id=7 --expand-url 'https://api.acme.com/{{id:b64}}'", 'GET api.acme.com /…'],
    ["curl --variable id=7 --url 'https://api.acme.com/x?{{id'", 'GET api.acme.com /x'],
  ])('%s', (command, expected) => {
    expect(lines(command, { '/srv/orders/body.txt': ' a"b ' })).toEqual([expected]);
  });
});

test('the option table knows every option of the curl on this machine, and whether it takes a value', () => {
  const help = execFileSync('curl', ['--help', 'all'], { encoding: 'utf8' });
  const wrong: string[] = [];
  for (const row of help.split('\n')) {
    const match = /^ (?:-(.), | {4})--([\w.-]+)( [<[][^ ]|)/.exec(row);
    if (match?.[2] === undefined) continue;
    const name = match[2].startsWith('no-') ? match[2].slice(3) : match[2];
    const takesValue = match[3] !== '';
    if (!(takesValue ? curlOptions.valued : curlOptions.switches).has(name)) wrong.push(row);
    const letter = match[1];
    if (letter !== undefined && curlOptions.short.get(letter)?.replace(/^no-/, '') !== name) wrong.push(row);
  }
  expect(wrong).toEqual([]);
});
