// JavaScript programs from the command line to the verdict: what destroys is asked about, ordinary scripts run.
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { defaultPolicy } from '../../../../../src/core/model/policy.ts';
import { ruleOf, ruleSetOf } from '../../../../../src/core/rules/document.ts';
import { judge } from '../../../../../src/judge.ts';
import { memoryObserver } from '../../../../../src/observe/index.ts';
import { readRules } from '../../../../../src/rulebook/read.ts';

const rules = readRules(join(import.meta.dirname, '../../../../../rules'))
  .rules.filter(({ id }) => /^(filesystem|git|orm|sql|postgres|railway|http|shell)\//.test(id))
  .map(({ id, document }) => ruleOf(id, document));
const ruleSet = ruleSetOf(rules, 'javascript');

async function verdict(command: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const from = { kind: 'command-line', label: 'command line' } as const;
  const request = {
    command,
    shell: 'bash',
    name: undefined,
    positionals: [],
    cwd: '/srv/orders',
    env: { HOME: '/home/mia' },
    from,
  } as const;
  const given = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/srv/orders/${name}`, text]));
  return (await judge(request, { ruleSet, policy: defaultPolicy }, memoryObserver(given))).verdict.kind;
}

test.each([
  ['ask', `node -e "require('fs').rmSync('/home/mia/shop', { recursive: true })"`, {}],
  ['ask', 'node reset.js', { 'reset.js': "require('child_process').execSync('dropdb acme-prod')" }],
  ['ask', 'npx tsx wipe.ts', { 'wipe.ts': "import { db } from './db'; await db.query('DROP TABLE orders')" }],
  [
    'ask',
    'node wipe.mjs',
    {
      'wipe.mjs': "import { wipe } from './lib.mjs'; wipe()",
      'lib.mjs': "import fs from 'fs'; export function wipe() { fs.rmSync('/', { recursive: true }) }",
    },
  ],
  ['ask', "node <<'END'\nrequire('mongoose').connection.dropDatabase()\nEND", {}],
  ['ask', 'deno eval \'Deno.remove("/home/mia/shop", { recursive: true })\'', {}],
  ['run', `node -e "console.log(require('./package.json').version)"`, {}],
  [
    'run',
    'node build.js',
    {
      'build.js':
        "const fs = require('fs'); fs.rmSync('dist', { recursive: true, force: true }); fs.mkdirSync('dist'); fs.writeFileSync('dist/a.js', 'x')",
    },
  ],
  ['run', 'node clean.mjs "$FILE"', { 'clean.mjs': "import fs from 'fs'; fs.unlinkSync(process.argv[2])" }],
  [
    'run',
    'node server.js',
    {
      'server.js':
        "const app = require('express')(); app.delete('/orders/:id', (q) => db.query('DELETE FROM orders')); app.listen(80)",
    },
  ],
  ['run', "node <<'END'\nrequire('fs').writeFileSync('/tmp/out.json', JSON.stringify({ a: 1 }))\nEND", {}],
  ['run', 'node --test', {}],
] as const)('%s: %s', async (expected, command, files) => expect(await verdict(command, files)).toBe(expected));
