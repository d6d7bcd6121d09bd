// Hits: deletion and overwriting judged by what really stands there.
import { describe, expect, test } from '@jest/globals';
import { memoryObserver } from '../../../src/observe/index.ts';
import type { Scene, SceneEntry } from '../../../src/observe/scene.ts';
import { detailsOf, diskOf, judged } from './judging.ts';

const kept = (tracked: number): SceneEntry => ({ type: 'folder', files: tracked, git: { tracked } });
const folder = (entry: SceneEntry = {}): SceneEntry => ({ type: 'folder', ...entry });

describe('deletion', () => {
  test.each<[command: string, disk: Scene, expected: string]>([
    ['rm -rf src', { src: kept(12) }, 'run filesystem/delete-committed'],
    ['rm -rf src', { src: folder({ git: { tracked: 12, modified: 1 } }) }, 'ask filesystem/delete-folder'],
    ['rm -rf src', { src: folder({ git: { tracked: 12, untracked: 2 } }) }, 'ask filesystem/delete-folder'],
    ['rm -rf src', { src: folder({ git: { tracked: 12, ignored: 2 } }) }, 'ask filesystem/delete-folder'],
    ['rm -rf src', { src: folder() }, 'ask filesystem/delete-folder'],
    ['rm -rf src', { src: folder({ session: true }) }, 'run filesystem/delete-new'],
    ['rm -rf src', { src: folder({ files: 0 }) }, 'run'],
    ['rm -rf src', { 'package.json': {} }, 'run'],
    ['rm orders.csv', { 'orders.csv': {} }, 'ask filesystem/delete-data'],
    ['rm orders.csv', { 'orders.csv': { git: { tracked: 1 } } }, 'run filesystem/delete-committed'],
    ['rm orders.csv', { 'orders.csv': { session: true } }, 'run filesystem/delete-new'],
    ['rm orders.csv', { 'orders.csv': { files: 0 } }, 'run'],
    ['rm -f orders.csv', { 'package.json': {} }, 'run'],
    ['rm -rf "$MISSING/"*', { src: kept(1) }, 'ask filesystem/delete-root'],
    ['rm -rf ~', { '/home/mia': folder({ session: true }) }, 'ask filesystem/delete-home'],
    ['rm -rf /etc/nginx', { src: kept(1) }, 'run'],
    ['rm -rf /etc/nginx', { '/etc/nginx': folder({ git: { tracked: 4 } }) }, 'ask filesystem/delete-system'],
    ['sudo rm -rf src', { src: kept(12) }, 'run filesystem/delete-committed'],
    ['ssh web1 rm -rf /srv/shop', { src: kept(12) }, 'ask filesystem/delete-outside'],
    ['rm .guardrc', { '.guardrc': { git: { tracked: 1 } } }, 'ask guard/delete'],
    ['mv /home/mia/photos lib && rm -rf lib', { '/home/mia/photos': folder() }, 'ask filesystem/delete-folder'],
    ['cp -r /home/mia/photos lib && rm -rf lib', { '/home/mia/photos': folder() }, 'run'],
    ['ln -s /srv/shop lib && rm lib', { src: kept(1) }, 'run'],
    ['ln -s /srv/shop lib && rm -rf lib/*', { src: kept(1) }, 'ask filesystem/delete-folder'],
    ['ln -s /home/mia lib && rm -rf lib/', { src: kept(1) }, 'ask filesystem/delete-folder'],
  ])('%s, %j', async (command, disk, expected) => expect(await judged(command, diskOf(disk))).toBe(expected));
});

describe('links, mounts and patterns', () => {
  const out: Scene = { shared: { leadsTo: '/home/mia/photos' }, '/home/mia/photos': folder() };
  test.each<[command: string, disk: Scene, expected: string]>([
    ['rm shared', out, 'run'],
    ['rm -rf shared', out, 'run'],
    ['rm -rf shared/', out, 'ask filesystem/delete-data'],
    [
      'rm -rf /tmp/shared/',
      { '/tmp/shared': { leadsTo: '/srv/shop' }, '/srv/shop': folder() },
      'ask filesystem/delete-outside',
    ],
    ['rm -rf /tmp/work', { '/tmp/work': folder() }, 'run'],
    ['rm -rf /tmp/work', { '/tmp/work': folder({ mounted: true }) }, 'ask filesystem/delete-outside'],
    ['rm -rf volume', { volume: folder({ mounted: true, files: 0 }) }, 'ask filesystem/delete-outside'],
    ['rm -rf node_modules', { node_modules: folder({ mounted: true }), 'package.json': {} }, 'run'],
    ['rm *.csv', { 'orders.csv': {}, 'package.json': {} }, 'ask filesystem/delete-data'],
    ['rm *.csv', { 'orders.csv': { session: true }, 'package.json': {} }, 'run filesystem/delete-new'],
    ['rm *.csv', { 'package.json': {} }, 'run'],
    [
      'rm -rf src/*/fixtures',
      { 'src/api/fixtures': kept(2), 'src/web/index.ts': {} },
      'run filesystem/delete-committed',
    ],
    ['rm -rf *', { src: kept(3), 'package.json': { git: { tracked: 1 } } }, 'run filesystem/delete-committed'],
    ['rm -rf *', { src: kept(3), 'notes.txt': { git: { untracked: 1 } } }, 'ask filesystem/delete-worktree'],
    ['find src -delete', { src: kept(3) }, 'run filesystem/delete-committed'],
    ['find src -delete', { src: folder({ git: { modified: 1 } }) }, 'ask filesystem/delete-folder'],
  ])('%s, %j', async (command, disk, expected) => expect(await judged(command, diskOf(disk))).toBe(expected));
});

describe('what can be made again', () => {
  const work = folder({ git: { tracked: 3, modified: 1 } });
  test.each<[command: string, disk: Scene, expected: string]>([
    ['rm -rf node_modules', { node_modules: folder(), 'package.json': {} }, 'run'],
    ['rm -rf node_modules', { 'node_modules/orders/notes.md': {} }, 'ask filesystem/delete-folder'],
    ['rm -rf node_modules', { node_modules: folder({ git: { ignored: 1 } }) }, 'run'],
    ['rm -rf target', { target: folder(), 'Cargo.toml': {} }, 'run'],
    ['rm -rf target', { 'target/CACHEDIR.TAG': {} }, 'run'],
    ['rm -rf target', { target: folder() }, 'ask filesystem/delete-folder'],
    ['rm -rf target', { target: folder({ session: true }) }, 'run filesystem/delete-new'],
    ['rm -rf .venv', { '.venv/pyvenv.cfg': {} }, 'run'],
    ['rm -rf env', { 'env/production.ini': {} }, 'ask filesystem/delete-folder'],
    ['rm -rf dist', { dist: folder(), 'package.json': {} }, 'run'],
    ['rm -rf dist', { dist: folder() }, 'run'],
    ['rm -rf build', { build: work }, 'ask filesystem/delete-folder'],
    ['rm -rf build', { build: kept(3) }, 'run filesystem/delete-committed'],
    ['rm -f build/orders.o', { build: work }, 'run'],
    ['rm -rf __pycache__ .pytest_cache', { __pycache__: folder(), '.pytest_cache': folder() }, 'run'],
    ['rm -rf logs', { logs: folder({ git: { tracked: 0, ignored: 0 } }) }, 'ask filesystem/delete-folder'],
  ])('%s, %j', async (command, disk, expected) => expect(await judged(command, diskOf(disk))).toBe(expected));

  test.each([
    ['rm -rf generated', ['generated'], 'run'],
    ['rm -rf web/assets', ['web/assets'], 'run'],
    ['rm -rf api/orders.pb.go', ['*.pb.go'], 'run'],
    ['rm -rf generated', ['web/generated'], 'ask filesystem/delete-folder'],
    ['rm -rf /srv/shop/generated', ['generated'], 'ask filesystem/delete-outside'],
    ['rm -rf .git', ['.git'], 'ask filesystem/delete-data'],
  ])('%s with %j in the configuration', async (command, rebuildable, expected) => {
    expect(await judged(command, memoryObserver(undefined), { rebuildable })).toBe(expected);
  });
});

describe('repositories', () => {
  test.each<[entry: SceneEntry, expected: string]>([
    [{ repository: { unpushed: 1 } }, 'ask filesystem/delete-folder filesystem/delete-repository'],
    [{ repository: { uncommitted: 1 } }, 'ask filesystem/delete-folder filesystem/delete-repository'],
    [{ repository: { stashed: true } }, 'ask filesystem/delete-folder filesystem/delete-repository'],
    [{ repository: {} }, 'ask filesystem/delete-folder'],
    [{ repository: { unpushed: 1 }, session: true }, 'run filesystem/delete-new'],
  ])('%j', async (entry, expected) => {
    expect(await judged('rm -rf billing', diskOf({ billing: folder(entry) }))).toBe(expected);
  });
});

describe('overwriting', () => {
  const old: Scene = { 'orders.csv': {}, 'notes.txt': {}, 'app.py': {}, '.env': {}, 'shop.sqlite': {} };
  const copied = { 'orders.csv': { git: { tracked: 1 } }, 'notes.txt': { session: true } };
  test.each<[command: string, disk: Scene, expected: string]>([
    ['./export > orders.csv', old, 'ask filesystem/overwrite-data'],
    ['./export > totals.csv', old, 'run'],
    ['./export > orders.csv', copied, 'run'],
    ['./export >> orders.csv', old, 'run'],
    ['cp other.sqlite shop.sqlite', old, 'ask filesystem/overwrite-data'],
    ['cp -n other.sqlite shop.sqlite', old, 'run'],
    ['mv other.sqlite shop.sqlite', old, 'ask filesystem/overwrite-data'],
    ['install -m 600 prod.env .env', old, 'ask filesystem/overwrite-data'],
    ['ln -sf prod.env .env', old, 'ask filesystem/overwrite-data'],
    ['ln -s prod.env .env', old, 'run'],
    ['dd if=/dev/zero of=shop.sqlite bs=1M count=1', old, 'ask filesystem/overwrite-data'],
    ['rsync web1:/srv/shop.sqlite shop.sqlite', old, 'ask filesystem/overwrite-data'],
    ['rsync web1:/srv/shop.sqlite ./', old, 'ask filesystem/overwrite-data'],
    ['rsync shop.sqlite web1:/srv/shop.sqlite', old, 'run'],
    ['scp web1:/srv/shop.sqlite .', old, 'ask filesystem/overwrite-data'],
    ['tar -xf release.tar shop.sqlite', old, 'ask filesystem/overwrite-data'],
    ['tar -xkf release.tar shop.sqlite', old, 'run'],
    ['tar -tf release.tar shop.sqlite', old, 'run'],
    ['unzip -o release.zip shop.sqlite', old, 'ask filesystem/overwrite-data'],
    ['unzip release.zip shop.sqlite', old, 'run'],
    ['unzip -o release.zip -d web', { web: folder() }, 'run filesystem/overwrite-file'],
    ['unzip -o release.zip -d web', { web: folder({ files: 0 }) }, 'run'],
    ['sed -i s/a/b/ .env', old, 'run filesystem/overwrite-file'],
    ['sed -i s/a/b/ app.py', old, 'run'],
    ['cat > app.py <<< "print(1)"', old, 'run filesystem/overwrite-file'],
    ['cat > notes.txt <<< done', copied, 'run'],
    ['cp orders.csv old.csv && sort old.csv > orders.csv', old, 'run'],
    ['cp staging.csv fixtures', { fixtures: folder(), 'fixtures/staging.csv': {} }, 'ask filesystem/overwrite-data'],
    ['truncate -s 0 orders.csv', old, 'ask filesystem/empty-file'],
    ['truncate -s 0 orders.csv', copied, 'run filesystem/delete-committed'],
    [': > notes.txt', copied, 'run filesystem/delete-new'],
    ['echo x > /dev/null', old, 'run'],
    ['echo x > /tmp/orders.csv', { '/tmp/orders.csv': {} }, 'run'],
  ])('%s, %j', async (command, disk, expected) => expect(await judged(command, diskOf(disk))).toBe(expected));
});

describe('files that are moved to one name', () => {
  const disk: Scene = { 'a.csv': {}, 'b.csv': {}, archive: folder() };
  test.each([
    ['mv a.csv b.csv archive/', 'run'],
    ['mv a.csv b.csv old/', 'ask filesystem/move-onto-one'],
    ['mv -t old a.csv b.csv', 'ask filesystem/move-onto-one'],
    ['mv *.csv old', 'ask filesystem/move-onto-one'],
    ['for f in a.csv b.csv; do mv "$f" old; done', 'ask filesystem/move-onto-one'],
    ['mkdir -p old && mv a.csv b.csv old/', 'run'],
    ['mv a.csv c.csv', 'run'],
  ])('%s', async (command, expected) => expect(await judged(command, diskOf(disk))).toBe(expected));
});

describe('git commands that find nothing to throw away', () => {
  const clean: Scene = { 'src/app.ts': { git: { tracked: 1 } }, '/srv/orders': folder({ git: { tracked: 1 } }) };
  const dirty: Scene = {
    'src/app.ts': { git: { tracked: 1, modified: 1 } },
    '/srv/orders': folder({ git: { tracked: 1, modified: 1, untracked: 1 } }),
  };
  test.each([
    ['git checkout src/app.ts', 'run', 'ask git/discard-changes'],
    ['git restore src/app.ts', 'run', 'ask git/discard-changes'],
    ['git checkout HEAD -- src/app.ts', 'run', 'ask git/discard-changes'],
    ['git reset --hard', 'run', 'ask git/discard-changes'],
    ['git clean -fd', 'run', 'ask git/clean'],
    ['git reset --hard HEAD~3', 'ask git/discard-changes', 'ask git/discard-changes'],
    ['git -C ../shop checkout src/app.ts', 'ask git/discard-changes', 'ask git/discard-changes'],
  ])('%s', async (command, inClean, inDirty) => {
    expect(await judged(command, diskOf(clean))).toBe(inClean);
    expect(await judged(command, diskOf(dirty))).toBe(inDirty);
  });
});

describe('where nothing of the disk is known, the text decides', () => {
  test.each([
    ['rm -rf src', 'ask filesystem/delete-folder'],
    ['rm orders.csv', 'ask filesystem/delete-data'],
    ['rm -rf node_modules', 'run'],
    ['./export > orders.csv', 'run'],
    ['sed -i s/a/b/ .env', 'run'],
    ['ln -sf python3.12 /usr/bin/python3', 'run'],
    ['mv a.csv b.csv old/', 'run'],
    ['git checkout src/app.ts', 'ask git/discard-changes'],
  ])('%s', async (command, expected) => expect(await judged(command, memoryObserver({}))).toBe(expected));
});

test.each<[command: string, disk: Scene, claim: string]>([
  ['rm -rf src', { src: folder({ files: 12, git: { tracked: 9, untracked: 3 } }) }, '12 files, 3 not committed'],
  ['rm -rf src', { src: kept(12) }, '12 files, all committed'],
  ['rm -rf src', { src: folder({ files: 12 }) }, 'git keeps nothing of it'],
  ['rm -rf src/', { src: { leadsTo: '/srv/shop' }, '/srv/shop': folder() }, 'is where /srv/orders/src leads'],
  ['rm -rf src', { src: folder({ mounted: true }) }, 'reaches a mounted disk at /srv/orders/src'],
  ['rm -rf src', { src: folder({ session: true }) }, 'made since the agent was started'],
])('a human is told of %s, %j', async (command, disk, claim) => {
  expect(await detailsOf(command, diskOf(disk))).toContain(claim);
});
