// The demo's screen shows what a terminal would: cursor moves, erasing, colours, sequences that come in pieces.
import { expect, test } from '@jest/globals';
import { Screen } from '../../demo/screen.ts';

const show = (...pieces: readonly string[]) => {
  const screen = new Screen(20);
  for (const piece of pieces) screen.write(piece);
  return screen;
};

test.each<[string, string[], string]>([
  ['lines', ['one\r\ntwo'], 'one\ntwo'],
  ['a line that is written again', ['(y/N) \r(y/N) n'], '(y/N) n'],
  ['an erased line', ['first answer\x1b[2K\x1b[Gsecond'], 'second'],
  ['erased to the end', ['keep this\x1b[4D\x1b[K'], 'keep'],
  ['up and over', ['a\r\nb\x1b[A\x1b[Gc'], 'c\nb'],
  ['erased below', ['a\r\nb\r\nc\x1b[2A\x1b[J'], 'a'],
  ['a sequence in two pieces', ['a\x1b[', '31mb'], 'ab'],
  ['cursor hidden, title set', ['\x1b[?25l\x1b]0;guard\x07a'], 'a'],
  ['wrapped at the edge', ['x'.repeat(25)], `${'x'.repeat(20)}\n${'x'.repeat(5)}`],
  ['beyond the row', ['a\x1b[5Gb'], 'a   b'],
  ['rows before the first', ['a\x1b[9Ab'], 'ab'],
])('%s', (_, pieces, text) => {
  expect(show(...pieces).text).toBe(text);
});

test.each<[string, string, string]>([
  ['kept', '\x1b[1;31mred\x1b[0m', '\x1b[0m\x1b[1;31mred\x1b[0m'],
  ['closed one by one', '\x1b[41m\x1b[1mP\x1b[22m\x1b[49m x', '\x1b[0m\x1b[41;1mP\x1b[0m x'],
  ['none', 'plain', 'plain'],
])('colours: %s', (_, input, line) => {
  expect(show(input).lines(true)).toEqual([line]);
});
