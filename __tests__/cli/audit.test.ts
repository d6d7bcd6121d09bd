// guard audit: the log for people and programs, and its proof.
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuditEntry, openAudit } from '../../src/audit/index.ts';
import { Place, rowsOf, widest } from './guard.ts';

const place = new Place();
const folder = join(place.home, '.local/state/guard/audit');
const file = join(folder, 'audit.jsonl');
afterAll(() => place.remove());

const audit = (...args: string[]) => place.guard(['audit', ...args]);

const decision = (request: string, command: string, rest: Partial<AuditEntry> = {}): AuditEntry =>
  ({
    type: 'decision',
    request,
    command,
    cwd: place.work,
    verdict: 'run',
    findings: [],
    shown: undefined,
    answer: undefined,
    agent: undefined,
    session: undefined,
    ...rest,
  }) as AuditEntry;

const volume = {
  rule: 'railway/volume-delete',
  severity: 'critical',
  target: { kind: 'volume', name: 'pocketos-db' },
  environment: 'production',
  evidence: [],
  credential: undefined,
  challenge: 'typed+factor',
} as const;

beforeAll(async () => {
  const old = openAudit({ folder, keep: 10, maxBytes: 1 << 20 }, () => new Date('2026-04-24T09:00:00Z'));
  const log = openAudit({ folder, keep: 10, maxBytes: 1 << 20 });
  await old.append(decision('1', 'git status'));
  await old.append({ type: 'result', request: '1', exitCode: 3 });
  await log.append(decision('2', 'railway volume delete', { verdict: 'ask', answer: 'refused', findings: [volume] }));
  await log.append(
    decision('3', `make ${'orders '.repeat(30)}`, { verdict: 'ask', answer: 'approved', findings: [volume] }),
  );
  await log.append({ type: 'result', request: '3', exitCode: 0 });
  await log.append(decision('4', 'mkfs.ext4 /dev/sda\u001b[2J', { verdict: 'deny', findings: [volume] }));
  await log.append({ type: 'note', text: 'the log was rotated' });
});

describe('the table', () => {
  let table = '';
  beforeAll(() => {
    table = audit().stdout;
  });

  test('has a row for each command with what came of it', () => {
    const rows = table.split('\n');
    const row = (command: string) => rows.find((line) => line.includes(command)) ?? '';
    expect(row('git status')).toMatch(/ run {3}exit 3 /);
    expect(row('railway volume delete')).toMatch(/ ask {3}refused /);
    expect(row('make orders')).toMatch(/ ask {3}approved, 0 /);
    expect(row('mkfs.ext4')).toMatch(/ deny {2}refused /);
    expect(row('rotated')).not.toBe('');
  });

  test('says what a held command would have hit', () => {
    expect(table).toContain('production  railway/volume-delete: po');
  });

  test('fits 80 columns, and shows hostile text spelled out', () => {
    expect(widest(table)).toBeLessThanOrEqual(80);
    expect(table).not.toContain('\u001b');
  });

  test('shows the last ones, and says that there are more', () => {
    const { stdout, stderr } = audit('--limit', '2');
    expect([stdout.includes('make orders'), stdout.includes('mkfs.ext4')]).toEqual([false, true]);
    expect(stderr).toContain('3 earlier');
  });

  test('of an empty log says so and ends with 0', () => {
    const empty = new Place();
    const { status, stdout, stderr } = empty.guard(['audit']);
    empty.remove();
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain('no record');
  });
});

describe('JSON lines', () => {
  test.each<[string[], (string | undefined)[]]>([
    [
      ['--limit', '3'],
      ['3', '4', undefined],
    ],
    [
      ['--since', '1h'],
      ['2', '3', '3', '4', undefined],
    ],
    [
      ['--since', '2026-04-24'],
      ['1', '1', '2', '3', '3', '4', undefined],
    ],
    [
      ['--verdict', 'ask'],
      ['2', '3', '3'],
    ],
    [['--verdict', 'deny', '--since', '1h'], ['4']],
  ])('%j', (options, requests) => {
    const { status, stdout } = audit('--json', ...options);
    expect([status, rowsOf(stdout).map(({ request }) => request)]).toEqual([0, requests]);
  });

  test.each([[['--since', 'yesterday']], [['--verdict', 'maybe']], [['--limit', '0']]])('%j ends with 2', (options) => {
    const { status, stdout } = audit(...options);
    expect([status, stdout]).toEqual([2, '']);
  });

  test('a reader that goes away ends it without a word', async () => {
    const child = place.start(['audit', '--json']);
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
    });
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    expect([code, said]).toEqual([0, '']);
  });
});

describe('verify', () => {
  test('a whole chain ends with 0', () => {
    const { status, stdout } = audit('verify');
    expect([status, stdout]).toEqual([0, `${folder}: 7 records, the chain is whole\n`]);
    expect(JSON.parse(audit('verify', '--json').stdout)).toEqual({ ok: true, records: 7, torn: [] });
  });

  test('a record that was changed is named, with 1', () => {
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace('"answer":"refused"', '"answer":"approved"'));
    const { status, stdout } = audit('verify');
    const json = audit('verify', '--json');
    writeFileSync(file, before);
    expect([status, json.status, stdout.split(': ')[0]]).toEqual([1, 1, `${file}:3`]);
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, file, line: 3 });
  });

  test('a line that was added between others is named, with 1', () => {
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace('\n', '\n{"type":"note"}\n'));
    const { status, stdout } = audit('verify');
    writeFileSync(file, before);
    expect([status, stdout.split(': ')[0]]).toEqual([1, `${file}:2`]);
  });
});
