// The disk: what stands at a path itself, and what folders hold, counted and bounded.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, Query } from '../../src/core/model/observation.ts';
import { mountsIn } from '../../src/observe/disk.ts';
import { memoryObserver, observer } from '../../src/observe/index.ts';

let top: string;
const observe = observer({ lookups: false });
const at = (name: string) => join(top, name);

beforeAll(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'guard-disk-')));
  mkdirSync(at('shop/src'), { recursive: true });
  mkdirSync(at('shop/empty'));
  mkdirSync(at('shop/.git/objects'), { recursive: true });
  writeFileSync(at('shop/src/app.ts'), 'export {};\n');
  writeFileSync(at('shop/src/.gitkeep'), '');
  writeFileSync(at('orders.csv'), 'id\n');
  utimesSync(at('orders.csv'), 1, 1);
  symlinkSync('shop', at('link'));
  symlinkSync('gone', at('broken'));
});
afterAll(() => rmSync(top, { recursive: true }));

describe('what stands at a path', () => {
  test.each<[string, object]>([
    ['orders.csv', { type: 'file', size: 3, mounts: [] }],
    ['shop', { type: 'folder' }],
    ['link', { type: 'link' }],
    ['broken', { type: 'link', leadsTo: undefined }],
  ])('%s', async (name, expected) => {
    expect(await observe({ kind: 'entry', path: at(name) })).toMatchObject({
      kind: 'entry',
      real: at(name),
      ...expected,
    });
  });

  test.each<[string, string, string | undefined]>([
    ['link', 'link', 'shop'],
    ['link/src', 'shop/src', undefined],
    ['link/../orders.csv', 'orders.csv', undefined],
  ])('%s is %s and leads to %s', async (name, real, leadsTo) => {
    const answer = await observe({ kind: 'entry', path: `${top}/${name}` });
    expect(answer).toMatchObject({ real: at(real), leadsTo: leadsTo && at(leadsTo) });
  });

  test.each(['gone', 'orders.csv/x', 'broken/x'])('nothing at %s', async (name) => {
    expect(await observe({ kind: 'entry', path: at(name) })).toEqual({ kind: 'absent' });
  });

  test('a file was born when it was made, whatever its times say', async () => {
    const answer = (await observe({ kind: 'entry', path: at('orders.csv') })) as Extract<Answer, { kind: 'entry' }>;
    // A file system that does not keep it gives nothing.
    expect(answer.born ?? Date.now()).toBeGreaterThan(Date.now() - 3_600_000);
  });
});

describe('a survey', () => {
  const survey = async (...names: string[]) =>
    (await observe({ kind: 'survey', paths: names.map(at) })) as Extract<Answer, { kind: 'survey' }>;

  test('counts files with something in them, and a repository once', async () => {
    const answer = await survey('shop', 'orders.csv');
    expect(answer).toMatchObject({ files: 3, complete: true, repositories: [at('shop')] });
    expect([...answer.names].sort()).toEqual([at('orders.csv'), at('shop/.git'), at('shop/src/app.ts')]);
  });
  test.each([['shop/empty'], ['link'], ['broken'], ['gone'], ['shop/src/.gitkeep']])(
    'finds nothing in %s',
    async (name) => {
      expect(await survey(name)).toMatchObject({ files: 0, complete: true });
    },
  );
  test('ends at its bound', async () => {
    const many = at('many');
    mkdirSync(many);
    for (let index = 0; index < 5_100; index += 1) writeFileSync(join(many, String(index)), '1');
    const answer = await survey('many');
    expect(answer.complete).toBe(false);
    expect(answer.names.length).toBeLessThanOrEqual(200);
  });
});

describe('the mount table', () => {
  const table = [
    '22 1 8:1 / / rw - ext4 /dev/sda1 rw',
    '30 22 0:20 / /proc rw - proc proc rw',
    '31 22 8:2 / /srv/orders\\040db rw - xfs /dev/sdb1 rw',
    '32 22 0:30 / /srv/cache rw - tmpfs tmpfs rw',
    '33 22 0:31 / /srv/shop/data rw shared:1 - fuse.sshfs web1: rw',
  ].join('\n');
  test.each([
    ['/srv/orders db', ['/srv/orders db']],
    ['/srv', ['/srv/orders db', '/srv/shop/data']],
    ['/srv/shop', ['/srv/shop/data']],
    ['/srv/shop/data/x', []],
    ['/srv/sho', []],
    ['/srv/cache', []],
  ])('below %s', (path, expected) => expect(mountsIn(table, path)).toEqual(expected));
});

describe('without a scene nothing is said of a disk', () => {
  const queries: Query[] = [
    { kind: 'entry', path: '/srv/orders' },
    { kind: 'survey', paths: ['/srv/orders'] },
    { kind: 'git-paths', paths: ['/srv/orders'] },
    { kind: 'repository', path: '/srv/orders' },
    { kind: 'session' },
  ];
  test.each(queries)('$kind', async (query) => {
    expect(await memoryObserver({ '/srv/orders/a.sh': 'ls' })(query)).toMatchObject({ kind: 'failed', reason: 'off' });
  });
});
