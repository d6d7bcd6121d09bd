// Bytes and text: which files a shell or an interpreter would read as text, and what stands in them then.
import type { FailureReason } from '../core/model/observation.ts';

/** Bytes at the start that tell text from anything else. */
export const sampled = 8_192;

/** Bytes of the first line by which bash tells a program from a script. Source: bash, `check_binary_file`. */
const firstLine = 80;

/**
 * Why the first bytes of a file are no text; undefined where they are. With `#!` in front, or in UTF-16, they are: what
 * stands behind them is read by the interpreter, by dash (which drops NUL bytes) or by PowerShell.
 */
export function takenForText(
  bytes: Buffer,
): { readonly reason: Extract<FailureReason, 'binary' | 'mixed'>; readonly detail: string } | undefined {
  const head = bytes.subarray(0, sampled);
  if (isArchive(head)) return { reason: 'binary', detail: 'it is an archive with an interpreter in front' };
  if (!head.includes(0) || isScript(head) || wideOf(head) !== undefined) return undefined;
  const end = head.indexOf('\n');
  const line = head.subarray(0, end < 0 ? firstLine : Math.min(end, firstLine));
  if (line.includes(0)) return { reason: 'binary', detail: 'it is not a text file' };
  return { reason: 'mixed', detail: 'it holds NUL bytes' };
}

/** The text of bytes that were taken for text. NUL bytes in a script are dropped, as shells do. */
export function decodeText(bytes: Buffer): string {
  const wide = wideOf(bytes);
  if (wide === 'little') return bytes.toString('utf16le').replace(/^\uFEFF/, '');
  if (wide === 'big')
    return swapped(bytes)
      .toString('utf16le')
      .replace(/^\uFEFF/, '');
  const text = bytes.toString('utf8');
  return isScript(bytes) ? text.replaceAll('\0', '') : text;
}

const isScript = (bytes: Buffer): boolean => bytes[0] === 0x23 && bytes[1] === 0x21;

/** A zip file behind `#!`: an application of Python's `zipapp`, or of pex. */
const isArchive = (bytes: Buffer): boolean =>
  isScript(bytes) &&
  bytes.subarray(bytes.indexOf('\n') + 1, bytes.indexOf('\n') + 5).toString('latin1') === 'PK\x03\x04';

/** UTF-16 by its byte order mark, or by every second of the first bytes being NUL. */
function wideOf(bytes: Buffer): 'little' | 'big' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'little';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'big';
  const pairs = Math.min(16, bytes.length >> 1);
  const every = (offset: number) => Array.from({ length: pairs }, (_, at) => bytes[at * 2 + offset]);
  const isAscii = (byte: number | undefined) => byte !== undefined && byte >= 9 && byte < 127;
  if (pairs < 2) return undefined;
  if (every(1).every((byte) => byte === 0) && every(0).every(isAscii)) return 'little';
  return every(0).every((byte) => byte === 0) && every(1).every(isAscii) ? 'big' : undefined;
}

/** UTF-16 has whole pairs; a byte that is left over is none. */
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16();
