// Programs that are made to be endless: reading them ends, and says which bound it met.
import { expect, test } from '@jest/globals';
import { reader as javascript } from '../../../../src/core/payloads/code/javascript/reader.ts';
import { reader as python } from '../../../../src/core/payloads/code/python/reader.ts';
import { effectLines, type Scene } from './effect-lines.ts';

const twice = (line: (at: number) => string): string =>
  Array.from({ length: 60 }, (_unused, at) => line(at)).join('\n');
const modules = (ending: string, content: (at: number) => string): Scene => ({
  path: `/srv/acme/shop/m0.${ending}`,
  files: Object.fromEntries(
    Array.from({ length: 90 }, (_unused, at) => [`/srv/acme/shop/m${at}.${ending}`, content(at)]),
  ),
});

test.each([
  ['calls that double', python, `${twice((at) => `def f${at}():\n  f${at + 1}()\n  f${at + 1}()`)}\nf0()`, /steps/],
  [
    'calls that double',
    javascript,
    `${twice((at) => `function f${at}() { f${at + 1}(); f${at + 1}() }`)}\nf0()`,
    /steps/,
  ],
  ['parentheses', python, `${'('.repeat(20_000)}1${')'.repeat(20_000)}`, /nests|parse|make no sense/],
  ['parentheses', javascript, `${'('.repeat(20_000)}1${')'.repeat(20_000)}`, /nests|parse|make no sense/],
  ['a list of a MiB', python, `x = [${'1,'.repeat(500_000)}]`, /tokens/],
  ['a list of a MiB', javascript, `x = [${'1,'.repeat(500_000)}]`, /tokens/],
  ['no language at all', javascript, '@#$%^&*()!'.repeat(3_000), /parse|make no sense/],
  [
    'loops in loops',
    python,
    twice((at) => `${' '.repeat(at)}for i in [1, 2, 3]:`).concat(`\n${' '.repeat(60)}print(1)`),
    /steps|nests/,
  ],
  ['code of itself', python, "x = 'exec(x); exec(x)'\nexec(x)", /steps/],
])('%s', (_title, reader, code, bound) => {
  expect(effectLines(reader, code).join('\n')).toMatch(bound);
});

test.each([
  ['texts that double', python, `x = 'a'\n${'x = x + x\n'.repeat(60)}import os\nos.remove(x)`],
  ['texts that double', javascript, `let x = 'a'\n${'x = x + x\n'.repeat(60)}require('fs').unlinkSync(x)`],
  ['lists that double', python, `x = ['a']\n${'x.extend(x)\n'.repeat(60)}import os\nos.remove(x)`],
  [
    'lists that double',
    javascript,
    `let x = ['a']\n${'x = [x, x]\n'.repeat(60)}require('fs').writeFileSync('a', JSON.stringify(x))`,
  ],
  ['a list in itself', python, 'x = []\nx.append(x)\nimport os\nos.remove(x)'],
  ['an object in itself', javascript, "const x = {}; x.a = x; require('fs').writeFileSync('a', JSON.stringify(x))"],
  [
    'what grows by replacing',
    python,
    `x = 'aaaa'\n${"x = x.replace('a', 'aaaaaaaa')\n".repeat(40)}import os\nos.remove(x)`,
  ],
  [
    'classes of classes',
    python,
    `class A0: pass\n${twice((at) => `class A${at + 1}(A${at}, A${at}): pass`)}\nA60().run()\nimport os\nos.remove('x')`,
  ],
])('%s are read to the end', (_title, reader, code) => {
  expect(effectLines(reader, code)).toHaveLength(1);
});

test.each([
  ['python', python, modules('py', (at) => `import m${(at + 1) % 90}\n`), 'import m1'],
  ['javascript', javascript, modules('js', (at) => `require('./m${(at + 1) % 90}')\n`), "require('./m1')"],
])('modules that import each other in a ring: %s', (_title, reader, scene, code) => {
  expect(effectLines(reader, code, scene)).toEqual(['opaque more than 64 modules']);
});
