// Files: reading what a command would read, without ever hanging on a FIFO or filling the memory.
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, opendir, realpath, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Answer, FailureReason } from '../core/model/observation.ts';

const maxBytes = 1024 * 1024;

/** The text of a regular file of at most 1 MiB. */
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
    if (!info.isFile()) return failed('not-a-file', `it is ${kindOf(info)}`);
    if (info.size > maxBytes) return failed('too-large', 'it is larger than 1 MiB');
    const bytes = await handle.readFile();
    if (bytes.subarray(0, 8_192).includes(0)) return failed('binary', 'it is not a text file');
    return { kind: 'text', text: bytes.toString('utf8') };
  } finally {
    await handle.close();
  }
}

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

function fromError(error: unknown): Answer {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
  if (code === 'ELOOP') return failed('unreadable', 'its symbolic links run in a circle');
  return failed('unreadable', code === 'EACCES' ? 'permission denied' : code);
}
