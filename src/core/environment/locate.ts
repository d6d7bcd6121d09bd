// Locating: each match with its target, its environment and the credential it would use.
import { targets } from '../generated/targets.ts';
import type { Fact } from '../model/fact.ts';
import type { Invocation, Variables } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import type { Request } from '../model/request.ts';
import type { Rule } from '../model/rule.ts';
import type { Located } from '../model/verdict.ts';
import { dynamicWord, staticWord } from '../model/word.ts';
import { matchesPattern } from '../resolve/glob.ts';
import { credentialFor } from './credential.ts';
import { hostEnvironment } from './host.ts';
import { nameEnvironment } from './name.ts';
import type { ResolveContext, Resolved } from './resolver.ts';

/** All target kinds that some resolver knows; rules may name no others. */
export const targetKinds = (): readonly string[] => targets.names.toSorted();

/** What is on by policy, with everything that the decision needs. */
export function locate(
  matched: readonly { rule: Rule; fact: Fact }[],
  request: Request,
  policy: Policy,
  world: World,
  invocations: readonly Invocation[],
): Located[] {
  const context: ResolveContext = {
    world,
    policy,
    cwd: request.cwd,
    home: request.env?.HOME,
    env: variablesOf(request),
    invocations,
    nameEnvironment: (name) => nameEnvironment(name, policy),
    hostEnvironment: (host) => hostEnvironment(host, context),
  };
  return matched
    .filter(({ rule }) => !policy.rulesOff.some((off) => matchesPattern(rule.id, off.rule)))
    .map(({ rule, fact }) => ({
      rule,
      fact,
      ...resolveTarget(rule, fact, context),
      credential: credentialFor(fact, context),
    }));
}

function resolveTarget(rule: Rule, fact: Fact, context: ResolveContext): Resolved {
  const [resolver] = targets.get(rule.target);
  if (resolver !== undefined) return resolver.resolve({ kind: rule.target, fact }, context);
  const name = fact.invocation?.name ?? 'command';
  return { target: { kind: rule.target, name, details: [] }, environment: { name: 'unknown', evidence: [] } };
}

/** The caller's variables as a resolver reads them; unknown ones where no environment was given. */
function variablesOf({ env }: Request): Variables {
  if (env === undefined) return { get: (name) => dynamicWord(`$${name}`), names: () => [] };
  return {
    get: (name) => (Object.hasOwn(env, name) ? staticWord(env[name] as string) : undefined),
    names: () => Object.keys(env),
  };
}
