// The real shell is the oracle: the words that bash gives to each program are those that guard lists.
// Which texts bash accepts is held against guard's parser in core/parse/oracle.test.ts.
import { afterAll, describe, expect, test } from '@jest/globals';
import { known, unknown } from './command-lines.ts';
import { saysUnknown, unexplained } from './compare.ts';
import { resolveIn, Sandbox } from './sandbox.ts';

const box = new Sandbox();
afterAll(() => box.remove());

/** guard's list is made first: what the line writes is not there yet. */
async function compare(command: string) {
  const cwd = box.place();
  const listed = await resolveIn(box, command, cwd);
  const ran = await box.run(command, cwd);
  return { listed, ran };
}

describe('every stub that runs is listed with its words', () => {
  test.each(known)('%j', async (command) => {
    const { listed, ran } = await compare(command);
    expect(ran).not.toEqual([]);
    expect(unexplained(ran, listed)).toEqual([]);
    expect(saysUnknown(listed)).toBe(false);
  });
});

describe('what guard cannot know it says', () => {
  test.each(unknown)('%j', async (command) => {
    const { listed, ran } = await compare(command);
    expect(ran).not.toEqual([]);
    expect(saysUnknown(listed)).toBe(true);
  });
});

describe('the comparison notices', () => {
  test.each([
    ['another word', 'c1 a', 'c1 b'],
    ['a word too many', 'c1 a', 'c1 a b'],
    ['another program', 'c1 a', 'c2 a'],
    ['words in another order', 'c1 "$x" a', 'c1 a b'],
  ])('%s', async (_name, listedLine, ranLine) => {
    const cwd = box.place();
    expect(unexplained(await box.run(ranLine, cwd), await resolveIn(box, listedLine, cwd))).not.toEqual([]);
  });
});
