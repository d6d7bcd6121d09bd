// Where the shipped rules hold a program that stands in a file: the lines of it that a person would be shown.
import { join } from 'node:path';
import { defaultPolicy } from '../../../../src/core/model/policy.ts';
import { ruleOf, ruleSetOf } from '../../../../src/core/rules/document.ts';
import { judge } from '../../../../src/judge.ts';
import { memoryObserver } from '../../../../src/observe/index.ts';
import { readRules } from '../../../../src/rulebook/read.ts';

const folder = join(import.meta.dirname, '../../../../rules');
const ruleSet = ruleSetOf(
  readRules(folder).rules.map(({ id, document }) => ruleOf(id, document)),
  'shipped',
);

/** `run`, or the lines that are asked about: `3, 7`. The command is run in /srv/orders, among files in memory. */
export async function held(command: string, files: Readonly<Record<string, string>>): Promise<string> {
  const request = {
    command,
    shell: 'bash',
    name: undefined,
    positionals: [],
    cwd: '/srv/orders',
    env: { HOME: '/home/mia' },
    from: { kind: 'command-line', label: 'command line' },
  } as const;
  const { verdict } = await judge(request, { ruleSet, policy: defaultPolicy }, memoryObserver(files));
  if (verdict.kind === 'run') return 'run';
  const asked = verdict.findings.filter(({ challenge }) => challenge !== 'none');
  const lines = asked.map(({ fact }) => fact.invocation?.origin.findLast(({ line }) => line !== undefined)?.line);
  return [...new Set(lines)].toSorted((a = 0, b = 0) => a - b).join(', ');
}
