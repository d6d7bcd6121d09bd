// `run` with a real shell: status, signals, positionals, and a shell that does not start.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mintPermit } from '../../src/core/model/verdict.ts';
import { run } from '../../src/run/run.ts';

const permit = (source: string) => mintPermit(source, 'policy');

describe('outcomes', () => {
  const outcomes: [string, number, string | undefined][] = [
    ['true', 0, undefined],
    ['exit 3', 3, undefined],
    ['exit 255', 255, undefined],
    ['no-such-program-here 2>/dev/null', 127, undefined],
    ['kill -TERM $$', 143, 'SIGTERM'],
    ['kill -KILL $$', 137, 'SIGKILL'],
    ['kill -INT $$', 130, 'SIGINT'],
    ['(kill -TERM $BASHPID); exit $?', 143, undefined],
    ['[ "$0" = /bin/bash ] && exit 4', 4, undefined],
  ];
  test.each(outcomes)('%s', async (source, code, signal) => {
    expect(await run(permit(source), { path: '/bin/bash' })).toEqual({ code, signal, problem: undefined });
  });

  test('options, name and positionals', async () => {
    const shell = { path: '/bin/bash', options: ['-e'], name: 'deploy', positionals: ['acme', 'prod'] };
    expect(
      (await run(permit('[ "$0 $1 $2 $#" = "deploy acme prod 2" ]; case $- in *e*) exit 7; esac'), shell)).code,
    ).toBe(7);
  });

  test('a shell that is not there', async () => {
    expect(await run(permit('true'), { path: '/nonexistent/bash' })).toMatchObject({
      code: 127,
      problem: expect.any(String),
    });
  });

  test('a shell that cannot be executed', async () => {
    expect(await run(permit('true'), { path: '/etc/passwd' })).toMatchObject({
      code: 126,
      problem: expect.any(String),
    });
  });
});

describe('in a process of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guard-run-'));
  const program = join(folder, 'run.cjs');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(() => {
    const root = join(import.meta.dirname, '..', '..');
    const entry = `import { run } from ${JSON.stringify(join(root, 'src/run/run.ts'))};
      run({ source: process.argv[2] }, { path: '/bin/bash' }).then(({ code }) => { process.exitCode = code; });`;
    const options = ['--bundle', '--platform=node', '--format=cjs', '--log-level=error', `--outfile=${program}`];
    const { status } = spawnSync(join(root, 'node_modules/.bin/esbuild'), options, { input: entry, cwd: root });
    if (status !== 0) throw new Error('run.ts did not build');
  });

  test('stdin, stdout and stderr are the callers', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [program, 'cat; echo err >&2'], {
      input: 'one',
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'one', stderr: 'err\n' });
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGUSR1'] as const)('%s reaches the command', async (signal) => {
    const source = `trap 'exit 9' ${signal}; echo ready; for n in {1..200}; do sleep 0.02; done`;
    const child = spawn(process.execPath, [program, source], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([9, null]);
  });
});
