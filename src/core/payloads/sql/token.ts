// Tokens of SQL text, the pieces they stand in, and views on them. Knows nothing of what a statement means.

export interface Token {
  /** `variable`: a client variable whose value is not known (`:id`, `$(id)`). */
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'variable';
  /** The value: quotes and escapes removed. */
  readonly text: string;
  /** Upper case for words, empty for all else: a quoted name is never a keyword. */
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
}

/** What the client would handle at once: a statement to send, or a command of its own. */
export type Piece = SqlPiece | ClientPiece;
interface SqlPiece {
  readonly kind: 'sql';
  readonly tokens: readonly Token[];
  /** A terminator stood behind it. */
  readonly closed: boolean;
}
export interface ClientPiece {
  readonly kind: 'client';
  readonly client: 'psql' | 'mysql' | 'sqlite' | 'sqlcmd';
  /** Without its backslash, dot or colon. */
  readonly name: string;
  readonly argument: string;
  readonly start: number;
  readonly end: number;
}

/** What an unknown piece of text is written as where SQL is put together: it reads as an identifier everywhere. */
export const UNKNOWN = '\u2026';

type Closings = ReadonlyMap<number, number>;
const NONE: Closings = new Map();

/** For every `(` the index of its `)`; an open one reaches to the end. */
function matchParentheses(tokens: readonly Token[]): Closings {
  let close: Map<number, number> | undefined;
  const open: number[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    if (token.kind !== 'symbol') continue;
    if (token.text === '(') {
      open.push(index);
      close ??= new Map();
      close.set(index, tokens.length);
    } else if (token.text === ')') {
      const partner = open.pop();
      if (partner !== undefined) close?.set(partner, index);
    }
  }
  return close ?? NONE;
}

/**
 * A run of tokens at one depth: what stands inside parentheses is one item, the opening one. Positions are counted
 * from 0; reading beyond either end gives undefined, so callers need no bounds.
 */
export class View {
  readonly tokens: readonly Token[];
  readonly #close: Closings;
  /** Indices of the items; undefined where every token is one. */
  readonly #top: readonly number[] | undefined;
  readonly #from: number;
  readonly length: number;

  private constructor(
    tokens: readonly Token[],
    close: Closings,
    top: readonly number[] | undefined,
    from: number,
    to: number,
  ) {
    this.tokens = tokens;
    this.#close = close;
    this.#top = top;
    this.#from = from;
    this.length = Math.max(0, to - from);
  }

  /** All tokens of a piece. */
  static of(tokens: readonly Token[]): View {
    const close = matchParentheses(tokens);
    if (close === NONE) return new View(tokens, close, undefined, 0, tokens.length);
    return View.#range(tokens, close, 0, tokens.length);
  }

  static #range(tokens: readonly Token[], close: Closings, from: number, to: number): View {
    const top: number[] = [];
    for (let index = from; index < to; index++) {
      top.push(index);
      const token = tokens[index] as Token;
      if (token.kind === 'symbol' && token.text === '(') index = close.get(index) as number;
    }
    return new View(tokens, close, top, 0, top.length);
  }

  token(position: number): Token | undefined {
    if (position < 0 || position >= this.length) return undefined;
    return this.tokens[this.#index(position)];
  }

  #index(position: number): number {
    const item = this.#from + position;
    return this.#top === undefined ? item : (this.#top[item] as number);
  }

  /** The keyword at a position; empty where there is none. */
  word(position: number): string {
    return this.token(position)?.keyword ?? '';
  }

  isSymbol(position: number, text: string): boolean {
    const token = this.token(position);
    return token?.kind === 'symbol' && token.text === text;
  }

  /** Position of the first of these keywords at or behind a position; -1 where there is none. */
  find(keywords: ReadonlySet<string>, from = 0): number {
    for (let position = from; position < this.length; position++) {
      if (keywords.has(this.word(position))) return position;
    }
    return -1;
  }

  slice(from: number, to = this.length): View {
    const start = this.#from + Math.max(0, from);
    return new View(this.tokens, this.#close, this.#top, start, this.#from + Math.min(to, this.length));
  }

  /** What stands inside the parenthesis that opens at a position. */
  inside(position: number): View {
    return this.#inner(this.#index(position));
  }

  #inner(index: number): View {
    return View.#range(this.tokens, this.#close, index + 1, this.#close.get(index) as number);
  }

  /** Indices of the first token and behind the last one, what stands in parentheses included. */
  get range(): readonly [from: number, to: number] {
    if (this.length === 0) return [0, 0];
    const first = this.#index(0);
    const last = this.#index(this.length - 1);
    const token = this.tokens[last] as Token;
    const opens = token.kind === 'symbol' && token.text === '(';
    return [first, Math.min(this.tokens.length, opens ? (this.#close.get(last) as number) + 1 : last + 1)];
  }

  /** Where the run stands in the text. */
  get span(): readonly [start: number, end: number] {
    const [from, to] = this.range;
    if (from === to) return [0, 0];
    return [(this.tokens[from] as Token).start, (this.tokens[to - 1] as Token).end];
  }

  /** Whether there is anything in parentheses in the whole piece. */
  get isNested(): boolean {
    return this.#close !== NONE;
  }

  /** The insides of all parentheses, at any depth, whose first keyword is one of these. */
  nested(keywords: ReadonlySet<string>): readonly View[] {
    const found: View[] = [];
    const [from, to] = this.range;
    for (let index = from; index < to - 1; index++) {
      const token = this.tokens[index] as Token;
      if (token.kind !== 'symbol' || token.text !== '(') continue;
      if (keywords.has((this.tokens[index + 1] as Token).keyword)) found.push(this.#inner(index));
    }
    return found;
  }
}
