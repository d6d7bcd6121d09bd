// Ruby's parser: loaded once, quiet, and whole again after a text that it gives up on.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { staticWord } from '../../src/core/model/word.ts';
import { loadRubyReader } from '../../src/observe/ruby.ts';

const context = {
  args: [],
  cwd: staticWord('/srv/orders'),
  path: undefined,
  variable: () => undefined,
  stdin: undefined,
  readFile: () => undefined,
};

test('a text that the parser gives up on leaves it able to read the next one', async () => {
  const reader = await loadRubyReader();
  reader.read('('.repeat(200_000), context);
  expect(reader.read('File.delete("a")', context)).toHaveLength(1);
});

test('many texts are read in the memory of a few', async () => {
  const reader = await loadRubyReader();
  for (let at = 0; at < 300; at += 1) reader.read(`x = ${at}\n${'y = "z"\n'.repeat(500)}`, context);
  expect(reader.read('File.delete("a")', context)).toHaveLength(1);
});

test('the built program reads Ruby without a word on stderr (npm run build makes it)', () => {
  const cli = join(import.meta.dirname, '../../dist/cli.cjs');
  expect(existsSync(cli)).toBe(true);
  const row = { id: '1', command: `ruby -e 'system("git reset --hard")'` };
  const { stdout, stderr } = spawnSync(process.execPath, [cli, 'check'], {
    input: `${JSON.stringify(row)}\n`,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'ask', rules: ['git/discard-changes'] });
});
