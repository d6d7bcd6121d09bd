// The verdict of the shipped rules on a command, among files in memory.
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

/** `run`, `ask` or `deny` for a command in /srv/orders. */
export async function verdictOf(command: string, files: Readonly<Record<string, string>>): Promise<string> {
  const request = {
    command,
    shell: 'bash',
    name: undefined,
    positionals: [],
    cwd: '/srv/orders',
    env: { HOME: '/home/mia' },
    from: { kind: 'command-line', label: 'command line' },
  } as const;
  const analysis = await judge(request, { ruleSet, policy: defaultPolicy }, memoryObserver(files));
  return analysis.verdict.kind;
}
