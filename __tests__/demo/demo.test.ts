// The demo is a test of the whole: `node dist/demo.cjs` tells the story, and exits 0 only if every line of it is so.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const program = join(process.cwd(), 'dist/demo.cjs');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guard-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function demo(args: readonly string[], { node = process.execPath, env = {} } = {}) {
  const options = { encoding: 'utf8', env: { ...process.env, ...env, TMPDIR: folder }, timeout: 60_000 } as const;
  return spawnSync(node, [program, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
}

test('the story is so, whoever tells it: an agent started this one', () => {
  const claude = join(folder, 'claude');
  symlinkSync(process.execPath, claude);
  const { status, stdout, stderr } = demo([], { node: claude, env: { CLAUDECODE: '1' } });
  expect({ stderr, broken: stdout.split('\n').filter((line) => line.includes('✗')) }).toEqual({
    stderr: '',
    broken: [],
  });
  expect(status).toBe(0);
  for (const told of ['1  Without guard', '2  With guard', '3  With guard', 'PRODUCTION', 'All of it is so.']) {
    expect(stdout).toContain(told);
  }
  expect(readdirSync(folder)).toEqual(['claude']);
});

test.each<[string, string[], RegExp]>([
  ['an argument it does not know', ['--fast'], /^Usage: /],
  ['--interactive without a terminal', ['--interactive'], /needs a terminal/],
])('%s ends with 2', (_, args, message) => {
  const { status, stderr } = demo(args);
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
});
