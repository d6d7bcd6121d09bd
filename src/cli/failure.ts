// Failures of guard itself: one sentence on stderr, and the exit code that belongs to it.

/** Errors that are the user's to mend: configuration and rules. */
const configuration = new Set(['ConfigError', 'RulebookError']);

/** Writes what went wrong; 2 for usage and configuration, 125 where guard itself failed. */
export function failureOf(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`guard: ${message}\n`);
  return error instanceof Error && configuration.has(error.name) ? 2 : 125;
}
