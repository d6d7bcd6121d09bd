// The gate that keeps permits unforgeable.
import { describe, expect, test } from '@jest/globals';
import { permitViolations } from './permits.ts';
import { show, sourcesBelow } from './sources.ts';

const found = (path: string, text: string) => show(permitViolations(new Map([[path, text]])));

test('only decide and confirm mint permits', () => {
  const sources = new Map([...sourcesBelow('src'), ...sourcesBelow('demo')]);
  expect(sources.has('src/core/model/verdict.ts')).toBe(true);
  expect(show(permitViolations(sources))).toEqual([]);
});

describe('a planted permit is caught', () => {
  test.each([
    ['src/run/run.ts', `mintPermit('rm -rf data', 'policy');`],
    ['src/cli/commands/run.ts', `import { mintPermit as mint } from '../../core/model/verdict.ts';`],
    ['src/core/facts/facts.ts', `export { mintPermit } from '../model/verdict.ts';`],
    ['src/shell.ts', `model.mintPermit('rm -rf data', 'policy');`],
    ['src/shell.ts', `model['mintPermit']('rm -rf data', 'policy');`],
    ['src/run/run.ts', `const permit = { source, by: 'policy' } as unknown as Permit;`],
    ['src/run/run.ts', `const verdict = { permit } as { permit: Permit };`],
    ['src/confirm/terminal.ts', `const permit = {} as Permit;`],
  ])('%s: %s', (path, text) => {
    expect(found(path, text).length).toBeGreaterThan(0);
  });
});

describe('the places that decide may', () => {
  test.each([
    ['src/core/decide/decide.ts', `mintPermit('ls', 'policy');`],
    ['src/confirm/answer.ts', `mintPermit('rm -rf data', approval);`],
    [
      'src/run/run.ts',
      `import type { Permit } from '../core/model/verdict.ts'; const run = (permit: Permit) => permit;`,
    ],
  ])('%s: %s', (path, text) => {
    expect(found(path, text)).toEqual([]);
  });
});
