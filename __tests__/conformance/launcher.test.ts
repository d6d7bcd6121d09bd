// The launcher's own contract, with evaluators in so many words: what counts as a yes, that all else is a no, and what
// happens to the question when somebody ends the launcher.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { writeLaunchers } from '../../src/run/launchers.ts';
import { callerEnv, fillBundle, fillWith, type Installation, install } from './harness.ts';

const installations: Installation[] = [];
afterAll(() => {
  for (const { remove } of installations) remove();
});

function installWith(fill: (dist: string) => void): Installation {
  const guard = install(fill);
  installations.push(guard);
  return guard;
}

/** Calls the launcher; the command leaves a file behind where it runs. */
function call(guard: Installation, name = 'guard-sh', env: NodeJS.ProcessEnv = {}) {
  const work = mkdtempSync(join(guard.folder, 'work', 'w-'));
  const { status, stdout, stderr } = spawnSync(guard.launcher(name), ['-c', 'echo ran >ran; exit 3'], {
    cwd: work,
    env: { ...callerEnv(guard.folder), ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr, ran: existsSync(join(work, 'ran')) };
}

const say = (text: string) => `process.stdout.write(${JSON.stringify(text)});`;

describe('a yes', () => {
  const yes: [string, string][] = [
    ['run and the shell', say('run\n/bin/bash\n')],
    ['the last newline may be missing', say('run\n/bin/bash')],
    ['after words on stderr', `console.error('noted'); ${say('run\n/bin/bash\n')}`],
    ['after a while', `setTimeout(() => { ${say('run\n/bin/bash\n')} }, 50)`],
  ];
  test.each(yes)('%s', (_, code) => {
    expect(call(installWith(fillWith(code)))).toMatchObject({ status: 3, stdout: '', ran: true });
  });
});

describe('a no', () => {
  const no: [string, string, number][] = [
    ['refused', 'process.exitCode = 126', 126],
    ['configuration', 'process.exitCode = 2', 2],
    ['guard failed', 'process.exitCode = 125', 125],
    ['refused in spite of its words', `${say('run\n/bin/bash\n')} process.exitCode = 126`, 126],
    ['failed in spite of its words', `${say('run\n/bin/bash\n')} process.exitCode = 1`, 125],
    ['an exception', 'throw new Error("broken")', 125],
    ['a syntax error', 'const = ;', 125],
    ['a rejected promise', 'Promise.reject(new Error("broken"))', 125],
    ['killed', 'process.kill(process.pid, "SIGKILL")', 125],
    ['aborted', 'process.abort()', 125],
    ['silence', '', 125],
    ['an empty line', say('\n'), 125],
    ['run alone', say('run\n'), 125],
    ['another word', say('ok\n/bin/bash\n'), 125],
    ['something in front', say('note\nrun\n/bin/bash\n'), 125],
    ['a space in front', say(' run\n/bin/bash\n'), 125],
    ['capitals', say('RUN\n/bin/bash\n'), 125],
    ['a relative shell', say('run\nbash\n'), 125],
    ['a shell that is not there', say('run\n/bin/no-such-shell\n'), 125],
    ['a folder as shell', say('run\n/bin\n'), 125],
    ['a shell with an assignment in its path', say('run\n/bin/a=b\n'), 125],
    ['a relative copy of stdin', say('run\n/bin/bash\nspool\n'), 125],
    ['a copy of stdin that is not there', say('run\n/bin/bash\n/nonexistent/spool\n'), 125],
    ['a line too many', say('run\n/bin/bash\n/dev/null\nmore\n'), 125],
    ['a line too many behind an empty one', say('run\n/bin/bash\n\n/dev/null\n'), 125],
  ];
  test.each(no)('%s', (_, code, status) => {
    expect(call(installWith(fillWith(code)))).toMatchObject({ status, stdout: '', ran: false });
  });

  test('a failure says on stderr that nothing was run', () => {
    expect(call(installWith(fillWith('process.exit(9)'))).stderr).toContain('nothing was run');
  });

  test('no evaluator', () => {
    expect(call(installWith(() => {}))).toMatchObject({ status: 125, ran: false });
  });

  test.each(['bash', 'sh'])('started as a script of %s, where functions and startup files are at work', (shell) => {
    const guard = installWith(fillWith(say('run\n/bin/bash\n')));
    const { status, stdout } = spawnSync(`/bin/${shell}`, [guard.launcher('guard-sh'), '-c', 'echo ran']);
    expect({ status, stdout: stdout.toString() }).toEqual({ status: 126, stdout: '' });
  });
});

describe('what the evaluator gets', () => {
  const guard = installWith(
    fillWith(`
      require('node:fs').writeFileSync(process.env.HOME + '/seen', JSON.stringify({ argv: process.argv.slice(2), env: process.env }));
      ${say('run\n/bin/bash\n')}
    `),
  );
  const seen = (name: string, env: NodeJS.ProcessEnv = {}): { argv: string[]; env: Record<string, string> } => {
    expect(call(guard, name, env).status).toBe(3);
    return JSON.parse(readFileSync(join(guard.folder, 'seen'), 'utf8'));
  };

  test.each(['guard-sh', 'bash', 'zsh', 'sh', 'guard-bash', 'guard-zsh'])('the name it was called by: %s', (name) => {
    expect(seen(name).argv).toEqual([name, '-c', 'echo ran >ran; exit 3']);
  });

  test('none of the variables that change Node', () => {
    const env = {
      NODE_OPTIONS: '--require /nonexistent.js',
      NODE_PATH: '/n',
      NODE_CHANNEL_FD: '3',
      NODE_V8_COVERAGE: '/c',
    };
    expect(Object.keys(seen('guard-sh', env).env).filter((name) => name.startsWith('NODE'))).toEqual([]);
  });

  test('the certificates under another name', () => {
    expect(seen('guard-sh', { NODE_EXTRA_CA_CERTS: '/etc/ssl/acme.pem' }).env.GUARD_CA_CERTS).toBe('/etc/ssl/acme.pem');
  });

  test("the command's own variables", () => {
    expect(seen('guard-sh', { PGHOST: 'db.acme-prod.internal' }).env.PGHOST).toBe('db.acme-prod.internal');
  });
});

describe('finding its own folder and Node', () => {
  const guard = installWith(fillWith(say('run\n/bin/bash\n')));
  const from = (path: string, cwd = guard.folder, env: NodeJS.ProcessEnv = {}) =>
    spawnSync(path, ['-c', 'exit 3'], { cwd, env: { ...callerEnv(guard.folder), ...env } }).status;
  const links = join(guard.folder, 'links');

  test('by a relative path', () => expect(from('./bin/guard-sh')).toBe(3));

  test('through an absolute link', () => {
    symlinkSync(guard.launcher('guard-sh'), join(links, 'absolute'));
    expect(from(join(links, 'absolute'), '/')).toBe(3);
  });

  test('through a chain of relative links', () => {
    symlinkSync('../bin/guard-sh', join(links, 'one'));
    symlinkSync('one', join(links, 'two'));
    expect(from('./links/two')).toBe(3);
  });

  test('through a folder that is a link', () => {
    symlinkSync(join(guard.folder, 'bin'), join(links, 'folder'));
    expect(from(join(links, 'folder', 'guard-sh'))).toBe(3);
  });

  test("from npm's global folder, with the Node beside the link", () => {
    const prefix = join(guard.folder, 'prefix');
    const home = join(prefix, 'lib', 'node_modules', 'guard-sh');
    for (const part of ['bin', 'lib/node_modules/guard-sh/bin', 'lib/node_modules/guard-sh/dist']) {
      mkdirSync(join(prefix, part), { recursive: true });
    }
    copyFileSync(guard.launcher('guard-sh'), join(home, 'bin', 'guard-sh'));
    writeFileSync(join(home, 'dist', 'shell.cjs'), '');
    writeFileSync(join(prefix, 'bin', 'node'), "#!/bin/sh\nprintf 'run\\n/bin/bash\\n'\n", { mode: 0o755 });
    symlinkSync('../lib/node_modules/guard-sh/bin/guard-sh', join(prefix, 'bin', 'guard-sh'));
    expect([from(join(prefix, 'bin', 'guard-sh')), from(join(home, 'bin', 'guard-sh'))]).toEqual([3, 3]);
  });

  test('a `node` in the working directory or first in PATH is not the judge', () => {
    const project = join(guard.folder, 'work');
    writeFileSync(join(project, 'node'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    expect(from(guard.launcher('guard-sh'), project, { PATH: `.:${project}` })).toBe(3);
  });
});

describe('launchers that `guard install` writes', () => {
  const guard = installWith(fillWith(say('run\n/bin/bash\n')));
  const folder = join(guard.folder, "a folder with 'quotes'");
  const node = join(guard.folder, "node's link");
  symlinkSync(process.execPath, node);
  const paths = writeLaunchers(folder, { node, dist: join(guard.folder, 'dist') });

  test.each(['guard-sh', 'guard-bash', 'guard-zsh', 'bash', 'zsh'])('%s runs from anywhere', (name) => {
    expect(paths).toContain(join(folder, name));
    const { status } = spawnSync(join(folder, name), ['-c', 'exit 3'], { cwd: '/', env: { PATH: '/nonexistent' } });
    expect(status).toBe(3);
  });

  test('a baked Node that is gone is a no', () => {
    const [launcher = ''] = writeLaunchers(join(guard.folder, 'gone'), {
      node: '/nonexistent/node',
      dist: join(guard.folder, 'dist'),
    });
    expect(spawnSync(launcher, ['-c', 'exit 3']).status).toBe(125);
  });
});

describe('while an answer is awaited', () => {
  const guard = installWith(fillBundle('asker.ts'));
  const asking = join(guard.folder, 'asking');
  const start = async (): Promise<ChildProcess> => {
    rmSync(asking, { force: true });
    const child = spawn(guard.launcher('guard-sh'), ['-c', `echo ran >ran-${Date.now()}`], {
      cwd: join(guard.folder, 'work'),
      env: callerEnv(guard.folder),
      stdio: 'ignore',
      detached: true,
    });
    while (!existsSync(asking) || readFileSync(asking, 'utf8') === '')
      await new Promise((done) => setTimeout(done, 10));
    return child;
  };
  const ends = async (pid: number): Promise<void> => {
    while (existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`).length > 0) {
      await new Promise((done) => setTimeout(done, 10));
    }
  };

  test.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    '%s to the launcher is a no, and nobody goes on asking',
    async (signal) => {
      const child = await start();
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([null, signal]);
      await ends(Number(readFileSync(asking, 'utf8')));
      expect(readdirSync(join(guard.folder, 'work')).filter((name) => name.startsWith('ran'))).toEqual([]);
    },
  );

  test.each(['SIGINT', 'SIGTERM'] as const)('%s to the group is a no', async (signal) => {
    const child = await start();
    process.kill(-(child.pid ?? 0), signal);
    const [status, ended] = await once(child, 'exit');
    expect(status === 125 || ended === signal).toBe(true);
    expect(readdirSync(join(guard.folder, 'work')).filter((name) => name.startsWith('ran'))).toEqual([]);
  });
});

test('a copy of stdin is removed', () => {
  const guard = installWith(fillBundle('permissive.ts'));
  const { stdout } = spawnSync(guard.launcher('guard-sh'), { input: 'echo "$0"', env: callerEnv(guard.folder) });
  expect(stdout.toString()).toBe('/bin/bash\n');
  expect(readdirSync(join(guard.folder, 'spool'))).toEqual([]);
});

test('a person at a terminal gets the real shell', async () => {
  const { spawn: openTerminal } = await import('node-pty');
  const guard = installWith(fillBundle('permissive.ts'));
  const terminal = openTerminal(guard.launcher('guard-sh'), ['--norc'], {
    env: { ...callerEnv(guard.folder), PS1: 'ready> ' },
  });
  let screen = '';
  const ended = new Promise<number>((done) => terminal.onExit(({ exitCode }) => done(exitCode)));
  terminal.onData((text) => {
    if (!screen.includes('ready> ') && (screen + text).includes('ready> ')) terminal.write('echo $((6*7)); exit 5\r');
    screen += text;
  });
  expect(await ended).toBe(5);
  expect(screen).toContain('42');
});
