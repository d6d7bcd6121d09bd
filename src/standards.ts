// Standards: the compiled rules that ship with guard, and what the configuration adds to them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Standards } from './core/analyze.ts';
import type { Policy } from './core/model/policy.ts';
import type { Rule, RuleSet } from './core/model/rule.ts';

/** Beside the bundle, above a chunk, or in the build's folder when the sources run. */
const places = ['.', '..', '../dist'];

/** The shipped rule set. Throws where the installation has none: without rules guard must not start. */
export function shippedRules(): RuleSet {
  const here = import.meta.dirname;
  const path = places.map((place) => join(here, place, 'rules.json')).find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`the installation is broken: no rules.json near ${here}`);
  const compiled = JSON.parse(readFileSync(path, 'utf8')) as CompiledRules;
  return { ...compiled, rules: parsedOnDemand(compiled.rules) };
}

/** The compiled file: each rule is a text of JSON in itself, because most commands meet none of them. */
type CompiledRules = Omit<RuleSet, 'rules'> & { readonly rules: readonly string[] };

/** The rules as a list in which each is parsed when it is first looked at. */
function parsedOnDemand(texts: readonly string[]): readonly Rule[] {
  const rules: Rule[] = new Array(texts.length);
  texts.forEach((text, index) => {
    const get = () => {
      const rule = JSON.parse(text) as Rule;
      Object.defineProperty(rules, index, { value: rule, enumerable: true });
      return rule;
    };
    Object.defineProperty(rules, index, { get, enumerable: true, configurable: true });
  });
  return rules;
}

/** Rules and policy of this session. Rule folders of the user are checked like the shipped ones; a broken one stops guard. */
export async function loadStandards(policy: Policy, ruleFolders: readonly string[]): Promise<Standards> {
  const shipped = shippedRules();
  if (ruleFolders.length === 0) return { ruleSet: shipped, policy };
  const { extendedRules } = await import('./rulebook/extended.ts');
  return { ruleSet: await extendedRules(shipped, ruleFolders), policy };
}
