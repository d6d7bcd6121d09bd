// Options and arguments that several subcommands take.
import { InvalidArgumentError, Option } from 'commander';
import type { KnownEnvironment, Policy } from '../core/model/policy.ts';
import { UsageError } from './failure.ts';

const environments: readonly KnownEnvironment[] = ['production', 'staging', 'development', 'local'];

/** `--scope <environment>`: the value is one of the known environments. */
export const scopeOption = (): Option =>
  new Option('--scope <environment>', 'the environment that this session is for').choices(environments);

/** The policy for this call. A scope that is asked for can narrow the configured one, never widen it. */
export function withScope(policy: Policy, scope: KnownEnvironment | undefined): Policy {
  if (scope === undefined) return policy;
  if (policy.scope.length === 0 || policy.scope.includes(scope)) return { ...policy, scope: [scope] };
  throw new UsageError(
    `--scope ${scope} lies outside the configured scope (${policy.scope.join(', ')}), which a call can only narrow`,
  );
}

/** A whole number of at least 1. */
export function countArgument(text: string): number {
  const count = Number(text);
  if (!/^\d{1,9}$/.test(text) || count === 0) throw new InvalidArgumentError('expected a whole number of at least 1');
  return count;
}
