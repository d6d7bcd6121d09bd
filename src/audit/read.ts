// Reading the log: a snapshot of its files, its lines as a stream, and the proof that the chain is whole.
import { closeSync, constants, existsSync, fstatSync, readSync } from 'node:fs';
import { openPrivate } from '../state/files.ts';
import { chainStart, decodeLine, type Link, sha256 } from './chain.ts';
import { AuditError, type AuditRecord } from './entry.ts';
import { currentPath, headPath, listClosed, lockPath } from './files.ts';
import { type Head, readHead } from './head.ts';
import { acquireLock } from './lock.ts';

export interface ReadFilter {
  /** An ISO date (`2026-04-24`, `2026-04-24T09:00:00Z`) or an age: `45s`, `30m`, `2h`, `3d`, `1w`. */
  readonly since?: string | undefined;
  /** Decisions with this verdict, and the results of what they let run. */
  readonly verdict?: 'run' | 'ask' | 'deny' | undefined;
}

export type Verification =
  | {
      readonly ok: true;
      readonly records: number;
      /** Lines that a writer was stopped in; nothing after them is in doubt. */
      readonly torn: readonly { readonly file: string; readonly line: number }[];
    }
  | { readonly ok: false; readonly file: string; readonly line: number; readonly reason: string };

interface OpenFile {
  readonly path: string;
  readonly fd: number;
  /** What is written later is not part of the snapshot. */
  readonly size: number;
}

interface Snapshot {
  readonly files: readonly OpenFile[];
  readonly head: Head | undefined;
}

interface Line {
  readonly file: string;
  readonly number: number;
  readonly bytes: Buffer;
  readonly ended: boolean;
}

/** All files as they are at one moment: between listing and opening no writer may rotate. */
async function takeSnapshot(folder: string, waitMs: number): Promise<Snapshot> {
  if (!existsSync(folder)) return { files: [], head: undefined };
  const release = await acquireLock(lockPath(folder), waitMs).catch(withoutLock);
  const files: OpenFile[] = [];
  try {
    for (const path of [...listClosed(folder).map((file) => file.path), currentPath(folder)]) {
      const fd = openPrivate(path, constants.O_RDONLY);
      if (fd !== undefined) files.push({ path, fd, size: fstatSync(fd).size });
    }
    return { files, head: readHead(headPath(folder)) };
  } catch (error) {
    closeAll(files);
    throw error;
  } finally {
    release();
  }
}

/** Where no lock can be made, nobody can write either. */
function withoutLock(error: unknown): () => void {
  if (error instanceof AuditError) throw error;
  return () => {};
}

const closeAll = (files: readonly OpenFile[]): void => {
  for (const { fd } of files) closeSync(fd);
};

const chunkBytes = 256 * 1024;

/** Lines of one file, in bounded memory: never more than a chunk and the longest line. */
function* linesOf({ path, fd, size }: OpenFile): Generator<Line> {
  let rest: Buffer[] = [];
  let number = 0;
  for (let at = 0; at < size; ) {
    const chunk = Buffer.alloc(Math.min(chunkBytes, size - at));
    const count = readSync(fd, chunk, 0, chunk.length, at);
    if (count === 0) break;
    at += count;
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0 && end < count; end = chunk.indexOf(0x0a, start)) {
      yield { file: path, number: ++number, bytes: Buffer.concat([...rest, chunk.subarray(start, end)]), ended: true };
      rest = [];
      start = end + 1;
    }
    if (start < count) rest.push(chunk.subarray(start, count));
  }
  if (rest.length > 0) yield { file: path, number: ++number, bytes: Buffer.concat(rest), ended: false };
}

/** Records that satisfy the filter, oldest first. Lines that are none are passed over: `verify` names them. */
export async function* readRecords(
  folder: string,
  filter: ReadFilter,
  now: Date,
  waitMs: number,
): AsyncGenerator<AuditRecord> {
  const since = filter.since === undefined ? undefined : parseSince(filter.since, now);
  const requests = new Set<string>();
  const { files } = await takeSnapshot(folder, waitMs);
  try {
    for (const file of files) {
      for (const line of linesOf(file)) {
        const record = decodeLine(line.bytes.toString('utf8'));
        if (!record || (since !== undefined && Date.parse(record.at) < since)) continue;
        if (filter.verdict === undefined || hasVerdict(record, filter.verdict, requests)) yield record;
      }
    }
  } finally {
    closeAll(files);
  }
}

function hasVerdict(record: AuditRecord, verdict: string, requests: Set<string>): boolean {
  if (record.type === 'result') return requests.has(record.request);
  if (record.type !== 'decision' || record.verdict !== verdict) return false;
  requests.add(record.request);
  return true;
}

const unitMs: Readonly<Record<string, number>> = { s: 1e3, m: 60e3, h: 3600e3, d: 86400e3, w: 604800e3 };

/** Milliseconds since the epoch. Throws AuditError `usage`. */
function parseSince(text: string, now: Date): number {
  const [, count, unit] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  const factor = unitMs[unit ?? ''];
  if (count !== undefined && factor !== undefined) return now.getTime() - Number(count) * factor;
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(date)) {
    throw new AuditError(
      'usage',
      text,
      `expected a date such as 2026-04-24 or an age such as 2h or 3d, this is ${JSON.stringify(text)}`,
    );
  }
  return date;
}

/** Proves the chain from the oldest file to the newest; names the first line that does not fit. */
export async function verifyLog(folder: string, waitMs: number): Promise<Verification> {
  const { files, head } = await takeSnapshot(folder, waitMs);
  try {
    const proof = new Proof(folder, head);
    for (const file of files) {
      for (const line of linesOf(file)) {
        const broken = proof.add(line);
        if (broken) return broken;
      }
    }
    return proof.finish();
  } finally {
    closeAll(files);
  }
}

type Broken = Extract<Verification, { ok: false }>;

class Proof {
  readonly #head: Head | undefined;
  readonly #torn: { file: string; line: number }[] = [];
  #records = 0;
  #link: Link | undefined;
  /** Lines that are no records, until the next record explains them. */
  #open: Line[] = [];
  /** The line whose number the head names. */
  #atHead: Link | undefined;
  #lastFile: string;
  #lastLine = 0;

  constructor(folder: string, head: Head | undefined) {
    this.#head = head;
    this.#lastFile = currentPath(folder);
  }

  add(line: Line): Broken | undefined {
    this.#lastFile = line.file;
    this.#lastLine = line.number;
    const record = decodeLine(line.bytes.toString('utf8'));
    if (!record) {
      this.#open.push(line);
      return undefined;
    }
    return this.#checkOpen(record) ?? this.#checkOrder(record, line) ?? this.#take(record, line);
  }

  finish(): Verification {
    const [first] = this.#open;
    if (first && !this.#isTornEnd()) return notARecord(first);
    this.#noteTorn();
    return this.#checkHead() ?? { ok: true, records: this.#records, torn: this.#torn };
  }

  /** The head knows of no record behind the last one that was found; without a head, a missing newline has to do. */
  #isTornEnd(): boolean {
    return this.#head ? this.#head.seq <= (this.#link?.seq ?? 0) : this.#open.at(-1)?.ended === false;
  }

  #noteTorn(): void {
    for (const { file, number } of this.#open) this.#torn.push({ file, line: number });
    this.#open = [];
  }

  #checkOpen(record: AuditRecord): Broken | undefined {
    const [first] = this.#open;
    if (!first) return undefined;
    const explained = record.type === 'note' ? String(record.torn ?? '') : '';
    if (explained !== this.#open.map(({ bytes }) => sha256(bytes)).join()) return notARecord(first);
    this.#noteTorn();
    return undefined;
  }

  #checkOrder(record: AuditRecord, line: Line): Broken | undefined {
    const before = this.#link;
    if (!before) return this.#checkFirst(record, line);
    if (record.seq > before.seq + 1) {
      return broken(line, `records ${before.seq + 1} to ${record.seq - 1} are missing before this one`);
    }
    if (record.seq <= before.seq) return broken(line, `record ${record.seq} follows record ${before.seq}`);
    if (record.prev !== before.sha) return broken(line, 'the record before this one is not the one it was chained to');
    return undefined;
  }

  #checkFirst(record: AuditRecord, line: Line): Broken | undefined {
    const first = this.#head?.first ?? 1;
    if (record.seq > first) return broken(line, `records ${first} to ${record.seq - 1} are missing before this one`);
    if (record.seq === 1 && record.prev !== chainStart.sha)
      return broken(line, 'the first record is chained to something before it');
    return undefined;
  }

  #take(record: AuditRecord, line: Line): undefined {
    this.#link = { seq: record.seq, sha: sha256(line.bytes) };
    if (record.seq === this.#head?.seq) this.#atHead = this.#link;
    this.#records++;
  }

  /** The head is written after the line, so it may be one behind, never ahead. */
  #checkHead(): Broken | undefined {
    const last = this.#link?.seq ?? 0;
    if (!this.#head)
      return last > 1 ? this.#atEnd('the head of the log is missing, so its end cannot be proved') : undefined;
    if (this.#head.seq > last) {
      return this.#atEnd(
        `records ${last + 1} to ${this.#head.seq} are missing at the end: removed, or lost when the machine went down`,
      );
    }
    return this.#atHead?.sha === this.#head.sha
      ? undefined
      : this.#atEnd(`record ${this.#head.seq} is not the one that was written`);
  }

  #atEnd(reason: string): Broken {
    return { ok: false, file: this.#lastFile, line: Math.max(1, this.#lastLine), reason };
  }
}

function notARecord(line: Line): Broken {
  const changed = looksLikeRecord(line.bytes);
  return broken(
    line,
    changed ? 'this record was changed: it does not carry its own hash' : 'this line is not a record',
  );
}

const looksLikeRecord = (bytes: Buffer): boolean => bytes.length > 2 && bytes[0] === 0x7b && bytes.at(-1) === 0x7d;

const broken = ({ file, number }: Line, reason: string): Broken => ({ ok: false, file, line: number, reason });
