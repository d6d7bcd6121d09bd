// The report of `guard explain`: every stage of an analysis as plain data, secrets replaced. `--json` prints it as it is.
import { quote } from 'shell-quote';
import type { Analysis, Standards } from '../../core/analyze.ts';
import { secretValues } from '../../core/environment/credential.ts';
import type { Fact } from '../../core/model/fact.ts';
import type { Host, Invocation, OriginStep, Stdin } from '../../core/model/invocation.ts';
import type { Severity } from '../../core/model/rule.ts';
import type {
  Challenge,
  Credential,
  EnvironmentName,
  Escalation,
  Evidence,
  Finding,
} from '../../core/model/verdict.ts';
import { showWord, type Word } from '../../core/model/word.ts';
import { redact } from '../../core/payloads/redact.ts';
import { matchesPattern } from '../../core/resolve/glob.ts';
import { matchingRules } from '../../core/rules/match.ts';
import type { Environ } from '../../state/folders.ts';
import { type FactFields, fieldsOf, summaryOf } from './facts.ts';

/** Changes when a key goes or means something else; new keys may come without. */
const reportVersion = 1;

export interface ExplainReport {
  readonly version: number;
  readonly command: string;
  readonly cwd: string | null;
  /** False where the text could not be read to its end. */
  readonly complete: boolean;
  readonly problems: readonly string[];
  readonly invocations: readonly ExplainedInvocation[];
  readonly facts: readonly ExplainedFact[];
  /** Every rule that matched, those that the configuration turned off too. */
  readonly rules: readonly ExplainedRule[];
  readonly findings: readonly ExplainedFinding[];
  readonly verdict: ExplainedVerdict;
  /** Hash of the rules that judged. */
  readonly ruleSet: string;
}

export interface ExplainedInvocation {
  /** Program and words, quoted for a shell; what is not known stands as it was written. */
  readonly command: string;
  readonly name: string | null;
  /** From the command line to the nearest step. `line` counts from 1. */
  readonly origin: readonly {
    readonly kind: OriginStep['kind'];
    readonly label: string;
    readonly line: number | null;
  }[];
  readonly cwd: string;
  /** `self`, `root`, or a name. */
  readonly user: string;
  /** `local`, `ssh deploy@db1`, `docker container web`, `pod orders-1`. */
  readonly host: string;
  /** `inherited`, `none`, `text`, `file <path>`, or `pipe`. */
  readonly stdin: string;
}

export interface ExplainedFact extends FactFields {
  readonly kind: Fact['kind'];
  /** Index into `invocations`; null where nothing that runs is known. */
  readonly invocation: number | null;
  /** The fact in one line. */
  readonly summary: string;
}

export interface ExplainedRule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** Index into `facts`. */
  readonly fact: number;
  /** The reason that the configuration gives for turning it off; null where it is on. */
  readonly off: string | null;
}

export interface ExplainedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly undo: string;
  readonly safer: string | null;
  /** Index into `facts`. */
  readonly fact: number;
  readonly target: { readonly kind: string; readonly name: string; readonly details: readonly Evidence[] };
  readonly environment: { readonly name: EnvironmentName; readonly evidence: readonly Evidence[] };
  readonly credential: (Pick<Credential, 'kind' | 'last4' | 'foundIn'> & { readonly foreign: string | null }) | null;
  /** What the decision table says for this severity in this environment, before the escalations. */
  readonly table: Challenge | 'deny';
  readonly escalations: readonly Escalation[];
  readonly challenge: Challenge | 'deny';
}

export interface ExplainedVerdict {
  readonly kind: 'run' | 'ask' | 'deny';
  readonly challenge: Challenge | 'deny';
  readonly severity: Severity | null;
  readonly environment: EnvironmentName | null;
}

/** Everything that the analysis found, redacted. `env` is the caller's: values of its secrets are replaced wherever they stand. */
export function reportOf(analysis: Analysis, standards: Standards, env: Environ): ExplainReport {
  const { request, resolved, facts, findings, verdict } = analysis;
  const invocations = invocationsOf(analysis);
  const inPlace = [request.command, ...invocations.map(commandText)].flatMap(replacedIn);
  const secrets = [...new Set([...facts.flatMap(secretValues), ...secretsOf(env), ...inPlace])];
  const report: ExplainReport = {
    version: reportVersion,
    command: request.command,
    cwd: request.cwd ?? null,
    complete: resolved.incomplete.length === 0 && resolved.script.complete,
    problems: resolved.script.problems.map(({ message }) => message),
    invocations: invocations.map(explainInvocation),
    facts: facts.map((fact) => explainFact(fact, invocations)),
    rules: rulesOf(facts, standards),
    findings: findings.map((finding) => explainFinding(finding, facts, standards)),
    verdict: explainVerdict(verdict),
    ruleSet: standards.ruleSet.id,
  };
  return cleaned(report, (text) => redact(text, secrets));
}

/** The invocations of the resolution; those that only a fact names stand behind them. */
function invocationsOf({ resolved, facts }: Analysis): Invocation[] {
  const named = facts.flatMap(({ invocation }) => invocation ?? []);
  return [...new Set([...resolved.invocations, ...named])];
}

/** Values of variables that hold a secret by their name. Short ones are words that stand anywhere. */
function secretsOf(env: Environ): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || value.length < 8) return [];
    const text = `${name}=${value}`;
    return redact(text, []).startsWith(`${name}=\u2039`) ? [value] : [];
  });
}

/**
 * The secrets that redaction finds in a text by their place (`redis-cli -a <password>`). A fact shows the same words
 * without that place, so they must be known there.
 */
function replacedIn(text: string): string[] {
  const [start = '', ...kept] = redact(text, []).split(/\u2039[^\u203a]*\u203a/);
  const found: string[] = [];
  let at = start.length;
  kept.forEach((piece, index) => {
    const isLast = index === kept.length - 1;
    const end = isLast ? text.length - piece.length : text.indexOf(piece, at + 1);
    if (end > at) found.push(text.slice(at, end));
    at = end + piece.length;
  });
  return found.filter((secret) => secret.length >= 4);
}

const explainInvocation = (invocation: Invocation): ExplainedInvocation => ({
  command: commandText(invocation),
  name: invocation.name ?? null,
  origin: invocation.origin.map(({ kind, label, line }) => ({ kind, label, line: line ?? null })),
  cwd: showWord(invocation.cwd),
  user: invocation.user,
  host: hostText(invocation.host),
  stdin: stdinText(invocation.stdin),
});

function commandText({ assignments, program, args, redirections, effect, source }: Invocation): string {
  // A place in a program of another language shows its own text.
  if (effect !== undefined) return source;
  const words = [
    ...assignments.map(({ name, value }) => `${name}=${wordText(value)}`),
    ...[program, ...args].map(wordText),
    ...redirections.map(({ operator, descriptor, target }) => {
      const isUsual = descriptor === (operator.startsWith('<') ? 0 : 1);
      return `${isUsual ? '' : descriptor}${operator}${wordText(target)}`;
    }),
  ];
  return words.join(' ');
}

/** Known text is quoted only where a shell would need it; a pattern stays one. */
const wordText = (word: Word): string =>
  word.kind === 'dynamic' || word.glob ? showWord(word) : isPlain(word.value) ? word.value : quote([word.value]);

const isPlain = (text: string): boolean => /^[\w@%+:,./=-]+$/.test(text);

function hostText(host: Host): string {
  switch (host.kind) {
    case 'local':
      return 'local';
    case 'ssh':
      return `ssh ${showWord(host.destination)}`;
    case 'container':
      return `${host.engine} container${host.name === undefined ? '' : ` ${showWord(host.name)}`}`;
    case 'pod':
      return `pod${host.name === undefined ? '' : ` ${showWord(host.name)}`}`;
  }
}

const stdinText = (stdin: Stdin): string => (stdin.kind === 'file' ? `file ${showWord(stdin.path)}` : stdin.kind);

function explainFact(fact: Fact, invocations: readonly Invocation[]): ExplainedFact {
  const at = fact.invocation === undefined ? -1 : invocations.indexOf(fact.invocation);
  return { kind: fact.kind, invocation: at < 0 ? null : at, summary: summaryOf(fact), ...fieldsOf(fact) };
}

function rulesOf(facts: readonly Fact[], { ruleSet, policy }: Standards): ExplainedRule[] {
  return facts.flatMap((fact, at) =>
    matchingRules(fact, ruleSet).map(({ id, severity, title }) => {
      const off = policy.rulesOff.find(({ rule }) => matchesPattern(id, rule));
      return { id, severity, title, fact: at, off: off?.reason ?? null };
    }),
  );
}

function explainFinding(finding: Finding, facts: readonly Fact[], { policy }: Standards): ExplainedFinding {
  const { rule, target, environment, credential, escalations, challenge } = finding;
  return {
    rule: rule.id,
    severity: rule.severity,
    title: rule.title,
    why: rule.why,
    undo: rule.undo,
    safer: rule.safer ?? null,
    fact: facts.indexOf(finding.fact),
    target,
    environment,
    credential: credential === undefined ? null : { ...credential, foreign: credential.foreign ?? null },
    table: policy.table[rule.severity][environment.name],
    escalations,
    challenge,
  };
}

function explainVerdict(verdict: Analysis['verdict']): ExplainedVerdict {
  if (verdict.kind === 'run') return { kind: 'run', challenge: 'none', severity: null, environment: null };
  const challenge = verdict.kind === 'ask' ? verdict.challenge : 'deny';
  return { kind: verdict.kind, challenge, severity: verdict.severity, environment: verdict.environment.name };
}

/** Texts of guard's own: what looks like a secret in them is an ordinary sentence. */
const own: ReadonlySet<string> = new Set(['id', 'rule', 'title', 'why', 'undo', 'safer', 'off', 'ruleSet', 'severity']);

/** The same value with every text that came from the caller replaced. */
function cleaned<T>(value: T, clean: (text: string) => string): T {
  const walk = (item: unknown): unknown => {
    if (typeof item === 'string') return clean(item);
    if (Array.isArray(item)) return item.map(walk);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, part]) => [key, own.has(key) ? part : walk(part)]));
  };
  return walk(value) as T;
}
