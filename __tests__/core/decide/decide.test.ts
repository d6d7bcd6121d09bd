// The verdict over several findings: the strictest wins, and only nothing to ask about gives a permit.
import { describe, expect, test } from '@jest/globals';
import { decide } from '../../../src/core/decide/decide.ts';
import type { Severity } from '../../../src/core/model/rule.ts';
import type { Challenge, EnvironmentName, Finding } from '../../../src/core/model/verdict.ts';
import { finding } from '../../confirm/support/findings.ts';

type Row = readonly [id: string, severity: Severity, environment: EnvironmentName, challenge: Challenge | 'deny'];

const findings = (rows: readonly Row[]): Finding[] =>
  rows.map(([id, severity, name, challenge]) =>
    finding({ id, severity, environment: { name, evidence: [] }, challenge }),
  );

const low: Row = ['filesystem/cache', 'low', 'local', 'none'];
const work: Row = ['git/discard', 'medium', 'local', 'confirm'];
const data: Row = ['postgres/drop-table', 'high', 'staging', 'typed'];
const volume: Row = ['railway/volume-delete', 'critical', 'production', 'typed+factor'];
const never: Row = ['terraform/destroy', 'critical', 'production', 'deny'];

describe('nothing to ask about', () => {
  test.each([
    ['no finding', []],
    ['a finding that is not asked about', [low]],
    ['two of them', [low, low]],
  ] as const)('%s runs', (_name, rows) => {
    const verdict = decide(findings(rows), 'npm run build');
    expect(verdict.kind).toBe('run');
    expect(verdict.findings).toHaveLength(rows.length);
  });

  test('the permit carries the very text that was judged', () => {
    const verdict = decide([], 'npm run build\n');
    expect(verdict.kind === 'run' ? verdict.permit : undefined).toMatchObject({
      source: 'npm run build\n',
      by: 'policy',
    });
  });
});

describe('the strictest finding decides', () => {
  test.each([
    [[work], 'ask', 'confirm', 'medium', 'local'],
    [[low, work], 'ask', 'confirm', 'medium', 'local'],
    [[work, data], 'ask', 'typed', 'high', 'staging'],
    [[data, work], 'ask', 'typed', 'high', 'staging'],
    [[work, volume, data], 'ask', 'typed+factor', 'critical', 'production'],
    [[volume, never], 'deny', undefined, 'critical', 'production'],
    [[never, low], 'deny', undefined, 'critical', 'production'],
  ] as const)('%j', (rows, kind, challenge, severity, environment) => {
    const verdict = decide(findings(rows), 'x');
    expect(verdict).toMatchObject({ kind, severity, environment: { name: environment } });
    if (verdict.kind === 'ask') expect(verdict.challenge).toBe(challenge);
  });

  test('it stands first, and what runs anyway is not among the held', () => {
    const verdict = decide(findings([low, work, data]), 'x');
    expect(verdict.findings.map(({ rule }) => rule.id)).toEqual(['postgres/drop-table', 'git/discard']);
  });

  test('the severity is the worst of all that is held, whatever is asked hardest', () => {
    const lenient: Row = ['railway/volume-delete', 'critical', 'local', 'confirm'];
    expect(decide(findings([data, lenient]), 'x')).toMatchObject({ severity: 'critical', challenge: 'typed' });
  });

  test('a held verdict carries no permit', () => {
    expect(decide(findings([work]), 'x')).not.toHaveProperty('permit');
  });
});
