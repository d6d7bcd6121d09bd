// Runs what a permit allows, as a child, for `guard run`. guard-sh does not come here: it becomes the shell.
import { constants } from 'node:os';
import { execa } from 'execa';
import type { Permit } from '../core/model/verdict.ts';

export interface Shell {
  /** Absolute path of the real shell. */
  readonly path: string;
  /** Options in front of `-c`, as `-l`. */
  readonly options?: readonly string[];
  /** `$0` of the command; the shell's own path where it is not given. */
  readonly name?: string;
  /** `$1` and so on. */
  readonly positionals?: readonly string[];
}

export interface Outcome {
  /** The command's own status; 128 + n where signal n ended it, 126 or 127 where the shell did not start. */
  readonly code: number;
  readonly signal: NodeJS.Signals | undefined;
  /** Set where the shell itself did not start. */
  readonly problem: string | undefined;
}

/** Signals that a caller sends to guard and means for the command. */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH', 'SIGCONT'] as const;

/** Signals that a terminal sends to the whole group itself. */
const fromKeys: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGWINCH'];

/**
 * Runs `permit.source`, the very text that was judged, with the caller's own stdin, stdout and stderr.
 * Never throws for what the command or the shell does: that is the outcome.
 */
export async function run(permit: Permit, shell: Shell): Promise<Outcome> {
  const { path, options = [], name = path, positionals = [] } = shell;
  // The handlers stand before the command starts: a signal in between would end guard and leave the command alone.
  const signals = holdSignals();
  try {
    const child = execa(path, [...options, '-c', permit.source, name, ...positionals], {
      stdio: 'inherit',
      reject: false,
      cleanup: false,
      stripFinalNewline: false,
    });
    signals.sendTo((signal) => child.kill(signal));
    const { exitCode, signal, code, originalMessage } = await child;
    return outcomeOf(exitCode, signal as NodeJS.Signals | undefined, code, originalMessage);
  } finally {
    signals.release();
  }
}

function outcomeOf(
  exitCode: number | undefined,
  signal: NodeJS.Signals | undefined,
  errorCode: string | undefined,
  message: string | undefined,
): Outcome {
  if (signal) return { code: 128 + constants.signals[signal], signal, problem: undefined };
  if (exitCode !== undefined) return { code: exitCode, signal: undefined, problem: undefined };
  return { code: errorCode === 'ENOENT' ? 127 : 126, signal: undefined, problem: message ?? 'the shell did not start' };
}

/**
 * Keeps signals from ending guard and hands them on, the early ones later. From a terminal the whole group has already
 * got SIGINT and SIGQUIT, and a shell that gets them twice takes the second for a second key press; so from there
 * these are held and not handed on.
 */
function holdSignals() {
  const early: NodeJS.Signals[] = [];
  let send = (signal: NodeJS.Signals): unknown => early.push(signal);
  const handle = (signal: NodeJS.Signals) => {
    if (!(process.stdin.isTTY && fromKeys.includes(signal))) send(signal);
  };
  for (const signal of forwarded) process.on(signal, handle);
  return {
    sendTo(receiver: (signal: NodeJS.Signals) => unknown) {
      send = receiver;
      early.splice(0).forEach(receiver);
    },
    release() {
      for (const signal of forwarded) process.off(signal, handle);
    },
  };
}
