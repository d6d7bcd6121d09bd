// JavaScript programs as they are written every day: ordinary ones run, destructive ones are asked about at the right line.
import { expect, test } from '@jest/globals';
import { askedAt } from '../asked.ts';
import { programsIn } from '../program-files.ts';

test.each(programsIn('javascript', 'ordinary'))('runs: $title', async ({ command, files }) => {
  expect(await askedAt(command, files)).toEqual([]);
});

test.each(programsIn('javascript', 'destructive'))('asks: $title', async ({ command, files, marked }) => {
  expect(await askedAt(command, files)).toEqual(expect.arrayContaining([...marked]));
  expect(marked).not.toEqual([]);
});
