// Bounds: how much of a script is followed at most, and how much of that is spent.

/**
 * Bounds of one analysis. Reaching one is an opaque finding that says which. What was written out may be long; what a
 * short text multiplies, by loops in loops or calls of calls, is cut off at `multiplied`.
 */
export const limits = {
  depth: 40,
  invocations: 30_000,
  steps: 200_000,
  multiplied: 10_000,
  calls: 2_000,
  /** Words of one loop, and rounds of all loops together, that are followed one by one. */
  loopRounds: 64,
  allRounds: 1_024,
  /** Characters of all texts that are followed; one file that the line writes is followed up to a quarter of it. */
  text: 4_194_304,
  /** Commands that one launcher runs. */
  launched: 1_000,
} as const;

/** What one walk has spent. A `spend` method gives back which bound is passed, as a finding says it. */
export class Bounds {
  #steps = 0;
  #calls = 0;
  #rounds = 0;
  /** Characters of all texts that were followed, and of those that somebody wrote: the request's, and files on disk. */
  #read = 0;
  #written = 0;
  readonly #texts = new Set<string>();

  /** A text that somebody wrote; a longer one may take more steps. One that comes up again counts once. */
  countWritten(text: string): void {
    if (this.#texts.has(text)) return;
    this.#texts.add(text);
    this.#written += text.length;
  }

  spendText(text: string): string | undefined {
    this.#read += text.length;
    return this.#read > limits.text ? `more than ${limits.text} characters of scripts` : undefined;
  }

  spendStep(): string | undefined {
    this.#steps += 1;
    const most = Math.min(limits.steps, Math.max(limits.multiplied * 10, this.#written));
    return this.#steps > most ? `more than ${most} steps` : undefined;
  }

  /** A call of a function, or an alias that is put in. */
  spendCall(): string | undefined {
    this.#calls += 1;
    return this.#calls > limits.calls ? `more than ${limits.calls} function calls` : undefined;
  }

  /** Rounds of one loop; false where they are too many to be followed one by one. */
  spendRounds(count: number): boolean {
    this.#rounds += count;
    return count <= limits.loopRounds && this.#rounds <= limits.allRounds;
  }

  /** Which bound one more invocation would pass. */
  checkInvocations(count: number): string | undefined {
    const most = Math.min(limits.invocations, Math.max(limits.multiplied, this.#written / 3));
    return count >= most ? `more than ${Math.floor(most)} commands` : undefined;
  }
}
