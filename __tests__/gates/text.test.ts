// The gate over all committed text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { repositoryFiles, root, show } from './sources.ts';
import { textViolations } from './text.ts';

test('no file names one machine, a registry host or something to be done later', () => {
  const files = repositoryFiles();
  expect(files).toContain('package.json');
  expect(show(files.flatMap((path) => textViolations(path, readFileSync(join(root, path), 'utf8'))))).toEqual([]);
});

describe('planted text is caught', () => {
  test.each([
    [['', 'work', 'orders'].join('/')],
    [`https://${['registry', 'npmjs', 'org'].join('.')}/unbash`],
    [`// ${'TO'}${'DO'}: later`],
    [`  # ${'FIX'}${'ME'} later`],
    [`/* ${'TO'}${'DO'} */`],
    [`<!-- ${'TO'}${'DO'} -->`],
  ])('%s', (text) => {
    expect(textViolations('src/planted.ts', text)).toHaveLength(1);
  });
});

describe('ordinary text is left alone', () => {
  test.each([
    ['grep -rn TODO src'],
    ['cd /workspace/orders'],
    ['npm publish --dry-run'],
    ['/home/dev/work'],
    ['rm -rf /root/*'],
  ])('%s', (text) => {
    expect(textViolations('src/planted.ts', text)).toEqual([]);
  });
});
