// Checking a rule: its target is known, its examples hold on both sides, and every condition is noticed by some example.

import { targetKinds } from '../core/environment/locate.ts';
import type { Fact } from '../core/model/fact.ts';
import { defaultPolicy } from '../core/model/policy.ts';
import { conditionsOf, type Example, matcherOf, ruleSetOf } from '../core/rules/document.ts';
import { matches } from '../core/rules/match.ts';
import { type ExampleFacts, survivors } from '../core/rules/mutate.ts';
import { judge } from '../judge.ts';
import { memoryObserver } from '../observe/index.ts';
import type { RuleFile, RuleProblem } from './read.ts';

/** No rules: only facts count here. `rm` stands for the words that make unreadable text worth a question. */
const standards = { ruleSet: { ...ruleSetOf([], 'none'), words: ['rm'] }, policy: defaultPolicy };

/** Everything that is wrong with a rule that the schema cannot see. */
export async function checkRule(rule: RuleFile): Promise<RuleProblem[]> {
  const problem = (message: string): RuleProblem => ({ file: rule.path, line: 1, message });
  const problems: RuleProblem[] = [];
  if (!targetKinds().includes(rule.document.target))
    problems.push(problem(`target ${rule.document.target} is none of ${targetKinds().join(', ')}`));
  const { match, skip } = rule.document.examples;
  for (const shared of match.filter((example) =>
    skip.some((other) => JSON.stringify(other) === JSON.stringify(example)),
  )) {
    problems.push(problem(`stands on both sides of the examples: ${show(shared)}`));
  }
  const facts: ExampleFacts = {
    match: await Promise.all(match.map(factsFor)),
    skip: await Promise.all(skip.map(factsFor)),
  };
  const matchers = conditionsOf(rule.document).map(matcherOf);
  const hits = (list: readonly Fact[] | undefined) =>
    list?.some((fact) => matchers.some((matcher) => matches(fact, matcher))) ?? false;
  match.forEach((example, at) => {
    if (!hits(facts.match[at])) problems.push(problem(`does not match its example: ${show(example)}`));
  });
  skip.forEach((example, at) => {
    if (hits(facts.skip[at])) problems.push(problem(`matches an example that it should skip: ${show(example)}`));
  });
  if (problems.length > 0) return problems;
  return survivors(rule.document, facts).map(({ change }) =>
    problem(`no example notices the change "${change}"; add one that does, or drop the condition`),
  );
}

const show = (example: Example): string => (typeof example === 'string' ? example : example.command);

/** The facts of an example: the same pipeline as for any command, with its files and nothing else. */
async function factsFor(example: Example): Promise<readonly Fact[]> {
  const command = typeof example === 'string' ? example : example.command;
  const files = typeof example === 'string' || !('files' in example) ? undefined : example.files;
  const disk = typeof example === 'string' || !('disk' in example) ? undefined : example.disk;
  const analysis = await judge(
    {
      command,
      shell: 'bash',
      name: undefined,
      positionals: [],
      cwd: files === undefined && disk === undefined ? undefined : '/srv/orders',
      env: undefined,
      from: { kind: 'command-line', label: 'example' },
    },
    standards,
    memoryObserver(files, disk),
  );
  return analysis.facts;
}
