// Failures of guard itself: one sentence on stderr, and the exit code that belongs to it.
import { exitCodes } from './command.ts';

/** Something that was asked for in a way that cannot be done: the user's to mend. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/**
 * Errors that are the user's to mend. Told apart by name: every subcommand is a bundle of its own, with its own copy of
 * these classes.
 */
const mendable = new Set(['UsageError', 'ConfigError', 'RulebookError']);

/** Writes what went wrong; 2 for usage and configuration, 125 where guard itself failed. */
export function failureOf(error: unknown): number {
  process.stderr.write(`guard: ${placeOf(error)}${error instanceof Error ? error.message : String(error)}\n`);
  return isMendable(error) ? exitCodes.usage : exitCodes.failed;
}

/** A configuration error keeps its file and line beside the message. */
const placeOf = (error: unknown): string =>
  error instanceof Error && 'where' in error && typeof error.where === 'string' ? `${error.where}: ` : '';

const isMendable = (error: unknown): boolean =>
  error instanceof Error && (mendable.has(error.name) || ('problem' in error && error.problem === 'usage'));
