// The recorder: collects what a program would do while it is read, within bounds.
import type { CodeAction, CodeEffect } from '../../model/code.ts';

/** Bounds of reading one program with all that it imports. Reaching one is an opaque effect that says which. */
export const codeLimits = {
  /** Expressions and statements that are looked at: so many, one more for each character, and never more than `steps`. */
  base: 40_000,
  steps: 200_000,
  /** Calls of functions of the program within each other. */
  depth: 40,
  /** Rounds of a loop over known items that are followed one by one. */
  rounds: 64,
  effects: 2_000,
  /** Local modules that are followed. */
  modules: 64,
  /** Characters of one program and all its modules. */
  text: 4_194_304,
} as const;

/** Thrown by `step` once nothing more is to be read; only `reading` catches it. */
class Exhausted extends Error {}

export class Recorder {
  readonly #effects: CodeEffect[] = [];
  #steps = 0;
  #modules = 0;
  #text = 0;
  /** Where the reader stands: kept up by it. */
  line = 1;
  file: string | undefined;

  /** Notes an effect at the place where the reader stands. */
  record(via: string, action: CodeAction): void {
    if (this.#effects.length >= codeLimits.effects) this.#stop(`more than ${codeLimits.effects} effects`);
    this.#effects.push({ ...action, via, line: this.line, file: this.file });
  }

  /** Counts one node, and what was copied for it; ends the reading where there is too much. */
  step(copied = 0): void {
    this.#steps += 1 + (copied >> 4);
    const most = Math.min(codeLimits.steps, codeLimits.base + this.#text);
    if (this.#steps > most) this.#stop(`more than ${most} steps`);
  }

  /** Counts a text that is about to be read. */
  count(text: string): void {
    this.#text += text.length;
    if (this.#text > codeLimits.text) this.#stop(`more than ${codeLimits.text} characters of code`);
  }

  /** Whether one more module may be followed. */
  module(): boolean {
    this.#modules += 1;
    if (this.#modules === codeLimits.modules + 1) this.exceeded(`more than ${codeLimits.modules} modules`);
    return this.#modules <= codeLimits.modules;
  }

  /** Notes a bound that ends the reading of one text. */
  exceeded(detail: string): void {
    this.#effects.push({ kind: 'opaque', detail, via: 'guard', line: this.line, file: this.file });
  }

  #stop(detail: string): never {
    this.exceeded(detail);
    throw new Exhausted(detail);
  }

  /** Runs the reader and gives back what was recorded, whatever happens inside. */
  reading(read: () => void): readonly CodeEffect[] {
    try {
      read();
    } catch (error) {
      if (!(error instanceof Exhausted)) {
        const detail =
          error instanceof RangeError ? 'the code nests too deeply' : `the code could not be read (${error})`;
        this.exceeded(detail);
      }
    }
    return this.#effects;
  }
}
