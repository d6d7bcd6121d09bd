// Parses PowerShell's expressions: operators, terms, and the words of commands.
import { endOfSingle, escaped, isDouble, isSingle } from './quoting.ts';
import type { Block, Expression, Part, ScriptBlock, Statement } from './syntax.ts';

/** Deeper nesting than this is not read. */
const deepest = 120;

export const literal = (value: string): Expression => ({ kind: 'text', parts: [value] });
export const nothing: Expression = { kind: 'array', items: [] };

const variableName = /\$(?:\{([^}\n]+)\}|((?:[A-Za-z_]\w*:)?[A-Za-z_?][\w?]*|\$|\^|\d+|_))/y;
const scopes = /^(global|local|script|private|using|variable):/;

export abstract class Operators {
  protected readonly text: string;
  protected at = 0;
  protected depth: number;
  readonly #firstLine: number;
  #lineAt = 0;
  #line = 0;

  constructor(text: string, line: number, depth: number) {
    this.text = text;
    this.depth = depth;
    this.#firstLine = line;
  }

  abstract statements(close: string): Block;
  abstract script(close: string): ScriptBlock;
  abstract pipeline(): Statement;
  protected abstract inner(text: string, line: number): Operators;

  protected deeper<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > deepest) throw new RangeError('the script nests too deeply');
    const result = read();
    this.depth -= 1;
    return result;
  }

  protected get line(): number {
    for (; this.#lineAt > this.at; this.#lineAt -= 1) if (this.text[this.#lineAt - 1] === '\n') this.#line -= 1;
    for (; this.#lineAt < this.at; this.#lineAt += 1) if (this.text[this.#lineAt] === '\n') this.#line += 1;
    return this.#firstLine + this.#line;
  }

  protected get done(): boolean {
    return this.at >= this.text.length;
  }

  protected get character(): string {
    return this.text[this.at] ?? '';
  }

  /** Blanks and comments within a line; a backtick at its end joins the next one. */
  protected skip(): void {
    for (;;) {
      if (this.match(/[ \t\r\f\u00a0]+|`\r?\n/y)) continue;
      if (this.text.startsWith('<#', this.at)) {
        const end = this.text.indexOf('#>', this.at + 2);
        this.at = end < 0 ? this.text.length : end + 2;
      } else if (this.character === '#' && /[\s;{(|]|^$/.test(this.text[this.at - 1] ?? '')) {
        const end = this.text.indexOf('\n', this.at);
        this.at = end < 0 ? this.text.length : end;
      } else return;
    }
  }

  /** The same over the ends of lines. */
  protected skipAll(): void {
    for (this.skip(); this.character === '\n'; this.skip()) this.at += 1;
  }

  protected match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found !== undefined) this.at += found[0].length;
    return found;
  }

  protected peek(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text) ?? undefined;
  }

  /** Operators are read in one row: of most of them only the operands count. */
  expression(): Expression {
    return this.deeper(() => {
      let left = this.#commas();
      for (;;) {
        this.skip();
        const operator = this.match(
          /-(?:[ic]?(?:eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|contains|notcontains|in|notin|replace|split|join)|and|or|xor|band|bor|bxor|is|isnot|as|shl|shr|f)\b|\.\.|\?\?(?!=)|[-+*/%](?!=)|\?(?=[^.[\n]{0,200}:)/iy,
        )?.[0];
        if (operator === undefined) return left;
        this.skipAll();
        if (operator === '?') {
          const yes = this.expression();
          this.skipAll();
          this.match(/:/y);
          this.skipAll();
          left = { kind: 'operation', operator: '?', operands: [left, yes, this.expression()] };
        } else left = { kind: 'operation', operator: operator.toLowerCase(), operands: [left, this.#commas()] };
      }
    });
  }

  #commas(): Expression {
    const first = this.#unary();
    const items = [first];
    while (this.match(/\s*,\s*/y)) {
      this.skipAll();
      items.push(this.#unary());
    }
    return items.length === 1 ? first : { kind: 'array', items };
  }

  #unary(): Expression {
    return this.deeper(() => {
      this.skip();
      const operator = this.match(
        /!|-(?:not|bnot|join|i?split|csplit)\b|,|\+\+|--|[-+](?=[\s$(.\d])/iy,
      )?.[0].toLowerCase();
      if (operator === undefined) return this.#postfix(this.#primary());
      this.skipAll();
      const operand = this.#unary();
      return operator === ','
        ? { kind: 'array', items: [operand] }
        : { kind: 'operation', operator, operands: [operand] };
    });
  }

  #primary(): Expression {
    const { character } = this;
    if (character === '$') return this.#dollar();
    if (isDouble(character)) return this.#double();
    if (isSingle(character)) return this.#single();
    switch (character) {
      case '(':
        this.at += 1;
        return { kind: 'statements', body: this.statements(')') };
      case '@':
        return this.#at();
      case '[':
        return this.#type();
      case '{':
        this.at += 1;
        return { kind: 'block', block: this.deeper(() => this.script('}')) };
      default:
        return this.#bare();
    }
  }

  #bare(): Expression {
    const number = this.match(/(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e[-+]?\d+)?|\.\d+)(?:[kmgtp]b|[ld])?/iy)?.[0];
    if (number !== undefined) return literal(number);
    const word = this.match(/[\w-]+/y)?.[0];
    if (word === undefined) this.at += 1;
    return literal(word ?? '');
  }

  #dollar(): Expression {
    if (this.match(/\$\(/y)) return { kind: 'statements', body: this.statements(')') };
    const found = this.match(variableName);
    if (found === undefined) {
      this.at += 1;
      return literal('$');
    }
    return { kind: 'variable', name: (found[1] ?? found[2] ?? '').toLowerCase().replace(scopes, '') };
  }

  #at(): Expression {
    const here = this.match(/@(["'])[ \t]*\r?\n/y)?.[1];
    if (here !== undefined) return this.#hereString(here);
    if (this.match(/@\(/y)) {
      const body = this.statements(')');
      return { kind: 'array', items: body.map((each) => ({ kind: 'statements', body: [each] })) };
    }
    if (this.match(/@\{/y)) return this.#hash();
    const name = this.match(/@(\w+)/y)?.[1];
    if (name === undefined) this.at += 1;
    return name === undefined ? nothing : { kind: 'variable', name: name.toLowerCase() };
  }

  /** A here-string ends where its quote and `@` start a line. */
  #hereString(quote: string): Expression {
    const start = this.at;
    const { line } = this;
    const found = this.text.indexOf(`\n${quote}@`, start - 1);
    const end = found < 0 ? this.text.length : found;
    this.at = Math.min(end + 3, this.text.length);
    const body = this.text.slice(start, Math.max(end, start)).replace(/\r$/, '');
    return quote === "'" ? literal(body) : this.expanded(body, line);
  }

  #hash(): Expression {
    const entries: [Expression, Expression][] = [];
    for (this.skipAll(); !this.done && this.character !== '}'; this.skipAll()) {
      const before = this.at;
      const key = this.match(/[\w-]+(?=\s*=)/y)?.[0];
      const name = key === undefined ? this.#unary() : literal(key);
      this.skip();
      if (this.match(/=/y)) {
        this.skipAll();
        entries.push([name, { kind: 'statements', body: [this.deeper(() => this.pipeline())] }]);
      }
      this.match(/\s*;/y);
      if (this.at === before) this.at += 1;
    }
    this.at += 1;
    return { kind: 'hash', entries };
  }

  /** `[IO.File]`, and casts: `[string]$x`. */
  #type(): Expression {
    const name = this.match(/\[\s*([A-Za-z_][\w.+`]*)(?:\[[^\]]*\])?(?:\([^)]*\))?\s*\]/y)?.[1];
    if (name === undefined) {
      this.at += 1;
      return nothing;
    }
    const type = name.toLowerCase().replace(/^system\./, '');
    if (this.peek(/\s*(?:::|[)\],;|}=]|$|\n)/y)) return { kind: 'type', name: type };
    return { kind: 'cast', type, value: this.#unary() };
  }

  #postfix(start: Expression): Expression {
    let value = start;
    for (;;) {
      const access = this.match(/(?:::|\?\.|\.(?=[\w$"'({]))/y)?.[0];
      if (access !== undefined) {
        const { line } = this;
        const name = this.match(/\w+/y)?.[0];
        const member = name === undefined ? this.#primary() : literal(name);
        if (this.match(/\(/y)) value = { kind: 'call', of: value, name: member, given: this.#arguments(), line };
        else value = { kind: 'member', of: value, name: member };
      } else if (this.match(/\[/y)) {
        this.skipAll();
        const key = this.expression();
        this.skipAll();
        this.match(/\]/y);
        value = { kind: 'index', of: value, key };
      } else if (this.match(/\+\+|--/y)) value = { kind: 'operation', operator: '++', operands: [value] };
      else return value;
    }
  }

  #arguments(): readonly Expression[] {
    this.skipAll();
    if (this.match(/\)/y)) return [];
    const value = this.expression();
    this.skipAll();
    this.match(/\)/y);
    return value.kind === 'array' ? value.items : [value];
  }

  #single(): Expression {
    const end = endOfSingle(this.text, this.at + 1);
    const body = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return literal(body.replace(/['\u2018\u2019\u201a\u201b]{2}/g, "'"));
  }

  #double(): Expression {
    const { line } = this;
    const start = this.at + 1;
    let end = start;
    for (; end < this.text.length; end += 1) {
      const character = this.text[end];
      if (character === '`') end += 1;
      else if (character === '$' && this.text[end + 1] === '(') end = this.#endOfGroup(end + 1);
      else if (isDouble(character)) {
        if (!isDouble(this.text[end + 1])) break;
        end += 1;
      }
    }
    this.at = end + 1;
    return this.expanded(this.text.slice(start, end), line);
  }

  /** The end of `(...)`, quotes left aside. */
  #endOfGroup(from: number): number {
    let depth = 0;
    for (let at = from; at < this.text.length; at += 1) {
      const character = this.text[at];
      if (character === '`') at += 1;
      else if (isSingle(character)) at = endOfSingle(this.text, at + 1);
      else if (character === '(') depth += 1;
      else if (character === ')') {
        depth -= 1;
        if (depth === 0) return at;
      }
    }
    return this.text.length;
  }

  /** A double-quoted text: variables, `$(...)` and backticks are expanded. */
  protected expanded(body: string, line: number): Expression {
    const reader = this.inner(body, line);
    return reader.deeper(() => reader.#parts(() => false));
  }

  #parts(ends: () => boolean): Expression {
    const parts: Part[] = [];
    let known = '';
    while (!this.done && !ends()) {
      const { character } = this;
      if (character === '`') {
        known += escaped(this.text[this.at + 1] ?? '');
        this.at += 2;
      } else if (character === '$' && this.peek(/\$[\w({?^$]/y)) {
        parts.push(known, this.#dollar());
        known = '';
      } else {
        known += character;
        this.at += isDouble(character) && isDouble(this.text[this.at + 1]) ? 2 : 1;
      }
    }
    parts.push(known);
    return { kind: 'text', parts: parts.filter((part) => part !== '') };
  }

  /** One word of a command; undefined where none stands here. */
  protected argument(): Expression | undefined {
    return this.deeper(() => {
      const { character } = this;
      if (this.done || /[\s|;)}]/.test(character)) return undefined;
      const isTerm = /[($@{]/.test(character) && !this.peek(/\$\W(?<![({?^$])/y);
      if (isTerm || isDouble(character) || isSingle(character)) {
        const value = this.#postfix(this.#primary());
        return this.peek(/[^\s|;)}\],>&]/y) && (character === '$' || character !== '(') ? this.#glued(value) : value;
      }
      if (this.peek(/\[[A-Za-z][\w.]*\](?=::|\$)/y)) return this.#postfix(this.#type());
      return this.#word();
    });
  }

  /** `$dir\build`, `"$a"b`: one word out of several pieces. */
  #glued(first: Expression): Expression {
    const rest = this.#word();
    return { kind: 'text', parts: [first, ...(rest.kind === 'text' ? rest.parts : [rest])] };
  }

  /** A word without quotes, or with some inside. */
  #word(): Expression {
    const parts: Part[] = [];
    let known = '';
    while (!this.done) {
      const { character } = this;
      if (/[\s|;(){},]/.test(character) || (character === '&' && known !== '') || (character === '>' && known !== ''))
        break;
      if (character === '`') {
        known += escaped(this.text[this.at + 1] ?? '');
        this.at += 2;
      } else if (isSingle(character) || isDouble(character)) {
        parts.push(known, isSingle(character) ? this.#single() : this.#double());
        known = '';
      } else if (character === '$' && this.peek(/\$[\w({?^$]/y)) {
        parts.push(known, this.#dollar());
        known = '';
      } else {
        known += character;
        this.at += 1;
      }
    }
    parts.push(known);
    return { kind: 'text', parts: parts.filter((part) => part !== '') };
  }
}
