// Reading the machine: whatever stands at a path, the answer comes at once and says what it is.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, Query } from '../../src/core/model/observation.ts';
import type { DataReader } from '../../src/core/model/reader.ts';
import { memoryObserver, observer } from '../../src/observe/index.ts';
import { findSecret } from '../../src/observe/secrets.ts';

let top: string;
const observe = observer({ lookups: false });
const isRoot = process.getuid?.() === 0;

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'guard-observe-'));
  writeFileSync(join(top, 'deploy.sh'), 'echo ok\n', { mode: 0o755 });
  writeFileSync(join(top, 'empty.sql'), '');
  writeFileSync(join(top, 'image.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
  writeFileSync(join(top, 'dump.sql'), 'x'.repeat(1024 * 1024 + 1));
  writeFileSync(join(top, 'largest.sql'), 'x'.repeat(1024 * 1024));
  writeFileSync(join(top, 'latin1.sql'), Buffer.from([0x64, 0xe9, 0x6a, 0xe0]));
  writeFileSync(join(top, 'secret.sql'), 'DROP TABLE orders;\n', { mode: 0o000 });
  symlinkSync('round', join(top, 'around'));
  symlinkSync('around', join(top, 'round'));
  symlinkSync('deploy.sh', join(top, 'link.sh'));
  symlinkSync('gone.sh', join(top, 'broken.sh'));
  mkdirSync(join(top, 'many'));
  execFileSync('/usr/bin/mkfifo', [join(top, 'pipe')]);
});
afterAll(() => {
  chmodSync(join(top, 'secret.sql'), 0o600);
  rmSync(top, { recursive: true });
});

const failed = (reason: string) => ({ kind: 'failed', reason });

test.each<[string, string, object]>([
  ['a script', 'deploy.sh', { kind: 'text', text: 'echo ok\n' }],
  ['an empty file', 'empty.sql', { kind: 'text', text: '' }],
  ['a link to a script', 'link.sh', { kind: 'text', text: 'echo ok\n' }],
  ['bytes that are no UTF-8', 'latin1.sql', { kind: 'text', text: 'd\uFFFDj\uFFFD' }],
  ['a file of exactly 1 MiB', 'largest.sql', { kind: 'text' }],
  ['a larger file', 'dump.sql', failed('too-large')],
  ['a binary file', 'image.png', failed('binary')],
  ['a folder', 'many', failed('folder')],
  ['a named pipe that nobody writes to', 'pipe', failed('not-a-file')],
  ['links that run in a circle', 'round', failed('unreadable')],
  ['a link to nothing', 'broken.sh', { kind: 'absent' }],
  ['nothing', 'gone.sh', { kind: 'absent' }],
  ['a path below a file', 'deploy.sh/x', { kind: 'absent' }],
  ['a name that is too long', 'x'.repeat(300), failed('unreadable')],
  ['a name with a NUL in it', 'a\0b', failed('unreadable')],
])('the text of %s', async (_, name, answer) => {
  expect(await observe({ kind: 'file', path: join(top, name) })).toMatchObject(answer);
});

(isRoot ? test.skip : test)('a file without permission is unreadable', async () => {
  expect(await observe({ kind: 'file', path: join(top, 'secret.sql') })).toEqual({
    kind: 'failed',
    reason: 'unreadable',
    detail: 'permission denied',
  });
});

test('a device is no file', async () => {
  expect(await observe({ kind: 'file', path: '/dev/zero' })).toMatchObject(failed('not-a-file'));
});

test.each<[string, string, object]>([
  ['a script', 'deploy.sh', { type: 'file', executable: true }],
  ['a text', 'empty.sql', { type: 'file', executable: false }],
  ['a folder', 'many', { type: 'folder' }],
  ['a named pipe', 'pipe', { type: 'other' }],
  ['a circle of links', 'round', failed('unreadable')],
  ['nothing', 'gone', { kind: 'absent' }],
])('what %s is', async (_, name, answer) => {
  expect(await observe({ kind: 'path', path: join(top, name) })).toMatchObject(answer);
});

test('a link leads to its real path', async () => {
  const answer = await observe({ kind: 'path', path: join(top, 'link.sh') });
  expect(answer.kind === 'path' && answer.real.endsWith('/deploy.sh')).toBe(true);
});

test('a folder with more than 1,000 names is cut off and says so', async () => {
  const folder = join(top, 'many');
  for (let index = 0; index < 1_001; index += 1) writeFileSync(join(folder, `${index}`), '');
  const answer = await observe({ kind: 'folder', path: folder });
  expect(answer).toMatchObject({ kind: 'names', complete: false });
  expect(answer.kind === 'names' && answer.names.length).toBe(1_000);
});

test.each<[string, string, object]>([
  ['a program', 'deploy.sh', { kind: 'text' }],
  ['a file that is not executable', 'empty.sql', { kind: 'absent' }],
  ['a folder', 'many', { kind: 'absent' }],
  ['nothing', 'gone', { kind: 'absent' }],
])('%s on PATH', async (_, name, answer) => {
  expect(await observe({ kind: 'program', name, path: `:/nonexistent:${top}` })).toMatchObject(answer);
});

describe('readers', () => {
  const read = async (language: 'yaml' | 'ini', text: string) => {
    const answer = await observe({ kind: 'reader', language });
    return answer.kind === 'reader' ? (answer.reader as DataReader).read(text) : answer;
  };
  test.each<['yaml' | 'ini', string, unknown]>([
    ['yaml', 'current-context: acme-prod\n', { 'current-context': 'acme-prod' }],
    ['yaml', 'a: [1', undefined],
    ['yaml', `a: &a [x]\n${'b: *a\n'.repeat(1)}`, { a: ['x'], b: ['x'] }],
    ['ini', '[profile acme]\nregion = eu-west-1\n', { 'profile acme': { region: 'eu-west-1' } }],
  ])('%s reads %j', async (language, text, value) => {
    expect(await read(language, text)).toEqual(value);
  });

  test('aliases that would grow without bound are no value', async () => {
    const names = [...'abcdefgh'];
    const lines = names.map(
      (name, index) =>
        `${name}: &${name} [${Array(9)
          .fill(index === 0 ? 'x' : `*${names[index - 1]}`)
          .join(',')}]`,
    );
    expect(await read('yaml', lines.join('\n'))).toBeUndefined();
  });
});

describe('a world of given files', () => {
  const files = { '/w/.env': 'A=1', '/w/k8s/orders.yaml': 'x' };
  test.each<[Query, Answer]>([
    [
      { kind: 'file', path: '/w/.env' },
      { kind: 'text', text: 'A=1' },
    ],
    [{ kind: 'file', path: '/etc/passwd' }, { kind: 'absent' }],
    [{ kind: 'file', path: 'toString' }, { kind: 'absent' }],
    [
      { kind: 'path', path: '/w/.env' },
      { kind: 'path', type: 'file', real: '/w/.env', executable: false },
    ],
    [
      { kind: 'path', path: '/w/k8s' },
      { kind: 'path', type: 'folder', real: '/w/k8s', executable: true },
    ],
    [{ kind: 'path', path: '/etc' }, { kind: 'absent' }],
    [
      { kind: 'folder', path: '/w' },
      { kind: 'names', names: ['.env', 'k8s'], complete: true },
    ],
    [{ kind: 'folder', path: '/etc' }, { kind: 'absent' }],
  ])('%j', async (query, answer) => {
    expect(await memoryObserver(files)(query)).toEqual(answer);
  });

  test.each<Query>([
    { kind: 'hostname' },
    { kind: 'listener', port: 5432 },
    { kind: 'program', name: 'ls', path: '/bin' },
    { kind: 'secret', value: 'sk_live_1234', cwd: '/w', home: undefined },
    { kind: 'live-http', method: 'GET', url: 'http://127.0.0.1:1/', headers: {}, body: undefined },
  ])('%j is off', async (query) => {
    expect(await memoryObserver(files)(query)).toMatchObject(failed('off'));
  });

  test('without files nothing is read at all', async () => {
    expect(await memoryObserver(undefined)({ kind: 'file', path: join(top, 'deploy.sh') })).toMatchObject(
      failed('off'),
    );
  });
});

describe('secrets', () => {
  const value = '6f1d0c83-b2a9-4e57-8d34-f0a61c9b7e2d';
  let home: string;
  let project: string;
  const find = (cwd = project) => findSecret({ kind: 'secret', value, cwd, home });

  beforeAll(() => {
    home = join(top, 'home');
    project = join(home, 'acme');
    mkdirSync(join(project, '.git'), { recursive: true });
    mkdirSync(join(project, 'services/orders'), { recursive: true });
    mkdirSync(join(project, 'a/b/c/d/e/f/g'), { recursive: true });
    mkdirSync(join(project, 'node_modules/acme'), { recursive: true });
  });

  const put = (path: string, text: string) => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  };
  const placed = async (path: string, text: string, cwd?: string) => {
    put(path, text);
    try {
      return await find(cwd);
    } finally {
      rmSync(path);
    }
  };

  test.each<[string, string, object]>([
    ['.env', `A=1\nTOKEN=${value}\n`, { kind: 'found', line: 2 }],
    ['services/orders/.env.production', `TOKEN=${value}`, { kind: 'found', line: 1 }],
    ['config.json', `{\n\n"token": "${value}"}`, { kind: 'found', line: 3 }],
    ['a/b/c/d/e/f/.env', value, { kind: 'found', line: 1 }],
    ['a/b/c/d/e/f/g/.env', value, { kind: 'absent' }],
    ['node_modules/acme/.env', value, { kind: 'absent' }],
    ['notes.txt', value, { kind: 'absent' }],
    ['secrets.env', `${'x'.repeat(300 * 1024)}${value}`, { kind: 'absent' }],
    ['../.netrc', `machine acme.com\npassword ${value}\n`, { kind: 'found', line: 2 }],
    ['../.railway/config.json', `{"user":{"token":"${value}"}}`, { kind: 'found', line: 1 }],
    ['../other/.env', value, { kind: 'absent' }],
  ])('in %s', async (path, text, answer) => {
    expect(await placed(join(project, path), text)).toMatchObject(answer);
  });

  test('from a folder below, the whole repository is searched', async () => {
    expect(await placed(join(project, '.env'), value, join(project, 'services/orders'))).toMatchObject({
      kind: 'found',
    });
  });

  test('through a link to a file', async () => {
    put(join(top, 'shared.env'), `X=${value}`);
    symlinkSync(join(top, 'shared.env'), join(project, '.env.shared'));
    expect(await find()).toMatchObject({ kind: 'found', line: 1 });
    rmSync(join(project, '.env.shared'));
  });

  test('a named pipe in the place of a file does not keep it waiting', async () => {
    execFileSync('/usr/bin/mkfifo', [join(home, '.pgpass')]);
    expect(await find()).toEqual({ kind: 'absent' });
    rmSync(join(home, '.pgpass'));
  });

  test('the home folder as working directory is not searched as a whole', async () => {
    expect(await placed(join(project, '.env'), value, home)).toEqual({ kind: 'absent' });
  });

  test('more than 2,000 files are not read', async () => {
    const folder = join(project, 'services');
    for (let index = 0; index < 2_001; index += 1) writeFileSync(join(folder, `.env.${index}`), '');
    expect(await find()).toMatchObject(failed('timeout'));
  });
});
