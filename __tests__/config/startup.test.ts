// What a configuration costs at start-up: without a file no parser, no schema and no merge is loaded.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { scratchFolder, writeTree } from '../state/scratch.ts';

const scratch = scratchFolder();
const dist = join(scratch, 'dist');

/** Every dynamic import becomes a file of its own, and every file says when it is evaluated. */
beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, '../../src/config/index.ts')],
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    external: ['typescript', 'js-yaml', 'import-fresh', 'parse-json'],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url); (globalThis.evaluated ??= []).push(import.meta.url);',
    },
    logLevel: 'error',
  });
  writeFileSync(
    join(scratch, 'run.mjs'),
    `const { loadConfig } = await import('./dist/index.mjs');
     await loadConfig({ cwd: process.argv[2], env: { HOME: '/nonexistent' }, etc: '/nonexistent' });
     console.log(JSON.stringify(globalThis.evaluated.map((url) => url.split('/').pop().split('-')[0])));`,
  );
});

function loadedChunks(folder: string): readonly string[] {
  return JSON.parse(execFileSync(process.execPath, [join(scratch, 'run.mjs'), folder], { encoding: 'utf8' }));
}

const heavy = (name: string): boolean => ['read', 'merge', 'yaml'].includes(name);

test('the bundle has the parsers in chunks of their own', () => {
  expect(new Set(readdirSync(dist).map((name) => name.split('-')[0]))).toEqual(
    new Set(['index.mjs', 'chunk', 'read', 'merge', 'yaml']),
  );
});

test('no file: only the finder', () => {
  mkdirSync(join(scratch, 'empty'), { recursive: true });
  expect(loadedChunks(join(scratch, 'empty')).filter(heavy)).toEqual([]);
});

test('a package.json without guard: only the finder', () => {
  writeTree(scratch, { 'npm/package.json': '{"name":"orders"}' });
  expect(loadedChunks(join(scratch, 'npm')).filter(heavy)).toEqual([]);
});

test('JSON: no YAML', () => {
  writeTree(scratch, { 'json/.guardrc': '{"scope":"local"}' });
  expect(loadedChunks(join(scratch, 'json')).filter(heavy).sort()).toEqual(['merge', 'read']);
});

test('YAML: everything', () => {
  writeTree(scratch, { 'yaml/.guardrc': 'scope: local' });
  expect(loadedChunks(join(scratch, 'yaml')).filter(heavy).sort()).toEqual(['merge', 'read', 'yaml']);
});
