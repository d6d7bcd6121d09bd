// The shipped rules with those of the user's own folders behind them.
import type { RuleSet } from '../core/model/rule.ts';
import { extend, loadRulebook, type RuleProblem } from './index.ts';

/** Rules of the user's that cannot be used: guard refuses to start rather than to run without them. */
export class RulebookError extends Error {
  readonly problems: readonly RuleProblem[];

  constructor(problems: readonly RuleProblem[]) {
    super(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'));
    this.name = 'RulebookError';
    this.problems = problems;
  }
}

/** Throws RulebookError for a rule that is not valid, or whose examples do not hold it. */
export async function extendedRules(base: RuleSet, folders: readonly string[]): Promise<RuleSet> {
  const { files, problems } = await loadRulebook(folders);
  const known = new Set(base.rules.map(({ id }) => id));
  const taken = files
    .filter(({ id }) => known.has(id))
    .map(({ id, path }) => ({ file: path, line: 1, message: `${id} is the id of a shipped rule` }));
  if (problems.length + taken.length > 0) throw new RulebookError([...problems, ...taken]);
  return extend(base, files);
}
