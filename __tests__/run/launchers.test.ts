// Installed launchers: what is filled in, and that a file is replaced as a whole or not at all.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { bakeLauncher, launcherNames, writeLaunchers } from '../../src/run/launchers.ts';

const folder = mkdtempSync(join(tmpdir(), 'guard-launchers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const repository = join(import.meta.dirname, '..', '..');
const paths = { node: '/usr/bin/node', dist: join(repository, 'dist') };

test.each([
  ['a plain path', '/usr/bin/node'],
  ['spaces', '/opt/a b/node'],
  ['quotes', `/opt/it's "quoted"/node`],
  ['what bash would expand', '/opt/$HOME/`id`/$(id)/node'],
  ['what replace would expand', "/opt/$&/$'/node"],
  ['a backslash', '/opt/a\\b/node'],
])('%s comes back out as it went in', (_, node) => {
  const launcher = bakeLauncher('#\n_guard_node=\n_guard_dist=\n', { ...paths, node });
  const { stdout } = spawnSync('/bin/bash', ['-c', `${launcher}printf %s "$_guard_node"`], { encoding: 'utf8' });
  expect(stdout).toBe(node);
});

test.each([
  ['a relative Node', '#\n_guard_node=\n_guard_dist=\n', { ...paths, node: 'node' }],
  ['a relative folder', '#\n_guard_node=\n_guard_dist=\n', { ...paths, dist: 'dist' }],
  ['a launcher without a place for it', '#\n_guard_dist=\n', paths],
])('%s is an error', (_, launcher, wrong) => {
  expect(() => bakeLauncher(launcher, wrong)).toThrow();
});

test('all names are written, executable, and nothing else is left in the folder', () => {
  const target = join(folder, 'bin');
  writeLaunchers(target, paths);
  writeLaunchers(target, paths);
  expect(readdirSync(target).sort()).toEqual([...launcherNames].sort());
  expect(launcherNames.map((name) => statSync(join(target, name)).mode & 0o777)).toEqual(
    launcherNames.map(() => 0o755),
  );
});

test('a place that is taken by a folder is an error and leaves nothing half done', () => {
  const target = join(folder, 'taken');
  mkdirSync(join(target, 'guard-sh', 'inside'), { recursive: true });
  expect(() => writeLaunchers(target, paths)).toThrow();
  expect(readdirSync(target)).toEqual(['guard-sh']);
});

test('an older launcher is replaced', () => {
  const target = join(folder, 'older');
  mkdirSync(target);
  writeFileSync(join(target, 'bash'), 'old', { mode: 0o600 });
  writeLaunchers(target, paths);
  expect(readFileSync(join(target, 'bash'), 'utf8')).toContain("_guard_node='/usr/bin/node'");
});
