// Effects: a no to one way of destroying something covers the other ways, and nothing else.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Standards } from '../../../src/core/analyze.ts';
import { coveringEffects, effectOf } from '../../../src/core/decide/effect.ts';
import { defaultPolicy } from '../../../src/core/model/policy.ts';
import type { Finding } from '../../../src/core/model/verdict.ts';
import { judge } from '../../../src/judge.ts';
import { memoryObserver } from '../../../src/observe/index.ts';
import { loadStandards } from '../../../src/standards.ts';

let standards: Standards;
beforeAll(async () => {
  standards = await loadStandards({ ...defaultPolicy, lookups: false }, []);
});

async function findingsOf(command: string): Promise<readonly Finding[]> {
  const from = { kind: 'command-line', label: 'command line' } as const;
  const env = { HOME: '/home/ada', PATH: '/usr/bin:/bin' };
  const request = {
    command,
    shell: 'bash',
    name: undefined,
    positionals: [],
    cwd: '/home/ada/shop',
    env,
    from,
  } as const;
  return (await judge(request, standards, memoryObserver(undefined))).findings;
}

describe('after a no to rm -rf data', () => {
  test.each([
    ['rm -r ./data', true],
    ['rm -rf /home/ada/shop/data/*', true],
    ['rm data/orders.csv data/customers.csv', true],
    ['find data -delete', true],
    ['find data -type f -exec rm {} +', true],
    ['find ./data -type f | xargs rm', true],
    [`python3 -c 'import shutil; shutil.rmtree("data")'`, true],
    [`node -e 'require("fs").rmSync("data", { recursive: true })'`, true],
    [`ruby -rfileutils -e 'FileUtils.rm_rf("data")'`, true],
    [`printf 'rm -rf data' > clean.sh && bash clean.sh`, true],
    ['(cd data && rm -rf ./*)', true],
    ['rm -rf uploads', false],
    ['rm -rf data-old', false],
    ['rm -rf /home/ada/blog/data', false],
    ['git reset --hard', false],
  ])('%s: covered %p', async (command, isCovered) => {
    const [denied] = await findingsOf('rm -rf data');
    const later = (await findingsOf(command)).flatMap(coveringEffects);
    expect(later.length).toBeGreaterThan(0);
    expect(denied !== undefined && later.includes(effectOf(denied))).toBe(isCovered);
  });
});
