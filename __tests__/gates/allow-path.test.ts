// The gate on what a harmless command makes guard load: every module here is paid for by every command of every agent.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Metafile } from 'esbuild';
import { root } from './sources.ts';

/** The one package that every verdict needs. */
const allowedPackages = ['unbash'];

/** Parts of guard that are loaded when a command calls for them. */
const onDemand = [
  /^src\/core\/payloads\/sql\b/,
  /^src\/core\/payloads\/graphql\.ts$/,
  /^src\/core\/payloads\/code\//,
  /^src\/confirm\/terminal/,
];

/** The files that went into a bundle. */
function inputsOf(bundle: string): string[] {
  const meta = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8')) as Metafile;
  const inputs = Object.entries(meta.outputs[bundle]?.inputs ?? {});
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

const packageOf = (path: string): string | undefined =>
  /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1];

test('a package is recognised by its path', () => {
  expect(packageOf('node_modules/inquirer/dist/index.js')).toBe('inquirer');
  expect(packageOf('node_modules/@inquirer/core/dist/index.js')).toBe('@inquirer/core');
  expect(packageOf('node_modules/cosmiconfig/node_modules/yaml/index.js')).toBe('yaml');
  expect(packageOf('src/shell.ts')).toBeUndefined();
});

describe('the bundle of guard-sh (npm run build makes it)', () => {
  test('holds the pipeline and no package but the parser', () => {
    const inputs = inputsOf('dist/evaluator.cjs');
    expect(inputs).toContain('src/core/analyze.ts');
    const packages = new Set(inputs.map(packageOf).filter((name) => name !== undefined));
    expect([...packages].filter((name) => !allowedPackages.includes(name))).toEqual([]);
  });

  test('leaves what few commands need to chunks', () => {
    const inputs = inputsOf('dist/evaluator.cjs');
    expect(inputs.length).toBeGreaterThan(0);
    expect(inputs.filter((path) => onDemand.some((pattern) => pattern.test(path)))).toEqual([]);
  });
});

describe('a harmless command', () => {
  let scratch = '';
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'guard-gate-'));
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  /** The files of this project that the evaluator opens to judge a command. */
  function filesLoadedFor(command: string): string[] {
    const loads = join(scratch, 'loads.json');
    spawnSync(
      process.execPath,
      [
        '--require',
        join(root, '__tests__/gates/record-loads.cjs'),
        join(root, 'dist/shell.cjs'),
        'guard-sh',
        '-c',
        command,
      ],
      {
        cwd: scratch,
        env: { PATH: process.env.PATH, HOME: scratch, GUARD_GATE_LOADS: loads },
        stdio: ['ignore', 'ignore', 'ignore'],
        timeout: 20_000,
      },
    );
    if (!existsSync(loads)) throw new Error('dist/shell.cjs did not run to its end');
    const paths = JSON.parse(readFileSync(loads, 'utf8')) as string[];
    return [
      ...new Set(paths.filter((path) => path.startsWith(`${root}/`)).map((path) => path.slice(root.length + 1))),
    ].sort();
  }

  const evaluator = ['dist/evaluator.cjs', 'dist/rules.json', 'dist/shell.cjs'];
  const observer = 'dist/chunks/observe-files.cjs';

  test.each([
    ['git status && ls -la | head -5', evaluator],
    ['rm -f build/orders.o && ls > /tmp/build.log 2>&1', evaluator],
    // What these run stands in a file.
    ['npm test', [observer, ...evaluator]],
    ['NODE_ENV=test make -j4 build', [observer, ...evaluator]],
  ])('%s', (command, expected) => {
    const loaded = filesLoadedFor(command).filter((path) => !path.startsWith('__tests__/'));
    expect(loaded.filter((path) => !path.endsWith('.cache'))).toEqual(expected);
  });
});
