// Parses awk programs by recursive descent: rules, functions and statements. Total: what makes no sense is passed over token by token.

import { ExpressionParser, nothing } from './expressions.ts';
import type { Expression, FunctionDefinition, Program, Statement } from './syntax.ts';
import { tokensOf } from './tokens.ts';

/** Reads a whole program. Throws a RangeError where it nests too deeply, and nothing else. */
export const parseAwk = (text: string): Program => new Parser(tokensOf(text)).program();

class Parser extends ExpressionParser {
  #rule(): readonly Statement[] {
    const condition = this.list(this.expression({}), {});
    const otherwise: Statement[] = [];
    if (!this.is('{')) return condition.map((value) => ({ kind: 'expression', value }));
    return [{ kind: 'if', condition: { kind: 'operation', operands: condition }, whenTrue: this.#block(), otherwise }];
  }

  #function(functions: Map<string, FunctionDefinition>): void {
    this.next();
    const { text: name } = this.next();
    const parameters: string[] = [];
    if (this.takes('(')) {
      while (!this.is(')') && this.token.kind !== 'end') {
        const token = this.next();
        if (token.kind === 'name') parameters.push(token.text);
      }
      this.next();
    }
    this.skipNewlines();
    functions.set(name, { parameters, body: this.is('{') ? this.#block() : [] });
  }

  #block(): readonly Statement[] {
    this.next();
    const statements: Statement[] = [];
    while (!this.is('}') && this.token.kind !== 'end') {
      const before = this.at;
      statements.push(...this.#statement());
      if (this.at === before) this.at += 1;
    }
    this.next();
    return statements;
  }

  #statement(): readonly Statement[] {
    return this.deeper(() => {
      if (this.takes(';') || this.takesNewline()) return [];
      if (this.is('{')) return this.#block();
      const { text, kind } = this.token;
      if (kind === 'name' || kind === 'call') {
        const read = this.#keyword(text);
        if (read !== undefined) return read;
      }
      return this.#simple();
    });
  }

  #keyword(text: string): readonly Statement[] | undefined {
    switch (text) {
      case 'if':
        return this.#if();
      case 'while':
        this.next();
        return [{ kind: 'loop', head: this.group(), body: this.#body() }];
      case 'do': {
        this.next();
        const body = this.#body();
        this.skipEnds();
        const head = this.takesWord('while') ? this.group() : [];
        return [{ kind: 'loop', head, body }];
      }
      case 'for':
        return this.#for();
      case 'switch': {
        this.next();
        const head = this.group();
        this.skipNewlines();
        return [{ kind: 'loop', head, body: this.is('{') ? this.#block() : [] }];
      }
      case 'case':
      case 'default':
        this.next();
        if (!this.is(':')) this.expression({});
        this.takes(':');
        return [];
      case 'next':
      case 'nextfile':
      case 'break':
      case 'continue':
        this.next();
        return [];
      case 'exit':
      case 'return':
        this.next();
        return this.isEnd() ? [] : [{ kind: 'expression', value: this.#returned(text) }];
      case 'delete':
        this.next();
        this.primary();
        return [];
      default:
        return undefined;
    }
  }

  /** What a function gives back stands as an assignment to a variable that no program can name. */
  #returned(keyword: string): Expression {
    const value = this.expression({});
    if (keyword === 'exit') return value;
    return { kind: 'assign', target: { kind: 'variable', name: 'return' }, operator: '=', value };
  }

  #if(): readonly Statement[] {
    this.next();
    const [condition = nothing] = this.group();
    const whenTrue = this.#body();
    const before = this.at;
    this.skipEnds();
    if (this.takesWord('else')) return [{ kind: 'if', condition, whenTrue, otherwise: this.#body() }];
    this.at = before;
    return [{ kind: 'if', condition, whenTrue, otherwise: [] }];
  }

  #for(): readonly Statement[] {
    this.next();
    this.takes('(');
    const [name, word, array, close] = this.tokens.slice(this.at, this.at + 4);
    if (name?.kind === 'name' && word?.text === 'in' && array?.kind === 'name' && close?.text === ')') {
      this.at += 4;
      this.assigned.add(name.text);
      return [{ kind: 'for-in', name: name.text, array: array.text, body: this.#body() }];
    }
    const parts: Expression[][] = [];
    for (let part = 0; part < 3; part += 1) {
      this.skipNewlines();
      parts.push(this.is(';') || this.is(')') ? [] : this.list(this.expression({}), {}));
      if (part < 2) this.takes(';');
    }
    this.takes(')');
    const [first = [], condition = [], step = []] = parts;
    const start = first.map((value): Statement => ({ kind: 'expression', value }));
    return [...start, { kind: 'loop', head: [...condition, ...step], body: this.#body() }];
  }

  /** The statement behind a condition. */
  #body(): readonly Statement[] {
    this.skipNewlines();
    return this.takes(';') ? [] : this.#statement();
  }

  #simple(): readonly Statement[] {
    if (this.token.kind !== 'end' && /^printf?$/.test(this.token.text) && this.token.kind !== 'string')
      return [this.#print()];
    const value = this.expression({});
    return [{ kind: 'expression', value }];
  }

  #print(): Statement {
    const { text, line } = this.next();
    const given = this.isEnd() || this.isOutput() ? [] : this.#printed();
    const to = this.#output();
    return { kind: 'print', formatted: text === 'printf', given, to, line };
  }

  /** `> "file"`, `| "command"`. */
  #output(): Extract<Statement, { kind: 'print' }>['to'] {
    if (!this.isOutput()) return undefined;
    const operator = this.next().text as '>' | '>>' | '|' | '|&';
    return { operator, target: this.concat({ noOutput: true }) };
  }

  /** `print (a, b) > "x"`, `print (a)(b)`, `print a, b`. */
  #printed(): readonly Expression[] {
    const place = { noOutput: true };
    const start = this.at;
    if (this.takes('(')) {
      const items = this.list(this.expression({}), {});
      if (this.takes(')') && (this.isEnd() || this.isOutput())) return items;
      this.at = start;
    }
    return this.list(this.expression(place), place);
  }

  program(): Program {
    const begin: Statement[] = [];
    const rules: Statement[] = [];
    const end: Statement[] = [];
    const functions = new Map<string, FunctionDefinition>();
    while (this.token.kind !== 'end') {
      const before = this.at;
      if (this.takes(';') || this.takesNewline()) continue;
      if (this.is('{')) rules.push(...this.#block());
      else if (this.isWord('BEGIN') || this.isWord('END') || this.isWord('BEGINFILE') || this.isWord('ENDFILE')) {
        const place = this.next().text === 'BEGIN' ? begin : end;
        this.skipNewlines();
        if (this.is('{')) place.push(...this.#block());
      } else if (this.isWord('function') || this.isWord('func')) this.#function(functions);
      else rules.push(...this.#rule());
      if (this.at === before) this.at += 1;
    }
    return { begin, rules, end, functions, assigned: this.assigned };
  }
}
