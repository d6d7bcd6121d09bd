// guard run: what is run is what was given, refusals run nothing, and the log has the decision and the result.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Place, program, rowsOf } from './guard.ts';

const place = new Place();
afterAll(() => place.remove());

const run = (...args: string[]) => place.guard(['run', ...args]);

describe('words', () => {
  const cases: readonly (readonly [name: string, words: readonly string[]])[] = [
    ['spaces', ['a b', ' c ']],
    ['nothing', ['']],
    ['quotes', [`it's`, '"x"', `'"'`]],
    ['what a shell expands', ['$HOME', '`id`', '$(id)', '~', '*', '{a,b}', '!x', `!'x`, 'a=b', '#x']],
    ['what separates', [';', '&&', '|', '>out', '<in', '(x)']],
    ['a backslash and a newline', ['a\\b', 'a\nb']],
    ['letters of any language', ['ordres supprimés', '注文']],
  ];
  const all = cases.flatMap(([, words]) => words);
  const { status, stdout } = run('--', 'printf', '%s\\0', ...all);
  const arrived = stdout.split('\0').slice(0, -1);

  test('as many arrive as were given', () => {
    expect([status, arrived.length]).toEqual([0, all.length]);
  });

  test.each(cases)('%s: %j', (_, words) => {
    expect(words.map((word) => arrived[all.indexOf(word)])).toEqual(words);
  });

  test('one word is a command line for the shell', () => {
    expect(run('for word in a b; do echo "$word"; done | tac').stdout).toBe('b\na\n');
  });

  test("options behind the command are the command's", () => {
    expect(run('printf', '%s', '--scope').stdout).toBe('--scope');
  });
});

describe('exit codes', () => {
  test.each([
    ['exit 7', 7],
    ['no-such-program-of-acme', 127],
    ['kill -KILL $$', 137],
  ])('%s gives %i', (line, code) => {
    expect(run(line).status).toBe(code);
  });

  test('a shell that is none ends with 2, and nothing is run', () => {
    const { status, stdout } = place.guard(['run', 'echo ran'], { env: { GUARD_SHELL: '/nowhere/bash' } });
    expect([status, stdout]).toEqual([2, '']);
  });
});

test('standard input goes to the command, byte by byte', () => {
  const input = Buffer.from(Array.from({ length: 1 << 16 }, (_, index) => index % 256));
  const { stdout } = place.guard(['run', '--', 'sha256sum'], { input });
  expect(stdout.split(' ')[0]).toBe(createHash('sha256').update(input).digest('hex'));
});

test('a signal for guard is handed to the command', async () => {
  const child = spawn(
    process.execPath,
    [program, 'run', `trap 'echo stopped; exit 9' TERM; echo ready; while :; do sleep 0.05; done`],
    {
      cwd: place.work,
      env: place.env(),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    if (data.toString().includes('ready')) child.kill('SIGTERM');
  });
  const [code] = (await once(child, 'close')) as [number];
  expect([code, said]).toEqual([9, 'ready\nstopped\n']);
});

describe('what would destroy something', () => {
  const shop = new Place();
  afterAll(() => shop.remove());
  // A program of that name that only says that it was called.
  shop.put('bin/railway', '#!/bin/sh\ntouch called\n');
  const env = { PATH: `${join(shop.work, 'bin')}:${process.env.PATH}` };
  const { status, stdout, stderr } = shop.guard(['run', '--', 'railway', 'volume', 'delete', '--yes'], { env });

  test('is refused without a human, and nothing of it is run', () => {
    expect([status, stdout, existsSync(join(shop.work, 'called'))]).toEqual([126, '', false]);
    expect(stderr).toContain('railway volume delete --yes');
  });

  test('stands in the log as it was decided', () => {
    const records = rowsOf(shop.guard(['audit', '--json']).stdout);
    expect(records).toMatchObject([
      { type: 'decision', command: 'railway volume delete --yes', cwd: shop.work, verdict: 'ask', answer: 'no-human' },
    ]);
  });

  test('runs where the table lets it, and the log has decision and result', () => {
    shop.put('../.config/guard/config.yaml', 'decisions: { critical: { unknown: run } }\n');
    shop.put('bin/railway', '#!/bin/sh\nexit 5\n');
    const ended = shop.guard(['run', 'sh bin/railway volume delete; railway volume delete --yes || exit 6'], { env });
    expect([ended.status, ended.stderr.includes('refused')]).toEqual([6, false]);
    const [, decision, result] = rowsOf(shop.guard(['audit', '--json']).stdout);
    expect(decision).toMatchObject({ type: 'decision', verdict: 'run' });
    expect(result).toMatchObject({ type: 'result', request: decision?.request, exitCode: 6 });
  });
});

describe('--scope', () => {
  const shop = new Place();
  shop.put('.guardrc', 'scope: [staging, development]\n');
  afterAll(() => shop.remove());

  test.each([
    ['staging', 0],
    ['production', 2],
  ])('%s within a configured scope of staging and development ends with %i', (scope, code) => {
    expect(shop.guard(['run', '--scope', scope, 'echo ran']).status).toBe(code);
  });

  test('any is allowed where none is configured', () => {
    expect(run('--scope', 'production', 'echo ran').status).toBe(0);
  });
});
