// The decision table, cell by cell: severity and environment, the session's scope, a credential that does not belong.
import { describe, expect, test } from '@jest/globals';
import { challengeFor, escalationsOf } from '../../../src/core/decide/challenge.ts';
import { defaultPolicy, type Policy } from '../../../src/core/model/policy.ts';
import { type Severity, severities } from '../../../src/core/model/rule.ts';
import { type Challenge, type Credential, challenges, type EnvironmentName } from '../../../src/core/model/verdict.ts';

const environments: readonly EnvironmentName[] = ['local', 'development', 'staging', 'production', 'unknown'];

// Rows as documented: the challenge for each environment in the order above.
const table: Readonly<Record<Severity, readonly Challenge[]>> = {
  low: ['none', 'none', 'none', 'confirm', 'none'],
  medium: ['confirm', 'confirm', 'confirm', 'typed', 'confirm'],
  high: ['confirm', 'confirm', 'typed', 'typed+factor', 'typed'],
  critical: ['typed', 'typed', 'typed', 'typed+factor', 'typed+factor'],
};

const cells = severities.flatMap((severity) =>
  environments.map((environment, at) => [severity, environment, table[severity][at] as Challenge] as const),
);
const harder = (challenge: Challenge, steps: number): Challenge =>
  challenges[Math.min(challenges.indexOf(challenge) + steps, challenges.length - 1)] as Challenge;

const foreign: Credential = {
  kind: 'Railway API token',
  last4: '9f2c',
  foundIn: 'scripts/domains/.env:4',
  foreign: 'registered for the domain registrar',
};
const own: Credential = { ...foreign, foreign: undefined };

function challenge(severity: Severity, environment: EnvironmentName, policy: Policy, credential?: Credential) {
  const escalations = escalationsOf({ name: environment, evidence: [] }, credential, policy);
  return challengeFor(severity, environment, escalations, policy);
}

describe('without a scope', () => {
  test.each(cells)('%s in %s: %s', (severity, environment, expected) => {
    expect(challenge(severity, environment, defaultPolicy)).toBe(expected);
  });
});

describe('with a scope, what lies outside is one level harder', () => {
  const scopes = [['staging'], ['production'], ['development'], ['local'], ['staging', 'development']] as const;
  const outside = (scope: readonly string[], environment: EnvironmentName) =>
    !scope.includes(environment) && environment !== 'local' && environment !== 'unknown';
  const rows = scopes.flatMap((scope) =>
    cells.map(([severity, environment, cell]) => {
      const expected = harder(cell, outside(scope, environment) ? 1 : 0);
      return [scope.join('+'), severity, environment, expected, scope] as const;
    }),
  );
  test.each(rows)('scope %s: %s in %s: %s', (_name, severity, environment, expected, scope) => {
    expect(challenge(severity, environment, { ...defaultPolicy, scope })).toBe(expected);
  });
});

describe('a credential that does not belong is one level harder', () => {
  test.each(cells)('%s in %s', (severity, environment, cell) => {
    expect(challenge(severity, environment, defaultPolicy, foreign)).toBe(harder(cell, 1));
  });
  test.each(cells)('%s in %s, with one that belongs', (severity, environment, cell) => {
    expect(challenge(severity, environment, defaultPolicy, own)).toBe(cell);
  });
  test.each(cells)('%s in %s, outside the scope too', (severity, environment, cell) => {
    const isOutside = environment === 'production' || environment === 'staging';
    const policy: Policy = { ...defaultPolicy, scope: ['development'] };
    expect(challenge(severity, environment, policy, foreign)).toBe(harder(cell, isOutside ? 2 : 1));
  });
});

describe('the reasons', () => {
  test('name the scope and what is hit', () => {
    const policy: Policy = { ...defaultPolicy, scope: ['staging'] };
    const [first] = escalationsOf({ name: 'production', evidence: [] }, undefined, policy);
    expect(first?.kind).toBe('outside-scope');
    expect(first?.reason).toMatch(/staging.*production/);
  });
  test('name the credential by kind and last characters', () => {
    const [first] = escalationsOf({ name: 'local', evidence: [] }, foreign, defaultPolicy);
    expect(first?.kind).toBe('foreign-credential');
    expect(first?.reason).toMatch(/Railway API token.*9f2c/);
  });
});

describe("a policy's own table", () => {
  const never: Policy = {
    ...defaultPolicy,
    table: { ...defaultPolicy.table, critical: { ...defaultPolicy.table.critical, production: 'deny' } },
  };
  test('may say never', () => {
    expect(challenge('critical', 'production', never)).toBe('deny');
  });
  test('never is not made harder', () => {
    expect(challenge('critical', 'production', { ...never, scope: ['staging'] }, foreign)).toBe('deny');
  });
  test('leaves the other cells as they are', () => {
    expect(challenge('critical', 'staging', never)).toBe('typed');
  });
});
