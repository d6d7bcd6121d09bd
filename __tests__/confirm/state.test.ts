// What confirm keeps on disk: pending requests and a human's noes.

import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DeniedIntents, deniedEffects, effectsOf, intentOf, sessionOf } from '../../src/confirm/intents.ts';
import { keepPending, readPending } from '../../src/confirm/pending.ts';
import { StateError } from '../../src/state/error.ts';
import { finding } from './support/findings.ts';
import { orders, volumeDelete } from './support/questions.ts';

let state = '';
beforeEach(() => {
  state = join(mkdtempSync(join(tmpdir(), 'guard-confirm-')), 'guard');
});
afterEach(() => {
  rmSync(join(state, '..'), { recursive: true, force: true });
});

const now = 1_700_000_000_000;
const minute = 60_000;
const modeOf = (path: string) => statSync(path).mode & 0o777;
const pendingNames = () => readdirSync(join(state, 'pending'));

describe('a pending request', () => {
  test('is private, holds what was shown and how long it holds', () => {
    const kept = keepPending(state, 'abc', orders, now);
    expect([modeOf(kept.file), modeOf(join(state, 'pending')), modeOf(state)]).toEqual([0o600, 0o700, 0o700]);
    expect(kept.id).toMatch(/^[2-9a-z]{6}$/);
    expect(readPending(kept.file)).toMatchObject({
      id: kept.id,
      intent: 'abc',
      createdAt: now,
      expiresAt: now + 30 * minute,
    });
    expect(readPending(kept.file)?.question.command).toBe(orders.command);
  });
  test('keeps its id when an agent tries again', () => {
    const first = keepPending(state, 'abc', orders, now);
    const again = keepPending(state, 'abc', orders, now + minute);
    expect([again.id, again.expiresAt, pendingNames().length]).toEqual([first.id, now + 31 * minute, 1]);
  });
  test('stands beside others', () => {
    keepPending(state, 'abc', orders, now);
    keepPending(state, 'def', volumeDelete, now);
    expect(pendingNames().length).toBe(2);
  });
  test.each([
    ['is too old', now + 31 * minute],
    ['comes from the future of a clock set back', now - minute],
  ])('goes when it %s', (_name, later) => {
    keepPending(state, 'abc', orders, now);
    keepPending(state, 'def', orders, later);
    expect(pendingNames().length).toBe(1);
  });
  test.each(['', '{', 'null', '[]', '{"version":2}'])('that is damaged is none: %j', (text) => {
    const { file } = keepPending(state, 'abc', orders, now);
    writeFileSync(file, text);
    expect(readPending(file)).toBeUndefined();
  });
  test('is not written through a link', () => {
    mkdirSync(join(state, '..', 'other'));
    mkdirSync(state, { mode: 0o700 });
    symlinkSync(join(state, '..', 'other'), join(state, 'pending'));
    expect(() => keepPending(state, 'abc', orders, now)).toThrow(StateError);
  });
  test('is not kept in a folder where others write', () => {
    mkdirSync(state);
    chmodSync(state, 0o777);
    expect(() => keepPending(state, 'abc', orders, now)).toThrow(StateError);
  });
});

describe('the intent of an approval', () => {
  const found = finding({});
  const other = finding({ name: 'acme-cache' });
  const intent = intentOf('rm -rf x', '/srv', [found, other], 'rules-1');
  test.each([
    ['another command', 'rm -rf y', '/srv', [found, other], 'rules-1'],
    ['another folder', 'rm -rf x', '/home', [found, other], 'rules-1'],
    ['another target', 'rm -rf x', '/srv', [found], 'rules-1'],
    ['other rules', 'rm -rf x', '/srv', [found, other], 'rules-2'],
  ])('differs for %s', (_name, command, cwd, findings, rules) => {
    expect(intentOf(command, cwd, findings, rules)).not.toBe(intent);
  });
  test('is the same for the same findings in another order', () => {
    expect(intentOf('rm -rf x', '/srv', [other, found, other], 'rules-1')).toBe(intent);
  });
});

describe('a no', () => {
  const memory = (session = 'a') => new DeniedIntents(state, session);
  const denied = finding({ id: 'filesystem/delete-recursive', kind: 'path', name: '/srv/acme' });
  const opaque = (source: string) => {
    const { invocation, origin } = {
      invocation: undefined,
      origin: [{ kind: 'command-line', label: 'x', line: undefined }] as const,
    };
    return finding({
      fact: { kind: 'opaque', invocation, code: { reason: 'dynamic-code', detail: '', origin, source, invocation } },
    });
  };
  test.each([
    [
      'the same effect by another rule of the family',
      finding({ id: 'filesystem/find-delete', kind: 'path', name: '/srv/acme' }),
      true,
    ],
    ['another target', finding({ id: 'filesystem/delete-recursive', kind: 'path', name: '/srv/other' }), false],
    ['another family', finding({ id: 'git/clean', kind: 'path', name: '/srv/acme' }), false],
  ])('counts for %s: %#', (_name, later, counts) => {
    memory().remember(deniedEffects([denied]), now, now + minute);
    expect(memory().wasDenied(effectsOf([later]), now + 1) !== undefined).toBe(counts);
  });
  test('to what could not be read counts for that text alone', () => {
    expect(effectsOf([opaque('./deploy')])).not.toEqual(effectsOf([opaque('./build')]));
  });
  test('covers only what asked hardest', () => {
    const harmless = finding({ id: 'filesystem/delete', kind: 'path', name: 'dist', challenge: 'confirm' });
    expect(deniedEffects([harmless, denied])).toEqual(effectsOf([denied]));
  });
  test('ends', () => {
    memory().remember(['e'], now, now + minute);
    expect([memory().wasDenied(['e'], now + minute - 1)?.until, memory().wasDenied(['e'], now + minute)]).toEqual([
      now + minute,
      undefined,
    ]);
  });
  test('belongs to its session', () => {
    memory('a').remember(['e'], now, now + minute);
    expect(memory('b').wasDenied(['e'], now)).toBeUndefined();
  });
  test('stands beside others in a private file', () => {
    memory().remember(['e'], now, now + minute);
    memory().remember(['f'], now, now + minute);
    const [name = ''] = readdirSync(join(state, 'sessions'));
    expect(modeOf(join(state, 'sessions', name))).toBe(0o600);
    expect(JSON.parse(readFileSync(join(state, 'sessions', name), 'utf8'))).toHaveLength(2);
  });
  test.each(['', '{', '{"a":1}', '[1,{"effect":2}]'])('that cannot be read means asking again: %j', (text) => {
    memory().remember(['e'], now, now + minute);
    const [name = ''] = readdirSync(join(state, 'sessions'));
    writeFileSync(join(state, 'sessions', name), text);
    expect(memory().wasDenied(['e'], now)).toBeUndefined();
  });
  test('that cannot be kept is said so', () => {
    mkdirSync(state);
    chmodSync(state, 0o777);
    expect(memory().remember(['e'], now, now + minute)).toBe(false);
  });
});

test.each([
  [{ CLAUDE_CODE_SESSION_ID: 'c1' }, 'linux:9', 'CLAUDE_CODE_SESSION_ID:c1'],
  [{ CODEX_THREAD_ID: 't1', CLAUDE_CODE_SESSION_ID: 'c1' }, 'linux:9', 'CODEX_THREAD_ID:t1'],
  [{ CODEX_THREAD_ID: '' }, 'linux:9', 'system:linux:9'],
  [{}, undefined, 'system:unknown'],
])('the session of %j', (env, system, session) => {
  expect(sessionOf(env, system)).toBe(session);
});
