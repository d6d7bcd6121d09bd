// The head: a small file beside the log that says where the log begins and ends, so that cutting records off its end,
// or removing its oldest files, does not go unnoticed.
import { closeSync, constants, writeSync } from 'node:fs';
import { openPrivate, readPrivate } from '../state/files.ts';

export interface Head {
  /** The first record that is still kept. */
  readonly first: number;
  /** The last record that was written, and the SHA-256 of its line. */
  readonly seq: number;
  readonly sha: string;
}

/** Every head has this size, so that one write replaces it. */
const headBytes = 160;

/** Undefined where there is none, or none that can be read. Throws StateError for one that is not guard's own file. */
export function readHead(path: string): Head | undefined {
  const text = readPrivate(path, 4096)?.toString('utf8');
  if (text === undefined) return undefined;
  try {
    const head: unknown = JSON.parse(text);
    return isHead(head) ? head : undefined;
  } catch {
    return undefined;
  }
}

function isHead(value: unknown): value is Head {
  if (typeof value !== 'object' || value === null) return false;
  const { first, seq, sha } = value as Record<string, unknown>;
  return Number.isSafeInteger(first) && Number.isSafeInteger(seq) && typeof sha === 'string';
}

/** Throws StateError or the system's error. */
export function writeHead(path: string, head: Head): void {
  const fd = openPrivate(path, constants.O_WRONLY | constants.O_CREAT);
  if (fd === undefined) return;
  try {
    writeSync(fd, `${JSON.stringify(head).padEnd(headBytes - 1)}\n`, 0);
  } finally {
    closeSync(fd);
  }
}
