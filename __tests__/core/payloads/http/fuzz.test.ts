// Whatever stands in an argv, a reader answers: no exception, and a request whose parts hold together.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dynamicWord, joinWords, staticWord, type Word } from '../../../../src/core/model/word.ts';
import { reader } from '../../../../src/core/payloads/graphql.ts';
import { graphqlOf, looksLikeGraphql } from '../../../../src/core/payloads/http/body.ts';
import { credentialOf } from '../../../../src/core/payloads/http/credential.ts';
import { client as curl } from '../../../../src/core/payloads/http/curl.ts';
import { client as httpie } from '../../../../src/core/payloads/http/httpie.ts';
import { client as wget } from '../../../../src/core/payloads/http/wget.ts';
import { flat } from '../../../../src/core/payloads/http/words.ts';
import { client as xh } from '../../../../src/core/payloads/http/xh.ts';
import { cwd, invocation, world } from './invocation.ts';

const pieces = fc.constantFrom(
  ...[
    '-X',
    '-d',
    '-H',
    '-K',
    '-F',
    '-G',
    '-T',
    '-u',
    '--json',
    '--data-urlencode',
    '--url',
    '--next',
    '--variable',
    '--expand-data',
    '-i',
    '--method=DELETE',
  ],
  ...[
    '--post-data=',
    '-e',
    '--form',
    '--raw',
    '-A',
    'bearer',
    '-a',
    '@-',
    '@cfg',
    'cfg',
    '@',
    '=',
    ':=',
    '==',
    ':',
    '[',
    ']',
    '{a,b}',
    '[1-3]',
    '{{x:json}}',
  ],
  ...[
    'https://',
    'api.acme.com',
    '/graphql',
    '?query=',
    '%7B',
    '%',
    '#',
    'DELETE',
    'a=1',
    '{"query":"mutation { a(b: \\"',
    '"}',
    '\\',
    '"',
    ' ',
    '\0',
    '\uD800',
  ],
);
const word: fc.Arbitrary<Word> = fc
  .array(
    fc.oneof(
      pieces.map((text) => staticWord(text)),
      fc.string({ maxLength: 6 }).map((text) => staticWord(text)),
      fc.constant(dynamicWord('$X')),
    ),
    { maxLength: 5 },
  )
  .map((words) => joinWords(words));
const files = { [`${cwd}/cfg`]: '-X "DELETE\nurl=https://api.acme.com/{x\nconfig = cfg\n-d\nheader=' };

describe.each([curl, wget, httpie, xh])('reader %#', (client) => {
  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 8 }),
        fc.constantFrom('inherited' as const, 'none' as const),
        (args, kind) => {
          for (const request of client.read(invocation('curl', { args, stdin: { kind } }), world(files))) {
            expect(request.method).toBe(request.method.toUpperCase());
            expect(flat(request.path)).toMatch(/^[/\0]/);
            credentialOf(request);
            looksLikeGraphql(request);
            graphqlOf(request, reader);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** Each took quadratic time in some reader's first draft, or could have. A hang shows as the runner's time limit. */
describe('large arguments end', () => {
  const size = 60_000;
  test.each([
    ['sets that never close', ['{'.repeat(size)]],
    ['ranges inside ranges', [`${'['.repeat(size)}]`]],
    ['many sets', ['{a,b}'.repeat(size / 5)]],
    ['many data options', Array.from({ length: size / 6 }, () => ['-d', 'a=1']).flat()],
    ['many URLs', Array.from({ length: size / 6 }, () => 'a/{b,c}')],
    ['many variables', ['--variable', 'x=1', '--expand-data', '{{x}}'.repeat(size / 5), 'localhost']],
    ['a long cluster', [`-${'s'.repeat(size)}`]],
    ['a long path', [`localhost${'/..//.%2e'.repeat(size / 9)}`]],
    ['many fields', ['-d', 'query=a&'.repeat(size / 8), 'localhost/graphql']],
    ['a deep JSON body', ['-d', '{"query":['.repeat(size / 10), 'localhost/graphql']],
    ['a deep key', [`localhost/graphql`, `a${'[b]'.repeat(size / 3)}=1`]],
  ])('%s', (_name, texts) => {
    for (const client of [curl, wget, httpie]) {
      const args = texts.map((text) => staticWord(text));
      for (const request of client.read(invocation('curl', { args }), world())) graphqlOf(request, reader);
    }
  });

  test('a body of many unknown pieces', () => {
    const body = joinWords(
      Array.from({ length: 20_000 }, () => [staticWord('query='), dynamicWord('$X'), staticWord('&')]).flat(),
    );
    const [request] = curl.read(
      invocation('curl', { args: [staticWord('-d'), body, staticWord('localhost/graphql')] }),
      world(),
    );
    expect(request && graphqlOf(request, reader).kind).toBe('invalid');
  });
});
