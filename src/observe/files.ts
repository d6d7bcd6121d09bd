// Files: reading what a command would read, without ever hanging on a FIFO or filling the memory.
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, opendir, realpath, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Answer, FailureReason } from '../core/model/observation.ts';
import { decodeText, sampled, takenForText } from './text.ts';

const maxBytes = 1024 * 1024;

/** The text of a regular file of at most 1 MiB. One that is being written to has no text yet. */
export async function readText(path: string): Promise<Answer> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return fromError(error);
  }
  try {
    const info = await handle.stat();
    if (info.isDirectory()) return failed('folder', 'it is a folder');
    if (path === '/dev/null') return { kind: 'text', text: '' };
    if (!info.isFile()) return failed('not-a-file', `it is ${kindOf(info)}`);
    // Files of the kernel's have no size, and others grow: what is read is bounded, not what was announced.
    const isLarge = info.size > maxBytes;
    const bytes = await readUpTo(handle, isLarge ? sampled : (info.size || maxBytes) + 1);
    // A large program is a program, whatever its size.
    const failure = takenForText(bytes);
    if (failure !== undefined) return failed(failure.reason, failure.detail);
    if (isLarge || bytes.length > maxBytes) return failed('too-large', 'it is larger than 1 MiB');
    if (wasWritten(info, await handle.stat())) return failed('unreadable', 'it was changed while it was read');
    return { kind: 'text', text: decodeText(bytes) };
  } catch (error) {
    return fromError(error);
  } finally {
    await handle.close();
  }
}

/** The first bytes of a file, at most as many as are asked for. */
async function readUpTo(handle: FileHandle, most: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(most);
  let length = 0;
  while (length < most) {
    const { bytesRead } = await handle.read(buffer, length, most - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

const wasWritten = (before: Stats, after: Stats): boolean =>
  before.size !== after.size || before.mtimeMs !== after.mtimeMs;

/** What a path is, links followed. */
export async function readPath(path: string): Promise<Answer> {
  try {
    const info = await stat(path);
    const type = info.isFile() ? 'file' : info.isDirectory() ? 'folder' : 'other';
    return { kind: 'path', type, real: await realpath(path), executable: (info.mode & 0o111) !== 0 };
  } catch (error) {
    return fromError(error);
  }
}

/** The names in a folder, at most 1,000. */
export async function readFolder(path: string): Promise<Answer> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(path)) {
      if (names.length === 1_000) return { kind: 'names', names, complete: false };
      names.push(entry.name);
    }
    return { kind: 'names', names, complete: true };
  } catch (error) {
    return fromError(error);
  }
}

/** The first executable of that name in PATH's folders. */
export async function findProgram(name: string, path: string): Promise<Answer> {
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue;
    const answer = await readPath(join(folder, name));
    if (answer.kind === 'path' && answer.type === 'file' && answer.executable)
      return { kind: 'text', text: join(folder, name) };
  }
  return { kind: 'absent' };
}

const failed = (reason: FailureReason, detail: string): Answer => ({ kind: 'failed', reason, detail });

const kindOf = (info: Stats): string => (info.isFIFO() ? 'a named pipe' : 'no regular file');

/** A file error as an answer. */
export function fromError(error: unknown): Answer {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
  if (code === 'ELOOP') return failed('unreadable', 'its symbolic links run in a circle');
  return failed('unreadable', code === 'EACCES' ? 'permission denied' : code);
}
