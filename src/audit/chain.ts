// The chain: how a record becomes a line that carries the hash of the line before, and how a line is proved.
import { createHash } from 'node:crypto';
import type { AuditEntry, AuditRecord } from './entry.ts';

/** What the next line is chained to. */
export interface Link {
  readonly seq: number;
  /** SHA-256 of the line. */
  readonly sha: string;
}

export const chainStart: Link = { seq: 0, sha: '0'.repeat(64) };

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The line of an entry (no newline), and the link that the next one needs. */
export function encodeLine(
  entry: AuditEntry,
  at: string,
  before: Link,
): { readonly line: string; readonly link: Link } {
  const seq = before.seq + 1;
  const body = JSON.stringify({ seq, at, ...entry, prev: before.sha });
  const line = `${body.slice(0, -1)},"hash":"${sha256(body)}"}`;
  return { line, link: { seq, sha: sha256(line) } };
}

/** `,"hash":"` + 64 digits + `"}` */
const tailLength = 9 + 64 + 2;

/** The record in a line, or undefined where the line is not one or does not carry its own hash. */
export function decodeLine(line: string): AuditRecord | undefined {
  const body = `${line.slice(0, -tailLength)}}`;
  if (line.length <= tailLength || !line.endsWith(`,"hash":"${sha256(body)}"}`)) return undefined;
  try {
    const record: unknown = JSON.parse(line);
    return isRecord(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is AuditRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  return (
    Number.isSafeInteger(record.seq) &&
    typeof record.at === 'string' &&
    typeof record.prev === 'string' &&
    ['decision', 'result', 'note'].includes(String(record.type))
  );
}
