// guard's own files: created private, written whole or not at all, never through a link, never somebody else's.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf, StateError, toStateError } from './error.ts';
import { userId } from './folders.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/**
 * Opens one of guard's files and proves that it is a regular file of this user with one name. O_NONBLOCK keeps a
 * planted FIFO from holding guard up. New files are 0600. Throws StateError; a missing file is undefined unless
 * `flags` create it.
 */
export function openPrivate(path: string, flags: number): number | undefined {
  let fd: number;
  try {
    fd = openSync(path, flags | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && (flags & O_CREAT) === 0) return undefined;
    throw toStateError(error, path);
  }
  const complaint = findComplaint(fd);
  if (complaint === undefined) return fd;
  closeSync(fd);
  throw new StateError('unsafe', path, `${path} ${complaint}`);
}

function findComplaint(fd: number): string | undefined {
  const stats = fstatSync(fd);
  if (!stats.isFile()) return 'is not a regular file';
  if (stats.uid !== userId()) return `belongs to user ${stats.uid}, not to you`;
  if (stats.nlink > 1) return 'has a second name (a hard link) elsewhere';
  return undefined;
}

/** The bytes of one of guard's files, undefined where there is none. Throws StateError, also above `maxBytes`. */
export function readPrivate(path: string, maxBytes: number): Buffer | undefined {
  const fd = openPrivate(path, O_RDONLY);
  if (fd === undefined) return undefined;
  try {
    const { size } = fstatSync(fd);
    if (size > maxBytes) throw new StateError('too-large', path, `${path} is larger than ${maxBytes} bytes`);
    return readRange(fd, 0, size);
  } catch (error) {
    throw toStateError(error, path);
  } finally {
    closeSync(fd);
  }
}

/** The bytes from `start` to `end`, fewer where the file ends before. */
export function readRange(fd: number, start: number, end: number): Buffer {
  const buffer = Buffer.alloc(Math.max(0, end - start));
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(fd, buffer, filled, buffer.length - filled, start + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}

/** Creates a file that did not exist (0600) and returns its descriptor, for spools. Throws StateError. */
export function createPrivate(path: string): number {
  try {
    return openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  } catch (error) {
    throw toStateError(error, path);
  }
}

/**
 * Replaces a file's content in one step (0600): a reader sees the old or the new text, also after a crash. The folder
 * must exist (ensureFolder). Refuses to replace anything but a regular file of this user. Throws StateError.
 */
export function writePrivate(path: string, content: string | Uint8Array): void {
  refuseForeign(path);
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(8).toString('hex')}`);
  try {
    writeWhole(temporary, typeof content === 'string' ? Buffer.from(content) : content);
    renameSync(temporary, path);
    syncFolder(folder);
  } catch (error) {
    removeIfPresent(temporary);
    throw toStateError(error, path);
  }
}

function refuseForeign(path: string): void {
  let stats: ReturnType<typeof lstatSync>;
  try {
    stats = lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw toStateError(error, path);
  }
  if (!stats) return;
  if (!stats.isFile())
    throw new StateError('unsafe', path, `${path} is not a regular file, so guard does not replace it`);
  if (stats.uid !== userId()) throw new StateError('unsafe', path, `${path} belongs to user ${stats.uid}, not to you`);
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const fd = createPrivate(path);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(fd, bytes, written);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Makes the rename itself survive a power cut. Some file systems cannot sync a folder; the content is safe regardless. */
function syncFolder(folder: string): void {
  const fd = openSync(folder, O_RDONLY);
  try {
    fsyncSync(fd);
  } catch (error) {
    if (codeOf(error) !== 'EINVAL') throw error;
  } finally {
    closeSync(fd);
  }
}

/** Removes a file; one that is not there is fine. Throws StateError. */
export function removeIfPresent(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw toStateError(error, path);
  }
}
