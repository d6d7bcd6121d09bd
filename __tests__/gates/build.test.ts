// The gate on the build's own machinery, on a small project of its own: registries from listings, chunks from imports.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { root } from './sources.ts';

let project = '';

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'guard-build-'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
};
const read = (path: string): string => readFileSync(join(project, path), 'utf8');

/** Runs a piece of a module of scripts/lib in a Node of its own. */
function runScript(program: string): { status: number | null; stdout: string; stderr: string } {
  const lib = pathToFileURL(join(root, 'scripts/lib/')).href;
  const text = `
    const lib = (name) => import(${JSON.stringify(lib)} + name);
    const project = ${JSON.stringify(project)};
    ${program}
  `;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', text], { encoding: 'utf8' });
}

const generate = () => runScript(`(await lib('registries.mjs')).generateRegistries(project);`);

describe('registries', () => {
  test('a folder that is not there gives an empty list', () => {
    expect(generate().status).toBe(0);
    expect(readdirSync(join(project, 'src/core/generated'))).toEqual([
      'clients.ts',
      'effects.ts',
      'launchers.ts',
      'programs.ts',
      'targets.ts',
    ]);
    expect(read('src/core/generated/launchers.ts')).toContain(
      'export const launchers = registryOf<never>([], () => []);',
    );
    expect(read('src/cli/generated.ts')).toContain('export const commands');
  });

  test('every file is listed by its name, and a list is spread', () => {
    put('src/core/resolve/launcher.ts', 'export interface Launcher { names: string[] }');
    put('src/core/resolve/launchers/sudo.ts', 'export const launcher = 1;');
    put('src/core/resolve/launchers/docker-exec.ts', 'export const launchers = [2];');
    expect(generate().status).toBe(0);
    expect(read('src/core/generated/launchers.ts').split('\n').slice(1)).toEqual([
      `import type { Launcher } from '../resolve/launcher.ts';`,
      `import { registryOf } from '../model/registry.ts';`,
      `import { launchers as launchersDockerExec } from '../resolve/launchers/docker-exec.ts';`,
      `import { launcher as launcherSudo } from '../resolve/launchers/sudo.ts';`,
      '',
      'export const launchers = registryOf<Launcher>([',
      '  ...launchersDockerExec,',
      '  launcherSudo,',
      '], ({ names }) => names);',
      '',
    ]);
  });

  test('HTTP clients stand among files that are none', () => {
    put('src/core/payloads/http/curl.ts', 'export const client = 1;');
    put('src/core/payloads/http/url.ts', 'export const parseUrl = 1;');
    expect(generate().status).toBe(0);
    expect(read('src/core/generated/clients.ts')).toContain('clientCurl');
    expect(read('src/core/generated/clients.ts')).not.toContain('/url.ts');
  });

  test('subcommands are imported on demand', () => {
    put('src/cli/commands/check.ts', 'export const command = 1;');
    expect(generate().status).toBe(0);
    expect(read('src/cli/generated.ts')).toContain(`{ name: 'check', load: () => import('./commands/check.ts') },`);
  });

  test.each([
    ['src/core/resolve/launchers/sudo.ts', 'export const laucher = 1;'],
    ['src/cli/commands/check.ts', 'export default 1;'],
  ])('%s without its export stops the build and is named', (path, text) => {
    put(path, text);
    const { status, stderr } = generate();
    expect(status).not.toBe(0);
    expect(stderr).toContain(path);
  });

  test('a file that would say the same is not written again', () => {
    generate();
    const before = statSync(join(project, 'src/core/generated/effects.ts'), { bigint: true });
    generate();
    const after = statSync(join(project, 'src/core/generated/effects.ts'), { bigint: true });
    expect(after.ino).toBe(before.ino);
    expect(after.mtimeNs).toBe(before.mtimeNs);
  });
});

describe('bundles', () => {
  const bundleAll = () =>
    runScript(`
      const { bundle } = await lib('bundle.mjs');
      const { writeIfChanged } = await lib('files.mjs');
      const { files } = await bundle(project, { shell: 'src/shell.ts' });
      for (const [path, text] of files) writeIfChanged(project + '/dist/' + path, text);
      console.log(JSON.stringify([...files.keys()].sort()));
    `);
  const runShell = () => spawnSync(process.execPath, [join(project, 'dist/shell.cjs')], { encoding: 'utf8' });

  test('a dynamic import is a chunk that is not read before it is called for', () => {
    put('package.json', '{"type":"module"}');
    put('src/shell.ts', `if (process.argv[2] === 'ask') ask(); async function ask() { await import('./confirm.ts'); }`);
    put('src/confirm.ts', `ask(); async function ask() { await import('./prompt/terminal.ts'); } export const a = 1;`);
    put('src/prompt/terminal.ts', `console.log('asked');`);
    expect(JSON.parse(bundleAll().stdout)).toEqual(['chunks/confirm.cjs', 'chunks/prompt-terminal.cjs', 'shell.cjs']);
    expect(spawnSync(process.execPath, [join(project, 'dist/shell.cjs'), 'ask'], { encoding: 'utf8' }).stdout).toBe(
      'asked\n',
    );
    rmSync(join(project, 'dist/chunks'), { recursive: true });
    expect(runShell()).toMatchObject({ status: 0, stderr: '' });
  });

  test('packages look through a chunk as they do to Node', () => {
    put('package.json', '{"type":"module"}');
    put('node_modules/esm/package.json', '{"name":"esm","version":"1.0.0","type":"module","exports":"./index.js"}');
    put('node_modules/esm/index.js', `export default 'esm default'; export const named = 'esm named';`);
    put('node_modules/cjs/package.json', '{"name":"cjs","version":"1.0.0"}');
    put('node_modules/cjs/index.js', `module.exports = { named: 'cjs named' };`);
    put('node_modules/compiled/package.json', '{"name":"compiled","version":"1.0.0"}');
    put('node_modules/compiled/index.js', `exports.__esModule = true; exports.default = 'inner'; exports.named = 'x';`);
    put(
      'src/shell.ts',
      `Promise.all([import('esm'), import('cjs'), import('compiled'), import('node:path')]).then(([esm, cjs, compiled, path]) =>
        console.log(JSON.stringify([esm.default, esm.named, cjs.default.named, cjs.named, compiled.default.default, compiled.named,
          typeof path.default.join])));`,
    );
    expect(bundleAll().stderr).toBe('');
    expect(JSON.parse(runShell().stdout)).toEqual([
      'esm default',
      'esm named',
      'cjs named',
      'cjs named',
      'inner',
      'x',
      'function',
    ]);
  });

  test('import.meta names the bundle', () => {
    put('package.json', '{"type":"module"}');
    put('src/shell.ts', `console.log(import.meta.url, import.meta.dirname);`);
    bundleAll();
    const dist = join(project, 'dist');
    expect(runShell().stdout).toBe(`${pathToFileURL(join(dist, 'shell.cjs')).href} ${dist}\n`);
  });

  test('a source that does not parse is named with its line', () => {
    put('src/shell.ts', `const orders = ;`);
    const { status, stderr } = bundleAll();
    expect(status).not.toBe(0);
    expect(stderr).toContain('src/shell.ts:1:16');
  });
});

describe('licences', () => {
  const licensesOf = (license: string) => {
    put('node_modules/orders/package.json', `{"name":"orders","version":"1.2.3"${license}}`);
    put('node_modules/orders/LICENSE.md', 'Permission is hereby granted');
    return runScript(`
      const meta = { inputs: { 'node_modules/orders/lib/index.js': {}, 'src/shell.ts': {} }, outputs: {} };
      console.log((await lib('licenses.mjs')).licensesText(project, meta, ['(c) acme-prod']));
    `);
  };

  test('each package stands there with version, licence and text', () => {
    const { stdout } = licensesOf(',"license":"MIT"');
    expect(stdout).toContain('orders 1.2.3\nLicence: MIT\n\nPermission is hereby granted');
    expect(stdout).toContain('(c) acme-prod');
  });

  test('a package without a licence stops the build', () => {
    const { status, stderr } = licensesOf('');
    expect(status).not.toBe(0);
    expect(stderr).toContain('orders');
  });
});
