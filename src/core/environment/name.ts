// Names that tell an environment: the policy's own patterns first, then the words that people put into names.
import type { EnvironmentPatterns, KnownEnvironment, Policy } from '../model/policy.ts';
import { own } from '../model/table.ts';
import type { EnvironmentName } from '../model/verdict.ts';
import { matchesPattern } from '../resolve/glob.ts';
import { identifierWords } from '../rules/identifier.ts';

/** The order in which environments win where a name speaks of several. */
const strictestFirst: readonly KnownEnvironment[] = ['production', 'staging', 'development', 'local'];

const wordsOf: Readonly<Record<KnownEnvironment, ReadonlySet<string>>> = {
  production: new Set(['production', 'prod', 'prd', 'live']),
  staging: new Set(['staging', 'stage', 'stg', 'uat', 'preprod', 'preproduction', 'qa', 'sandbox']),
  development: new Set(['development', 'develop', 'dev', 'devel', 'test', 'testing', 'preview', 'review']),
  local: new Set(['local', 'localhost']),
};

/**
 * Words that say staging or development wherever they stand. The others (`stage`, `qa`, `test`, `review` ...) are as
 * often a part of what a thing does: `orders-qa-bot`, `test-results`.
 */
const plainWords = new Set(['staging', 'stg', 'uat', 'preprod', 'preproduction', 'development', 'dev', 'nonprod']);

/** Top-level domains that are words for environments and say nothing of one: `acme.dev` is a public site. */
const publicDomains = /\.(dev|live|review)\.?$/i;

/** `non-prod`, `not_production`, `pre-prod`: the word before turns the meaning around. */
const negations: Readonly<Record<string, KnownEnvironment>> = {
  non: 'development',
  not: 'development',
  pre: 'staging',
};

/** `acme-prod`, `orders.staging.acme.com`, `dev_db`, `stg2`: the environment that a name speaks of, if any. */
export function environmentOfName(name: string): KnownEnvironment | undefined {
  const words = identifierWords(name.replace(/[/@]/g, ' ')).map((word) => word.replace(/\d+$/, ''));
  const told = words.map(
    (word, index) => negated(word, words[index - 1]) ?? strictestFirst.find((each) => wordsOf[each].has(word)),
  );
  return strictestFirst.find((environment) => told.includes(environment));
}

function negated(word: string, before: string | undefined): KnownEnvironment | undefined {
  if (word === 'nonprod' || word === 'nonproduction') return 'development';
  if (before === undefined || !Object.hasOwn(negations, before)) return undefined;
  return wordsOf.production.has(word) ? own(negations, before) : undefined;
}

/** Whether a name says its environment by a word that means nothing else. */
export const saysPlainly = (name: string): boolean =>
  identifierWords(name.replace(/[/@]/g, ' ')).some((word) => plainWords.has(word.replace(/\d+$/, '')));

/** The kind of pattern that `.guardrc` lists. */
export type PatternKind = keyof EnvironmentPatterns;

/** The environment by the policy's patterns of one kind, or of any; `*` in a pattern stands for any text. */
export function environmentByPolicy(name: string, policy: Policy, kind?: PatternKind): KnownEnvironment | undefined {
  return strictestFirst.find((environment) => {
    const patterns = policy.environments[environment];
    if (patterns === undefined) return false;
    const lists = kind === undefined ? Object.values(patterns) : [patterns[kind]];
    return lists.some((list: readonly string[]) =>
      list.some((pattern) => matchesPattern(name.toLowerCase(), pattern.toLowerCase())),
    );
  });
}

/** Policy first, then the words in the name. */
export function nameEnvironment(name: string, policy: Policy, kind?: PatternKind): EnvironmentName | undefined {
  return (
    environmentByPolicy(name, policy, kind) ??
    environmentOfName(kind === 'hosts' ? name.replace(publicDomains, '') : name)
  );
}
