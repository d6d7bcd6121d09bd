// Reads a script that comes on standard input, and keeps a copy of it for the real shell where reading used it up.
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  fstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Largest script that is read from standard input, in bytes. */
const stdinLimit = 16 * 1024 * 1024;

export type StdinScript =
  | {
      readonly kind: 'read';
      readonly bytes: Buffer;
      /** False where the input stands as it stood before, so that the real shell can read it itself. */
      readonly consumed: boolean;
    }
  | { readonly kind: 'too-large'; readonly limit: number }
  | { readonly kind: 'unreadable'; readonly cause: string };

/**
 * Reads descriptor 0 to its end. A regular file is read from its offset without moving it, where the system tells the
 * offset (Linux); everything else is consumed. Waits as long as the input stays open.
 */
export function readStdinScript(limit = stdinLimit, descriptor = 0): StdinScript {
  try {
    const offset = offsetOf(descriptor);
    const bytes = readToEnd(descriptor, offset, limit);
    if (bytes === undefined) return { kind: 'too-large', limit };
    return { kind: 'read', bytes, consumed: offset === undefined };
  } catch (error) {
    return { kind: 'unreadable', cause: error instanceof Error ? error.message : String(error) };
  }
}

/** The offset of a regular file; undefined for all else, and where the system does not tell it. */
function offsetOf(descriptor: number): number | undefined {
  if (!fstatSync(descriptor).isFile()) return undefined;
  try {
    const position = /^pos:\s*(\d{1,15})$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1];
    return position === undefined ? undefined : Number(position);
  } catch {
    return undefined;
  }
}

/** All bytes from `offset` (or from where the descriptor stands); undefined past the limit. */
function readToEnd(descriptor: number, offset: number | undefined, limit: number): Buffer | undefined {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(64 * 1024);
    const length = readSome(descriptor, chunk, offset === undefined ? null : offset + size);
    if (length === 0) return Buffer.concat(chunks, size);
    size += length;
    if (size > limit) return undefined;
    chunks.push(chunk.subarray(0, length));
  }
}

/** Reads once; waits where the caller left the descriptor non-blocking. */
function readSome(descriptor: number, chunk: Buffer, position: number | null): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk, 0, chunk.length, position);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/**
 * Writes what was judged into a file of its own (0600, in a 0700 folder) and returns its path. The launcher opens it
 * as standard input and removes it.
 */
export function writeSpool(folder: string, bytes: Buffer): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const path = join(folder, `${randomBytes(12).toString('hex')}.stdin`);
  writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 });
  return path;
}

/** Removes copies that a killed launcher left behind; `now` in milliseconds since the epoch. Never throws. */
export function removeOldSpools(folder: string, now: number, maximumAge = 60 * 60 * 1000): void {
  try {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (name.endsWith('.stdin') && now - statSync(path).mtimeMs > maximumAge) rmSync(path, { force: true });
    }
  } catch {
    // A folder that is not there, or a copy that another guard has just removed: nothing is left to do.
  }
}
