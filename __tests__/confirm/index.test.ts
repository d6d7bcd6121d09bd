import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AskHuman, type ConfirmContext, confirm } from '../../src/confirm/index.ts';
import type { Answer } from '../../src/confirm/terminal.ts';
import type { HeldVerdict } from '../../src/core/decide/question.ts';
import { finding, request } from './support/findings.ts';

let state = '';
let clock = 1_700_000_000_000;
beforeEach(() => {
  state = join(mkdtempSync(join(tmpdir(), 'guard-confirm-')), 'guard');
});
afterEach(() => {
  rmSync(join(state, '..'), { recursive: true, force: true });
});

const lead = finding({ name: '/srv/acme', kind: 'path', id: 'filesystem/delete-recursive' });
const verdict: HeldVerdict = {
  kind: 'ask',
  findings: [lead],
  environment: lead.environment,
  challenge: 'typed',
  severity: 'high',
};
const denial: HeldVerdict = { kind: 'deny', findings: [lead], environment: lead.environment, severity: 'high' };

const context = (command = 'rm -rf /srv/acme', differs: Partial<ConfirmContext> = {}): ConfirmContext => ({
  request: request(command),
  cwd: '/home/ada/acme',
  ruleSet: 'rules-1',
  secrets: [],
  env: { TERM: 'xterm' },
  now: () => clock,
  stateFolder: state,
  world: {
    env: {},
    stdinIsTerminal: () => true,
    stderrIsTerminal: () => true,
    terminalOpens: () => true,
    processes: () => ({ group: 9, foregroundGroup: 9, session: 'linux:8', ancestors: [] }),
  },
  ...differs,
});

/** A human who gives one answer and is asked no more often than counted. */
function human(answer: Answer) {
  const asked: string[] = [];
  const ask: AskHuman = async (question) => {
    asked.push(question.command);
    return answer;
  };
  return { ask, asked };
}
const yes = () => human({ kind: 'yes', how: 'typed' });
const no = (reason: 'answered' | 'interrupted' | 'timeout' | 'terminal-lost' = 'answered') =>
  human({ kind: 'no', reason });
const absent = { ...context().world, stdinIsTerminal: () => false };

test('a yes is an approval bound to what was shown, with a permit for the judged text', async () => {
  const result = await confirm(verdict, context(), yes().ask);
  expect(result).toMatchObject({
    kind: 'approved',
    approval: { how: 'typed', at: clock, intent: expect.stringMatching(/^[0-9a-f]{64}$/) },
    permit: { source: 'rm -rf /srv/acme', by: { how: 'typed' } },
    question: { rule: 'filesystem/delete-recursive' },
  });
});

test.each(['answered', 'interrupted', 'timeout', 'terminal-lost'] as const)('a no is a refusal: %s', async (reason) => {
  expect(await confirm(verdict, context(), no(reason).ask)).toMatchObject({
    kind: 'refused',
    cause: { kind: 'answer', reason },
  });
});

test('what the policy forbids is asked of nobody and kept for nobody', async () => {
  const { ask, asked } = yes();
  expect(await confirm(denial, context(), ask)).toMatchObject({
    kind: 'refused',
    cause: { kind: 'policy' },
    kept: undefined,
  });
  expect(asked).toEqual([]);
});

describe('without a human', () => {
  test('the request is refused and kept', async () => {
    const { ask, asked } = yes();
    const result = await confirm(verdict, context(undefined, { world: absent }), ask);
    expect(result).toMatchObject({ kind: 'refused', cause: { kind: 'no-human' }, kept: { kind: 'kept' } });
    expect(asked).toEqual([]);
    expect(readdirSync(join(state, 'pending'))).toHaveLength(1);
  });
  test('it is refused as well where it cannot be kept', async () => {
    mkdirSync(state);
    chmodSync(state, 0o777);
    const result = await confirm(verdict, context(undefined, { world: absent }), yes().ask);
    expect(result).toMatchObject({ kind: 'refused', kept: { kind: 'not-kept' } });
  });
  test('a kept request holds no secret', async () => {
    const secret = '7d1f6a52-90b1-4c7e-8a55-3b2f0e5c9f2c';
    const differs = { world: absent, secrets: [secret] };
    const result = await confirm(verdict, context(`rm -rf /srv/acme # ${secret}`, differs), yes().ask);
    expect(JSON.stringify(result)).not.toContain(secret);
  });
});

describe('a retry after a no', () => {
  const retry = async (differs: Partial<ConfirmContext> = {}) => {
    const later = human({ kind: 'yes', how: 'typed' });
    const result = await confirm(verdict, context('find /srv/acme -delete', differs), later.ask);
    return { result, asked: later.asked.length };
  };
  test('is refused without asking, whatever the words', async () => {
    await confirm(verdict, context(), no().ask);
    expect(await retry()).toMatchObject({
      result: { kind: 'refused', cause: { kind: 'denied-before', at: clock } },
      asked: 0,
    });
  });
  test('is asked about in another session', async () => {
    await confirm(verdict, context(), no().ask);
    expect(await retry({ env: { CODEX_SESSION_ID: 's2' } })).toMatchObject({ result: { kind: 'approved' }, asked: 1 });
  });
  test.each(['timeout', 'interrupted', 'terminal-lost'] as const)(
    'is asked about after no decision: %s',
    async (reason) => {
      await confirm(verdict, context(), no(reason).ask);
      expect(await retry()).toMatchObject({ result: { kind: 'approved' }, asked: 1 });
    },
  );
  test('is asked about again when the no has expired', async () => {
    await confirm(verdict, context(), no().ask);
    clock += 11 * 60_000;
    expect(await retry()).toMatchObject({ result: { kind: 'approved' }, asked: 1 });
  });
});
