// What is said when a command does not run: to an agent, what to do now; to a human who said no, one line.
import { type Question, shownTarget } from '../core/decide/question.ts';
import { clip, clipStart, escapeText, wrap } from './escape.ts';
import type { KeptRequest } from './pending.ts';
import { credentialText, evidenceText, paintFor } from './render.ts';
import type { NoReason } from './terminal.ts';

/** Why a command was refused. */
export type RefusalCause =
  | { readonly kind: 'policy' }
  | { readonly kind: 'no-human'; readonly reason: string }
  | { readonly kind: 'denied-before'; readonly at: number; readonly until: number; readonly attempts: number }
  | { readonly kind: 'answer'; readonly reason: NoReason; readonly waitedMs: number };

/** Where a refused command is kept for a human; a text where it could not be kept. */
export type Kept =
  | { readonly kind: 'kept'; readonly request: KeptRequest }
  | { readonly kind: 'not-kept'; readonly reason: string };

const width = 100;
const labelWidth = 8;
/** Of longer commands only so many characters from each end are looked at. */
const reach = 1_000;

/**
 * The block for stderr: at most 15 lines of at most 100 columns, ending in a newline. It is written for an agent, which
 * reads it as the command's output, unless a human has just answered at the terminal.
 */
export function refusalMessage(
  question: Question,
  cause: RefusalCause,
  kept: Kept | undefined,
  color: boolean,
): string {
  const paint = paintFor(question.where.environment, color);
  const head = paint.alarm('guard refused this command; nothing of it was run.');
  const lines =
    cause.kind === 'answer'
      ? [head, answerLine(cause.reason, cause.waitedMs)]
      : [head, ...factsOf(question), ...reasonLines(cause), ...adviceFor(question, cause, kept)];
  return `${lines.join('\n')}\n`;
}

function answerLine(reason: NoReason, waitedMs: number): string {
  switch (reason) {
    case 'answered':
      return 'A human was asked and did not approve it. Do not look for another way to do this.';
    case 'interrupted':
      return 'The question was interrupted before it was answered, which is a no. Do not look for another way to do this.';
    case 'timeout':
      return `Nobody answered within ${durationOf(waitedMs)}. Silence is not consent. Do not look for another way to do this.`;
    case 'terminal-lost':
      return 'The terminal went away before there was an answer, which is a no. Do not look for another way to do this.';
  }
}

function durationOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}

function factsOf(question: Question): string[] {
  const { what, where } = question;
  const [evidence] = where.evidence;
  const because = evidence === undefined ? 'nothing found says where this goes' : evidenceText(evidence);
  const rows: (readonly [string, string | undefined])[] = [
    ['what', `${what.title}: ${shownTarget(what.target)}`],
    ['where', `${where.environment}: ${because}`],
    ['', where.scope],
    ['with', question.with && credentialText(question.with).join('; ')],
    ['why', question.why],
    ['undo', question.undo],
    ['in', question.origin.length === 0 ? undefined : question.origin.join(' -> ')],
  ];
  const facts = rows.flatMap(([label, text]) => (text === undefined ? [] : [labelled(label, text)]));
  const command = bothEnds(question.inner ?? question.command, width - labelWidth - 2);
  return [...facts, ...command.map((line, index) => `  ${(index === 0 ? 'command' : '').padEnd(labelWidth)}${line}`)];
}

/** A command in at most two lines: the beginning, and of a long one the end. */
function bothEnds(command: string, columns: number): string[] {
  const rows = wrap(
    escapeText(command.length > 2 * reach ? command.slice(0, reach) + command.slice(-reach) : command),
    columns,
  );
  if (rows.length <= 2) return rows;
  const [first = ''] = rows;
  return [`${first.slice(0, columns - 2)} \u2026`, `\u2026 ${clipStart(rows.slice(-2).join(' '), columns - 2)}`];
}

const labelled = (label: string, text: string): string =>
  `  ${label.padEnd(labelWidth)}${clip(escapeText(text), width - labelWidth - 2)}`;

function reasonLines(cause: Exclude<RefusalCause, { kind: 'answer' }>): string[] {
  switch (cause.kind) {
    case 'policy':
      return ['The policy forbids this, so nobody was asked.'];
    case 'no-human':
      return [clip(`Nobody was asked: ${escapeText(cause.reason)}.`, width)];
    case 'denied-before':
      return [
        `A human refused the same thing at ${timeOf(cause.at)} in this session; guard does not ask again before ${timeOf(cause.until)}.`,
        `This is attempt ${cause.attempts} since then. Other words for the same effect are counted as well.`,
      ];
  }
}

const timeOf = (ms: number): string => new Date(ms).toTimeString().slice(0, 5);

function adviceFor(question: Question, cause: RefusalCause, kept: Kept | undefined): string[] {
  const stop = 'Do not look for another way to do this. Stop, and tell the user what you wanted to run and why.';
  if (cause.kind === 'policy') return [stop];
  const where = question.cwd === undefined ? '' : ` in ${escapeText(question.cwd)}`;
  const advice = [
    stop,
    clip(`Only the user can approve it: in a terminal of their own${where}, they run`, width),
    `  ${handoverOf(question)}`,
  ];
  if (kept?.kind === 'kept') {
    const { id, file, expiresAt } = kept.request;
    advice.push(clip(`Kept as request ${id} until ${timeOf(expiresAt)}: ${escapeText(file)}`, width));
  } else if (kept !== undefined) advice.push(clip(`The request could not be kept: ${escapeText(kept.reason)}`, width));
  return advice;
}

/** The line to type, where it can be given whole and in clear; a redacted or folded one would not be the same command. */
function handoverOf({ command }: Question): string {
  const line = `guard run '${command.replaceAll("'", "'\\''")}'`;
  const isExact = line.length <= width - 2 && escapeText(line) === line && !line.includes('\u2039');
  return isExact ? line : "guard run '<the same command>'";
}
