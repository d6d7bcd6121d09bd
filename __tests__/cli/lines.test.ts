// Lines of a stream that arrives in pieces: none is lost, none is split in the middle of a character.
import { expect, test } from '@jest/globals';
import { lineBatches } from '../../src/cli/lines.ts';

async function linesOf(...chunks: (string | number[])[]): Promise<string[]> {
  async function* input() {
    for (const chunk of chunks) yield Buffer.from(chunk as string);
  }
  const lines: string[] = [];
  for await (const batch of lineBatches(input())) lines.push(...batch);
  return lines;
}

test.each<[string, (string | number[])[], string[]]>([
  ['nothing', [], []],
  ['one line', ['ls\n'], ['ls']],
  ['a last line without newline', ['ls\npwd'], ['ls', 'pwd']],
  ['a line in three pieces', ['git ', 'sta', 'tus\nls\n'], ['git status', 'ls']],
  ['empty lines', ['\n\nls\n\n'], ['', '', 'ls', '']],
  ['a newline in a piece of its own', ['ls', '\n', 'pwd', '\n'], ['ls', 'pwd']],
  [
    'a character in two pieces',
    [
      [0x65, 0xc3],
      [0xa9, 0x0a],
    ],
    ['eé'],
  ],
  ['a character that is cut off', [[0x65, 0xc3]], ['e\ufffd']],
])('%s', async (_, chunks, lines) => {
  expect(await linesOf(...chunks)).toEqual(lines);
});
