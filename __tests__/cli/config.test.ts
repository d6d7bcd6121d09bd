// guard config: every effective value with the place that says it.
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Place, widest } from './guard.ts';

const plain = new Place();
const shop = new Place();
afterAll(() => {
  plain.remove();
  shop.remove();
});

interface Shown {
  readonly files: readonly string[];
  readonly values: readonly { key: string; value: unknown; file: string | null; line: number | null }[];
}

const shown = (place: Place) => JSON.parse(place.guard(['config', '--json']).stdout) as Shown;
const entryOf = ({ values }: Shown, key: string) => values.find((each) => each.key === key);

test('without a file every value is a default', () => {
  const { files, values } = shown(plain);
  expect(files).toEqual([]);
  expect(values.filter(({ file, line }) => file !== null || line !== null)).toEqual([]);
  expect(entryOf({ files, values }, 'decisions.high.production')?.value).toBe('factor');
});

describe('with files', () => {
  const project = shop.put('.guardrc', 'scope: staging\ndecisions:\n  low:\n    local: ask\n');
  const user = shop.put('../.config/guard/config.yaml', '# mine\nshell: /bin/bash\n');
  const config = shown(shop);

  test('each value names its file and line', () => {
    expect(entryOf(config, 'scope')).toEqual({ key: 'scope', value: ['staging'], file: project, line: 1 });
    expect(entryOf(config, 'decisions.low.local')).toMatchObject({ value: 'ask', file: project, line: 4 });
    expect(entryOf(config, 'shell')).toMatchObject({
      value: '/bin/bash',
      file: join(shop.work, user).slice(shop.work.length),
    });
    expect(entryOf(config, 'lookups')).toMatchObject({ value: true, file: null });
  });

  test('the page says the same within 80 columns', () => {
    const { stdout } = shop.guard(['config']);
    expect(stdout).toMatch(/^scope +staging +~\/shop\/\.guardrc:1$/m);
    expect(stdout).toMatch(/^lookups +true +default$/m);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });
});

test.each([
  ['config', []],
  ['explain', ['ls']],
  ['run', ['ls']],
  ['audit', []],
])('guard %s does not start with a file that is not in order, and says where', (name, args) => {
  const broken = new Place();
  const file = broken.put('.guardrc', 'scope: staging\nlookups: perhaps\n');
  const { status, stdout, stderr } = broken.guard([name, ...args]);
  broken.remove();
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr.startsWith(`guard: ${file}:2: `)).toBe(true);
});
