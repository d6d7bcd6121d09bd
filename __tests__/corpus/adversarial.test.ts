// Commands that hide what they do, and commands that only look as if they did: with the shipped rules, in one folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Standards } from '../../src/core/analyze.ts';
import { defaultPolicy } from '../../src/core/model/policy.ts';
import type { Request } from '../../src/core/model/request.ts';
import { judge } from '../../src/judge.ts';
import { memoryObserver } from '../../src/observe/index.ts';
import { loadStandards } from '../../src/standards.ts';

interface Case {
  readonly wanted: 'hold' | 'run';
  readonly kind: string;
  readonly command: string;
}

const cases: readonly Case[] = readFileSync(join(import.meta.dirname, 'adversarial.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, wanted, kind, command] = /^(hold|run) +(\S+) +(.+)$/.exec(line) ?? [];
    if (wanted === undefined || kind === undefined || command === undefined) throw new Error(`not a case: ${line}`);
    return { wanted: wanted as Case['wanted'], kind, command: command.replaceAll('␤', '\n') };
  });

const requestFor = (command: string): Request => ({
  command,
  shell: 'bash',
  name: undefined,
  positionals: [],
  cwd: '/home/ada/shop',
  env: { HOME: '/home/ada', USER: 'ada', PATH: '/usr/local/bin:/usr/bin:/bin', SHELL: '/bin/bash', LANG: 'C.UTF-8' },
  from: { kind: 'command-line', label: 'command line' },
});

let standards: Standards;
beforeAll(async () => {
  standards = await loadStandards({ ...defaultPolicy, lookups: false }, []);
});

const kinds = [...new Set(cases.map(({ kind }) => kind))];

describe.each(kinds)('%s', (kind) => {
  test.each(cases.filter((each) => each.kind === kind))('$wanted $command', async ({ wanted, command }) => {
    const { verdict } = await judge(requestFor(command), standards, memoryObserver(undefined));
    expect(verdict.kind === 'run' ? 'run' : 'hold').toBe(wanted);
  });
});

test('half of the table must run', () => {
  const running = cases.filter(({ wanted }) => wanted === 'run').length;
  expect(cases.length).toBeGreaterThanOrEqual(400);
  expect(running / cases.length).toBeGreaterThanOrEqual(0.5);
});
