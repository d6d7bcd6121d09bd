// Which shell guard becomes: the order of wishes, the names it was called by, and every way not to find one.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { writeLaunchers } from '../../src/run/launchers.ts';
import { findRealShell, isLauncher, shellNameOf } from '../../src/run/real-shell.ts';

const folder = mkdtempSync(join(tmpdir(), 'guard-shell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (...parts: string[]) => join(folder, ...parts);
const repository = join(import.meta.dirname, '..', '..');
for (const part of ['system', 'more', 'empty', 'folder/bash', 'links', 'looped'])
  mkdirSync(at(part), { recursive: true });
for (const path of ['system/bash', 'system/sh', 'more/zsh', 'more/bash', 'bash-5.2', 'fish']) {
  writeFileSync(at(path), '#!/bin/sh\n', { mode: 0o755 });
}
writeFileSync(at('plain'), 'text');
writeFileSync(at('empty', 'bash'), '#!/bin/sh\n', { mode: 0o644 });
copyFileSync(join(repository, 'bin', 'guard-sh'), at('looped', 'bash'));
chmodSync(at('looped', 'bash'), 0o755);
symlinkSync(at('looped', 'bash'), at('links', 'to-guard'));
symlinkSync(at('system', 'bash'), at('links', 'bash'));
symlinkSync('circle', at('links', 'circle'));
writeLaunchers(at('installed'), { node: process.execPath, dist: join(repository, 'dist') });

const find = (calledAs: string, variable?: string, configured?: string, places = [at('system'), at('more')]) =>
  findRealShell({ variable, configured, calledAs }, places);

describe('found', () => {
  const found: [string, ReturnType<typeof find>, string, string][] = [
    ['by name', find('bash'), at('system/bash'), 'system'],
    ['by name in a later folder', find('zsh'), at('more/zsh'), 'system'],
    ['guard-zsh is zsh', find('guard-zsh'), at('more/zsh'), 'system'],
    ['sh is sh', find('sh'), at('system/sh'), 'system'],
    ['guard-sh is bash', find('/usr/local/bin/guard-sh'), at('system/bash'), 'system'],
    ['GUARD_SHELL comes first', find('bash', at('more/zsh'), at('more/bash')), at('more/zsh'), 'GUARD_SHELL'],
    ['the configuration comes second', find('zsh', undefined, at('more/bash')), at('more/bash'), 'configuration'],
    ['an empty GUARD_SHELL is none', find('bash', ''), at('system/bash'), 'system'],
    ['through a link', find('bash', at('links/bash')), at('links/bash'), 'GUARD_SHELL'],
    ['with a version in its name', find('bash', at('bash-5.2')), at('bash-5.2'), 'GUARD_SHELL'],
    [
      'past a place that holds guard',
      find('bash', undefined, undefined, [at('looped'), at('system')]),
      at('system/bash'),
      'system',
    ],
    [
      'past one that cannot be executed',
      find('bash', undefined, undefined, [at('empty'), at('more')]),
      at('more/bash'),
      'system',
    ],
  ];
  test.each(found)('%s', (_, shell, path, source) => {
    expect(shell).toEqual({ kind: 'found', path, source });
  });

  test('on this machine, without a word from the caller', () => {
    expect(findRealShell({ variable: undefined, configured: undefined, calledAs: 'guard-sh' }).kind).toBe('found');
  });
});

describe('missing', () => {
  const missing: [string, ReturnType<typeof find>, string][] = [
    ['a name without folders', find('bash', 'bash'), 'not-absolute'],
    ['nothing there', find('bash', at('nothing')), 'not-found'],
    ['a link onto itself', find('bash', at('links/circle')), 'not-found'],
    ['a folder', find('bash', at('folder/bash')), 'directory'],
    ['a device', find('bash', '/dev/null'), 'not-executable'],
    ['a file that cannot be executed', find('bash', at('empty/bash')), 'not-executable'],
    ['another shell', find('bash', at('fish')), 'unsupported'],
    ['guard itself', find('bash', at('looped/bash')), 'guard-itself'],
    ['guard itself through a link', find('bash', at('links/to-guard')), 'guard-itself'],
    ['guard itself as it was installed', find('bash', at('installed/zsh')), 'guard-itself'],
    ['guard itself from the configuration', find('bash', undefined, at('installed/bash')), 'guard-itself'],
    ['nothing but guard on the system', find('bash', undefined, undefined, [at('looped')]), 'guard-itself'],
    ['no such shell on the system', find('zsh', undefined, undefined, [at('system')]), 'not-found'],
    ['a wish that fails is not replaced', find('bash', at('nothing'), at('more/bash')), 'not-found'],
  ];
  test.each(missing)('%s', (_, shell, problem) => {
    expect(shell).toMatchObject({ kind: 'missing', problem });
  });
});

test.each([
  ['bash', 'bash'],
  ['zsh', 'zsh'],
  ['sh', 'sh'],
  ['guard-bash', 'bash'],
  ['guard-zsh', 'zsh'],
  ['guard-sh', 'bash'],
  ['/opt/guard/bin/zsh', 'zsh'],
  ['anything', 'bash'],
])('called as %s it stands for %s', (calledAs, name) => {
  expect(shellNameOf(calledAs)).toBe(name);
});

test.each([
  ['the launcher', join(repository, 'bin', 'guard-sh'), true],
  ['an installed launcher', at('installed', 'bash'), true],
  ['bash', '/bin/bash', false],
  ['a text', at('plain'), false],
  ['a folder', at('system'), false],
  ['nothing', at('nothing'), false],
])('%s is recognised', (_, path, is) => {
  expect(isLauncher(path)).toBe(is);
});
