// Zip archives: one entry of one, read without unpacking the rest. Bounded in size, and nothing is written.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import type { Answer } from '../core/model/observation.ts';

const limits = { archive: 32 * 1024 * 1024, entry: 8 * 1024 * 1024, entries: 2_000 } as const;

/** Signatures and sizes of the records. Source: APPNOTE.TXT of PKWARE, 4.3. */
const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const endLength = 22;
const longestComment = 65_535;

/** The bytes of an entry as Latin-1 text; `absent` where there is no such file or entry, an error where it is no zip archive. */
export async function readZipEntry(path: string, entry: string): Promise<Answer> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => error);
  if (!isHandle(handle)) return missing(handle);
  try {
    const info = await handle.stat();
    if (!info.isFile()) return { kind: 'failed', reason: 'not-a-file', detail: 'it is no regular file' };
    if (info.size > limits.archive) return { kind: 'failed', reason: 'too-large', detail: 'it is larger than 32 MiB' };
    return entryIn(await handle.readFile(), entry);
  } finally {
    await handle.close();
  }
}

type Handle = Awaited<ReturnType<typeof open>>;
const isHandle = (value: unknown): value is Handle => typeof value === 'object' && value !== null && 'stat' in value;

function missing(error: unknown): Answer {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? { kind: 'absent' }
    : { kind: 'failed', reason: 'unreadable', detail: code };
}

const broken = (detail: string): Answer => ({ kind: 'failed', reason: 'error', detail });

function entryIn(bytes: Buffer, wanted: string): Answer {
  const end = endRecord(bytes);
  if (end === undefined) return broken('it is no zip archive');
  let at = bytes.readUInt32LE(end + 16);
  for (let count = 0; count < limits.entries && at + 46 <= bytes.length; count += 1) {
    if (bytes.readUInt32LE(at) !== signature.central) break;
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if (name === wanted) return contentOf(bytes, at);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return { kind: 'absent' };
}

/** Where the record at the archive's end starts; a comment may stand behind it. */
function endRecord(bytes: Buffer): number | undefined {
  const first = Math.max(0, bytes.length - endLength - longestComment);
  for (let at = bytes.length - endLength; at >= first; at -= 1) if (bytes.readUInt32LE(at) === signature.end) return at;
  return undefined;
}

/** The content of the entry whose central record stands at a place; stored or deflated. */
function contentOf(bytes: Buffer, central: number): Answer {
  const method = bytes.readUInt16LE(central + 10);
  const size = bytes.readUInt32LE(central + 20);
  const local = bytes.readUInt32LE(central + 42);
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== signature.local)
    return broken('the archive is damaged');
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(start, start + size);
  if (method !== 0 && method !== 8) return broken(`its compression (${method}) is not known`);
  try {
    const content = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: limits.entry });
    if (content.length > limits.entry) return { kind: 'failed', reason: 'too-large', detail: 'the entry is too large' };
    return { kind: 'text', text: content.toString('latin1') };
  } catch {
    return broken('the archive is damaged, or its entry is larger than 8 MiB');
  }
}
