import { describe, expect, test } from '@jest/globals';
import { widthOf } from '../../src/confirm/escape.ts';
import { type Kept, type RefusalCause, refusalMessage } from '../../src/confirm/refusal.ts';
import { orders, volumeDelete, worst } from './support/questions.ts';

const kept: Kept = {
  kind: 'kept',
  request: { id: '7f3kpm', file: '/home/ada/.local/state/guard/pending/7f3kpm.json', expiresAt: 0 },
};
const noHuman: RefusalCause = { kind: 'no-human', reason: 'standard input is not a terminal' };
const answer = (reason: 'answered' | 'interrupted' | 'timeout' | 'terminal-lost'): RefusalCause => ({
  kind: 'answer',
  reason,
  waitedMs: 300_000,
});

describe('every refusal is one bounded block without control characters', () => {
  test.each<[string, typeof orders, RefusalCause, Kept | undefined]>([
    ['no human', volumeDelete, noHuman, kept],
    ['no human, worst', worst, noHuman, kept],
    ['not kept', worst, noHuman, { kind: 'not-kept', reason: `no space left ${'x'.repeat(200)}` }],
    ['policy', { ...worst, kind: 'deny' }, { kind: 'policy' }, undefined],
    ['denied before', worst, { kind: 'denied-before', at: 0, until: 60_000, attempts: 2 }, undefined],
    ['no', worst, answer('answered'), undefined],
    ['hostile', { ...worst, command: '\x1b[2J\u202e', cwd: '\x1b' }, noHuman, kept],
  ])('%s', (_name, question, cause, keptRequest) => {
    const message = refusalMessage(question, cause, keptRequest, false);
    const lines = message.trimEnd().split('\n');
    expect(message.endsWith('\n')).toBe(true);
    expect(lines.length).toBeLessThanOrEqual(15);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(100);
    expect(message).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
    expect(message).toContain('Do not look for another way');
  });
});

describe('an agent is told', () => {
  const message = refusalMessage(volumeDelete, noHuman, kept, false);
  test.each([
    ['what', 'Deletes a Railway volume and every backup stored in it: volume acme-db-data'],
    ['where', 'production: the volume is attached to production (Railway API: project(id))'],
    ['how the command begins', 'command curl -X POST https://backboard.railway.app'],
    ['how it ends', '0d6a3f1c7b11'],
    ['why nobody was asked', 'standard input is not a terminal'],
    ['to stop', 'Stop, and tell the user'],
    ['who can approve', 'Only the user can approve it'],
    ['where it is kept', '7f3kpm'],
  ])('%s', (_name, shown) => {
    expect(message).toContain(shown);
  });
});

describe('the line for the user is given only where it is the same command', () => {
  test.each([
    ['whole', 'psql -c "DROP TABLE orders"', `guard run 'psql -c "DROP TABLE orders"'`],
    ['with quotes', "echo 'a'", String.raw`guard run 'echo '\''a'\'''`],
    ['redacted', 'PGPASSWORD=\u2039password\u203a psql', "guard run '<the same command>'"],
    ['long', `rm -rf ${'x'.repeat(200)}`, "guard run '<the same command>'"],
    ['escaped', 'rm \x1b', "guard run '<the same command>'"],
  ])('%s', (_name, command, line) => {
    expect(refusalMessage({ ...orders, command }, noHuman, kept, false)).toContain(line);
  });
});

test('a forbidden command is not handed over', () => {
  expect(refusalMessage({ ...orders, kind: 'deny' }, { kind: 'policy' }, undefined, false)).not.toContain('guard run');
});

test.each(['answered', 'interrupted', 'timeout', 'terminal-lost'] as const)(
  'a human who was asked reads two lines: %s',
  (reason) => {
    expect(refusalMessage(orders, answer(reason), undefined, false).trimEnd().split('\n').length).toBe(2);
  },
);

test.each([
  [5_000, '5 seconds'],
  [300_000, '5 minutes'],
])('silence is named with its length: %d', (waitedMs, length) => {
  expect(refusalMessage(orders, { kind: 'answer', reason: 'timeout', waitedMs }, undefined, false)).toContain(length);
});
