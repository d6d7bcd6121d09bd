// What the audit log holds: entries as callers write them, records as they stand in the file, and what may go wrong.

import type { Severity } from '../core/model/rule.ts';
import type { EnvironmentName, Finding, Verdict } from '../core/model/verdict.ts';

/** A finding as it is remembered: no fact, no secret. */
export interface FindingSummary {
  readonly rule: string;
  readonly severity: Severity;
  readonly target: { readonly kind: string; readonly name: string };
  readonly environment: EnvironmentName;
  /** `claim (source)`, one per reason. */
  readonly evidence: readonly string[];
  /** `Railway API token ending 3f9a, scripts/domains/.env:4`. */
  readonly credential: string | undefined;
  readonly challenge: Finding['challenge'];
}

/** What came of the question: nobody was asked, or how it ended. */
export type AuditAnswer = 'approved' | 'refused' | 'timeout' | 'interrupted' | 'no-human';

/** Written before anything runs. */
export interface DecisionEntry {
  readonly type: 'decision';
  /** What a later `result` refers to. */
  readonly request: string;
  readonly command: string;
  readonly cwd: string | undefined;
  readonly verdict: Verdict['kind'];
  readonly findings: readonly FindingSummary[];
  /** The text that the human had on the screen. */
  readonly shown: string | undefined;
  /** Undefined where nobody was asked. */
  readonly answer: AuditAnswer | undefined;
  readonly agent: string | undefined;
  readonly session: string | undefined;
}

/** Written after a command ended, where guard can see it. */
export interface ResultEntry {
  readonly type: 'result';
  readonly request: string;
  /** As a shell would give it: 128+n for signals. */
  readonly exitCode: number;
}

/** Something about the log or about guard itself that a reader should know. */
export interface NoteEntry {
  readonly type: 'note';
  readonly text: string;
  /** SHA-256 of the torn lines before it, which this note explains. */
  readonly torn?: readonly string[];
}

export type AuditEntry = DecisionEntry | ResultEntry | NoteEntry;

/** What every record carries around its entry. */
export interface Chained {
  /** 1 for the first record; grows by one, whatever the clock does. */
  readonly seq: number;
  /** ISO 8601, UTC, as the clock said it. */
  readonly at: string;
  /** SHA-256 of the line before, also across files; 64 zeros for the first. */
  readonly prev: string;
  /** SHA-256 of this line without its `hash`. */
  readonly hash: string;
}
export type AuditRecord = AuditEntry & Chained;

export type AuditProblem = 'unsafe' | 'unwritable' | 'full' | 'busy' | 'usage' | 'io';

/** The log cannot be written or read. `path` says which file or folder. */
export class AuditError extends Error {
  readonly problem: AuditProblem;
  readonly path: string;

  constructor(problem: AuditProblem, path: string, message: string) {
    super(message);
    this.name = 'AuditError';
    this.problem = problem;
    this.path = path;
  }
}

/** What the log keeps of a finding. */
export const summarizeFinding = ({ rule, target, environment, credential, challenge }: Finding): FindingSummary => ({
  rule: rule.id,
  severity: rule.severity,
  target: { kind: target.kind, name: target.name },
  environment: environment.name,
  evidence: environment.evidence.map(({ claim, source }) => `${claim} (${source})`),
  credential: credential && `${credential.kind} ending ${credential.last4}, ${credential.foundIn}`,
  challenge,
});
