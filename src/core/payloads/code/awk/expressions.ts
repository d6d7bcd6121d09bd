// Parses awk's expressions by recursive descent, and holds the tokens for all of the parser.
import type { Expression } from './syntax.ts';
import type { Token } from './tokens.ts';

/** Deeper nesting than this is not read. */
const deepest = 200;

/** Where `>` and `in` are no operators. */
export interface Place {
  readonly noOutput?: boolean;
  readonly noIn?: boolean;
}

const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=', '**=']);
const comparisons = new Set(['<', '<=', '==', '!=', '>', '>=']);
/** Functions that may stand without parentheses; every other name without them is a variable. */
const bareFunctions = new Set(['length']);

export const nothing: Expression = { kind: 'operation', operands: [] };

const isTarget = (value: Expression): boolean =>
  value.kind === 'variable' || value.kind === 'element' || value.kind === 'field';

export class ExpressionParser {
  protected readonly tokens: readonly Token[];
  protected at = 0;
  #depth = 0;

  protected readonly assigned = new Set<string>();

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  protected list(first: Expression, place: Place): Expression[] {
    const items = [first];
    while (this.takes(',')) {
      this.skipNewlines();
      items.push(this.expression(place));
    }
    return items;
  }

  protected group(): Expression[] {
    if (!this.takes('(')) return [];
    const items = this.is(')') ? [] : this.list(this.expression({}), {});
    this.takes(')');
    return items;
  }

  protected expression(place: Place): Expression {
    return this.deeper(() => {
      const left = this.#choice(place);
      const operator = this.token.text;
      if (this.token.kind !== 'operator' || !assignments.has(operator) || !isTarget(left)) return left;
      this.next();
      this.skipNewlines();
      this.#assign(left);
      return { kind: 'assign', target: left, operator, value: this.expression(place) };
    });
  }

  #choice(place: Place): Expression {
    const condition = this.#logical(place);
    if (!this.takes('?')) return condition;
    this.skipNewlines();
    const yes = this.expression(place);
    this.skipNewlines();
    this.takes(':');
    this.skipNewlines();
    return { kind: 'choice', condition, yes, no: this.expression(place) };
  }

  /** `||`, `&&`, `in`, `~`: of what they combine only the effects count. */
  #logical(place: Place): Expression {
    const operands = [this.#comparison(place)];
    for (;;) {
      const isLogical = ['||', '&&', '~', '!~'].some((operator) => this.takes(operator));
      if (!isLogical && !(place.noIn !== true && this.takesWord('in'))) break;
      this.skipNewlines();
      operands.push(this.#assignmentOf(this.#comparison(place), place));
    }
    return operands.length === 1 ? (operands[0] as Expression) : { kind: 'operation', operands };
  }

  /** `a && b = c` assigns to `b`. */
  #assignmentOf(left: Expression, place: Place): Expression {
    const operator = this.token.text;
    if (this.token.kind !== 'operator' || !assignments.has(operator) || !isTarget(left)) return left;
    this.next();
    this.#assign(left);
    return { kind: 'assign', target: left, operator, value: this.expression(place) };
  }

  #comparison(place: Place): Expression {
    let left = this.concat(place);
    for (;;) {
      const { kind, text } = this.token;
      if (kind !== 'operator') return left;
      const after = this.tokens[this.at + 1];
      if ((text === '|' || text === '|&') && after?.text === 'getline') {
        this.at += 1;
        const { line } = this.next();
        left = { kind: 'getline', from: 'command', source: left, into: this.#target(), line };
      } else if (comparisons.has(text) && !(text === '>' && place.noOutput === true)) {
        this.next();
        left = { kind: 'operation', operands: [left, this.#assignmentOf(this.concat(place), place)] };
      } else return left;
    }
  }

  protected concat(place: Place): Expression {
    const parts = [this.#sum(place)];
    while (this.#startsOperand()) parts.push(this.#sum(place));
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'concat', parts };
  }

  #startsOperand(): boolean {
    const { kind, text } = this.token;
    if (kind === 'name') return text !== 'in' && text !== 'getline';
    if (kind === 'string' || kind === 'number' || kind === 'call') return true;
    return kind === 'operator' && ['$', '(', '++', '--', '!'].includes(text);
  }

  #sum(place: Place): Expression {
    const operands = [this.#unary(place)];
    while (this.token.kind === 'operator' && /^([-+*/%^]|\*\*)$/.test(this.token.text)) {
      this.next();
      operands.push(this.#unary(place));
    }
    return operands.length === 1 ? (operands[0] as Expression) : { kind: 'operation', operands };
  }

  #unary(place: Place): Expression {
    if (this.token.kind === 'operator' && /^[-+!]$/.test(this.token.text)) {
      this.next();
      return this.deeper(() => ({ kind: 'operation', operands: [this.#unary(place)] }));
    }
    if (this.takes('++') || this.takes('--')) {
      const target = this.primary();
      this.#assign(target);
      return { kind: 'change', target };
    }
    const value = this.primary();
    if (!isTarget(value) || !(this.takes('++') || this.takes('--'))) return value;
    this.#assign(value);
    return { kind: 'change', target: value };
  }

  protected primary(): Expression {
    const token = this.token;
    switch (token.kind) {
      case 'string':
      case 'number':
        this.next();
        return { kind: token.kind, value: token.text };
      case 'regex':
        this.next();
        return { kind: 'regex' };
      case 'call':
        this.next();
        return { kind: 'call', name: token.text, given: this.group(), line: token.line };
      case 'name':
        return this.#named();
      case 'operator':
        return this.#bracketed();
      default:
        return nothing;
    }
  }

  #named(): Expression {
    const { text, line } = this.next();
    if (text === 'getline') {
      const into = this.#target();
      const source = this.takes('<') ? this.primary() : undefined;
      return { kind: 'getline', from: source === undefined ? 'input' : 'file', source, into, line };
    }
    if (this.takes('[')) {
      const subscripts = this.list(this.expression({}), {});
      this.takes(']');
      return { kind: 'element', name: text, subscripts };
    }
    if (this.is('(') && /^(system|close|fflush|s?printf|split|g?sub|gensub|substr|to(upper|lower))$/.test(text))
      return { kind: 'call', name: text, given: this.group(), line };
    return bareFunctions.has(text) ? { kind: 'operation', operands: [] } : { kind: 'variable', name: text };
  }

  #bracketed(): Expression {
    if (this.takes('$')) {
      const of = this.deeper(() =>
        this.takes('++') || this.takes('--') ? ({ kind: 'change', target: this.primary() } as const) : this.primary(),
      );
      return { kind: 'field', of };
    }
    if (this.takes('(')) {
      this.skipNewlines();
      const items = this.list(this.expression({}), {});
      this.skipNewlines();
      this.takes(')');
      return items.length === 1 ? (items[0] as Expression) : { kind: 'operation', operands: items };
    }
    return nothing;
  }

  /** The variable behind `getline`. */
  #target(): Expression | undefined {
    const { kind, text } = this.token;
    const isThere = (kind === 'name' && text !== 'in') || (kind === 'operator' && text === '$');
    const target = isThere ? this.primary() : undefined;
    if (target !== undefined) this.#assign(target);
    return target;
  }

  #assign(target: Expression): void {
    if (target.kind === 'variable' || target.kind === 'element') this.assigned.add(target.name);
  }

  protected deeper<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > deepest) throw new RangeError('the program nests too deeply');
    const result = read();
    this.#depth -= 1;
    return result;
  }

  protected get token(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as Token;
  }

  protected next(): Token {
    const token = this.token;
    this.at += 1;
    return token;
  }

  protected is = (operator: string): boolean => this.token.kind === 'operator' && this.token.text === operator;

  protected isWord = (name: string): boolean => this.token.kind === 'name' && this.token.text === name;

  protected isOutput = (): boolean => this.token.kind === 'operator' && /^(>>?|\|&?)$/.test(this.token.text);

  protected isEnd(): boolean {
    return this.token.kind === 'end' || this.token.kind === 'newline' || this.is(';') || this.is('}');
  }

  protected takes(operator: string): boolean {
    if (!this.is(operator)) return false;
    this.at += 1;
    return true;
  }

  protected takesWord(name: string): boolean {
    if (this.token.text !== name || (this.token.kind !== 'name' && this.token.kind !== 'call')) return false;
    this.at += 1;
    return true;
  }

  protected takesNewline(): boolean {
    if (this.token.kind !== 'newline') return false;
    this.at += 1;
    return true;
  }

  protected skipNewlines(): void {
    while (this.takesNewline());
  }

  protected skipEnds(): void {
    while (this.takes(';') || this.takesNewline());
  }
}
