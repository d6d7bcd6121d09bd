// Appends: under the lock, finds the end of the chain, explains what it finds broken there, writes one line per entry.
import { closeSync, constants, fstatSync, ftruncateSync, writeSync } from 'node:fs';
import type { AuditSettings } from '../config/model.ts';
import { StateError } from '../state/error.ts';
import { openPrivate } from '../state/files.ts';
import { ensureFolder } from '../state/folders.ts';
import { chainStart, encodeLine, type Link } from './chain.ts';
import type { AuditEntry, AuditRecord } from './entry.ts';
import {
  closeCurrent,
  currentPath,
  headPath,
  lockPath,
  readNewestClosed,
  readTail,
  removeClosed,
  splitByAge,
} from './files.ts';
import { type Head, readHead, writeHead } from './head.ts';
import { acquireLock } from './lock.ts';

const openFlags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT;

/** Writes one entry and returns its record. Throws StateError, AuditError or the system's error. */
export async function appendEntry(
  settings: AuditSettings,
  entry: AuditEntry,
  now: () => string,
  waitMs: number,
): Promise<AuditRecord> {
  ensureFolder(settings.folder);
  const release = await acquireLock(lockPath(settings.folder), waitMs);
  try {
    return appendLocked(settings, entry, now());
  } finally {
    release();
  }
}

/** The end of the log: where a new line goes and what it is chained to. */
interface End {
  readonly link: Link;
  /** What has to be said before the next entry. */
  readonly notes: readonly AuditEntry[];
  /** A line without its newline stands at the end of the current file. */
  readonly unended: boolean;
}

function appendLocked(settings: AuditSettings, entry: AuditEntry, at: string): AuditRecord {
  const { folder } = settings;
  let fd = openCurrent(folder);
  try {
    const head = readHead(headPath(folder));
    const end = findEnd(folder, fd, head);
    let link = end.link;
    const lines = [...end.notes, entry].map((item) => {
      const encoded = encodeLine(item, at, link);
      link = encoded.link;
      return encoded;
    });
    let first = head?.first ?? splitByAge(folder, Number.MAX_SAFE_INTEGER).stay[0]?.firstSeq ?? 1;
    let gap = end.unended ? '\n' : '';
    const { size } = fstatSync(fd);
    const bytes = lines.reduce((sum, { line }) => sum + Buffer.byteLength(line) + 1, 0);
    if (size > 0 && size + bytes > settings.maxBytes && closeCurrent(folder, fd)) {
      closeSync(fd);
      fd = openCurrent(folder);
      gap = '';
      first = dropOldest(settings, head, end.link.seq + 1, first);
    }
    for (const { line, link: written } of lines) {
      writeLine(fd, `${gap}${line}\n`, currentPath(folder));
      gap = '';
      writeHead(headPath(folder), { first, ...written });
    }
    return JSON.parse(lines.at(-1)?.line ?? 'null') as AuditRecord;
  } finally {
    closeSync(fd);
  }
}

function openCurrent(folder: string): number {
  const path = currentPath(folder);
  const fd = openPrivate(path, openFlags);
  if (fd === undefined) throw new StateError('io', path, `${path} cannot be opened`);
  return fd;
}

/** The head learns of the new beginning before the files go, so that a crash between the two breaks nothing. */
function dropOldest({ folder, keep }: AuditSettings, head: Head | undefined, nextSeq: number, first: number): number {
  const { stay, go } = splitByAge(folder, keep);
  if (go.length === 0) return first;
  const oldest = stay[0]?.firstSeq ?? nextSeq;
  if (head) writeHead(headPath(folder), { ...head, first: oldest });
  removeClosed(go);
  return oldest;
}

function findEnd(folder: string, fd: number, head: Head | undefined): End {
  const current = readTail(fd);
  const closed = current.last ? undefined : readNewestClosed(folder);
  const last = current.last ?? closed?.last;
  const torn = [...(closed?.torn ?? []), ...current.torn];
  const notes: AuditEntry[] = [];
  if (torn.length > 0) {
    notes.push({ type: 'note', text: 'Torn before this: whoever wrote there was stopped in the middle.', torn });
  }
  if (last && !head) {
    const text = 'The head of this log was missing; whether records are missing too cannot be told.';
    notes.push({ type: 'note', text });
  }
  const found = last?.seq ?? 0;
  if (head && head.seq > found) {
    notes.push({ type: 'note', text: `Records ${found + 1} to ${head.seq} are missing before this one.` });
  }
  return {
    link: { seq: Math.max(found, head?.seq ?? 0), sha: last?.sha ?? head?.sha ?? chainStart.sha },
    notes,
    unended: current.unended,
  };
}

/** One write(2) per line. What a full disk left of a line is taken back. */
function writeLine(fd: number, line: string, path: string): void {
  const bytes = Buffer.from(line);
  const before = fstatSync(fd).size;
  let written = 0;
  try {
    written = writeSync(fd, bytes);
  } catch (error) {
    takeBack(fd, before);
    throw error;
  }
  if (written === bytes.length) return;
  takeBack(fd, before);
  throw new StateError('full', path, `${path} cannot grow: only a part of the record could be written`);
}

/** Where even this fails the torn line stays, and the next writer explains it. */
function takeBack(fd: number, size: number): void {
  try {
    ftruncateSync(fd, size);
  } catch {}
}
