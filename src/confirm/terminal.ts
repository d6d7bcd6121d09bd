// Asking at the controlling terminal: the question, then what the human types. Everything that is not a clear yes is a no.
import type { Question } from '../core/decide/question.ts';
import type { Challenge } from '../core/model/verdict.ts';
import { escapeText } from './escape.ts';
import { paintFor, renderQuestion } from './render.ts';
import { type HeldTerminal, holdTerminal, type Interruption } from './tty.ts';

export type Answer =
  | { readonly kind: 'yes'; readonly how: Exclude<Challenge, 'none'> }
  | { readonly kind: 'no'; readonly reason: NoReason };

/** `answered`: a human said no, or did not type what was asked for. */
export type NoReason = 'answered' | 'timeout' | Interruption;

export interface AskOptions {
  readonly color: boolean;
  readonly timeoutMs: number;
  /** What is typed so soon after the question appeared was typed without reading it, and is thrown away. */
  readonly settleMs: number;
  readonly terminal: string;
}

export const defaultAskOptions: AskOptions = {
  color: false,
  timeoutMs: 5 * 60_000,
  settleMs: 400,
  terminal: '/dev/tty',
};

/** One thing to type. */
interface Step {
  readonly hint: string | undefined;
  readonly prompt: string;
  readonly accepts: (typed: string) => boolean;
  /** Shown after a mistake; without it one mistake is a no. */
  readonly correction: string | undefined;
}

const maxTries = 3;

/**
 * Asks on the controlling terminal, never on stdin or stdout. Type-ahead is thrown away before every answer; Ctrl-C,
 * Ctrl-D, Esc, SIGINT, SIGTERM, SIGHUP and silence are a no. The terminal is given back as it was in every case, and no
 * listener stays behind. Never throws.
 */
export async function ask(question: Question, options: Partial<AskOptions> = {}): Promise<Answer> {
  const { color, timeoutMs, settleMs, terminal: path } = { ...defaultAskOptions, ...options };
  const ending = new Ending();
  let terminal: HeldTerminal | undefined;
  const unwatch = watchEndings(ending, timeoutMs);
  try {
    const prompt = await loadPrompt();
    terminal = holdTerminal(path, (reason) => ending.end(reason));
    const accepted = await askSteps(question, terminal, prompt, { color, settleMs, ending });
    if (ending.reason !== undefined) return { kind: 'no', reason: ending.reason };
    return accepted && question.challenge !== 'none'
      ? { kind: 'yes', how: question.challenge }
      : { kind: 'no', reason: 'answered' };
  } catch {
    // A terminal that does not open or cannot be read; or the prompt was aborted, and then there is a reason.
    return { kind: 'no', reason: ending.reason ?? 'terminal-lost' };
  } finally {
    unwatch();
    terminal?.release();
  }
}

/** The first reason to stop waiting; later ones change nothing. */
class Ending {
  readonly #controller = new AbortController();
  reason: Exclude<NoReason, 'answered'> | undefined;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(reason: Exclude<NoReason, 'answered'>): void {
    this.reason ??= reason;
    this.#controller.abort();
  }
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

function watchEndings(ending: Ending, timeoutMs: number): () => void {
  const interrupted = () => ending.end('interrupted');
  const timer = setTimeout(() => ending.end('timeout'), timeoutMs);
  for (const signal of endingSignals) process.on(signal, interrupted);
  return () => {
    clearTimeout(timer);
    for (const signal of endingSignals) process.removeListener(signal, interrupted);
  };
}

interface Asking {
  readonly color: boolean;
  readonly settleMs: number;
  readonly ending: Ending;
}

async function askSteps(question: Question, terminal: HeldTerminal, prompt: Prompt, asking: Asking): Promise<boolean> {
  const steps = stepsOf(question);
  const screen = { columns: terminal.columns, rows: terminal.rows, color: asking.color };
  terminal.write(`\n${renderQuestion(question, screen, rowsFor(steps)).join('\n')}\n`);
  for (const step of steps) {
    if (step.hint !== undefined) terminal.write(`  ${step.hint}\n`);
    await settle(asking);
    const typed = await prompt(step, terminal, question, asking);
    if (!step.accepts(typed)) return false;
  }
  return true;
}

/** Rows that the steps take: hint and prompt each, then one for a correction, and the line the cursor ends on. */
const rowsFor = (steps: readonly Step[]): number =>
  steps.reduce((rows, step) => rows + (step.hint === undefined ? 1 : 2), 0) +
  (steps[0]?.correction === undefined ? 1 : 2);

function stepsOf(question: Question): Step[] {
  if (question.challenge === 'confirm') {
    const accepts = (typed: string) => /^y(?:es)?$/i.test(typed.trim());
    return [
      {
        hint: undefined,
        prompt: 'Run it? y or yes runs it, anything else refuses (y/N)',
        accepts,
        correction: undefined,
      },
    ];
  }
  const { kind } = question.what.target;
  const name = typing(`To run it, type the ${escapeText(kind)}'s name: ${question.typed}`, question.typed);
  if (question.challenge === 'typed') return [name];
  const { environment } = question.where;
  const factor = `No second factor is enrolled here; type the environment as well: ${environment}`;
  return [name, typing(factor, environment)];
}

const typing = (hint: string, expected: string): Step => ({
  hint,
  prompt: '(Enter alone refuses) >',
  accepts: (typed) => typed.trim() === expected,
  correction: `That is not ${expected}. Type it exactly, or Enter alone to refuse.`,
});

/** Waits until a person can have seen the question; an ending cuts the wait short. */
function settle({ settleMs, ending }: Asking): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      ending.signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, settleMs);
    ending.signal.addEventListener('abort', finish);
    if (ending.signal.aborted) finish();
  });
}

type Prompt = (step: Step, terminal: HeldTerminal, question: Question, asking: Asking) => Promise<string>;

/** inquirer costs more to load than all else here, so only a question loads it. */
async function loadPrompt(): Promise<Prompt> {
  const { createPromptModule } = await import('inquirer');
  return async (step, terminal, question, { color, ending }) => {
    const { input, output } = terminal.connect();
    const paint = paintFor(question.where.environment, color);
    const theme = {
      prefix: ' ',
      validationFailureMode: 'clear',
      // The library hands the state of the prompt along as a second text, and a painter would print it.
      style: {
        message: (text: string) => paint.strong(text),
        answer: (text: string) => paint.strong(text),
        error: (text: string) => `  ${paint.alarm(text)}`,
      },
    } as const;
    let tries = 0;
    const validate = (typed: string) => {
      tries += 1;
      const isSettled =
        step.correction === undefined || typed.trim() === '' || step.accepts(typed) || tries >= maxTries;
      return isSettled || (step.correction ?? false);
    };
    const ask = createPromptModule({ input, output, signal: ending.signal });
    const { typed } = await ask<{ typed: string }>([
      { type: 'input', name: 'typed', message: step.prompt, theme, validate },
    ]);
    return typed;
  };
}
