// Standards: the compiled rules that ship with guard, and what the configuration adds to them.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Standards } from './core/analyze.ts';
import type { Policy } from './core/model/policy.ts';
import type { RuleSet } from './core/model/rule.ts';

/** Beside the bundle, above a chunk, or in the build's folder when the sources run. */
const places = ['.', '..', '../dist'];

/** The shipped rule set. Throws where the installation has none: without rules guard must not start. */
export function shippedRules(): RuleSet {
  const here = dirname(fileURLToPath(import.meta.url));
  const path = places.map((place) => join(here, place, 'rules.json')).find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`the installation is broken: no rules.json near ${here}`);
  return JSON.parse(readFileSync(path, 'utf8')) as RuleSet;
}

/** Rules and policy of this session. Rule folders of the user are checked like the shipped ones; a broken one stops guard. */
export async function loadStandards(policy: Policy, ruleFolders: readonly string[]): Promise<Standards> {
  const shipped = shippedRules();
  if (ruleFolders.length === 0) return { ruleSet: shipped, policy };
  const { extendedRules } = await import('./rulebook/extended.ts');
  return { ruleSet: await extendedRules(shipped, ruleFolders), policy };
}
