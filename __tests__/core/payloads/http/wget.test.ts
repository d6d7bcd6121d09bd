// wget: command lines to requests.
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { staticWord } from '../../../../src/core/model/word.ts';
import { client } from '../../../../src/core/payloads/http/wget.ts';
import { line, requests, show } from './invocation.ts';

const files = {
  '/srv/orders/urls.txt': 'https://api.acme.com/a\n\nhttps://api.acme.com/b\n',
  '/srv/orders/body.json': '{"a":1}\n',
};
const lines = (command: string, given = {}) => requests(client, command, files, given).map(line);

describe('requests', () => {
  test.each([
    ['wget https://files.acme.com/orders.tar.gz', ['GET files.acme.com /orders.tar.gz']],
    ['wget -qO- files.acme.com', ['GET files.acme.com /']],
    [
      'wget -nv -nc -O out.html -T 5 https://files.acme.com/a https://files.acme.com/b',
      ['GET files.acme.com /a', 'GET files.acme.com /b'],
    ],
    ['wget --delete-after -r -np -l 2 https://files.acme.com/', ['GET files.acme.com /']],
    ['wget -e robots=off -U "wget --method=DELETE" https://files.acme.com/', ['GET files.acme.com /']],
    ['wget --method=DELETE https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['wget --method delete -q -O /dev/null https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['wget --meth=DELETE https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['wget -e method=DELETE https://api.acme.com/v1/orders/7', ['DELETE api.acme.com /v1/orders/7']],
    ['wget --method=$METHOD https://api.acme.com/v1/orders/7', ['UNKNOWN api.acme.com /v1/orders/7']],
    ['wget --post-data=a=1 https://api.acme.com/v1', ['POST api.acme.com /v1 < a=1']],
    ['wget --post-file=body.json https://api.acme.com/v1', ['POST api.acme.com /v1 < {"a":1}\n']],
    ['wget --method=PUT --body-data "$BODY" https://api.acme.com/v1', ['PUT api.acme.com /v1 < …']],
    [
      'wget --method=PUT --body-file=absent https://api.acme.com/v1',
      ['PUT api.acme.com /v1 < unread: absent is not read yet'],
    ],
    ['wget --spider https://api.acme.com/v1', ['HEAD api.acme.com /v1']],
    ['wget -i urls.txt --method=DELETE', ['DELETE api.acme.com /a', 'DELETE api.acme.com /b']],
    ['wget -i absent', ['GET … …']],
    ['wget -i https://files.acme.com/list', ['GET … …']],
    ['wget --no-check-certificate --no-verbose https://api.acme.com', ['GET api.acme.com /']],
    ['wget ftp://files.acme.com/x', []],
    ['wget --help', []],
    ['wget', []],
  ])('%s', (command, expected) => {
    expect(lines(command)).toEqual(expected);
  });

  test('a list on standard input', () => {
    const stdin = { kind: 'text', text: staticWord('https://api.acme.com/a\n') } as const;
    expect(lines('wget -i -', { stdin })).toEqual(['GET api.acme.com /a']);
  });

  test.each([
    ["wget --header='Authorization: Bearer abc' https://api.acme.com", 'Bearer abc'],
    ['wget --user=ada --password=secret https://api.acme.com', 'Basic YWRhOnNlY3JldA=='],
    ['wget https://api.acme.com', undefined],
  ])('%s sends authorization', (command, expected) => {
    expect(show(requests(client, command)[0]?.headers.get('authorization'))).toBe(expected);
  });
});

const help = spawnSync('wget', ['--help'], { encoding: 'utf8' }).stdout ?? '';

(help === '' ? test.skip : test)('a value of an option that wget knows is never taken for a URL', () => {
  const wrong = [...help.matchAll(/^ +(?:-(\w), +)? *--([a-z-]+)=[A-Z/]+ /gm)].flatMap(([row, letter, name]) => {
    const forms = [
      `wget --${name} 5 https://api.acme.com`,
      ...(letter === undefined ? [] : [`wget -${letter} 5 https://api.acme.com`]),
    ];
    return forms.some((form) =>
      requests(client, form).some((request) => show(request.host) !== 'api.acme.com' && name !== 'input-file'),
    )
      ? [row]
      : [];
  });
  expect(wrong).toEqual([]);
  expect(help.match(/=[A-Z]+ /g)?.length).toBeGreaterThan(50);
});
