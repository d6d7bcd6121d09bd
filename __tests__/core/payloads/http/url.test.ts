// URLs: what clients make of the way they are written.
import { describe, expect, test } from '@jest/globals';
import { staticWord } from '../../../../src/core/model/word.ts';
import { addQuery, queryValue, splitUrl } from '../../../../src/core/payloads/http/url.ts';
import { show, words } from './invocation.ts';

const split = (text: string) => {
  const [word = staticWord('')] = words(text);
  const parts = splitUrl(word);
  return [parts.scheme, show(parts.host), show(parts.port), show(parts.path), show(parts.query)];
};

describe('splitUrl', () => {
  test.each([
    ['https://api.acme.com/v1/orders/7', ['https', 'api.acme.com', undefined, '/v1/orders/7', undefined]],
    ['https://api.acme.com', ['https', 'api.acme.com', undefined, '/', undefined]],
    ['api.acme.com/v1', ['http', 'api.acme.com', undefined, '/v1', undefined]],
    ['localhost:3000/orders', ['http', 'localhost', '3000', '/orders', undefined]],
    ['http:/localhost/orders', ['http', 'localhost', undefined, '/orders', undefined]],
    ['HTTPS://API.Acme.COM./V1', ['https', 'api.acme.com', undefined, '/V1', undefined]],
    ['https://localhost@api.acme.com/v1', ['https', 'api.acme.com', undefined, '/v1', undefined]],
    ['https://ada:p%40ss@api.acme.com:8443/v1', ['https', 'api.acme.com', '8443', '/v1', undefined]],
    ['https://api%2eacme.com/v1', ['https', 'api.acme.com', undefined, '/v1', undefined]],
    ['http://[::1]:8080/orders', ['http', '::1', '8080', '/orders', undefined]],
    ['http://[fe80::3%25eth0]/', ['http', 'fe80::3', undefined, '/', undefined]],
    ['http://127.1/x', ['http', '127.0.0.1', undefined, '/x', undefined]],
    ['http://2130706433/x', ['http', '127.0.0.1', undefined, '/x', undefined]],
    ['http://0x7f.0.0.1/x', ['http', '127.0.0.1', undefined, '/x', undefined]],
    ['http://999.0.0.1/x', ['http', '999.0.0.1', undefined, '/x', undefined]],
    [
      'https://api.acme.com//v1/./orders/../%6frders//7/',
      ['https', 'api.acme.com', undefined, '/v1/orders/7', undefined],
    ],
    ['https://api.acme.com/v1/a%2Fb', ['https', 'api.acme.com', undefined, '/v1/a%2Fb', undefined]],
    ['https://api.acme.com/v1/%zz', ['https', 'api.acme.com', undefined, '/v1/%zz', undefined]],
    ['https://api.acme.com?x=1#top', ['https', 'api.acme.com', undefined, '/', 'x=1']],
    ['ftp://files.acme.com/x', ['ftp', 'files.acme.com', undefined, '/x', undefined]],
    ["''", ['http', '', undefined, '/', undefined]],
    ["'http://'", ['http', '', undefined, '/', undefined]],
  ])('%s', (text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  test.each([
    ['https://$HOST/graphql/v2', ['https', '…', undefined, '/graphql/v2', undefined]],
    ['$API_URL/graphql', [undefined, '…', undefined, '…/graphql', undefined]],
    ['$API_URL', [undefined, '…', undefined, '…', undefined]],
    ['https://$REGION.acme.com/v1', ['https', '….acme.com', undefined, '/v1', undefined]],
    ['https://db-$STAGE/v1', ['https', 'db-…', undefined, '/v1', undefined]],
    ['https://api.acme.com/v1/$ID', ['https', 'api.acme.com', undefined, '/v1/…', undefined]],
    ['https://api.acme.com$ENDPOINT', ['https', 'api.acme.com…', undefined, '…', undefined]],
    ['http://localhost:$PORT/orders', ['http', 'localhost', '…', '/orders', undefined]],
    ['https://$USER:$PASSWORD@api.acme.com/v1', ['https', 'api.acme.com', undefined, '/v1', undefined]],
    ['https://api.acme.com/v1?id=$ID', ['https', 'api.acme.com', undefined, '/v1', 'id=…']],
    ['$SCHEME://api.acme.com/v1', [undefined, 'api.acme.com', undefined, '/v1', undefined]],
  ])('with unknown pieces: %s', (text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  test.each([["'http://[::1'"], ["'https://%'"], ["'://'"], ["'http://@:/?#'"], ["'[][][]@@::'"]])(
    'odd text does not throw: %s',
    (text) => {
      expect(() => split(text)).not.toThrow();
    },
  );

  test('an unknown host shows its own source', () => {
    const [word = staticWord('')] = words('"https://$API_HOST/v1"');
    expect(splitUrl(word).host).toEqual({ kind: 'dynamic', source: '$API_HOST', known: [null], glob: false });
  });
});

test.each([
  ['https://api.acme.com/v1', 'a=1', 'https://api.acme.com/v1?a=1'],
  ['https://api.acme.com/v1?b=2#top', 'a=1', 'https://api.acme.com/v1?b=2&a=1'],
  ['https://api.acme.com/v1?', 'a=1', 'https://api.acme.com/v1?a=1'],
  ['https://api.acme.com/v1', '', 'https://api.acme.com/v1'],
])('addQuery(%s, %s)', (url, query, expected) => {
  expect(show(addQuery(staticWord(url), staticWord(query)))).toBe(expected);
});

test('queryValue decodes and finds names in any case', () => {
  expect(show(queryValue(staticWord('a=1&Query=%7Bviewer%7D+x'), ['query']))).toBe('{viewer} x');
});
