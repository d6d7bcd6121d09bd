// Scratch folders and bundled scripts for tests that need real files and real processes.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { build } from 'esbuild';

/** A folder of this test file's own, removed at its end. */
export function scratchFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'guard-test-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder: `{ 'a/.guardrc': 'scope: staging' }`. Returns the folder. */
export function writeTree(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

/** Bundles TypeScript source that imports from `src/` into a file that plain node runs. */
export async function bundle(source: string, outfile: string): Promise<string> {
  await build({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, '../..'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['typescript', 'js-yaml', 'import-fresh', 'parse-json'],
    outfile,
    logLevel: 'error',
  });
  return outfile;
}
