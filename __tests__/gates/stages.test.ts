// The gate that keeps data flowing left to right through core.
import { describe, expect, test } from '@jest/globals';
import { show, sourcesBelow } from './sources.ts';
import { stageViolations } from './stages.ts';

const found = (path: string, text: string) => show(stageViolations(new Map([[path, text]])));

test('every stage imports only stages to its left', () => {
  expect(show(stageViolations(sourcesBelow('src/core')))).toEqual([]);
});

describe('a planted import against the flow is caught', () => {
  test.each([
    ['src/core/model/word.ts', `import { decide } from '../decide/decide.ts';`],
    ['src/core/parse/adapter.ts', `import type { Launcher } from '../resolve/launcher.ts';`],
    ['src/core/resolve/launchers/sudo.ts', `import { effects } from '../../generated/effects.ts';`],
    ['src/core/generated/launchers.ts', `export { decide } from '../decide/decide.ts';`],
    ['src/core/facts/facts.ts', `type Table = import('../rules/table.ts').Table;`],
    ['src/core/rules/match.ts', `import { analyze } from '../analyze.ts';`],
    ['src/core/tools/orders.ts', ``],
    ['src/core/generated/orders.ts', ``],
  ])('%s: %s', (path, text) => {
    expect(found(path, text)).toHaveLength(1);
  });
});

describe('the flow itself is allowed', () => {
  test.each([
    ['src/core/parse/adapter.ts', `import { staticWord } from '../model/word.ts';`],
    ['src/core/resolve/resolve.ts', `import { launchers } from '../generated/launchers.ts';`],
    ['src/core/resolve/launchers/sudo.ts', `import { grammarOf } from '../../programs/grammar.ts';`],
    ['src/core/generated/launchers.ts', `import { launcher } from '../resolve/launchers/sudo.ts';`],
    ['src/core/analyze.ts', `import { decide } from './decide/decide.ts';`],
    ['src/core/parse/adapter.ts', `import { parse } from 'unbash';`],
  ])('%s: %s', (path, text) => {
    expect(found(path, text)).toEqual([]);
  });
});
