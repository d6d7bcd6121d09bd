// The gate: judges a request, has a human decide where that is needed, and records both. Every entry that runs comes here.
import type { AuditAnswer, DecisionEntry } from './audit/entry.ts';
import type { LoadedConfig } from './config/index.ts';
import type { Approved, Refusal } from './confirm/index.ts';
import type { Analysis, Standards } from './core/analyze.ts';
import { secretValues } from './core/environment/credential.ts';
import type { Request } from './core/model/request.ts';
import type { Permit } from './core/model/verdict.ts';
import { changedSince, type Judgement, judge } from './judge.ts';
import { observer } from './observe/index.ts';
import type { Environ } from './state/folders.ts';

/** Exit code of a refusal. */
export const refused = 126;

export interface GateContext {
  readonly env: Environ;
  /** Where the caller stands; undefined where that folder is gone. */
  readonly cwd: string | undefined;
  readonly config: LoadedConfig;
  readonly standards: Standards;
  /** Called before a human is asked; what waits for the answer may have to be watched. */
  readonly beforeAsking?: () => void;
}

export type Passage =
  | {
      readonly kind: 'permit';
      readonly permit: Permit;
      /** Id of the decision in the audit log; undefined for what nobody had to look at. */
      readonly request: string | undefined;
    }
  | { readonly kind: 'refusal'; readonly message: string };

/** A permit, or the message for whoever asked. Warnings go to stderr; nothing is ever written to stdout. */
export async function gate(request: Request, context: GateContext): Promise<Passage> {
  const analysis = await judge(request, context.standards, observer({ lookups: context.standards.policy.lookups }));
  const { verdict } = analysis;
  if (verdict.kind === 'run' && !isNoteworthy(analysis))
    return { kind: 'permit', permit: verdict.permit, request: undefined };
  return verdict.kind === 'run' ? recordRun(analysis, verdict.permit, context) : decideHeld(analysis, context);
}

/** What ran without a question but was not ordinary: a rule matched, or the text could not be read to its end. */
const isNoteworthy = ({ findings, resolved }: Analysis): boolean =>
  findings.length > 0 || resolved.incomplete.length > 0;

async function recordRun(analysis: Analysis, permit: Permit, context: GateContext): Promise<Passage> {
  const entry = await decisionOf(analysis, context, { shown: undefined, answer: undefined });
  const failure = await record(entry, analysis, context);
  if (failure !== undefined) process.stderr.write(`guard: warning: the audit log cannot be written: ${failure}\n`);
  return { kind: 'permit', permit, request: entry.request };
}

/** Asks, and writes down what came of it before anything runs. Without a record nothing that needed a yes runs. */
async function decideHeld(analysis: Judgement, context: GateContext): Promise<Passage> {
  const outcome = await askHuman(analysis, context);
  const shown = await shownText(outcome);
  const entry = await decisionOf(analysis, context, { shown, answer: answerOf(outcome) });
  const failure = await record(entry, analysis, context);
  if (outcome.kind === 'refused') return { kind: 'refusal', message: outcome.message };
  if (failure !== undefined) return refusal(`The approval cannot be written to the audit log: ${failure}`);
  // The human took their time: what they saw must still be what runs.
  const changed = await changedSince(analysis, observer({ lookups: false }));
  if (changed === undefined) return { kind: 'permit', permit: outcome.permit, request: entry.request };
  const { escapeText } = await import('./confirm/escape.ts');
  return refusal(
    `${escapeText(changed)} was changed while the question was open. Run the command again to have it judged as it is now.`,
  );
}

const refusal = (reason: string): Passage => ({
  kind: 'refusal',
  message: `guard refused this command; nothing of it was run.\n${reason}\n`,
});

async function askHuman(
  analysis: Analysis,
  { env, cwd, standards, beforeAsking }: GateContext,
): Promise<Approved | Refusal> {
  const { verdict, request } = analysis;
  if (verdict.kind === 'run') throw new Error('there is nothing to ask about');
  beforeAsking?.();
  const [{ confirm }, { realWorld }, { stateFolder }] = await Promise.all([
    import('./confirm/index.ts'),
    import('./confirm/human.ts'),
    import('./state/folders.ts'),
  ]);
  return confirm(verdict, {
    request,
    cwd: cwd ?? '',
    ruleSet: standards.ruleSet.id,
    secrets: secretsOf(analysis),
    env,
    now: Date.now,
    stateFolder: stateFolder(env),
    world: realWorld(env),
  });
}

const secretsOf = ({ facts }: Analysis): string[] => [...new Set(facts.flatMap(secretValues))];

async function shownText({ question }: Approved | Refusal): Promise<string> {
  const { renderQuestion } = await import('./confirm/render.ts');
  return renderQuestion(question, { columns: 80, rows: 24, color: false }, 0).join('\n');
}

function answerOf(outcome: Approved | Refusal): AuditAnswer | undefined {
  if (outcome.kind === 'approved') return 'approved';
  const { cause } = outcome;
  switch (cause.kind) {
    case 'policy':
      return undefined;
    case 'denied-before':
      return 'refused';
    case 'no-human':
      return 'no-human';
    case 'answer':
      return cause.reason === 'answered' ? 'refused' : cause.reason === 'timeout' ? 'timeout' : 'interrupted';
  }
}

async function decisionOf(
  { request, verdict, findings }: Analysis,
  { env, cwd }: GateContext,
  told: Pick<DecisionEntry, 'shown' | 'answer'>,
): Promise<DecisionEntry> {
  const [{ summarizeFinding }, { detectAgent }, { sessionOf }, { randomUUID }] = await Promise.all([
    import('./audit/entry.ts'),
    import('./confirm/agent.ts'),
    import('./confirm/intents.ts'),
    import('node:crypto'),
  ]);
  return {
    type: 'decision',
    request: randomUUID(),
    command: request.command,
    cwd,
    verdict: verdict.kind,
    findings: findings.map(summarizeFinding),
    agent: detectAgent(env, []),
    session: sessionOf(env, undefined),
    ...told,
  };
}

/** Appends to the audit log; the reason where that failed. */
async function record(entry: DecisionEntry, analysis: Analysis, { config }: GateContext): Promise<string | undefined> {
  const { openAudit } = await import('./audit/index.ts');
  const appended = await openAudit(config.audit).append(entry, secretsOf(analysis));
  return appended.ok ? undefined : appended.error.message;
}
