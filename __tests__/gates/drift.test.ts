// The gate on committed files that are made from the rules: the rule schema and the rules' pages.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { root } from './sources.ts';

let fresh = '';

beforeAll(() => {
  fresh = mkdtempSync(join(tmpdir(), 'guard-drift-'));
  const out = { rules: join(fresh, 'rules.json'), schema: join(fresh, 'rule.schema.json'), docs: join(fresh, 'docs') };
  const step = pathToFileURL(join(root, 'scripts/lib/rules.mjs')).href;
  const program = `
    const { compileRules } = await import(${JSON.stringify(step)});
    if (!(await compileRules(${JSON.stringify(root)}, ${JSON.stringify(out)}))) throw new Error('no rule compiler');
  `;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the rules do not compile:\n${stderr}`);
}, 60_000);

afterAll(() => rmSync(fresh, { recursive: true, force: true }));

/** Texts of all files below a folder, by their path in it. */
const filesBelow = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );

test('rules/rule.schema.json is what the build makes of the rule vocabulary', () => {
  const committed = readFileSync(join(root, 'rules/rule.schema.json'), 'utf8');
  expect(committed).toBe(readFileSync(join(fresh, 'rule.schema.json'), 'utf8'));
});

test('docs/rules holds one page for each rule, as the build makes it, and no other', () => {
  const made = filesBelow(join(fresh, 'docs'));
  expect(Object.keys(made).length).toBeGreaterThan(0);
  expect(filesBelow(join(root, 'docs/rules'))).toEqual(made);
});
