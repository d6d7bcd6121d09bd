// Bad input: each kind has a defined outcome, seen from outside and held against the bare shell.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openAudit } from '../../src/audit/index.ts';
import { held, launcher, root, Scene } from './scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.remove());

const refusedAndNotRun = { status: 126, stdout: '', ran: [] };
const guard = join(root, 'bin', 'guard');

/** What a caller sees, but for stderr: bash and guard-sh name themselves differently there. */
const outcome = ({ status, stdout, ran }: ReturnType<Scene['call']>) => ({ status, stdout, ran });

describe('NUL bytes', () => {
  test('bash drops them, and guard reads what is left', () => {
    const input = 'echo o\0k\n';
    expect(outcome(scene.call([], { input }))).toEqual(outcome(scene.bash([], { input })));
    expect(scene.call([], { input: 'g\0it reset --h\0ard\n' })).toMatchObject(refusedAndNotRun);
  });
  test('a script file that holds them is no text', () => {
    scene.write('x.sh', 'echo ok\0\n');
    expect(scene.call(['x.sh'])).toMatchObject(refusedAndNotRun);
  });
});

describe('invalid UTF-8', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  test.each(['echo caf\xe9', 'printf "\xff\xfe"', "echo '\x80'$'\\xff'"])('%j comes out as it went in', (text) => {
    const input = bytes(`${text}\n`);
    expect(outcome(scene.call([], { input }))).toEqual(outcome(scene.bash([], { input })));
    scene.write('x.sh', input);
    expect(outcome(scene.call(['x.sh']))).toEqual(outcome(scene.bash(['x.sh'])));
  });
  test('in an argument, through a shell that can pass it', () => {
    const run = (shell: string) =>
      outcome(scene.bash(['-c', `exec "${shell}" -c "$(printf 'echo "\\351\\377" "$1"')" n "$(printf '\\200')"`]));
    expect(run(launcher)).toEqual(run('/bin/bash'));
  });
  test('hides nothing', () => {
    expect(scene.call([], { input: bytes(`echo \xff; ${held}\n`) })).toMatchObject(refusedAndNotRun);
    expect(scene.call([], { input: bytes(`ls \xff; ${held} '\xff\n`) })).toMatchObject(refusedAndNotRun);
  });
});

describe('lines of nearly 1 MiB', () => {
  const long = 'a'.repeat(1_000_000);
  test('run', () => {
    scene.write('x.sh', `x=${long}\necho \${#x}\n`);
    expect(scene.call(['x.sh'])).toMatchObject({ status: 0, stdout: '1000000\n' });
    expect(scene.call([], { input: `x=${long}; echo \${#x}\n` })).toMatchObject({ status: 0, stdout: '1000000\n' });
  });
  test.each([
    ['behind it', `x=${long}; ${held}`],
    ['behind it on a line of its own', `: ${long}\n${held}`],
    ['in front of it', `${held} ${long}`],
    ['behind a comment', `# ${long}\n${held}`],
  ])('hide nothing %s', (_name, text) => {
    scene.write('x.sh', `${text}\n`);
    expect(scene.call(['x.sh'])).toMatchObject(refusedAndNotRun);
  });
});

describe('files that are not what they should be', () => {
  const shape = ({ status, stdout, stderr }: ReturnType<Scene['call']>) => ({ status, stdout, isSaid: stderr !== '' });
  test.each([
    [['missing.sh', 'a']],
    [['-c', 'bash missing.sh']],
    [['-c', '. ./missing.sh; echo after']],
    [['-c', './missing.sh']],
    [['-c', 'no-such-program a']],
  ])('%j ends as in the shell itself', (argv) => {
    expect(shape(scene.call(argv))).toEqual(shape(scene.bash(argv)));
  });
  test('a missing script ends with 127', () => {
    expect(scene.call(['missing.sh']).status).toBe(127);
  });

  test('a body from a named pipe is not waited for', () => {
    spawnSync('mkfifo', [join(scene.work, 'body')]);
    const command = 'curl -X POST https://backboard.railway.app/graphql/v2 -d @body';
    expect(scene.call(['-c', command])).toMatchObject(refusedAndNotRun);
  });
  test('a body from a folder or a circle of links', () => {
    mkdirSync(join(scene.work, 'folder'));
    symlinkSync('loop', join(scene.work, 'loop'));
    for (const body of ['folder', 'loop']) {
      const command = `curl https://backboard.railway.app/graphql/v2 --data-binary @${body}`;
      expect(scene.call(['-c', command])).toMatchObject(refusedAndNotRun);
    }
  });
  test('a circle of links on the way to a script', () => {
    symlinkSync('loop', join(scene.work, 'loop'));
    expect(scene.call(['-c', 'bash loop/x.sh'])).toMatchObject(refusedAndNotRun);
  });

  test('scripts that include themselves', () => {
    scene.write('self.sh', 'echo ok\n[ "$1" = again ] && . ./self.sh\ntrue\n');
    expect(scene.call(['self.sh'])).toMatchObject({ status: 0, stdout: 'ok\n' });
    scene.write('a.sh', `. ./b.sh\n`);
    scene.write('b.sh', `[ -e stop ] || . ./a.sh\n${held}\n`);
    expect(scene.call(['a.sh'])).toMatchObject(refusedAndNotRun);
  });
  test('scripts that include scripts, deeper than guard follows', () => {
    for (let level = 0; level < 60; level += 1) scene.write(`s${level}.sh`, `. ./s${level + 1}.sh\n`);
    scene.write('s60.sh', `${held}\n`);
    expect(scene.call(['s0.sh'])).toMatchObject(refusedAndNotRun);
  });
});

describe('a working directory that is gone', () => {
  const inGoneFolder = (shell: string, command: string) => {
    mkdirSync(join(scene.work, 'gone'), { recursive: true });
    const script = `cd gone && rmdir ../gone && exec "${shell}" -c "$1" 2>/dev/null`;
    return outcome(scene.bash(['-c', script, 'bash', command]));
  };
  test('runs what bash runs there', () => {
    expect(inGoneFolder(launcher, 'echo ok')).toEqual(inGoneFolder('/bin/bash', 'echo ok'));
  });
  test('holds what is held', () => {
    expect(inGoneFolder(launcher, held)).toEqual(refusedAndNotRun);
  });
});

describe('a state folder that cannot take anything', () => {
  const spoils: readonly (readonly [name: string, spoil: () => void])[] = [
    ['a file in its place', () => writeFileSync(scene.state, '')],
    ['a link to nowhere in its place', () => symlinkSync('/nowhere/at/all', scene.state)],
    [
      'a folder that everybody may write',
      () => mkdirSync(join(scene.state, 'guard', 'audit'), { recursive: true, mode: 0o777 }),
    ],
  ];
  test.each(spoils)('%s', (_name, spoil) => {
    spoil();
    expect(scene.call(['-c', 'echo ok'])).toMatchObject({ status: 0, stdout: 'ok\n', stderr: '' });
    expect(scene.call(['-c', held])).toMatchObject(refusedAndNotRun);
  });
});

describe('the audit log', () => {
  const noted = 'echo ok\nif';
  const verify = () => scene.program(guard, ['audit', 'verify']);

  test('many guards at once', async () => {
    const calls = Array.from({ length: 6 }, async () => {
      const child = spawn(launcher, ['-c', noted], { cwd: scene.work, env: scene.env, stdio: 'ignore' });
      await once(child, 'exit');
    });
    await Promise.all(calls);
    expect(scene.records).toHaveLength(6);
    expect(verify().status).toBe(0);
  });

  test('a clock that has gone backwards', async () => {
    const settings = { folder: join(scene.state, 'guard', 'audit'), keep: 3, maxBytes: 1_000_000 };
    await openAudit(settings, () => new Date('2099-01-01T00:00:00Z')).append({ type: 'note', text: 'from the future' });
    scene.call(['-c', noted]);
    const [first, second] = scene.records;
    expect([first?.at, second?.type]).toEqual(['2099-01-01T00:00:00.000Z', 'decision']);
    expect(String(second?.at) < String(first?.at)).toBe(true);
    expect(verify().status).toBe(0);
  });

  test('kill -9 between the decision and the result leaves the decision', () => {
    // The command itself ends guard, which has written the decision and waits for the end.
    scene.program(guard, ['run', 'kill -9 $PPID\nif']);
    expect(scene.records.map(({ type }) => type)).toEqual(['decision']);
    expect(verify().status).toBe(0);
  });

  test('without it the result follows', () => {
    scene.program(guard, ['run', noted]);
    expect(scene.records.map(({ type }) => type)).toEqual(['decision', 'result']);
  });

  test('a record that was changed is named', () => {
    scene.call(['-c', noted]);
    scene.call(['-c', noted]);
    const path = join(scene.state, 'guard', 'audit', 'audit.jsonl');
    writeFileSync(
      path,
      scene.records.map((record, at) => JSON.stringify(at === 0 ? { ...record, cwd: '/' } : record)).join('\n'),
    );
    expect(verify().status).not.toBe(0);
  });
});
