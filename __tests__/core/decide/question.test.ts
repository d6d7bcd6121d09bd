import { describe, expect, test } from '@jest/globals';
import { type HeldVerdict, questionOf } from '../../../src/core/decide/question.ts';
import type { Finding, NonEmpty } from '../../../src/core/model/verdict.ts';
import { dynamicWord, staticWord } from '../../../src/core/model/word.ts';
import { finding, invocation, request } from '../../confirm/support/findings.ts';

const context = { agent: undefined, secrets: [] } as const;

const held = (...findings: NonEmpty<Finding>): HeldVerdict => ({
  kind: 'ask',
  findings,
  environment: findings[0].environment,
  challenge: 'typed',
  severity: 'high',
});

const ask = (command: string, ...findings: NonEmpty<Finding>) =>
  questionOf(held(...findings), request(command), context);

const production = { name: 'production', evidence: [] } as const;
const unknown = { name: 'unknown', evidence: [] } as const;

describe('the finding that asks hardest leads', () => {
  const plain = finding({ id: 'filesystem/delete', challenge: 'confirm', severity: 'medium' });
  test.each<[string, Finding]>([
    ['a no of the policy', finding({ id: 'lead/it', challenge: 'deny', severity: 'low' })],
    ['a harder challenge', finding({ id: 'lead/it', challenge: 'typed', severity: 'low' })],
    ['more severe', finding({ id: 'lead/it', challenge: 'confirm', severity: 'critical' })],
    ['production', finding({ id: 'lead/it', challenge: 'confirm', severity: 'medium', environment: production })],
    [
      'unknown before staging',
      finding({ id: 'lead/it', challenge: 'confirm', severity: 'medium', environment: unknown }),
    ],
  ])('%s', (_name, lead) => {
    expect(ask('x', plain, lead).rule).toBe('lead/it');
    expect(ask('x', lead, plain).rule).toBe('lead/it');
  });

  test('the first of equals', () => {
    expect(ask('x', plain, finding({ id: 'git/clean', challenge: 'confirm', severity: 'medium' })).rule).toBe(
      'filesystem/delete',
    );
  });
});

describe('what is typed is something that can be typed', () => {
  test.each([
    ['acme-db-data', 'acme-db-data'],
    ['orders 2026', 'orders 2026'],
    ['/srv/acme', '/srv/acme'],
    [`/srv/${'deep/'.repeat(20)}orders`, 'orders'],
    ['/srv/\u202egpj.exe', 'volume'],
    ['orders\nacme', 'volume'],
    ['', 'volume'],
    ['x'.repeat(200), 'volume'],
  ])('%j', (name, typed) => {
    expect(ask('x', finding({ name })).typed).toBe(typed);
  });
});

describe('the scope sentence', () => {
  test('is the reason of the escalation', () => {
    const reason = 'this session is for staging; this command hits production';
    const escalations = [{ kind: 'outside-scope', reason }] as const;
    expect(ask('x', finding({ environment: production, escalations })).where.scope).toBe(reason);
  });
  test('is not there where the target lies inside', () => {
    expect(ask('x', finding({})).where.scope).toBeUndefined();
  });
  test('is not there for a foreign credential', () => {
    const escalations = [{ kind: 'foreign-credential', reason: 'another project' }] as const;
    expect(ask('x', finding({ escalations })).where.scope).toBeUndefined();
  });
});

describe('the command', () => {
  test('alone, where the finding is about all of it', () => {
    expect(ask('rm -rf x', finding({ source: 'rm -rf x' })).inner).toBeUndefined();
  });
  test('and the part that the finding is about, where it is wrapped', () => {
    expect(ask("source snap && eval 'rm -rf x'", finding({ source: 'rm -rf x' })).inner).toBe('rm -rf x');
  });
  test('and the way to it', () => {
    const inner = invocation('rm -rf x', { kind: 'script', label: 'scripts/reset.sh', line: 12 });
    const fact = { kind: 'env', name: 'A', value: staticWord('1'), invocation: inner } as const;
    expect(ask('make', finding({ fact })).origin).toEqual(['scripts/reset.sh line 12']);
  });
  test('and the text that could not be read', () => {
    const inner = invocation('bash');
    const code = {
      reason: 'unreadable-script',
      detail: 'is binary',
      origin: inner.origin,
      source: './deploy',
      invocation: inner,
    } as const;
    expect(ask('sudo ./deploy', finding({ fact: { kind: 'opaque', code, invocation: inner } })).inner).toBe('./deploy');
  });
});

describe('no secret is left in a question', () => {
  const secret = '7d1f6a52-90b1-4c7e-8a55-3b2f0e5c9f2c';
  const graphql = {
    kind: 'graphql',
    operation: 'mutation',
    field: 'volumeDelete',
    arguments: {},
    host: staticWord('backboard.railway.app'),
    url: staticWord('https://backboard.railway.app/graphql/v2'),
    header: 'authorization',
    invocation: invocation(`railway-api ${secret} delete`),
  } as const;
  test.each([
    ['listed', finding({ source: `railway-api ${secret} delete` }), [secret]],
    ['carried by a fact', finding({ fact: { ...graphql, credential: staticWord(secret) } }), []],
    ['carried by a header', finding({ fact: { ...graphql, credential: staticWord(`Bearer ${secret}`) } }), []],
  ])('%s', (_name, found, secrets) => {
    const command = `x && railway-api ${secret} delete`;
    const text = JSON.stringify(questionOf(held(found), request(command), { ...context, secrets }));
    expect(text).not.toContain(secret);
    expect(text).toContain('\u20269f2c');
  });
  test('and a credential that is not known hides nothing', () => {
    const fact = { ...graphql, credential: dynamicWord('$TOKEN') };
    expect(ask('railway-api $TOKEN', finding({ fact })).command).toBe('railway-api $TOKEN');
  });
});

test('further findings are one line each, without repetition', () => {
  const other = finding({ id: 'git/clean', name: 'acme', challenge: 'confirm' });
  expect(ask('x', finding({}), other, other).further).toEqual(['Rule git/clean: acme (staging)']);
});

test('a denied verdict asks for nothing', () => {
  const lead = finding({});
  const verdict = { kind: 'deny', findings: [lead], environment: lead.environment, severity: 'high' } as const;
  expect(questionOf(verdict, request('x'), context)).toMatchObject({ kind: 'deny', challenge: 'none' });
});
