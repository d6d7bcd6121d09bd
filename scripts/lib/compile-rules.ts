// The rule compiler of the build: checks every shipped rule and writes the compiled set, the schema and the pages.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rulePages } from '../../src/core/rules/docs.ts';
import { ruleSchema } from '../../src/core/rules/schema.ts';
import { loadRulebook } from '../../src/rulebook/index.ts';

const [
  rulesFolder = 'rules',
  compiledFile = 'dist/rules.json',
  schemaFile = 'rules/rule.schema.json',
  docsFolder = 'docs/rules',
] = process.argv.slice(2);

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  try {
    if (readFileSync(path, 'utf8') === text) return;
  } catch {
    // Not there yet.
  }
  writeFileSync(path, text);
}

const { files, ruleSet, problems } = await loadRulebook([rulesFolder]);
for (const { file, line, message } of problems) console.error(`${file}:${line}: ${message}`);
if (problems.length > 0) {
  console.error(`${problems.length} problems in ${files.length} rules`);
  process.exitCode = 1;
} else {
  write(compiledFile, `${JSON.stringify({ ...ruleSet, rules: ruleSet.rules.map((rule) => JSON.stringify(rule)) })}\n`);
  write(schemaFile, `${JSON.stringify(ruleSchema, null, 2)}\n`);
  const pages = rulePages(files.map(({ id, document }) => ({ id, document })));
  mkdirSync(docsFolder, { recursive: true });
  for (const [name, text] of pages) write(join(docsFolder, name), text);
  for (const name of readdirSync(docsFolder))
    if (name.endsWith('.md') && !pages.has(name)) rmSync(join(docsFolder, name));
}
