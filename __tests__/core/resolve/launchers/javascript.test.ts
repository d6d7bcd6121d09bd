// The argv forms of JavaScript runtimes: which program they run, with which words behind it.
import { describe, expect, test } from '@jest/globals';
import { showWord } from '../../../../src/core/model/word.ts';
import type { Inner } from '../../../../src/core/resolve/launcher.ts';
import { javascriptInner } from '../../../../src/core/resolve/launchers/javascript.ts';
import { folder, resolved, worldOf } from '../listing.ts';

const files = { [`${folder}/tools/index.js`]: '', [`${folder}/clean.ts`]: '', [`${folder}/.env`]: 'STAGE=prod\n' };

function inners(command: string): readonly string[] {
  const call = resolved(command, { files }).invocations.find(({ name }) => name !== 'echo' && name !== 'cat');
  return call === undefined ? ['no call'] : javascriptInner(call, worldOf(files)).map(show);
}

function show(inner: Inner): string {
  if (inner.kind === 'words') return `words ${inner.words.map(showWord).join(' ')}`;
  if (inner.kind !== 'program') return inner.kind;
  const code = 'text' in inner.code ? `text ${showWord(inner.code.text)}` : `file ${showWord(inner.code.path)}`;
  const set = (inner.assignments ?? []).map(({ name, value }) => `${name}=${showWord(value)} `).join('');
  return `${set}${code}${inner.positionals.length === 0 ? '' : ` | ${inner.positionals.map(showWord).join(' ')}`}`;
}

describe('what runs', () => {
  test.each([
    ['node clean.js --force', ['file clean.js | --force']],
    ["node -e 'drop()' orders", ['text drop() | orders']],
    ["node -pe 'drop()'", ['text drop()']],
    ["node --eval='drop()'", ['text drop()']],
    ['node --max-old-space-size=4096 -r ./setup.js clean.js', ['file ./setup.js', 'file clean.js']],
    ['node --import tsx clean.ts', ['file clean.ts']],
    ['node --env-file=.env clean.js', ['STAGE=prod file clean.js']],
    ['node inspect clean.js', ['file clean.js']],
    ['node tools', ['file tools/index.js']],
    ['node clean', ['file clean.ts']],
    ["echo 'drop()' | node", ['text drop()\n']],
    ["node - orders <<'END'\ndrop()\nEND", ['text drop()\n | orders']],
    ['node --test a.test.js b.test.js', ['file a.test.js', 'file b.test.js']],
    ['node node_modules/.bin/prisma migrate reset', ['words prisma migrate reset']],
    ['node ./node_modules/@acme/tool/bin.js x', ['words tool x']],
    ['tsx watch clean.ts', ['file clean.ts']],
    ['ts-node -P tsconfig.json clean.ts orders', ['file clean.ts | orders']],
    ['zx clean.mjs', ['file clean.mjs']],
    ["deno eval 'drop()'", ['text drop()']],
    ['deno run -A --config deno.json clean.ts orders', ['file clean.ts | orders']],
    ['deno run npm:rimraf@5 dist', ['words rimraf dist']],
  ])('%s', (command, expected) => expect(inners(command)).toEqual(expected));
});

describe('what runs nothing that is read', () => {
  test.each([
    'node --version',
    'node --check clean.js',
    'node',
    'node /usr/lib/acme/start.js',
    'node --test',
    'deno test',
    'deno fmt',
    'deno run https://acme.com/tool.ts',
    'tsx --help',
    'zx README.md',
  ])('%s', (command) => expect(inners(command)).toEqual([]));
});
