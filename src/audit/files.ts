// The files of one log: `audit.jsonl`, which is written to, and `audit-<first seq>.jsonl`, which are closed.
import { closeSync, constants, fstatSync, lstatSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../state/error.ts';
import { openPrivate, readRange, removeIfPresent } from '../state/files.ts';
import { decodeLine, type Link, sha256 } from './chain.ts';

const closedName = /^audit-(\d{12})\.jsonl$/;

export const currentPath = (folder: string): string => join(folder, 'audit.jsonl');
export const headPath = (folder: string): string => join(folder, 'head');
export const lockPath = (folder: string): string => join(folder, 'lock');

export interface ClosedFile {
  readonly path: string;
  readonly firstSeq: number;
}

/** The closed files, oldest first. A missing folder has none. */
export function listClosed(folder: string): readonly ClosedFile[] {
  return namesIn(folder)
    .flatMap((name) => {
      const digits = closedName.exec(name)?.[1];
      return digits === undefined ? [] : [{ path: join(folder, name), firstSeq: Number(digits) }];
    })
    .sort((a, b) => a.firstSeq - b.firstSeq);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** How a log file ends. */
export interface Tail {
  /** The last record; undefined where the file holds none. */
  readonly last: Link | undefined;
  /** SHA-256 of the lines behind it, which are no records: their writers were stopped in the middle. */
  readonly torn: readonly string[];
  /** The newline at the very end is missing. */
  readonly unended: boolean;
}

/** Reads backwards only as far as the last record reaches. */
export function readTail(fd: number): Tail {
  const { size } = fstatSync(fd);
  for (let length = Math.min(size, 16 * 1024); ; length = Math.min(size, length * 8)) {
    const tail = parseTail(readRange(fd, size - length, size), length === size);
    if (tail) return tail;
  }
}

/** Undefined where the last record may begin before these bytes. */
function parseTail(bytes: Buffer, whole: boolean): Tail | undefined {
  const unended = bytes.length > 0 && bytes.at(-1) !== 0x0a;
  const torn: string[] = [];
  for (let end = unended ? bytes.length : bytes.length - 1; end > 0; ) {
    const newline = bytes.lastIndexOf(0x0a, end - 1);
    if (newline < 0 && !whole) return undefined;
    const line = bytes.subarray(newline + 1, end);
    const record = decodeLine(line.toString('utf8'));
    if (record) return { last: { seq: record.seq, sha: sha256(line) }, torn, unended };
    torn.unshift(sha256(line));
    end = newline;
  }
  return { last: undefined, torn, unended };
}

/** The end of the newest closed file: what a new file is chained to. */
export function readNewestClosed(folder: string): Tail | undefined {
  const newest = listClosed(folder).at(-1);
  const fd = newest && openPrivate(newest.path, constants.O_RDONLY);
  if (fd === undefined) return undefined;
  try {
    return readTail(fd);
  } finally {
    closeSync(fd);
  }
}

/** Closes the current file under its first record's number. False where that name is taken: then it goes on growing. */
export function closeCurrent(folder: string, fd: number): boolean {
  const start = readRange(fd, 0, 40).toString('latin1');
  const firstSeq = /\{"seq":(\d{1,12}),/.exec(start)?.[1];
  if (firstSeq === undefined) return false;
  const path = join(folder, `audit-${firstSeq.padStart(12, '0')}.jsonl`);
  if (lstatSync(path, { throwIfNoEntry: false })) return false;
  renameSync(currentPath(folder), path);
  return true;
}

/** Splits the closed files into those that stay and those that go, the current file counted in `keep`. */
export function splitByAge(
  folder: string,
  keep: number,
): { readonly stay: readonly ClosedFile[]; readonly go: readonly ClosedFile[] } {
  const closed = listClosed(folder);
  const count = Math.max(0, closed.length - (keep - 1));
  return { stay: closed.slice(count), go: closed.slice(0, count) };
}

export const removeClosed = (files: readonly ClosedFile[]): void => {
  for (const { path } of files) removeIfPresent(path);
};
