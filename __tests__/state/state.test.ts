// guard's own folders and files: where they are, that they are private, and what is refused.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { StateError } from '../../src/state/error.ts';
import { createPrivate, readPrivate, removeIfPresent, writePrivate } from '../../src/state/files.ts';
import { cacheFolder, configFolder, ensureFolder, homeFolder, stateFolder } from '../../src/state/folders.ts';
import { scratchFolder, writeTree } from './scratch.ts';

const scratch = scratchFolder();
const modeOf = (path: string): number => statSync(path).mode & 0o777;
const problemOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof StateError ? error.problem : `unexpected: ${String(error)}`;
  }
};

describe('base folders', () => {
  const home = '/home/ana';
  test.each([
    ['state by default', stateFolder, { HOME: home }, '/home/ana/.local/state/guard'],
    ['config by default', configFolder, { HOME: home }, '/home/ana/.config/guard'],
    ['cache by default', cacheFolder, { HOME: home }, '/home/ana/.cache/guard'],
    ['XDG_STATE_HOME', stateFolder, { HOME: home, XDG_STATE_HOME: '/data/state' }, '/data/state/guard'],
    ['XDG_CONFIG_HOME', configFolder, { HOME: home, XDG_CONFIG_HOME: '/data/config' }, '/data/config/guard'],
    ['XDG_CACHE_HOME', cacheFolder, { HOME: home, XDG_CACHE_HOME: '/data/cache' }, '/data/cache/guard'],
    ['a relative XDG variable', stateFolder, { HOME: home, XDG_STATE_HOME: 'state' }, '/home/ana/.local/state/guard'],
    ['an empty XDG variable', stateFolder, { HOME: home, XDG_STATE_HOME: '' }, '/home/ana/.local/state/guard'],
  ])('%s', (_, folderOf, env, expected) => {
    expect(folderOf(env)).toBe(expected);
  });

  test('a relative HOME gives way to the user database', () => {
    expect(homeFolder({ HOME: 'somewhere' })).toMatch(/^\//);
  });
});

describe('ensureFolder', () => {
  test('makes a folder and its parents 0700', () => {
    const path = join(scratch, 'new/state/guard');
    ensureFolder(path);
    expect([modeOf(path), modeOf(join(scratch, 'new/state')), modeOf(join(scratch, 'new'))]).toEqual([
      0o700, 0o700, 0o700,
    ]);
  });

  test('takes a folder that is there', () => {
    const path = join(scratch, 'there');
    mkdirSync(path, { mode: 0o755 });
    expect(problemOf(() => ensureFolder(path))).toBeUndefined();
  });

  test('refuses a link', () => {
    const path = join(scratch, 'linked');
    symlinkSync(scratch, path);
    expect(problemOf(() => ensureFolder(path))).toBe('unsafe');
  });

  test('refuses a dangling link', () => {
    const path = join(scratch, 'dangling');
    symlinkSync(join(scratch, 'nowhere'), path);
    expect(problemOf(() => ensureFolder(path))).toBe('unsafe');
  });

  test('refuses a file', () => {
    writeTree(scratch, { 'a-file': '' });
    expect(problemOf(() => ensureFolder(join(scratch, 'a-file')))).toBe('unsafe');
    expect(problemOf(() => ensureFolder(join(scratch, 'a-file/below')))).toBe('unsafe');
  });

  test('refuses a folder that others may write in', () => {
    const path = join(scratch, 'shared');
    mkdirSync(path);
    chmodSync(path, 0o777);
    expect(problemOf(() => ensureFolder(path))).toBe('unsafe');
  });

  test("refuses somebody else's folder", () => {
    expect(problemOf(() => ensureFolder(foreignFolder()))).toBe('unsafe');
  });
});

/** Root can give a folder away; anybody else finds one of root's. */
function foreignFolder(): string {
  if (process.getuid?.() !== 0) return '/usr';
  const path = join(scratch, 'foreign');
  mkdirSync(path);
  execFileSync('chown', ['65534', path]);
  return path;
}

describe('private files', () => {
  test('are written whole, 0600, and leave nothing beside them', () => {
    const folder = join(scratch, 'pending');
    ensureFolder(folder);
    const path = join(folder, 'request.json');
    writePrivate(path, '{"id":1}');
    writePrivate(path, '{"id":2}');
    expect([readFileSync(path, 'utf8'), modeOf(path), readdirSync(folder)]).toEqual([
      '{"id":2}',
      0o600,
      ['request.json'],
    ]);
  });

  test('are read back, and a missing one is undefined', () => {
    const path = join(scratch, 'orders.json');
    writePrivate(path, 'orders');
    expect([readPrivate(path, 100)?.toString(), readPrivate(join(scratch, 'missing'), 100)]).toEqual([
      'orders',
      undefined,
    ]);
  });

  test('a failed write leaves no temporary file', () => {
    const folder = join(scratch, 'failed');
    mkdirSync(join(folder, 'target'), { recursive: true });
    expect(problemOf(() => writePrivate(join(folder, 'target'), 'x'))).toBe('unsafe');
    expect(readdirSync(folder)).toEqual(['target']);
  });

  test('a spool is created once', () => {
    const path = join(scratch, 'spool');
    expect(createPrivate(path)).toBeGreaterThan(2);
    expect([modeOf(path), problemOf(() => createPrivate(path))]).toEqual([0o600, 'io']);
  });

  test('removing what is not there is fine', () => {
    expect(problemOf(() => removeIfPresent(join(scratch, 'missing')))).toBeUndefined();
  });

  const folder = join(scratch, 'hostile');
  mkdirSync(folder);
  writeFileSync(join(folder, 'real'), 'x'.repeat(200));
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
  writeFileSync(join(folder, 'hard'), '');
  linkSync(join(folder, 'hard'), join(folder, 'hard-too'));
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  test.each([
    ['a symbolic link is not read', () => readPrivate(join(folder, 'link'), 1000), 'unsafe'],
    ['a symbolic link is not replaced', () => writePrivate(join(folder, 'link'), ''), 'unsafe'],
    ['a link loop is not read', () => readPrivate(join(folder, 'loop'), 1000), 'unsafe'],
    ['a hard link is not read', () => readPrivate(join(folder, 'hard'), 1000), 'unsafe'],
    ['a FIFO is not read, and does not hang', () => readPrivate(join(folder, 'fifo'), 1000), 'unsafe'],
    ['a folder is not read', () => readPrivate(folder, 1000), 'unsafe'],
    ['more than the bound is not read', () => readPrivate(join(folder, 'real'), 199), 'too-large'],
    ['exactly the bound is read', () => readPrivate(join(folder, 'real'), 200), undefined],
  ])('%s', (_, act, problem) => {
    expect(problemOf(act)).toBe(problem);
  });
});
