// Judges a command line by the rules about files and git, on a disk in memory or on the real one.
import { join } from 'node:path';
import { defaultPolicy } from '../../../src/core/model/policy.ts';
import { ruleOf, ruleSetOf } from '../../../src/core/rules/document.ts';
import { judge, type Observe } from '../../../src/judge.ts';
import { memoryObserver } from '../../../src/observe/index.ts';
import type { Scene } from '../../../src/observe/scene.ts';
import { readRules } from '../../../src/rulebook/read.ts';

const folder = join(import.meta.dirname, '../../../rules');
const rules = readRules(folder)
  .rules.filter(({ id }) => /^(filesystem|git|guard)\//.test(id))
  .map(({ id, document }) => ruleOf(id, document));
const ruleSet = ruleSetOf(rules, 'files');

export interface Given {
  readonly cwd?: string;
  readonly home?: string;
  readonly rebuildable?: readonly string[];
}

/** `ask filesystem/delete-folder`, `run filesystem/delete-committed`, `run`: the verdict and the rules that matched. */
export async function judged(command: string, observe: Observe, given: Given = {}): Promise<string> {
  const { findings, verdict } = await analyzed(command, observe, given);
  const ids = [...new Set(findings.map(({ rule }) => rule.id))].sort();
  return [verdict.kind, ...ids].join(' ');
}

/** What a human would be told of the target of the first finding. */
export async function detailsOf(command: string, observe: Observe, given: Given = {}): Promise<readonly string[]> {
  const { findings } = await analyzed(command, observe, given);
  return findings[0]?.target.details.map(({ claim }) => claim) ?? [];
}

const analyzed = (command: string, observe: Observe, given: Given) => {
  const { cwd = '/srv/orders', home = '/home/mia', rebuildable = [] } = given;
  const from = { kind: 'command-line', label: 'command line' } as const;
  return judge(
    { command, shell: 'bash', name: undefined, positionals: [], cwd, env: { HOME: home }, from },
    { ruleSet, policy: { ...defaultPolicy, rebuildable } },
    observe,
  );
};

/** A disk in memory. Paths that are not absolute stand in /srv/orders. */
export const diskOf = (scene: Scene): Observe =>
  memoryObserver(
    undefined,
    Object.fromEntries(
      Object.entries(scene).map(([path, entry]) => [path.startsWith('/') ? path : `/srv/orders/${path}`, entry]),
    ),
  );
