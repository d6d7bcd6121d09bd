// Fuzzing, a small sample with a fixed seed: no text breaks the pipeline, and none runs a command that guard does not see.
// bench/fuzz.mjs runs the same cases by the hundred thousand.
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Sandbox } from '../oracle/sandbox.ts';
import { compareText, isSilentMiss, isTame, judgeText } from './campaign.ts';
import { arbitrary, mutated, openers, seeds, tokenSoup } from './texts.ts';

const seed = 20260424;
const mebibyte = 1_048_576;
const filled = (opener: string, length: number): string =>
  opener.repeat(Math.ceil(length / opener.length)).slice(0, length);

describe('every text gets a verdict', () => {
  test.each([
    ['texts of the tables spliced into each other', mutated],
    ['tokens one after the other', tokenSoup],
    ['any characters', arbitrary],
  ])('%s', (_name, texts) => {
    fc.assert(
      fc.property(texts, fc.option(texts, { nil: undefined }), (text, file) => {
        expect(['run', 'ask']).toContain(judgeText(text, file).verdict.kind);
      }),
      { seed, numRuns: 150 },
    );
  });
});

describe('names that every JavaScript object has are ordinary names', () => {
  test.each(Object.getOwnPropertyNames(Object.prototype))('%s', (name) => {
    const uses = [
      '$',
      '$ a $',
      'echo a | $',
      'x=1 $ $=2',
      '$() { :; }; $',
      'export $=1; $$',
      'alias $=c1',
      'sudo npx $',
      'rm $',
    ];
    const programs = [
      'git',
      'docker',
      'kubectl',
      'aws',
      'gcloud',
      'npm',
      'railway',
      'terraform',
      'redis-cli',
      'helm',
      'psql -c',
    ];
    for (const use of [...uses, ...programs.map((program) => `${program} $ $`), 'curl --$ x https://$/$']) {
      const text = use.replaceAll('$', name);
      expect(['run', 'ask']).toContain(judgeText(text, undefined).verdict.kind);
    }
  });
});

describe('1 MiB of one opener ends, and is asked about where it holds a word that a rule knows', () => {
  test.each(openers)('%j', (opener) => {
    const nesting = filled(opener, mebibyte - 60);
    expect(judgeText(`railway volume delete --yes\n${nesting} rm -rf x`, undefined).verdict.kind).toBe('ask');
  });
  test('larger than 1 MiB', () => {
    expect(judgeText(`${'# comment\n'.repeat(110_000)}rm -rf x`, undefined).verdict.kind).toBe('ask');
    expect(judgeText('# comment\n'.repeat(110_000), undefined).verdict.kind).toBe('run');
  });
});

describe('a syntax error does not hide what stands before it', () => {
  test.each(['(', '$(', '`', '"', "'", ')', ';;', 'fi', '<<E', 'if', '((', '[[', '&& |'])('%j', (tail) => {
    expect(judgeText(`rm -rf x; ${tail}`, undefined).verdict.kind).toBe('ask');
    expect(judgeText(`ls -la; ${tail}`, undefined).verdict.kind).toBe('run');
  });
});

describe('what a real bash runs is listed, or guard says that it does not know', () => {
  const box = new Sandbox();
  afterAll(() => box.remove());

  test('in a sample', async () => {
    await fc.assert(
      fc.asyncProperty(mutated.filter(isTame), async (text) => {
        const comparison = await compareText(text, box, 1_000);
        expect(isSilentMiss(comparison) ? comparison : []).toEqual([]);
      }),
      { seed, numRuns: 150 },
    );
  });

  test('the comparison sees a miss', async () => {
    const comparison = await compareText('c1', box);
    expect(isSilentMiss({ ...comparison, unlisted: comparison.ran })).toBe(true);
    expect(comparison.ran).toEqual([{ name: 'c1', args: [] }]);
  });

  test('the tables hold enough to start from', () => {
    expect(seeds.filter(isTame).length).toBeGreaterThan(200);
  });
});
