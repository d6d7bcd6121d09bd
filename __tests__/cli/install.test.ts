// guard install: launchers that work, and nobody's real shell replaced.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { launcherNames } from '../../src/run/launchers.ts';
import { Place } from './guard.ts';

const place = new Place();
afterAll(() => place.remove());

const install = (...args: string[]) => place.guard(['install', ...args]);
const usual = join(place.home, '.local/share/guard/bin');

test('--print writes nothing and says where', () => {
  expect(install('--print').stdout).toBe(`${usual}\n`);
  expect(install('--print', '--dir', 'mine').stdout).toBe(`${join(place.work, 'mine')}\n`);
  expect(place.guard(['install', '--print'], { env: { XDG_DATA_HOME: '/srv/data' } }).stdout).toBe(
    '/srv/data/guard/bin\n',
  );
  expect(place.guard(['install', '--print'], { env: { XDG_DATA_HOME: 'data' } }).stdout).toBe(`${usual}\n`);
  expect([existsSync(usual), existsSync(join(place.work, 'mine'))]).toEqual([false, false]);
});

test('every name is written and said, and the settings name the folder', () => {
  const { status, stdout } = install();
  expect([status, readdirSync(usual).sort()]).toEqual([0, [...launcherNames].sort()]);
  for (const name of launcherNames) expect(stdout).toContain(`wrote ${join(usual, name)}\n`);
  expect(stdout).toContain(`CLAUDE_CODE_SHELL=${usual}/bash`);
});

test('what is installed runs commands, and holds what would destroy something', () => {
  // Twice: an installation replaces the one before.
  expect([install('--dir', 'bin').status, install('--dir', 'bin').status]).toEqual([0, 0]);
  const run = (line: string) =>
    spawnSync(join(place.work, 'bin/bash'), ['-c', line], {
      cwd: place.work,
      env: place.env({ PATH: '' }),
      encoding: 'utf8',
      input: '',
    });
  expect(run('echo "orders $((40 + 2))"')).toMatchObject({ status: 0, stdout: 'orders 42\n' });
  expect(run('railway volume delete --yes')).toMatchObject({ status: 126, stdout: '' });
});

test.each([
  ['a real shell', (path: string) => writeFileSync(path, '#!/bin/sh\n')],
  ['a link to one', (path: string) => symlinkSync('/bin/bash', path)],
  ['a link that leads nowhere', (path: string) => symlinkSync('/nowhere/bash', path)],
  ['a folder', (path: string) => mkdirSync(path)],
])('%s in the way is not replaced, and nothing else is written', (name, make) => {
  const folder = join(place.work, name.replaceAll(' ', '-'));
  mkdirSync(folder);
  make(join(folder, 'bash'));
  const { status, stderr } = install('--dir', folder);
  expect([status, readdirSync(folder)]).toEqual([2, ['bash']]);
  expect(stderr).toContain(join(folder, 'bash'));
});

test('a folder that cannot be made is a failure with its path', () => {
  place.put('taken', 'a file');
  const { status, stderr } = install('--dir', 'taken/bin');
  expect(status).toBe(125);
  expect(stderr).toContain('taken');
  expect(readFileSync(join(place.work, 'taken'), 'utf8')).toBe('a file');
});
