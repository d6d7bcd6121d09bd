// Mutation: every condition of a rule must be noticed by some example, or it is not known to do anything.
import type { Fact } from '../model/fact.ts';
import type { FactCondition, RuleDocument } from './document.ts';
import { conditionsOf, matcherOf } from './document.ts';
import { matches } from './match.ts';

export interface Mutant {
  /** What was changed, for the message: `match[0].command: without subcommand`. */
  readonly change: string;
  readonly conditions: readonly FactCondition[];
}

/** The facts of a rule's examples, computed once. */
export interface ExampleFacts {
  readonly match: readonly (readonly Fact[])[];
  readonly skip: readonly (readonly Fact[])[];
}

/** The mutants that no example notices: each is a defect of the rule or a missing example. */
export function survivors(document: RuleDocument, examples: ExampleFacts): Mutant[] {
  return mutants(conditionsOf(document)).filter(({ conditions }) => satisfied(conditions, examples));
}

/** Whether every matching example matches and every skipped one does not. */
function satisfied(conditions: readonly FactCondition[], examples: ExampleFacts): boolean {
  const matchers = conditions.map(matcherOf);
  const hits = (facts: readonly Fact[]) => facts.some((fact) => matchers.some((matcher) => matches(fact, matcher)));
  return examples.match.every(hits) && !examples.skip.some(hits);
}

/** Keys that name what a rule is about and are looked up in the index: dropping one makes another rule, not a weaker one. */
const identity = new Set(['name', 'op', 'operation', 'method', 'from', 'to', 'reason']);

/** The rule with one alternative, one condition or one list value less; flags turned round. */
function mutants(conditions: readonly FactCondition[]): Mutant[] {
  const result: Mutant[] = [];
  const add = (change: string, mutated: readonly FactCondition[]) => result.push({ change, conditions: mutated });
  conditions.forEach((condition, at) => {
    if (conditions.length > 1) add(`match[${at}] removed`, [...conditions.slice(0, at), ...conditions.slice(at + 1)]);
    const [kind, parts = {}] = Object.entries(condition)[0] ?? [];
    if (kind === undefined) return;
    const replaceWith = (changed: Record<string, unknown>) =>
      conditions.map((other, index) => (index === at ? { [kind]: changed } : other));
    for (const [key, value] of Object.entries(parts)) {
      const { [key]: _dropped, ...rest } = parts;
      if (!identity.has(key)) add(`match[${at}].${kind}: without ${key}`, replaceWith(rest));
      if (Array.isArray(value) && value.length > 1) {
        for (const item of value) {
          const fewer = value.filter((other) => other !== item);
          add(`match[${at}].${kind}.${key}: without ${String(item)}`, replaceWith({ ...parts, [key]: fewer }));
        }
      }
    }
  });
  return result;
}
