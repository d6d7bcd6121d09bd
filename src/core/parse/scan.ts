// The second reading of the raw text: every `$(`, backtick, `<(` and `>(` must be accounted for by the tree.
import type { UnexplainedCode } from '../model/script.ts';

/**
 * What the tree says about one stretch of text. `gap` lies between words, `code` belongs to a word but not to anything
 * that the tree shows, `bare` is unquoted text, `double` text in double quotes or a here-document, `arithmetic` what is
 * evaluated as an expression whatever its quotes, `literal` text that bash never expands, `shown` the start or end of an expansion that the tree shows.
 */
export type Reading = 'gap' | 'code' | 'bare' | 'double' | 'arithmetic' | 'literal' | 'shown';
const code: Readonly<Record<Reading, number>> = {
  gap: 0,
  code: 1,
  bare: 2,
  double: 3,
  arithmetic: 4,
  literal: 5,
  shown: 6,
};

/** A line continuation between the two characters of an opener does not part them. */
const opener = /`|[$<>](?:\\\n)*\(/g;
/** In `"${x:-"$"(c)}"` bash takes the quotes away first and then reads `$(`. */
const splitOpener = /\$(?:"|\\\n)+\(/g;
/** More hits than this mean that the tree says nothing about the text. */
const maxHits = 50;

/**
 * Where the tree stands in one raw text. Filled from the outside in while the tree is adapted, so that what is nested
 * overrides what surrounds it. Costs nothing for a text without openers.
 */
export class Ledger {
  readonly #text: string;
  readonly #readings: Uint8Array | undefined;
  readonly #split: UnexplainedCode[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#readings = text.search(opener) === -1 ? undefined : new Uint8Array(text.length);
  }

  mark(start: number, end: number, reading: Reading): void {
    this.#readings?.fill(code[reading], start, end);
  }

  /** The expansion at `start` is in the tree; what it holds is `inner` until its own nodes say more. */
  show(start: number, end: number, inner: Reading): void {
    const readings = this.#readings;
    if (readings === undefined || start >= end) return;
    readings.fill(code[inner], start, end);
    readings[start] = code.shown;
    readings[end - 1] = code.shown;
  }

  /** The text from `start` to `end` is expanded after its double quotes were taken away. */
  unquoted(start: number, end: number): void {
    const text = this.#text.slice(start, end);
    if (!text.includes('$"')) return;
    for (const match of text.matchAll(splitOpener)) {
      if (this.#split.length <= maxHits) this.#split.push(hit(this.#text, start + match.index, match[0]));
    }
  }

  /** Every opener that neither the tree nor literal quoting nor a comment explains; undefined where there are too many to list. */
  unexplained(): readonly UnexplainedCode[] | undefined {
    const readings = this.#readings;
    if (this.#split.length > maxHits) return undefined;
    if (readings === undefined) return this.#split;
    const hits: UnexplainedCode[] = [...this.#split];
    let commentEnd = 0;
    for (const match of this.#text.matchAll(opener)) {
      const at = match.index;
      if (at < commentEnd || this.#isExplained(readings, at)) continue;
      if (readings[at] === code.gap && startsInComment(this.#text, readings, at)) {
        commentEnd = endOfGapLine(this.#text, readings, at);
        continue;
      }
      if (hits.length >= maxHits) return undefined;
      hits.push(hit(this.#text, at, match[0]));
    }
    return hits;
  }

  #isExplained(readings: Uint8Array, at: number): boolean {
    const reading = readings[at];
    const isProcess = this.#text[at] === '<' || this.#text[at] === '>';
    if (reading === code.shown || reading === code.literal) return true;
    if (reading === code.arithmetic) return isProcess;
    if (reading === code.double) return isProcess || isEscaped(this.#text, readings, at);
    if (reading === code.bare) return isEscaped(this.#text, readings, at);
    return false;
  }
}

/** An odd number of backslashes stands in front, all read in the same way. */
function isEscaped(text: string, readings: Uint8Array, at: number): boolean {
  let first = at;
  while (first > 0 && text[first - 1] === '\\' && readings[first - 1] === readings[at]) first--;
  return (at - first) % 2 === 1;
}

/** A `#` that starts a word stands in front on the same line, with no word between. */
function startsInComment(text: string, readings: Uint8Array, at: number): boolean {
  for (let back = at - 1; back >= 0 && text[back] !== '\n' && readings[back] === code.gap; back--) {
    if (text[back] === '#' && (back === 0 || ' \t\n;&|()<>`{'.includes(text[back - 1] ?? ''))) return true;
  }
  return false;
}

function endOfGapLine(text: string, readings: Uint8Array, at: number): number {
  let end = at;
  while (end < text.length && text[end] !== '\n' && readings[end] === code.gap) end++;
  return end;
}

function hit(text: string, at: number, found: string): UnexplainedCode {
  const start = at + found.length;
  const kind = found === '`' ? '`' : found.startsWith('$') ? '$(' : found.startsWith('<') ? '<(' : '>(';
  const end = kind === '`' ? closingBacktick(text, start) : closingParenthesis(text, start);
  return { opener: kind, text: text.slice(start, end), at };
}

function closingBacktick(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '`') return at;
  }
  return text.length;
}

/** Quotes are not looked at: where brackets do not match, the text runs to the end of the script. */
function closingParenthesis(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    if (depth === 0) return at;
  }
  return text.length;
}
