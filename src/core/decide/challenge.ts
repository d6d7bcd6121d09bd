// Challenges: how hard to ask, from the severity, the environment and what makes it harder.
import type { Policy, TableCell } from '../model/policy.ts';
import type { Severity } from '../model/rule.ts';
import {
  type Challenge,
  type Credential,
  challenges,
  type Environment,
  type EnvironmentName,
  type Escalation,
} from '../model/verdict.ts';

/** What makes a finding harder than the table says: a target outside the session's scope, a credential that does not belong. */
export function escalationsOf(
  environment: Environment,
  credential: Credential | undefined,
  policy: Policy,
): Escalation[] {
  const escalations: Escalation[] = [];
  if (isOutsideScope(environment.name, policy)) {
    escalations.push({
      kind: 'outside-scope',
      reason: `this session is for ${policy.scope.join(' and ')}; this command hits ${environment.name}`,
    });
  }
  if (credential?.foreign !== undefined) {
    escalations.push({
      kind: 'foreign-credential',
      reason: `the ${credential.kind} ending ${credential.last4} is ${credential.foreign}`,
    });
  }
  return escalations;
}

/** This machine is inside every scope, and of the unknown nobody can say that it is outside: the table asks hard enough there. */
function isOutsideScope(name: EnvironmentName, { scope }: Policy): boolean {
  if (scope.length === 0 || name === 'unknown' || name === 'local') return false;
  return !scope.includes(name);
}

/** The table's cell, one step harder for each escalation. `deny` stays what it is. */
export function challengeFor(
  severity: Severity,
  environment: EnvironmentName,
  escalations: readonly Escalation[],
  policy: Policy,
): TableCell {
  const cell = policy.table[severity][environment];
  if (cell === 'deny') return cell;
  const level = Math.min(challenges.indexOf(cell) + escalations.length, challenges.length - 1);
  return challenges[level] as Challenge;
}
