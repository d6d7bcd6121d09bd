// No input makes the parser hang or overflow: it is refused or read, and large ordinary texts are read.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import { parseScript } from '../../../src/core/parse/parse.ts';

const mebibyte = 1_048_576;
const filled = (pattern: string, length = mebibyte): string =>
  pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length);

const hostile: readonly string[] = [
  '(',
  '$(',
  '`',
  '${',
  '"$(',
  '"${x:-',
  '${x:-"${x:-\\}',
  '$((',
  '$[',
  '<(',
  '>(',
  '{a,',
  '((a);',
  '@(',
  'a=(',
  '<<A ',
  "<<'A' ",
  '$(<<A\n',
  '`$(',
  '"`',
  '`\\`',
  '$(case x in x) ',
  '{1..1000}',
  'coproc ',
  'function f ',
  'f()',
  '$(a)',
  'git add a;',
];
const harmless: readonly string[] = [
  '"',
  "'",
  '{',
  '[',
  'x[',
  'if ',
  'case x in ',
  '! ',
  '\\',
  '{a',
  '#',
  '~',
  '[[ ( ',
];

describe('1 MiB of hostile text', () => {
  test.each(hostile)('%j is refused', (pattern) => {
    const script = parseScript(filled(pattern));
    expect(script.complete).toBe(false);
    expect(script.statements).toEqual([]);
    expect(script.problems).toHaveLength(1);
  });
});

describe('hostile text that the parser can take', () => {
  test.each(harmless)('%j ends', (pattern) => {
    expect(parseScript(filled(pattern, 200_000)).source).toHaveLength(200_000);
  });
});

describe('nesting', () => {
  const nest = (open: string, inner: string, close: string, levels: number) =>
    open.repeat(levels) + inner + close.repeat(levels);
  const shapes: readonly (readonly [open: string, close: string])[] = [
    ['echo $(', ')'],
    ['echo "$(', ')"'],
    ['( ', ' )'],
    ['{ ', '; }'],
    ['if true; then ', '; fi'],
    ['echo <(', ')'],
  ];
  test.each(shapes)('%j is read 20 deep and refused 120 deep', (open, close) => {
    expect(parseScript(nest(open, 'make', close, 20)).complete).toBe(true);
    expect(parseScript(nest(open, 'make', close, 120)).complete).toBe(false);
  });
});

describe('large ordinary texts are read', () => {
  const line = 'const handler = (event) => ({ status: [200], body: `${event.id}` }) // $(x) << 2\n';
  test('a here-document of 900 KiB', () => {
    expect(parseScript(`cat > app.js <<'EOF'\n${filled(line, 900_000)}\nEOF\n`).complete).toBe(true);
  });
  test('a here-document of 900 KiB with expansions', () => {
    const text = filled('The quick brown fox owns $HOME and (nearly) all of it.\n', 900_000);
    expect(parseScript(`cat > notes.md <<EOF\n${text}\nEOF\n`).complete).toBe(true);
  });
  test('a script of 2,000 functions', () => {
    const script = parseScript('build() { make "$1" && echo "$(date)"; }\n'.repeat(2_000));
    expect(script.complete).toBe(true);
    expect(script.statements).toHaveLength(2_000);
  });
  test('a command with 10,000 file names', () => {
    expect(parseScript(`git add ${'src/core/app.ts '.repeat(10_000)}`).complete).toBe(true);
  });
  test('anything above 1 MiB is not', () => {
    const script = parseScript(`echo ${'a'.repeat(mebibyte)}`);
    expect(script).toMatchObject({ complete: false, statements: [] });
  });
});
