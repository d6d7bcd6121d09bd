// The audit log: what was asked, decided and run, as JSON lines that show when somebody changed them.
// It shows tampering by whoever does not rewrite the whole chain; it cannot stop a user from rewriting their own files.

import type { AuditSettings } from '../config/model.ts';
import { redact } from '../core/payloads/redact.ts';
import { StateError, toStateError } from '../state/error.ts';
import { appendEntry } from './append.ts';
import { sha256 } from './chain.ts';
import { type AuditEntry, AuditError, type AuditRecord } from './entry.ts';
import { type ReadFilter, readRecords, type Verification, verifyLog } from './read.ts';

export {
  type AuditAnswer,
  type AuditEntry,
  AuditError,
  type AuditRecord,
} from './entry.ts';
export type { ReadFilter, Verification } from './read.ts';

/** What became of an append. A log that fails never takes a verdict with it: the caller decides what may still run. */
export type Appended =
  | { readonly ok: true; readonly record: AuditRecord }
  | { readonly ok: false; readonly error: AuditError };

export interface Audit {
  /** Adds a record, secrets replaced. `secrets` are those known to stand in the entry. Never rejects. */
  append(entry: AuditEntry, secrets?: readonly string[]): Promise<Appended>;
  /** Records, oldest first. Throws AuditError. */
  read(filter?: ReadFilter): AsyncIterable<AuditRecord>;
  /** Whether the chain is whole. Throws AuditError where the log cannot be read. */
  verify(): Promise<Verification>;
}

/** A writer does its work within a millisecond or two; this is for many of them at once. */
const waitMs = 3_000;

/** The log in a folder. Nothing is touched before the first call. */
export function openAudit(settings: AuditSettings, clock: () => Date = () => new Date()): Audit {
  const { folder } = settings;
  return {
    async append(entry, secrets = []) {
      try {
        const record = await appendEntry(settings, cleanEntry(entry, secrets), () => clock().toISOString(), waitMs);
        return { ok: true, record };
      } catch (error) {
        return { ok: false, error: toAuditError(error, folder) };
      }
    },
    async *read(filter = {}) {
      try {
        yield* readRecords(folder, filter, clock(), waitMs);
      } catch (error) {
        throw toAuditError(error, folder);
      }
    },
    async verify() {
      try {
        return await verifyLog(folder, waitMs);
      } catch (error) {
        throw toAuditError(error, folder);
      }
    },
  };
}

function toAuditError(error: unknown, folder: string): AuditError {
  if (error instanceof AuditError) return error;
  const { problem, path, message } = error instanceof StateError ? error : toStateError(error, folder);
  return new AuditError(problem === 'too-large' ? 'io' : problem, path, message);
}

/** Names that guard itself gives; redaction must not change what they refer to. */
const identifiers: ReadonlySet<string> = new Set([
  'type',
  'request',
  'verdict',
  'answer',
  'session',
  'rule',
  'severity',
  'environment',
  'challenge',
  'torn',
]);
const maxText = 64 * 1024;

/** The entry with its texts redacted, and cut where they are longer than anybody reads. */
function cleanEntry<T>(value: T, secrets: readonly string[]): T {
  const clean = (item: unknown): unknown => {
    if (typeof item === 'string') return cut(redact(item, secrets));
    if (Array.isArray(item)) return item.map(clean);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(
      Object.entries(item).map(([key, part]) => [key, identifiers.has(key) ? part : clean(part)]),
    );
  };
  return clean(value) as T;
}

const cut = (text: string): string =>
  text.length <= maxText
    ? text
    : `${text.slice(0, maxText)}… [cut from ${text.length} characters, SHA-256 ${sha256(text)}]`;
