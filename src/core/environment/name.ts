// Names that tell an environment: the policy's own patterns first, then the words that people put into names.
import type { EnvironmentPatterns, KnownEnvironment, Policy } from '../model/policy.ts';
import type { EnvironmentName } from '../model/verdict.ts';
import { matchesPattern } from '../resolve/glob.ts';
import { identifierWords } from '../rules/identifier.ts';

/** The order in which environments win where a name speaks of several. */
const strictestFirst: readonly KnownEnvironment[] = ['production', 'staging', 'development', 'local'];

const wordsOf: Readonly<Record<KnownEnvironment, ReadonlySet<string>>> = {
  production: new Set(['production', 'prod', 'prd', 'live', 'prod1', 'prod2']),
  staging: new Set(['staging', 'stage', 'stg', 'uat', 'preprod', 'preproduction', 'qa', 'sandbox', 'canary']),
  development: new Set(['development', 'develop', 'dev', 'devel', 'test', 'testing', 'ci', 'preview', 'review']),
  local: new Set(['local', 'localhost', 'minikube', 'kind', 'docker-desktop', 'orbstack', 'colima']),
};

/** `acme-prod`, `orders.staging.acme.com`, `dev_db`: the environment that a name speaks of, if any. */
export function environmentOfName(name: string): KnownEnvironment | undefined {
  const words = identifierWords(name.replace(/[/@]/g, ' '));
  return strictestFirst.find((environment) => words.some((word) => wordsOf[environment].has(word)));
}

/** The kind of pattern that `.guardrc` lists. */
export type PatternKind = keyof EnvironmentPatterns;

/** The environment by the policy's patterns of one kind, or of any; `*` in a pattern stands for any text. */
export function environmentByPolicy(name: string, policy: Policy, kind?: PatternKind): KnownEnvironment | undefined {
  return strictestFirst.find((environment) => {
    const patterns = policy.environments[environment];
    if (patterns === undefined) return false;
    const lists = kind === undefined ? Object.values(patterns) : [patterns[kind]];
    return lists.some((list: readonly string[]) => list.some((pattern) => matchesPattern(name.toLowerCase(), pattern.toLowerCase())));
  });
}

/** Policy first, then the words in the name. */
export function nameEnvironment(name: string, policy: Policy, kind?: PatternKind): EnvironmentName | undefined {
  return environmentByPolicy(name, policy, kind) ?? environmentOfName(name);
}
