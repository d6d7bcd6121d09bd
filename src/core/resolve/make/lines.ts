// Lines of a makefile: continued lines joined, each with the line that it starts on.

export interface Line {
  /** Continuations joined with one blank; of a line that starts with the recipe prefix, as it stands. */
  readonly text: string;
  /** 1-based. */
  readonly number: number;
}

/** Hands out logical lines. A line that belongs to a recipe keeps its continuations, which are the shell's. */
export class LineReader {
  readonly #lines: readonly string[];
  readonly #first: number;
  #at = 0;

  constructor(text: string, first = 1) {
    this.#lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
    this.#first = first;
  }

  /** The next line; `recipePrefix` tells which lines stay as they are. */
  next(recipePrefix: string): Line | undefined {
    if (this.#at >= this.#lines.length) return undefined;
    const number = this.#first + this.#at;
    const isRecipe = this.#lines[this.#at]?.startsWith(recipePrefix) === true;
    const parts = [this.#take()];
    while (endsWithBackslash(parts.at(-1) ?? '') && this.#at < this.#lines.length) parts.push(this.#take());
    return { text: isRecipe ? parts.join('\n') : joined(parts), number };
  }

  /** The next physical line, whatever stands in it. */
  raw(): Line | undefined {
    if (this.#at >= this.#lines.length) return undefined;
    return { number: this.#first + this.#at, text: this.#take() };
  }

  #take(): string {
    const line = this.#lines[this.#at] ?? '';
    this.#at += 1;
    return line;
  }
}

/** An odd number of backslashes at the end continues the line. */
const endsWithBackslash = (line: string): boolean => (/\\+$/.exec(line)?.[0].length ?? 0) % 2 === 1;

const joined = (parts: readonly string[]): string =>
  parts.reduce((line, part) => `${line.slice(0, -1).trimEnd()} ${part.trimStart()}`);

/** The line without its comment; `\#` is no comment, and neither is a `#` inside of a reference. */
export function withoutComment(line: string): string {
  let depth = 0;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (character === '\\' && line[at + 1] === '#') at += 1;
    else if (character === '$' && /[({]/.test(line[at + 1] ?? '')) {
      depth += 1;
      at += 1;
    } else if (depth > 0 && /[({]/.test(character ?? '')) depth += 1;
    else if (depth > 0 && /[)}]/.test(character ?? '')) depth -= 1;
    else if (character === '#' && depth === 0) return line.slice(0, at).replaceAll('\\#', '#');
  }
  return line.replaceAll('\\#', '#');
}

/** Where one of the characters stands outside of every reference; -1 where none does. */
export function findOutside(line: string, wanted: (character: string, at: number) => boolean, from = 0): number {
  let depth = 0;
  for (let at = from; at < line.length; at += 1) {
    const character = line[at] as string;
    if (character === '$' && /[({]/.test(line[at + 1] ?? '')) {
      depth += 1;
      at += 1;
    } else if (depth > 0 && /[({]/.test(character)) depth += 1;
    else if (depth > 0 && /[)}]/.test(character)) depth -= 1;
    else if (character === '$') at += 1;
    else if (depth === 0 && wanted(character, at)) return at;
  }
  return -1;
}

export interface Definition {
  readonly name: string;
  readonly operator: string;
  readonly value: string;
}

/**
 * `NAME = value` with any of make's operators; undefined where the line is something else. A name holds no blank, so
 * `a b = c` is none. Source: GNU make manual, Setting Variables.
 */
export function definitionIn(line: string): Definition | undefined {
  const at = findOutside(line, (character) => /[=:?+!\s]/.test(character));
  if (at <= 0) return undefined;
  const rest = line.slice(at).trimStart();
  const operator = /^(?::{1,3}=|[?+!]?=)/.exec(rest)?.[0];
  if (operator === undefined) return undefined;
  return { name: line.slice(0, at), operator, value: rest.slice(operator.length).trimStart() };
}
