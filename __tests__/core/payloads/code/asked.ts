// Where the shipped rules hold a program: the file and line of each finding, as a person is shown them.
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

/** `program.py:4` for each place that is asked about; nothing where the command runs. It runs in /srv/orders. */
export async function askedAt(command: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
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
  if (verdict.kind === 'run') return [];
  const places = verdict.findings
    .filter(({ challenge }) => challenge !== 'none')
    .map(({ fact }) =>
      ('invocation' in fact ? fact.invocation?.origin : undefined)?.findLast(
        ({ line, label }) => line !== undefined && /\.[a-z]+$/.test(label),
      ),
    )
    .map((step) =>
      step === undefined ? 'the command line' : `${step.label.slice(step.label.lastIndexOf('/') + 1)}:${step.line}`,
    );
  return [...new Set(places)];
}
