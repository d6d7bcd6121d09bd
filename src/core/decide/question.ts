// Questions: what a human is told about a verdict, as data. How it looks on a screen is not decided here.

import type { Fact } from '../model/fact.ts';
import type { Origin } from '../model/invocation.ts';
import type { Request } from '../model/request.ts';
import { type Severity, severities } from '../model/rule.ts';
import type { Challenge, Credential, EnvironmentName, Evidence, Finding, NonEmpty, Verdict } from '../model/verdict.ts';
import { challenges } from '../model/verdict.ts';
import { textOf, type Word } from '../model/word.ts';
import { redact } from '../payloads/redact.ts';

/** The lines a human sees before an answer. Every text in it is redacted; none is escaped for a terminal yet. */
export interface Question {
  /** `deny`: nobody is asked, the policy says no. */
  readonly kind: 'ask' | 'deny';
  /** Id of the rule that asks hardest. */
  readonly rule: string;
  readonly severity: Severity;
  readonly challenge: Challenge;
  /** What a human types where the challenge is to type. */
  readonly typed: string;
  readonly what: {
    readonly title: string;
    readonly target: { readonly kind: string; readonly name: string };
    readonly details: readonly Evidence[];
  };
  readonly where: {
    readonly environment: EnvironmentName;
    readonly evidence: readonly Evidence[];
    /** Where the target lies outside the session's scope, the sentence that says so. */
    readonly scope: string | undefined;
  };
  readonly with: Credential | undefined;
  readonly why: string;
  readonly undo: string;
  readonly safer: string | undefined;
  /** The command as it will run. */
  readonly command: string;
  /** The part of it that the finding is about, where that is not the whole. */
  readonly inner: string | undefined;
  readonly cwd: string | undefined;
  /** From what was called to what would run; empty where the command line says it itself. */
  readonly origin: readonly string[];
  readonly agent: string | undefined;
  /** The other findings, one line each. */
  readonly further: readonly string[];
}

/** What of the session is shown with a question. */
export interface QuestionContext {
  readonly agent: string | undefined;
  /** Secrets that are known to stand in the command or in what it would send. */
  readonly secrets: readonly string[];
}

export type HeldVerdict = Extract<Verdict, { kind: 'ask' | 'deny' }>;

/** The question that a held verdict puts to a human, led by the finding that asks hardest. */
export function questionOf(verdict: HeldVerdict, request: Request, context: QuestionContext): Question {
  const lead = hardestOf(verdict.findings);
  const clean = redactorOf(verdict.findings, context.secrets);
  const cleanEvidence = (evidence: readonly Evidence[]) =>
    evidence.map(({ claim, source }) => ({ claim: clean(claim), source: clean(source) }));
  const { rule, target, environment, credential } = lead;
  return {
    kind: verdict.kind,
    rule: rule.id,
    severity: rule.severity,
    challenge: verdict.kind === 'ask' ? verdict.challenge : 'none',
    typed: typeableOf(clean(target.name), target.kind),
    what: {
      title: rule.title,
      target: { kind: target.kind, name: clean(target.name) },
      details: cleanEvidence(target.details),
    },
    where: {
      environment: environment.name,
      evidence: cleanEvidence(environment.evidence),
      scope: lead.escalations.find(({ kind }) => kind === 'outside-scope')?.reason,
    },
    with: credential && { ...credential, foundIn: clean(credential.foundIn) },
    why: rule.why,
    undo: rule.undo,
    safer: rule.safer,
    command: clean(request.command),
    inner: innerOf(lead.fact, request.command, clean),
    cwd: request.cwd,
    origin: originOf(lead.fact).map(clean),
    agent: context.agent,
    further: furtherOf(verdict.findings, lead).map(clean),
  };
}

/** Falling order of what is worse for the same challenge and severity: where nothing is known, nothing is safe. */
const gravest: readonly EnvironmentName[] = ['production', 'unknown', 'staging', 'development', 'local'];

/** How hard a finding asks, as a number: from nothing up to a no that nobody is asked about. */
export const rankOf = ({ challenge }: Finding): number =>
  challenge === 'deny' ? challenges.length : challenges.indexOf(challenge);

const hardness = (finding: Finding): readonly number[] => [
  rankOf(finding),
  severities.indexOf(finding.rule.severity),
  -gravest.indexOf(finding.environment.name),
];

/** The finding that asks hardest; the first of those that ask equally hard. */
function hardestOf(findings: NonEmpty<Finding>): Finding {
  return findings.reduce((lead, finding) => (isHarder(hardness(finding), hardness(lead)) ? finding : lead));
}

function isHarder(left: readonly number[], right: readonly number[]): boolean {
  const at = left.findIndex((value, index) => value !== right[index]);
  return at !== -1 && (left[at] ?? 0) > (right[at] ?? 0);
}

/** Names that a person can type: printable ASCII that fits on one line. */
const isTypeable = (name: string): boolean => /^[\x21-\x7e](?:[\x20-\x7e]{0,46}[\x21-\x7e])?$/.test(name);

/** What is typed for a target: its name, else the last part of it (a long path), else its kind. */
function typeableOf(name: string, kind: string): string {
  const lastPart = name.split('/').findLast((part) => part !== '') ?? '';
  return [name, lastPart, kind].find(isTypeable) ?? 'run it';
}

/** What the finding is about, where the command line is a wrapper around it or only part of it. */
function innerOf(fact: Fact, command: string, clean: (text: string) => string): string | undefined {
  const source = (fact.kind === 'opaque' ? fact.code.source : fact.invocation.source).trim();
  return source === '' || source === command.trim() ? undefined : clean(source);
}

function originOf(fact: Fact): readonly string[] {
  const origin: Origin = fact.kind === 'opaque' ? fact.code.origin : fact.invocation.origin;
  const steps = origin.filter((step, index) => index > 0 || step.kind !== 'command-line');
  return steps.map(({ label, line }) => (line === undefined ? label : `${label} line ${line}`));
}

function furtherOf(findings: readonly Finding[], lead: Finding): string[] {
  const line = ({ rule, target, environment }: Finding) => `${rule.title}: ${target.name} (${environment.name})`;
  return [...new Set(findings.filter((finding) => finding !== lead).map(line))].filter((text) => text !== line(lead));
}

function redactorOf(findings: readonly Finding[], secrets: readonly string[]): (text: string) => string {
  const known = [...new Set([...secrets, ...findings.flatMap(({ fact }) => secretsOf(fact))])];
  return (text) => redact(text, known);
}

/** Credentials that a fact carries in clear. */
function secretsOf(fact: Fact): readonly string[] {
  if (fact.kind === 'graphql') return secretIn(fact.credential);
  if (fact.kind === 'http') return secretIn(fact.headers.get('authorization'));
  return [];
}

function secretIn(word: Word | undefined): readonly string[] {
  const text = textOf(word);
  return text === undefined ? [] : [text.replace(/^(?:bearer|basic|token)\s+/i, '')];
}

/** `volume pocketos-db`; a target without a name of its own is only called what it is. */
export const shownTarget = ({ kind, name }: Question['what']['target']): string =>
  kind === name ? `a ${kind} that the command does not name` : `${kind} ${name}`;
