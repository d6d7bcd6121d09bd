// Confirmation: a held verdict goes in, an approval with its permit or a refusal with its message comes out.
import { randomBytes } from 'node:crypto';
import { type HeldVerdict, type Question, questionOf } from '../core/decide/question.ts';
import type { Request } from '../core/model/request.ts';
import { type Approval, mintPermit, type Permit } from '../core/model/verdict.ts';
import { StateError } from '../state/error.ts';
import type { Environ } from '../state/folders.ts';
import { detectAgent } from './agent.ts';
import { findHuman, type World } from './human.ts';
import { DeniedIntents, deniedEffects, effectsOf, intentOf, sessionOf } from './intents.ts';
import { keepPending } from './pending.ts';
import { type Kept, type RefusalCause, refusalMessage } from './refusal.ts';
import { wantsColor } from './render.ts';
import { type Answer, type AskOptions, ask, defaultAskOptions } from './terminal.ts';

/** What a confirmation stands on besides the verdict. */
export interface ConfirmContext {
  readonly request: Request;
  readonly cwd: string;
  /** Id of the rule set that judged: an approval holds for it alone. */
  readonly ruleSet: string;
  /** Secrets that are known to stand in the command or in what it would send. */
  readonly secrets: readonly string[];
  readonly env: Environ;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly stateFolder: string;
  readonly world: World;
  readonly timeoutMs?: number;
}

/** How a question reaches a human; the terminal, where nothing else is given. */
export type AskHuman = (question: Question, options: Partial<AskOptions>) => Promise<Answer>;

export interface Approved {
  readonly kind: 'approved';
  readonly approval: Approval;
  readonly permit: Permit;
  /** What the human was shown. */
  readonly question: Question;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly cause: RefusalCause;
  readonly intent: string;
  readonly question: Question;
  /** Set where the request was to be kept for a human. */
  readonly kept: Kept | undefined;
  /** The block for stderr, newline at its end. */
  readonly message: string;
}

/** How long a no holds: in an agent's session as long as one lasts, in a terminal as long as a retry by reflex. */
const agentMemory = 12 * 3_600_000;
const terminalMemory = 10 * 60_000;

/**
 * Has a human decide on a held verdict. Approves only a human's yes at a terminal; a `deny`, an effect that was refused
 * before in this session, no human, and every other answer are a refusal. The approval is bound to command, folder,
 * targets and rule set by its intent.
 */
export async function confirm(
  verdict: HeldVerdict,
  context: ConfirmContext,
  askHuman: AskHuman = ask,
): Promise<Approved | Refusal> {
  const { request, env, world, ruleSet, cwd, now } = context;
  const system = world.processes();
  const agent = detectAgent(env, system?.ancestors ?? []);
  const question = questionOf(verdict, request, { agent, secrets: context.secrets });
  const intent = intentOf(request.command, cwd, verdict.findings, ruleSet);
  const refuse = (cause: RefusalCause) => refusal(question, intent, cause, context);
  if (verdict.kind === 'deny') return refuse({ kind: 'policy' });

  const denied = new DeniedIntents(context.stateFolder, sessionOf(env, system?.session));
  const before = denied.wasDenied(effectsOf(verdict.findings), now());
  if (before !== undefined) return refuse({ kind: 'denied-before', ...before });
  const human = await findHuman(world);
  if (human.kind === 'none') return refuse({ kind: 'no-human', reason: human.reason });

  const timeoutMs = context.timeoutMs ?? defaultAskOptions.timeoutMs;
  const answer = await askHuman(question, { color: wantsColor(env), timeoutMs });
  if (answer.kind === 'yes') {
    const approval: Approval = { id: randomBytes(8).toString('hex'), intent, how: answer.how, at: now() };
    return { kind: 'approved', approval, permit: mintPermit(request.command, approval), question };
  }
  if (answer.reason === 'answered') {
    const memory = agent === undefined ? terminalMemory : agentMemory;
    denied.remember(deniedEffects(verdict.findings), now(), now() + memory);
  }
  return refuse({ kind: 'answer', reason: answer.reason, waitedMs: timeoutMs });
}

function refusal(question: Question, intent: string, cause: RefusalCause, context: ConfirmContext): Refusal {
  const kept = cause.kind === 'no-human' ? keep(question, intent, context) : undefined;
  const color = context.world.stderrIsTerminal() && wantsColor(context.env);
  return { kind: 'refused', cause, intent, question, kept, message: refusalMessage(question, cause, kept, color) };
}

/** A state folder that is full or read-only makes the refusal no less a refusal; it says so. */
function keep(question: Question, intent: string, { stateFolder, now }: ConfirmContext): Kept {
  try {
    return { kind: 'kept', request: keepPending(stateFolder, intent, question, now()) };
  } catch (error) {
    if (error instanceof StateError) return { kind: 'not-kept', reason: error.message };
    throw error;
  }
}
