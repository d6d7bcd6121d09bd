// Fail closed, at every seam: one test for each row of the design's table, from outside, through bin/guard-sh.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { atTerminal, held, Scene } from './scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.remove());

/** Compared, not pinned: bash's own words for an error differ from version to version. */
const sameAsBash = (argv: readonly string[], input = '') => {
  const { status, stdout, ran } = scene.bash(argv, { input });
  return { status, stdout, ran };
};
const deep = (inner: string) => `${'('.repeat(1_500)}${inner}${')'.repeat(1_500)}`;
const large = '# nothing\n'.repeat(110_000);

describe('text that cannot be read', () => {
  describe('is held where it holds a word that a rule knows', () => {
    test.each([
      ['a syntax error behind it', `${held}\nif`],
      ['a syntax error behind it on the same line', `${held}; (`],
      ['a quote that never ends', `echo ok\n${held}\necho "`],
      ['a here-document in a substitution that never ends', `${held}\necho $(cat <<E`],
      ['nesting deeper than the bound', deep(held)],
    ])('%s', (_name, command) => {
      expect(scene.call(['-c', command])).toMatchObject({ status: 126, stdout: '', ran: [] });
    });

    test('larger than 1 MiB, on standard input', () => {
      expect(scene.call([], { input: `${large}${held}\n` })).toMatchObject({ status: 126, stdout: '', ran: [] });
    });

    test('for bash runs what stands before the error', () => {
      expect(scene.bash(['-c', `${held}\nif`]).ran).toEqual([held]);
    });
  });

  describe('runs where it does not, and the log says so', () => {
    test.each([
      ['a syntax error', 'echo ok\nif'],
      ['a quote that never ends', 'echo ok\necho "'],
      ['nesting deeper than the bound', deep('echo ok')],
    ])('%s', (_name, command) => {
      expect(scene.call(['-c', command])).toMatchObject(sameAsBash(['-c', command]));
      expect(scene.records).toMatchObject([{ type: 'decision', verdict: 'run' }]);
    });

    test('larger than 1 MiB, on standard input', () => {
      expect(scene.call([], { input: `${large}echo ok\n` })).toMatchObject({ status: 0, stdout: 'ok\n' });
      expect(scene.records).toMatchObject([{ type: 'decision', verdict: 'run' }]);
    });
  });

  test('what is ordinary leaves no record', () => {
    expect(scene.call(['-c', 'echo ok'])).toMatchObject({ status: 0, stdout: 'ok\n', stderr: '' });
    expect(scene.records).toEqual([]);
  });
});

describe('a script that cannot be read is asked about', () => {
  const make: Readonly<Record<string, (path: string) => void>> = {
    'a named pipe': (path) => void spawnSync('mkfifo', [path]),
    'a circle of links': (path) => symlinkSync(path, path),
    'a program': (path) => writeFileSync(path, readFileSync('/bin/true')),
    'a file larger than 1 MiB': (path) => writeFileSync(path, large),
  };
  const uses: readonly (readonly string[])[] = [['x.sh'], ['-c', '. ./x.sh']];
  const cases = Object.keys(make).flatMap((name) => uses.map((argv) => [name, argv] as const));

  test.each(uses)("a folder is the shell's own error: %j", (...argv) => {
    mkdirSync(join(scene.work, 'x.sh'));
    const result = scene.call(argv);
    expect(result).toMatchObject({ stdout: '', ran: [] });
    expect(result.stderr).toMatch(/is a directory/i);
  });

  test.each(cases)('%s: %j', (name, argv) => {
    make[name]?.(join(scene.work, 'x.sh'));
    const result = scene.call(argv);
    expect(result).toMatchObject({ status: 126, stdout: '', ran: [] });
    expect(result.stderr).toContain('x.sh');
  });

  test('one that can be read is followed', () => {
    scene.write('x.sh', `echo ok\n${held}\n`);
    for (const argv of uses) expect(scene.call(argv)).toMatchObject({ status: 126, stdout: '', ran: [] });
    scene.write('x.sh', 'echo ok\n');
    for (const argv of uses) expect(scene.call(argv)).toMatchObject({ status: 0, stdout: 'ok\n' });
  });
});

describe('an installation that is broken runs nothing', () => {
  const breaks: readonly (readonly [name: string, status: number, change: (dist: string) => void])[] = [
    ['no rules', 125, (dist) => rmSync(join(dist, 'rules.json'))],
    ['rules that are no JSON', 125, (dist) => writeFileSync(join(dist, 'rules.json'), '{')],
    [
      'rules without an index',
      126,
      (dist) => writeFileSync(join(dist, 'rules.json'), '{"id":"","rules":[],"words":[]}'),
    ],
    ['no evaluator', 125, (dist) => rmSync(join(dist, 'evaluator.cjs'))],
    ['an evaluator that does not parse', 125, (dist) => writeFileSync(join(dist, 'evaluator.cjs'), 'if (')],
    ['an evaluator that throws', 125, (dist) => writeFileSync(join(dist, 'evaluator.cjs'), 'throw new Error("x")')],
    ['an evaluator that says nothing', 125, (dist) => writeFileSync(join(dist, 'evaluator.cjs'), '')],
    ['a loader that says nothing', 125, (dist) => writeFileSync(join(dist, 'shell.cjs'), '')],
    ['a loader that says something else', 125, (dist) => writeFileSync(join(dist, 'shell.cjs'), 'console.log("run")')],
    [
      'a loader that says run and fails',
      125,
      (dist) => writeFileSync(join(dist, 'shell.cjs'), 'console.log("run\\n/bin/bash"); process.exit(9)'),
    ],
    ['no loader', 125, (dist) => rmSync(join(dist, 'shell.cjs'))],
    ['no folder at all', 125, (dist) => rmSync(dist, { recursive: true })],
  ];
  test.each(breaks)('%s', (_name, status, change) => {
    const launcher = scene.broken(change);
    for (const command of [held, 'echo "ok"; touch made']) {
      expect(scene.call(['-c', command], { launcher })).toMatchObject({ status, stdout: '', ran: [] });
    }
  });

  test('what only the question needs is missing: what is held does not run, the rest does', () => {
    const launcher = scene.broken((dist) => rmSync(join(dist, 'chunks'), { recursive: true }));
    expect(scene.call(['-c', held], { launcher })).toMatchObject({ status: 125, stdout: '', ran: [] });
    expect(scene.call(['-c', 'echo ok'], { launcher })).toMatchObject({ status: 0, stdout: 'ok\n' });
  });

  test('a copy that is whole works', () => {
    expect(scene.call(['-c', 'echo ok'], { launcher: scene.broken(() => {}) })).toMatchObject({
      status: 0,
      stdout: 'ok\n',
    });
  });
});

describe('no human can be reached', () => {
  test('it is refused, and kept for the user', () => {
    const result = scene.call(['-c', held]);
    expect(result).toMatchObject({ status: 126, stdout: '', ran: [] });
    expect(scene.pending).toHaveLength(1);
    expect(JSON.stringify(scene.pending)).toContain(held);
    expect(result.stderr).toContain(join(scene.state, 'guard', 'pending'));
    expect(scene.records).toMatchObject([{ type: 'decision', verdict: 'ask', answer: 'no-human' }]);
  });

  test('an agent at a terminal is no human', async () => {
    const { status, screen } = await atTerminal(scene, ['-c', held], 'y\r', { CLAUDECODE: '1' });
    expect({ status, ran: scene.ran }).toEqual({ status: 126, ran: [] });
    expect(screen).not.toContain('(y/N)');
  });
});

describe('a human at a terminal', () => {
  test.each([
    ['yes', 'y\r', 0, [held]],
    ['no', 'n\r', 126, []],
    ['Enter alone', '\r', 126, []],
    ['Ctrl-C', '\u0003', 126, []],
  ])('%s', async (_name, answer, status, ran) => {
    const seen = await atTerminal(scene, ['-c', held], answer);
    expect({ status: seen.status, ran: scene.ran }).toEqual({ status, ran });
  });

  test.each([
    ['is run as it was shown', `${held}\n`, 0, [held]],
    ['is not run once it was changed', `${held}\nrailway down\n`, 126, []],
  ])('a script %s', async (_name, text, status, ran) => {
    const path = scene.write('release.sh', `${held}\n`);
    const seen = await atTerminal(scene, ['release.sh'], 'y\r', {}, { path, text });
    expect({ status: seen.status, ran: scene.ran }).toEqual({ status, ran });
  });

  // That silence is a no as well is shown in confirm/terminal.test.ts, where the time to answer can be set.
  test('who hangs up has not said yes', async () => {
    await atTerminal(scene, ['-c', held], 'hang up');
    expect(scene.ran).toEqual([]);
  });
});

describe('a configuration that is not valid stops guard', () => {
  const files: readonly (readonly [name: string, text: string, place: RegExp])[] = [
    ['.guardrc', 'lookups: true\nscope: [stagin]\n', /\.guardrc:2: .*stagin/],
    ['.guardrc', 'scop: staging\n', /\.guardrc:1: .*scope/],
    ['.guardrc', 'scope: [\n', /\.guardrc:\d/],
    ['.guardrc.json', '{"scope": 1}', /\.guardrc\.json:1: /],
    ['package.json', '{\n"guard": {"scope": "prod"}}', /package\.json:2: .*production/],
  ];
  test.each(files)('%s %j', (name, text, place) => {
    scene.write(name, text);
    for (const command of [held, 'echo ok']) {
      const result = scene.call(['-c', command]);
      expect(result).toMatchObject({ status: 2, stdout: '', ran: [] });
      expect(result.stderr).toMatch(place);
    }
  });

  test("the user's own", () => {
    mkdirSync(join(scene.folder, 'config', 'guard'), { recursive: true });
    writeFileSync(join(scene.folder, 'config', 'guard', 'config.yaml'), 'shell: bash\n');
    const result = scene.call(['-c', 'echo ok']);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toMatch(/config\.yaml:1: /);
  });

  test('one that is valid does not', () => {
    scene.write('.guardrc', 'scope: [staging]\n');
    expect(scene.call(['-c', 'echo ok'])).toMatchObject({ status: 0, stdout: 'ok\n' });
  });
});

describe('an audit log that cannot be written', () => {
  const places: readonly (readonly [name: string, spoil: () => void])[] = [
    ['a file stands where the state folder should be', () => writeFileSync(scene.state, '')],
    [
      'a folder stands where the log should be',
      () => mkdirSync(join(scene.state, 'guard', 'audit', 'audit.jsonl'), { recursive: true, mode: 0o700 }),
    ],
    [
      'a link to a full disk stands there',
      () => {
        mkdirSync(join(scene.state, 'guard', 'audit'), { recursive: true, mode: 0o700 });
        symlinkSync('/dev/full', join(scene.state, 'guard', 'audit', 'audit.jsonl'));
      },
    ],
  ];
  test.each(places)('%s: what runs goes on with a warning, what is held stays held', (_name, spoil) => {
    spoil();
    const noted = scene.call(['-c', 'echo ok\nif']);
    expect(noted).toMatchObject(sameAsBash(['-c', 'echo ok\nif']));
    expect(noted.stderr).toMatch(/warning.*audit/);
    expect(scene.call(['-c', held])).toMatchObject({ status: 126, stdout: '', ran: [] });
    expect(scene.call(['-c', 'echo ok'])).toMatchObject({ status: 0, stdout: 'ok\n', stderr: '' });
  });

  test('an approval that cannot be written down does not run', async () => {
    mkdirSync(join(scene.state, 'guard', 'audit', 'audit.jsonl'), { recursive: true, mode: 0o700 });
    const { status, screen } = await atTerminal(scene, ['-c', held], 'y\r');
    expect({ status, ran: scene.ran }).toEqual({ status: 126, ran: [] });
    expect(screen).toContain('audit');
  });
});
