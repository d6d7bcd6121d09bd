// The package as a user gets it: what it holds, and that the main job runs from an installation of it.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');
let folder = '';
let files: readonly { readonly path: string; readonly mode: number }[] = [];
const at = (...parts: string[]) => join(folder, ...parts);

/** npm from the Node that runs the tests, with a home of its own and no look at the network. */
function npm(args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync('npm', args, {
    ...{ cwd, encoding: 'utf8', timeout: 120_000 },
    env: { PATH: process.env.PATH, HOME: at('home'), npm_config_cache: at('cache'), npm_config_offline: 'true' },
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'guard-pack-')));
  for (const name of ['home', 'app', 'work', 'bin']) mkdirSync(at(name));
  // The build has been made before the tests; the package holds what stands there.
  const [packed] = JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root)) as [
    { filename: string; files: typeof files },
  ];
  files = packed.files;
  npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', at(packed.filename)], at('app'));
  writeFileSync(at('bin', 'railway'), `#!/bin/sh\ntouch ${at('ran')}\n`, { mode: 0o755 });
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An installed program, called from a folder that has nothing to do with it. */
function call(name: string, args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(at('app', 'node_modules', '.bin', name), args, {
    ...{ cwd: at('work'), encoding: 'utf8', timeout: 30_000, input },
    env: {
      PATH: `${at('bin')}:/usr/local/bin:/usr/bin:/bin:${dirname(process.execPath)}`,
      HOME: at('home'),
      TERM: 'dumb',
    },
  });
  return { status, stdout, stderr };
}

describe('the package', () => {
  const runs = [
    /^package\.json$/,
    /^bin\/guard(-sh)?$/,
    /^dist\/(chunks\/)?[\w.-]+\.cjs$/,
    /^dist\/prism\.wasm$/,
    /^dist\/rules\.json$/,
    /^rules\/rule\.schema\.json$/,
    /^\.guardrc\.example$/,
    /^(README|CHANGELOG|SECURITY)\.md$/,
    /^LICENSE$/,
    /^dist\/THIRD_PARTY_LICENSES\.txt$/,
  ];
  test('holds what runs, what is read, and nothing else', () => {
    expect(files.map(({ path }) => path).filter((path) => !runs.some((pattern) => pattern.test(path)))).toEqual([]);
  });
  test.each(['bin/guard', 'bin/guard-sh', 'dist/shell.cjs', 'dist/cli.cjs', 'dist/rules.json', 'LICENSE'])(
    'holds %s',
    (name) => {
      expect(files.map(({ path }) => path)).toContain(name);
    },
  );
  test('holds no source, no test, no demo and no map', () => {
    const unwanted = /\.ts$|\.map$|__tests__|demo|meta\.json|\.cache$|node_modules/;
    expect(files.filter(({ path }) => unwanted.test(path))).toEqual([]);
  });
  test('brings no dependencies along', () => {
    const { dependencies = {} } = JSON.parse(
      readFileSync(at('app', 'node_modules', 'guard-sh', 'package.json'), 'utf8'),
    ) as {
      dependencies?: object;
    };
    expect(Object.keys(dependencies)).toEqual([]);
    expect(existsSync(at('app', 'node_modules', 'guard-sh', 'node_modules'))).toBe(false);
  });
  test('its programs can be executed', () => {
    for (const name of ['guard', 'guard-sh']) {
      expect(statSync(at('app', 'node_modules', '.bin', name)).mode & 0o111).toBe(0o111);
    }
  });
});

describe('the main job, from the installation', () => {
  test('what is harmless runs', () => {
    expect(call('guard-sh', ['-c', 'echo ok; exit 3'])).toEqual({ status: 3, stdout: 'ok\n', stderr: '' });
  });
  test('a volume is not deleted', () => {
    const { status, stdout, stderr } = call('guard-sh', ['-c', 'railway volume delete --yes']);
    expect({ status, stdout, hasRun: existsSync(at('ran')) }).toEqual({ status: 126, stdout: '', hasRun: false });
    expect(stderr).toContain('railway volume delete');
    expect(existsSync(at('home', '.local', 'state', 'guard', 'pending'))).toBe(true);
  });
  test('guard check', () => {
    const lines = ['railway volume delete --yes', 'railway volume list'].map((command, id) =>
      JSON.stringify({ id: String(id), command }),
    );
    const { status, stdout } = call('guard', ['check'], `${lines.join('\n')}\n`);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; verdict: string; rules: string[] });
    expect(status).toBe(0);
    expect(answers).toMatchObject([
      { id: '0', verdict: 'ask', rules: ['railway/volume-delete'] },
      { id: '1', verdict: 'run', rules: [] },
    ]);
  });
  test('guard --version is that of the package', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(call('guard', ['--version'])).toMatchObject({ status: 0, stdout: `${version}\n` });
  });
  test('guard audit shows what was refused', () => {
    const { status, stdout } = call('guard', ['audit', '--json']);
    expect(status).toBe(0);
    expect(stdout).toContain('railway volume delete');
    expect(call('guard', ['audit', 'verify']).status).toBe(0);
  });
  test.each([['--help'], ['check', '--help'], ['rules', 'list']])('guard %s %s', (...args) => {
    expect(call('guard', args.filter(Boolean))).toMatchObject({ status: 0, stderr: '' });
  });
});
