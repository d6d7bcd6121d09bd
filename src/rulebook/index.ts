// The rulebook: rules from folders to one checked set.
import { createHash } from 'node:crypto';
import type { RuleSet } from '../core/model/rule.ts';
import { ruleOf, ruleSetOf } from '../core/rules/document.ts';
import { checkRule } from './check.ts';
import { type RuleFile, type RuleProblem, readRules } from './read.ts';

export type { RuleFile, RuleProblem } from './read.ts';

export interface Rulebook {
  readonly files: readonly RuleFile[];
  readonly ruleSet: RuleSet;
  readonly problems: readonly RuleProblem[];
}

/** Reads and checks all rules below the folders. A set with problems must not be used. */
export async function loadRulebook(folders: readonly string[]): Promise<Rulebook> {
  const read = folders.map(readRules);
  const files = read.flatMap(({ rules }) => rules);
  const problems = [...read.flatMap(({ problems }) => problems), ...duplicates(files)];
  for (const file of files) problems.push(...(await checkRule(file)));
  return { files, ruleSet: compile(files), problems };
}

/** The set that the matcher reads, with a hash over all that it holds. */
function compile(files: readonly RuleFile[]): RuleSet {
  const rules = files.map(({ id, document }) => ruleOf(id, document));
  const hash = createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16);
  return ruleSetOf(rules, hash);
}

/** Puts further rules behind the shipped ones. */
export function extend(base: RuleSet, files: readonly RuleFile[]): RuleSet {
  const rules = [...base.rules, ...files.map(({ id, document }) => ruleOf(id, document))];
  const hash = createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16);
  return ruleSetOf(rules, hash, base.rules.length);
}

const duplicates = (files: readonly RuleFile[]): RuleProblem[] =>
  files
    .filter(({ id }, index) => files.findIndex((other) => other.id === id) !== index)
    .map(({ id, path }) => ({ file: path, line: 1, message: `there is another rule called ${id}` }));
