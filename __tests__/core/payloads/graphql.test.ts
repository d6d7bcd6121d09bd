// The GraphQL reader: documents to root fields.
import { describe, expect, test } from '@jest/globals';
import { reader } from '../../../src/core/payloads/graphql.ts';
import { show } from './http/invocation.ts';

/** `mutation volumeDelete(volumeId=3d2c)` for each root field. */
function fields(document: string, variables?: unknown, operationName?: string): readonly string[] | string {
  const reading = reader.read(document, variables, operationName);
  if (reading.kind === 'invalid') return 'invalid';
  return reading.fields.map(({ operation, field, arguments: given }) => {
    const shown = Object.entries(given).map(([name, word]) => `${name}=${show(word)}`);
    return `${operation} ${field}${shown.length === 0 ? '' : `(${shown.join(', ')})`}`;
  });
}

describe('root fields', () => {
  test.each([
    ['mutation { volumeDelete(volumeId: "3d2c42fb") }', ['mutation volumeDelete(volumeId=3d2c42fb)']],
    ['mutation Cleanup { gone: volumeDelete(volumeId: "3d2c42fb") }', ['mutation volumeDelete(volumeId=3d2c42fb)']],
    ['{ me { name } }', ['query me']],
    ['query { project(id: "7") { volumeDelete } }', ['query project(id=7)']],
    ['subscription { deployments { id } }', ['subscription deployments']],
    [
      'mutation { __typename a: projectDelete(id: "7") b: projectDelete(id: "8") }',
      ['mutation projectDelete(id=7)', 'mutation projectDelete(id=8)'],
    ],
    [
      'mutation { ...Gone } fragment Gone on Mutation { volumeDelete(volumeId: "7") }',
      ['mutation volumeDelete(volumeId=7)'],
    ],
    ['mutation { ... on Mutation { ... { volumeDelete(volumeId: "7") } } }', ['mutation volumeDelete(volumeId=7)']],
    [
      'mutation { ...A } fragment A on M { ...B first } fragment B on M { ...A second }',
      ['mutation second', 'mutation first'],
    ],
    ['mutation { ...Missing }', []],
    ['# mutation { volumeDelete }\n{ me }', ['query me']],
    ['query { search(text: "mutation { volumeDelete }") }', ['query search(text=mutation { volumeDelete })']],
  ])('%s', (document, expected) => {
    expect(fields(document)).toEqual(expected);
  });

  const two = 'query Look { me } mutation Wipe { volumeDelete }';
  test.each([
    [undefined, ['query me', 'mutation volumeDelete']],
    ['Look', ['query me']],
    ['Wipe', ['mutation volumeDelete']],
    ['Absent', ['query me', 'mutation volumeDelete']],
  ])('operationName %s picks among several', (name, expected) => {
    expect(fields(two, undefined, name)).toEqual(expected);
  });
});

describe('arguments', () => {
  const byId = 'mutation($id: String!) { volumeDelete(volumeId: $id) }';
  test.each([
    [byId, { id: '3d2c42fb' }, ['mutation volumeDelete(volumeId=3d2c42fb)']],
    [byId, {}, ['mutation volumeDelete(volumeId=…)']],
    [byId, undefined, ['mutation volumeDelete(volumeId=…)']],
    [byId, 'not an object', ['mutation volumeDelete(volumeId=…)']],
    ['mutation($id: String = "7") { volumeDelete(volumeId: $id) }', {}, ['mutation volumeDelete(volumeId=7)']],
    ['mutation($id: String = "7") { volumeDelete(volumeId: $id) }', { id: '8' }, ['mutation volumeDelete(volumeId=8)']],
    [
      'mutation { a(n: 3, f: 1.5, b: true, z: null, e: PRODUCTION) }',
      {},
      ['mutation a(n=3, f=1.5, b=true, z=null, e=PRODUCTION)'],
    ],
    [
      'mutation { a(input: {name: "orders", ids: [1, 2], mode: ALL}) }',
      {},
      ['mutation a(input={"name":"orders","ids":[1,2],"mode":"ALL"})'],
    ],
    ['mutation($v: X) { a(input: {id: $v, n: 1}) }', { v: 'x"y' }, ['mutation a(input={"id":"x\\"y","n":1})']],
    ['mutation($v: X) { a(input: {id: $v, n: 1}) }', {}, ['mutation a(input={"id":…,"n":1})']],
    [
      'mutation($i: I!) { environmentPatchCommit(input: $i) }',
      { i: { patch: { buckets: null } } },
      ['mutation environmentPatchCommit(input={"patch":{"buckets":null}})'],
    ],
    ['mutation { a(text: """\n  two\n  lines\n""") }', {}, ['mutation a(text=two\nlines)']],
    [
      'mutation($__proto__: X) { a(__proto__: 1, constructor: $constructor) }',
      {},
      ['mutation a(__proto__=1, constructor=…)'],
    ],
  ])('%s with %j', (document, variables, expected) => {
    expect(fields(document, variables)).toEqual(expected);
  });
});

describe('what is no document', () => {
  test.each([
    ['empty', ''],
    ['prose', 'delete everything please'],
    ['cut off', 'mutation { volumeDelete(volumeId: "7'],
    ['only a fragment', 'fragment A on M { volumeDelete }'],
    ['only a schema', 'type Query { me: User }'],
    ['nested beyond the stack', '{a'.repeat(40_000)],
    ['nested values beyond the stack', `{a(x:${'['.repeat(45_000)}`],
    ['more tokens than the bound', `{${'a '.repeat(60_000)}}`],
    ['more characters than the bound', `{a(x:"${'y'.repeat(1 << 20)}")}`],
  ])('%s is invalid', (_name, document) => {
    expect(fields(document)).toBe('invalid');
  });

  test('one big variable used in many fields is not multiplied', () => {
    const document = `mutation($v: X) {${'a(x: $v) '.repeat(5000)}}`;
    expect(fields(document, { v: 'y'.repeat(10_000) })).toBe('invalid');
  });

  test('fragments that spread each other doubly stay linear', () => {
    const chain = Array.from({ length: 60 }, (_, n) => `fragment F${n} on M { ...F${n + 1} ...F${n + 1} }`).join(' ');
    expect(fields(`mutation { ...F0 } ${chain} fragment F60 on M { volumeDelete }`)).toEqual(['mutation volumeDelete']);
  });
});
