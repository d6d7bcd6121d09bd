import { describe, expect, test } from '@jest/globals';
import { clip, escapeText, foldCommand, widthOf, wrap } from '../../src/confirm/escape.ts';

describe('what a terminal would obey or hide is spelled out', () => {
  test.each([
    ['an escape sequence', 'rm \x1b[2Kls', 'rm \\x1b[2Kls'],
    ['an 8-bit control', 'a\x9b2Jb', 'a\\x9b2Jb'],
    ['backspace and carriage return', 'rm -rf /\b\b\rls', 'rm -rf /\\x08\\x08\\rls'],
    ['NUL and DEL', 'a\0b\x7f', 'a\\x00b\\x7f'],
    ['a tab', 'a\tb', 'a\\tb'],
    ['a bidi override', 'rm \u202etxt.sredro', 'rm \\u202etxt.sredro'],
    ['bidi isolates', '\u2066a\u2069', '\\u2066a\\u2069'],
    ['zero width', 'or\u200bders\ufeff', 'or\\u200bders\\ufeff'],
    ['a soft hyphen', 'or\u00adders', 'or\\xadders'],
    ['line separators', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\x85d'],
    ['a no-break space', 'rm\u00a0-rf', 'rm\\xa0-rf'],
    ['tag characters', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
    ['marks that pile up', 'e\u0301\u0301', 'e\\u0301\\u0301'],
    ['letters that show as nothing', 'a\u3164b\u2800', 'a\\u3164b\\u2800'],
    ['Cyrillic inside a Latin word', 'pr\u043ed-db', 'pr\\u043ed-db'],
    ['full-width Latin', '\uff52\uff4d', '\\uff52\\uff4d'],
    ['mathematical Latin', '\u{1d42b}m', '\\u{1d42b}m'],
  ])('%s', (_name, text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });
});

describe('what a person reads stays as it is', () => {
  test.each([
    'rm -rf ./dist',
    "psql -c 'DROP TABLE orders'",
    'caf\u00e9 na\u00efve',
    '\u0437\u0430\u043a\u0430\u0437\u044b',
    '\u6ce8\u6587',
    '\u2039token \u20269f2c\u203a',
    '\u{1f680} deploy',
  ])('%s', (text) => {
    expect(escapeText(text)).toBe(text);
  });
});

test.each([
  ['orders', 6],
  ['\u6ce8\u6587', 4],
  ['\u{1f680}', 2],
  ['\u2026', 1],
])('columns of %s', (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});

test.each([
  ['drop the orders table', 12, ['drop the', 'orders table']],
  ['a'.repeat(25), 10, ['a'.repeat(10), 'a'.repeat(10), 'a'.repeat(5)]],
  ['\u6ce8\u6587\u6ce8\u6587', 5, ['\u6ce8\u6587', '\u6ce8\u6587']],
  ['\u6ce8\u6587', 1, ['\u6ce8', '\u6587']],
  ['', 10, ['']],
])('wrap %s', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});

test.each([
  ['orders', 6, 'orders'],
  ['orders of acme', 8, 'orders\u2026'],
  ['\u6ce8\u6587\u6ce8\u6587', 5, '\u6ce8\u6587\u2026'],
])('clip %s', (text, width, shown) => {
  expect(clip(text, width)).toBe(shown);
});

describe('a command in the lines there are', () => {
  test('keeps its own lines', () => {
    expect(foldCommand('cd acme\nrm -rf data\n', 40, 6)).toEqual(['\u2502 cd acme', '\u2502 rm -rf data']);
  });
  test('marks what was folded', () => {
    expect(foldCommand('psql -c "DROP TABLE orders"', 20, 6)).toEqual(['\u2502 psql -c "DROP', '\u250a TABLE orders"']);
  });
  test.each([
    ['many lines', `${'echo ok\n'.repeat(500)}rm -rf /srv/acme`],
    ['one long line', `echo ${'x'.repeat(3_000)} && rm -rf /srv/acme`],
    ['1 MiB', `echo ${'x '.repeat(500_000)}; rm -rf /srv/acme`],
    ['1 MiB of escapes', `${'\x1b'.repeat(1_000_000)}; rm -rf /srv/acme`],
  ])('shows beginning and end of %s and says how much is missing', (_name, command) => {
    const lines = foldCommand(command, 60, 5);
    expect(lines.length).toBe(5);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(60);
    expect(lines[2]).toMatch(/^\u22ee [\d,]+ characters not shown$/);
    expect(
      lines
        .slice(3)
        .map((line) => line.slice(2))
        .join(' '),
    ).toContain('rm -rf /srv/acme');
  });
});
