// Walks over the text of a Perl program: blanks, comments, documentation and the bodies of heredocs.

export class Scanner {
  readonly text: string;
  at = 0;
  /** Line of the start of the text in the whole program. */
  readonly #firstLine: number;
  #lineAt = 0;
  #line = 0;
  /** The newline behind which the bodies of heredocs stand, and where they end. */
  #heredocFrom = -1;
  #heredocEnd = -1;

  constructor(text: string, firstLine = 1) {
    this.text = text;
    this.#firstLine = firstLine;
  }

  get line(): number {
    while (this.at < this.#lineAt) {
      this.#lineAt -= 1;
      if (this.text[this.#lineAt] === '\n') this.#line -= 1;
    }
    for (; this.#lineAt < this.at; this.#lineAt += 1) if (this.text[this.#lineAt] === '\n') this.#line += 1;
    return this.#firstLine + this.#line;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  get character(): string {
    return this.text[this.at] ?? '';
  }

  /** Passes over all that means nothing. */
  skip(): void {
    const { text } = this;
    if (this.at === 0 && /^=[A-Za-z]/.test(text)) this.#skipDocumentation();
    for (;;) {
      const character = text[this.at];
      if (character === '\n') {
        this.at = this.at === this.#heredocFrom ? this.#heredocEnd : this.at + 1;
        if (text[this.at] === '=' && /[A-Za-z]/.test(text[this.at + 1] ?? '')) this.#skipDocumentation();
      } else if (character === ' ' || character === '\t' || character === '\r' || character === '\f') this.at += 1;
      else if (character === '#') {
        const end = text.indexOf('\n', this.at);
        this.at = end < 0 ? text.length : end;
      } else return;
    }
  }

  #skipDocumentation(): void {
    const end = this.text.indexOf('\n=cut', this.at);
    const next = end < 0 ? -1 : this.text.indexOf('\n', end + 1);
    this.at = next < 0 ? this.text.length : next;
  }

  /** Takes the text where it stands next. Words are only taken whole. */
  takes(token: string): boolean {
    this.skip();
    if (!this.text.startsWith(token, this.at)) return false;
    if (/\w$/.test(token) && /[\w]/.test(this.text[this.at + token.length] ?? '')) return false;
    this.at += token.length;
    return true;
  }

  /** Whether the text stands next. */
  sees(token: string): boolean {
    this.skip();
    return this.text.startsWith(token, this.at);
  }

  /** Takes what a sticky pattern matches here. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found !== undefined) this.at += found[0].length;
    return found;
  }

  /** What a sticky pattern would match here. */
  peek(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text) ?? undefined;
  }

  /** The body of a heredoc whose mark has just been read: it stands behind the end of this line. */
  heredoc(mark: string, isIndented: boolean): string {
    const newline = this.text.indexOf('\n', this.at);
    if (newline < 0) return '';
    const start = newline === this.#heredocFrom ? this.#heredocEnd : newline + 1;
    const lines: string[] = [];
    let from = start;
    while (from < this.text.length) {
      const next = this.text.indexOf('\n', from);
      const end = next < 0 ? this.text.length : next;
      const line = this.text.slice(from, end).replace(/\r$/, '');
      from = Math.min(end + 1, this.text.length);
      if ((isIndented ? line.trim() : line) === mark) break;
      lines.push(line);
    }
    this.#heredocFrom = newline;
    this.#heredocEnd = from;
    const indent = isIndented ? Math.min(...lines.filter((line) => line.trim() !== '').map(indentOf)) : 0;
    return lines.map((line) => `${line.slice(Number.isFinite(indent) ? indent : 0)}\n`).join('');
  }
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
