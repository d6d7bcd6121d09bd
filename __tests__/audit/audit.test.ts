// The audit log: what is written, that changes show, that many writers and killed writers break nothing.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type AuditEntry, type AuditRecord, openAudit, type ReadFilter } from '../../src/audit/index.ts';
import { acquireLock } from '../../src/audit/lock.ts';
import { bundle, scratchFolder } from '../state/scratch.ts';

const scratch = scratchFolder();
let counter = 0;
const start = Date.parse('2026-04-24T09:00:00Z');

/** A log of its own whose clock moves by a minute per record. */
function newLog({
  keep = 10,
  maxBytes = 1024 * 1024,
  clock,
}: {
  keep?: number;
  maxBytes?: number;
  clock?: () => Date;
} = {}) {
  const folder = join(scratch, `log${++counter}`);
  let ticks = 0;
  const audit = openAudit({ folder, keep, maxBytes }, clock ?? (() => new Date(start + ticks++ * 60_000)));
  return { folder, audit, file: join(folder, 'audit.jsonl') };
}
type Log = ReturnType<typeof newLog>;

const decision = (request: string, verdict: 'run' | 'ask' | 'deny' = 'run', command = 'git status'): AuditEntry => ({
  type: 'decision',
  request,
  command,
  cwd: '/srv/orders',
  verdict,
  findings: [],
  shown: undefined,
  answer: undefined,
  agent: 'claude-code',
  session: undefined,
});
const note = (text: string): AuditEntry => ({ type: 'note', text });

async function write(log: Log, count: number): Promise<void> {
  for (let index = 1; index <= count; index++) {
    const { ok } = await log.audit.append(decision(`r${index}`));
    if (!ok) throw new Error('append failed');
  }
}

async function collect(log: Log, filter?: ReadFilter): Promise<readonly AuditRecord[]> {
  const records: AuditRecord[] = [];
  for await (const record of log.audit.read(filter)) records.push(record);
  return records;
}

const linesOf = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');
const rewrite = (path: string, change: (lines: string[]) => readonly string[]): void =>
  writeFileSync(path, `${change(linesOf(path)).join('\n')}\n`);

describe('append', () => {
  test('chains records, private and one per line', async () => {
    const log = newLog();
    await write(log, 3);
    const records = linesOf(log.file).map((line) => JSON.parse(line) as AuditRecord);
    expect(records.map(({ seq, at }) => [seq, at])).toEqual([
      [1, '2026-04-24T09:00:00.000Z'],
      [2, '2026-04-24T09:01:00.000Z'],
      [3, '2026-04-24T09:02:00.000Z'],
    ]);
    expect([statSync(log.file).mode & 0o777, statSync(log.folder).mode & 0o777, records[0]?.prev]).toEqual([
      0o600,
      0o700,
      '0'.repeat(64),
    ]);
    expect(await log.audit.verify()).toEqual({ ok: true, records: 3, torn: [] });
  });

  test('keeps a decision as it was', async () => {
    const log = newLog();
    const entry: AuditEntry = {
      type: 'decision',
      request: 'r1',
      command: 'railway volume delete --yes',
      cwd: '/srv/orders',
      verdict: 'ask',
      findings: [
        {
          rule: 'railway/volume-delete',
          severity: 'critical',
          target: { kind: 'volume', name: 'orders-data' },
          environment: 'production',
          evidence: ['attached to production (Railway API)'],
          credential: undefined,
          challenge: 'typed+factor',
        },
      ],
      shown: 'Deletes a Railway volume\n\u001b[31mPRODUCTION',
      answer: 'refused',
      agent: undefined,
      session: 's1',
    };
    await log.audit.append(entry);
    expect((await collect(log))[0]).toMatchObject(JSON.parse(JSON.stringify(entry)));
  });

  test('replaces secrets, listed and recognised', async () => {
    const log = newLog();
    await log.audit.append(
      decision('r1', 'run', 'curl -u ana:tangerine-7391 -H "x: ghp_abcdefghijklmnopqrstuvwxyz012345"'),
      ['tangerine-7391'],
    );
    const text = readFileSync(log.file, 'utf8');
    expect([text.includes('tangerine-7391'), text.includes('ghp_abcdef'), text.includes('"request":"r1"')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('cuts what nobody reads', async () => {
    const log = newLog({ maxBytes: 1024 * 1024 });
    await log.audit.append(decision('r1', 'run', `echo ${'x'.repeat(1024 * 1024)}`));
    expect(statSync(log.file).size).toBeLessThan(70_000);
  });

  test('a clock that goes backwards is recorded as it is, in order', async () => {
    const times = ['2026-04-24T09:00:00Z', '2026-04-24T08:00:00Z', '1970-01-01T00:00:00Z'];
    const log = newLog({ clock: () => new Date(times.shift() ?? 0) });
    await write(log, 3);
    const records = linesOf(log.file).map((line) => JSON.parse(line) as AuditRecord);
    expect(records.map(({ seq, at }) => `${seq} ${at.slice(0, 13)}`)).toEqual([
      '1 2026-04-24T09',
      '2 2026-04-24T08',
      '3 1970-01-01T00',
    ]);
    expect(await log.audit.verify()).toMatchObject({ ok: true, records: 3 });
  });
});

describe('read', () => {
  const fill = async (): Promise<Log> => {
    const log = newLog();
    for (const [index, verdict] of (['run', 'ask', 'deny', 'ask'] as const).entries())
      await log.audit.append(decision(`r${index}`, verdict));
    await log.audit.append({ type: 'result', request: 'r1', exitCode: 0 });
    await log.audit.append({ type: 'result', request: 'r0', exitCode: 1 });
    return log;
  };

  // The clock has given 09:00 to 09:05 to the records; the reader sees 09:06.
  test.each([
    ['everything', {}, [1, 2, 3, 4, 5, 6]],
    ['an age in minutes', { since: '3m' }, [4, 5, 6]],
    ['an age in hours', { since: '2h' }, [1, 2, 3, 4, 5, 6]],
    ['an age in days', { since: '3d' }, [1, 2, 3, 4, 5, 6]],
    ['a moment', { since: '2026-04-24T09:04:00Z' }, [5, 6]],
    ['a day', { since: '2026-04-24' }, [1, 2, 3, 4, 5, 6]],
    ['a day to come', { since: '2026-04-25' }, []],
    ['a verdict, with its results', { verdict: 'ask' }, [2, 4, 5]],
    ['a verdict since', { verdict: 'ask', since: '3m' }, [4]],
  ] as const)('%s', async (_, filter, expected) => {
    expect((await collect(await fill(), filter)).map(({ seq }) => seq)).toEqual(expected);
  });

  test.each(['yesterday', '2', 'h', '-2h', '2026', '2026-13-45', ''])('%j is no date', async (since) => {
    await expect(collect(newLog(), { since })).rejects.toMatchObject({ name: 'AuditError', problem: 'usage' });
  });

  test('a log that is not there is empty', async () => {
    const log = newLog();
    expect([await collect(log), await log.audit.verify(), existsSync(log.folder)]).toEqual([
      [],
      { ok: true, records: 0, torn: [] },
      false,
    ]);
  });
});

describe('tampering', () => {
  const fields: readonly [string, (line: string) => string][] = [
    ['seq', (line) => line.replace('"seq":3', '"seq":4')],
    ['at', (line) => line.replace('09:02', '09:01')],
    ['type', (line) => line.replace('"type":"decision"', '"type":"result"')],
    ['request', (line) => line.replace('"r3"', '"r9"')],
    ['command', (line) => line.replace('git status', 'git stash')],
    ['cwd', (line) => line.replace('/srv/orders', '/tmp')],
    ['verdict', (line) => line.replace('"run"', '"ask"')],
    ['findings', (line) => line.replace('[]', '[1]')],
    ['agent', (line) => line.replace('claude-code', 'codex')],
    ['prev', (line) => line.replace(/"prev":"./, '"prev":"g')],
    ['hash', (line) => line.replace(/"hash":"./, '"hash":"g')],
    ['a space', (line) => line.replace('{', '{ ')],
    ['the whole line', () => 'nothing to see'],
  ];
  test.each(fields)('of %s is named', async (_, change) => {
    const log = newLog();
    await write(log, 5);
    rewrite(log.file, (lines) => lines.map((line, index) => (index === 2 ? change(line) : line)));
    expect(await log.audit.verify()).toMatchObject({ ok: false, file: log.file, line: 3 });
  });

  test.each([
    ['a removed line', (lines: string[]) => lines.toSpliced(2, 1), 3, /records 3 to 3 are missing/],
    ['a removed first line', (lines: string[]) => lines.slice(1), 1, /records 1 to 1 are missing/],
    ['removed last lines', (lines: string[]) => lines.slice(0, 3), 3, /records 4 to 5 are missing at the end/],
    ['a repeated line', (lines: string[]) => lines.toSpliced(2, 0, lines[1] ?? ''), 3, /record 2 follows record 2/],
    [
      'swapped lines',
      (lines: string[]) => [lines[0], lines[2], lines[1], lines[3], lines[4]],
      2,
      /records 2 to 2 are missing/,
    ],
    ['an inserted line', (lines: string[]) => lines.toSpliced(2, 0, '{}'), 3, /not a record/],
    [
      'a changed last line',
      (lines: string[]) => [...lines.slice(0, 4), (lines[4] ?? '').replace('run', 'ask')],
      5,
      /changed/,
    ],
  ])('%s', async (_, change, line, reason) => {
    const log = newLog();
    await write(log, 5);
    rewrite(log.file, (lines) => change(lines).map(String));
    expect(await log.audit.verify()).toMatchObject({ ok: false, line, reason: expect.stringMatching(reason) });
  });

  test('a record with a new hash breaks the link of the next', async () => {
    const log = newLog();
    const forged = newLog();
    await write(log, 5);
    await forged.audit.append(decision('r1', 'deny'));
    rewrite(log.file, (lines) => lines.with(0, linesOf(forged.file)[0] ?? ''));
    expect(await log.audit.verify()).toMatchObject({
      ok: false,
      line: 2,
      reason: expect.stringMatching(/not the one it was chained to/),
    });
  });

  test('a removed end stays visible after further records', async () => {
    const log = newLog();
    await write(log, 5);
    rewrite(log.file, (lines) => lines.slice(0, 3));
    await write(log, 1);
    expect(await log.audit.verify()).toMatchObject({
      ok: false,
      line: 4,
      reason: expect.stringMatching(/records 4 to 5 are missing/),
    });
  });

  test('a changed last record stays visible after further records', async () => {
    const log = newLog();
    await write(log, 3);
    rewrite(log.file, (lines) => lines.map((line) => line.replace('"r3"', '"r4"')));
    await write(log, 1);
    expect(await log.audit.verify()).toMatchObject({ ok: false });
  });

  test('a removed log is noticed as long as its head is there', async () => {
    const log = newLog();
    await write(log, 3);
    rmSync(log.file);
    expect(await log.audit.verify()).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/records 1 to 3 are missing/),
    });
  });

  test('a removed head is noticed, and noted by the next writer', async () => {
    const log = newLog();
    await write(log, 3);
    rmSync(join(log.folder, 'head'));
    expect(await log.audit.verify()).toMatchObject({ ok: false, reason: expect.stringMatching(/head/) });
    await write(log, 1);
    expect((await collect(log)).map(({ type }) => type)).toEqual([
      'decision',
      'decision',
      'decision',
      'note',
      'decision',
    ]);
  });
});

describe('a writer stopped in the middle', () => {
  test.each([
    ['of a record', '{"seq":3,"at":"2026-'],
    ['in a character', '{"seq":3,"command":"\u00e9'.slice(0, -1) + String.fromCharCode(0xd8)],
    ['with zeros after a power cut', '\0\0\0\0'],
  ])('%s: verify names the line, the next writer notes it', async (_, fragment) => {
    const log = newLog();
    await write(log, 2);
    appendFileSync(log.file, fragment, 'latin1');
    const torn = [{ file: log.file, line: 3 }];
    expect(await log.audit.verify()).toEqual({ ok: true, records: 2, torn });
    await write(log, 1);
    expect((await collect(log)).map(({ seq, type }) => `${seq} ${type}`)).toEqual([
      '1 decision',
      '2 decision',
      '3 note',
      '4 decision',
    ]);
    expect(await log.audit.verify()).toEqual({ ok: true, records: 4, torn });
  });

  test('twice in a row', async () => {
    const log = newLog();
    await write(log, 2);
    appendFileSync(log.file, '{"seq":3,');
    appendFileSync(log.file, '\n{"seq":3,"type":"no');
    await write(log, 1);
    expect(await log.audit.verify()).toMatchObject({ ok: true, records: 4, torn: [{ line: 3 }, { line: 4 }] });
  });

  test('a torn line that was changed afterwards is named', async () => {
    const log = newLog();
    await write(log, 2);
    appendFileSync(log.file, '{"seq":3,"at":"2026-');
    await write(log, 1);
    rewrite(log.file, (lines) => lines.map((line) => line.replace('"at":"2026-', '"at":"2025-')).map(String));
    expect(await log.audit.verify()).toMatchObject({ ok: false });
  });

  test('before the newline alone: the record counts', async () => {
    const log = newLog();
    await write(log, 2);
    writeFileSync(log.file, readFileSync(log.file, 'utf8').trimEnd());
    await write(log, 1);
    expect(await log.audit.verify()).toEqual({ ok: true, records: 3, torn: [] });
  });

  test('at the very first record', async () => {
    const log = newLog();
    mkdirSync(log.folder);
    writeFileSync(log.file, '{"seq":1,"a', { mode: 0o600 });
    await write(log, 1);
    expect(await log.audit.verify()).toMatchObject({ ok: true, records: 2, torn: [{ line: 1 }] });
  });

  test('between the record and the head: nothing is missing', async () => {
    const log = newLog();
    await write(log, 1);
    const head = readFileSync(join(log.folder, 'head'));
    await write(log, 1);
    writeFileSync(join(log.folder, 'head'), head);
    expect(await log.audit.verify()).toMatchObject({ ok: true, records: 2 });
    await write(log, 1);
    expect(await log.audit.verify()).toMatchObject({ ok: true, records: 3 });
  });
});

describe('rotation', () => {
  const names = (log: Log): readonly string[] =>
    readdirSync(log.folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort();

  test('keeps the chain across files and drops the oldest', async () => {
    const log = newLog({ keep: 3, maxBytes: 1200 });
    await write(log, 12);
    expect(names(log).length).toBe(3);
    for (const name of names(log)) expect(statSync(join(log.folder, name)).size).toBeLessThanOrEqual(1200);
    const records = await collect(log);
    expect([records.at(-1)?.seq, records.length < 12]).toEqual([12, true]);
    expect(await log.audit.verify()).toMatchObject({ ok: true, records: records.length });
  });

  test('a single file is enough', async () => {
    const log = newLog({ keep: 1, maxBytes: 600 });
    await write(log, 5);
    expect(names(log)).toEqual(['audit.jsonl']);
    expect(await log.audit.verify()).toMatchObject({ ok: true });
  });

  test('a removed oldest file is named', async () => {
    const log = newLog({ keep: 5, maxBytes: 1200 });
    await write(log, 9);
    rmSync(join(log.folder, names(log)[0] ?? ''));
    expect(await log.audit.verify()).toMatchObject({
      ok: false,
      line: 1,
      reason: expect.stringMatching(/records 1 to \d are missing/),
    });
  });

  test('a removed middle file is named', async () => {
    const log = newLog({ keep: 5, maxBytes: 1200 });
    await write(log, 9);
    rmSync(join(log.folder, names(log)[1] ?? ''));
    expect(await log.audit.verify()).toMatchObject({
      ok: false,
      line: 1,
      reason: expect.stringMatching(/are missing before/),
    });
  });

  test('a writer stopped behind the rename breaks nothing', async () => {
    const log = newLog();
    await write(log, 2);
    renameSync(log.file, join(log.folder, 'audit-000000000001.jsonl'));
    await write(log, 1);
    expect(await log.audit.verify()).toMatchObject({ ok: true, records: 3 });
  });

  test('a torn line at the end of a closed file is explained in the next', async () => {
    const log = newLog({ keep: 5, maxBytes: 1000 });
    await write(log, 2);
    appendFileSync(log.file, '{"seq":3,"at":"2026-');
    await write(log, 2);
    expect(await log.audit.verify()).toMatchObject({
      ok: true,
      torn: [{ file: join(log.folder, 'audit-000000000001.jsonl') }],
    });
  });
});

describe('what cannot be written is an error, not a throw', () => {
  const problem = async (log: Log): Promise<string> => {
    const appended = await log.audit.append(note('orders'));
    return appended.ok ? 'written' : `${appended.error.name} ${appended.error.problem}`;
  };

  test.each([
    ['a symbolic link as log', (log: Log) => symlinkSync(join(scratch, 'elsewhere'), log.file), 'AuditError unsafe'],
    [
      'a hard link as log',
      (log: Log) => {
        writeFileSync(join(log.folder, 'other'), '');
        linkSync(join(log.folder, 'other'), log.file);
      },
      'AuditError unsafe',
    ],
    ['a FIFO as log', (log: Log) => execFileSync('mkfifo', [log.file]), 'AuditError unsafe'],
    ['a folder as log', (log: Log) => mkdirSync(log.file), 'AuditError unsafe'],
    [
      'a symbolic link as head',
      (log: Log) => symlinkSync('/etc/hostname', join(log.folder, 'head')),
      'AuditError unsafe',
    ],
    ['a folder that others may write in', (log: Log) => chmodSync(log.folder, 0o777), 'AuditError unsafe'],
    [
      'a file as folder',
      (log: Log) => {
        rmSync(log.folder, { recursive: true });
        writeFileSync(log.folder, '');
      },
      'AuditError unsafe',
    ],
    ['nothing in the way', () => {}, 'written'],
  ])('%s', async (_, prepare, expected) => {
    const log = newLog();
    mkdirSync(log.folder, { mode: 0o700 });
    prepare(log);
    expect(await problem(log)).toBe(expected);
  });

  test('a symbolic link as folder', async () => {
    const log = newLog();
    symlinkSync(scratch, log.folder);
    expect(await problem(log)).toBe('AuditError unsafe');
  });

  test('a read-only folder', () => {
    const folder = join(scratch, 'read-only');
    mkdirSync(folder, { mode: 0o700 });
    for (const path of [scratch, writer]) chmodSync(path, 0o755);
    const uid = process.getuid?.() === 0 ? 65534 : undefined;
    if (uid !== undefined) execFileSync('chown', [String(uid), folder]);
    chmodSync(folder, 0o500);
    const out = execFileSync(process.execPath, [writer, folder, '1'], { uid, encoding: 'utf8' });
    expect(out).toBe('AuditError unwritable\n');
  });

  test('a full disk: the file size limit stands in for it, and no torn line stays', async () => {
    const log = newLog();
    await write(log, 1);
    const script = 'ulimit -f 1; exec "$0" "$@"';
    const out = execFileSync('bash', ['-c', script, process.execPath, writer, log.folder, '5'], { encoding: 'utf8' });
    expect(out).toContain('AuditError full');
    expect(await log.audit.verify()).toMatchObject({ ok: true, torn: [] });
    await write(log, 1);
    expect(await log.audit.verify()).toMatchObject({ ok: true, torn: [] });
  });
});

let writer = '';
let holder = '';
beforeAll(async () => {
  writer = await bundle(
    `import { openAudit } from './src/audit/index.ts';
     async function main() {
       const [folder = '', count, maxBytes = 1e6] = process.argv.slice(2);
       const audit = openAudit({ folder, keep: 100, maxBytes: Number(maxBytes) });
       for (let index = 0; index < Number(count); index++) {
         const appended = await audit.append({ type: 'note', text: process.pid + ' ' + index + ' orders'.repeat(20) });
         if (!appended.ok) return console.log(appended.error.name + ' ' + appended.error.problem);
       }
     }
     main();`,
    join(scratch, 'writer.cjs'),
  );
});

describe('many processes', () => {
  test('eight at once write one chain', async () => {
    const log = newLog();
    await Promise.all(
      Array.from({ length: 8 }, () => exitOf(spawn(process.execPath, [writer, log.folder, '100', '40000']))),
    );
    expect(await log.audit.verify()).toEqual({ ok: true, records: 800, torn: [] });
    expect(readdirSync(log.folder).filter((name) => !name.endsWith('.jsonl'))).toEqual(['head']);
  });

  test('killed again and again, they leave a log that verifies', async () => {
    const log = newLog();
    for (let round = 0; round < 5; round++) {
      const children = Array.from({ length: 2 }, () => spawn(process.execPath, [writer, log.folder, '100000']));
      const before = sizeOf(log);
      while (sizeOf(log) < before + 20_000) await new Promise((resolve) => setTimeout(resolve, 10));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(children.map(exitOf));
    }
    await write(log, 1);
    expect(await log.audit.verify()).toMatchObject({ ok: true });
  });
});

const sizeOf = (log: Log): number => statSync(log.file, { throwIfNoEntry: false })?.size ?? 0;
const exitOf = (child: ChildProcess): Promise<void> =>
  child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => child.once('exit', () => resolve()))
    : Promise.resolve();

describe('the lock', () => {
  const lockOf = (log: Log): string => join(log.folder, 'lock');

  /** A process that holds the lock and does nothing. */
  async function hold(log: Log): Promise<ChildProcess> {
    const child = spawn(process.execPath, [holder, lockOf(log)]);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    return child;
  }

  beforeAll(async () => {
    holder = await bundle(
      `import { acquireLock } from './src/audit/lock.ts';
       acquireLock(process.argv[2], 1000).then(() => { console.log('held'); setInterval(() => {}, 1000); });`,
      join(scratch, 'holder.cjs'),
    );
  });

  test('of a killed holder is taken over', async () => {
    const log = newLog();
    await write(log, 1);
    const child = await hold(log);
    child.kill('SIGKILL');
    await exitOf(child);
    expect(lstatSync(lockOf(log)).isSymbolicLink()).toBe(true);
    await write(log, 1);
    expect([await log.audit.verify(), existsSync(lockOf(log))]).toMatchObject([{ ok: true, records: 2 }, false]);
  });

  test('of a killed holder is taken over once, by many', async () => {
    const log = newLog();
    await write(log, 1);
    const child = await hold(log);
    child.kill('SIGKILL');
    await exitOf(child);
    await Promise.all(Array.from({ length: 4 }, () => exitOf(spawn(process.execPath, [writer, log.folder, '20']))));
    expect(await log.audit.verify()).toEqual({ ok: true, records: 81, torn: [] });
  });

  test('of a living holder is waited for, and the wait is bounded', async () => {
    const log = newLog();
    await write(log, 1);
    const child = await hold(log);
    await expect(acquireLock(lockOf(log), 50)).rejects.toMatchObject({ name: 'AuditError', problem: 'busy' });
    child.kill('SIGKILL');
    await exitOf(child);
  });

  test('of a stopped holder is not taken away', async () => {
    const log = newLog();
    await write(log, 1);
    const child = await hold(log);
    child.kill('SIGSTOP');
    await expect(acquireLock(lockOf(log), 50)).rejects.toMatchObject({ problem: 'busy' });
    child.kill('SIGKILL');
    await exitOf(child);
  });

  test('of a pid that was given to another process is taken over', async () => {
    const log = newLog();
    await write(log, 1);
    symlinkSync(`${process.pid} 1 ${ownSpace()} 0123456789abcdef`, lockOf(log));
    await write(log, 1);
    expect(await log.audit.verify()).toMatchObject({ ok: true, records: 2 });
  });

  test('whose breaker was killed too is taken over', async () => {
    const log = newLog();
    await write(log, 1);
    symlinkSync(`${process.pid} 1 ${ownSpace()} aaaa`, lockOf(log));
    symlinkSync(`${process.pid} 2 ${ownSpace()} bbbb`, join(log.folder, 'break.aaaa'));
    await write(log, 1);
    expect(readdirSync(log.folder).sort()).toEqual(['audit.jsonl', 'head']);
  });

  test('of another machine is not judged by pid', async () => {
    const log = newLog();
    await write(log, 1);
    symlinkSync('1 1 elsewhere cccc', lockOf(log));
    await expect(acquireLock(lockOf(log), 50)).rejects.toMatchObject({ problem: 'busy' });
    execFileSync('touch', ['-h', '-d', '2 minutes ago', lockOf(log)]);
    await write(log, 1);
    expect(await log.audit.verify()).toMatchObject({ ok: true, records: 2 });
  });
});

const ownSpace = (): string =>
  encodeURIComponent(
    `${hostname()} ${existsSync('/proc/self/ns/pid') ? execFileSync('readlink', ['/proc/self/ns/pid'], { encoding: 'utf8' }).trim() : ''}`,
  );
