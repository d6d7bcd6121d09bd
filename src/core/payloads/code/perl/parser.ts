// Parses Perl programs: statements and operators. Total: what makes no sense is passed over.
import type { Block, Expression, Part, Statement } from './syntax.ts';
import { literal, nothing, TermParser } from './terms.ts';

export interface Parsed {
  readonly block: Block;
  /** Characters that had to be passed over. */
  readonly errors: number;
}

/** Reads a whole program. Throws a RangeError where it nests too deeply, and nothing else. */
export function parsePerl(text: string): Parsed {
  const parser = new Parser(text, 1, 0);
  return { block: parser.program(), errors: parser.errors };
}

const precedences: Readonly<Record<string, number>> = {
  '?': 6, '..': 7, '...': 7, '||': 8, '//': 8, '&&': 9, '|': 10, '^': 10, '&': 11,
  '==': 12, '!=': 12, '<=>': 12, eq: 12, ne: 12, cmp: 12, '~~': 12, isa: 13,
  '<': 13, '>': 13, '<=': 13, '>=': 13, lt: 13, gt: 13, le: 13, ge: 13,
  '<<': 15, '>>': 15, '+': 16, '-': 16, '.': 16, '*': 17, '/': 17, '%': 17, x: 17, '=~': 18, '!~': 18, '**': 20,
}; // biome-ignore format: a table

const operatorAt =
  /(?:\*\*|\|\||&&|\/\/|<<|>>|[-+*/.%x&|^])=(?![=>~])|<=>|\.\.\.|\*\*|=~|!~|~~|==|!=|<=|>=|&&|\|\||\/\/|\.\.|<<|>>|=(?![>])|[-+*/%.<>&|^?]|(?:lt|gt|le|ge|eq|ne|cmp|isa)\b|x(?=[\s\d($@"'])/y;

class Parser extends TermParser {
  errors = 0;

  protected inner(text: string, line: number): TermParser {
    return new Parser(text, line, this.depth);
  }

  program(): Block {
    return this.#statements('');
  }

  block(): Block {
    if (!this.scanner.takes('{')) return [];
    const body = this.deeper(() => this.#statements('}'));
    this.scanner.takes('}');
    return body;
  }

  #statements(close: string): Block {
    const { scanner } = this;
    const statements: Statement[] = [];
    for (;;) {
      scanner.skip();
      if (scanner.done || (close !== '' && scanner.character === close)) return statements;
      if (scanner.peek(/__(?:END|DATA)__\b/y)) {
        scanner.at = scanner.text.length;
        return statements;
      }
      const before = scanner.at;
      statements.push(...this.#statement());
      if (scanner.at === before) {
        scanner.at += 1;
        this.errors += 1;
      }
    }
  }

  #statement(): Block {
    const { scanner } = this;
    if (scanner.takes(';')) return [];
    if (scanner.character === '{') return [{ kind: 'block', body: this.block() }];
    scanner.match(/[A-Za-z_]\w*\s*:(?![:])(?=\s*(?:for|foreach|while|until|\{))\s*/y);
    const keyword = scanner.peek(/[A-Za-z_]\w*(?!\w|\s*=>)/y)?.[0];
    const read = keyword === undefined ? undefined : this.#compound(keyword);
    return read ?? this.#simple();
  }

  #compound(keyword: string): Block | undefined {
    const { scanner } = this;
    const start = scanner.at;
    scanner.at += keyword.length;
    switch (keyword) {
      case 'if':
      case 'unless':
        return [this.#if()];
      case 'while':
      case 'until': {
        const head = scanner.takes('(') ? this.items(')') : [];
        const body = this.block();
        return [{ kind: 'loop', head, body: scanner.takes('continue') ? [...body, ...this.block()] : body }];
      }
      case 'for':
      case 'foreach':
        return this.#for();
      case 'sub': {
        const name = scanner.match(/\s+([A-Za-z_][\w:']*)/y)?.[1];
        if (name !== undefined) return [{ kind: 'sub', name, body: this.signed() }];
        break;
      }
      case 'package': {
        const name = scanner.match(/\s+([\w:]+)(?:\s+v?[\d.]+)?/y)?.[1] ?? 'main';
        const body = scanner.sees('{') ? this.block() : undefined;
        const opened: Statement = { kind: 'package', name };
        return body === undefined ? [opened] : [{ kind: 'block', body: [opened, ...body] }];
      }
      case 'use':
      case 'no':
        return this.#use();
      case 'BEGIN':
      case 'END':
      case 'INIT':
      case 'CHECK':
      case 'UNITCHECK':
        if (scanner.sees('{')) return [{ kind: 'block', body: this.block() }];
        break;
      case 'try':
        if (scanner.sees('{')) return this.#try();
        break;
    }
    scanner.at = start;
    return undefined;
  }

  #if(): Statement {
    const { scanner } = this;
    const arms: { condition: Expression; body: Block }[] = [];
    const arm = () => {
      const condition: Expression = scanner.takes('(') ? { kind: 'list', items: this.items(')') } : nothing;
      arms.push({ condition, body: this.block() });
    };
    arm();
    while (scanner.takes('elsif')) arm();
    return { kind: 'if', arms, otherwise: scanner.takes('else') ? this.block() : [] };
  }

  #try(): Block {
    const { scanner } = this;
    const body: Statement[] = [{ kind: 'block', body: this.block() }];
    while (scanner.takes('catch') || scanner.takes('finally')) {
      scanner.skip();
      scanner.match(/\(\s*\$\w+\s*\)/y);
      const caught = this.block();
      body.push({ kind: 'if', arms: [{ condition: nothing, body: caught }], otherwise: [] });
    }
    return body;
  }

  #for(): Block {
    const { scanner } = this;
    scanner.skip();
    const variable = scanner.match(/(?:(?:my|our|state)\s+)?\$(\w+)/y)?.[1] ?? '_';
    if (!scanner.takes('(')) return [];
    const parts: Expression[] = [];
    let isCounted = false;
    while (!scanner.sees(')') && !scanner.done) {
      const before = scanner.at;
      if (scanner.takes(';')) isCounted = true;
      else parts.push(this.expression());
      if (scanner.at === before) break;
    }
    scanner.takes(')');
    const body = this.block();
    if (!isCounted) return [{ kind: 'foreach', variable, over: parts[0] ?? nothing, body }];
    const [first = nothing, ...head] = parts;
    return [
      { kind: 'expression', value: first, line: scanner.line },
      { kind: 'loop', head, body },
    ];
  }

  #use(): Block {
    const { scanner } = this;
    const { line } = scanner;
    const module = scanner.match(/\s+([A-Za-z_][\w:]*|v?[\d._]+)/y)?.[1];
    if (module === undefined) return [];
    scanner.skip();
    scanner.match(/v?\d[\d._]*(?=\s*;|\s+[^,=])/y);
    const given = scanner.sees(';') ? nothing : this.expression();
    return [{ kind: 'use', module, given: given.kind === 'list' ? given.items : [given], line }];
  }

  /** An expression with the modifiers behind it. */
  #simple(): Block {
    const { scanner } = this;
    const { line } = scanner;
    const value = this.expression();
    let body: Block = [{ kind: 'expression', value, line }];
    for (;;) {
      scanner.skip();
      const modifier = scanner.match(/(?:if|unless|while|until|foreach|for)\b/y)?.[0];
      if (modifier === undefined) break;
      const condition = this.expression();
      if (modifier === 'if' || modifier === 'unless')
        body = [{ kind: 'if', arms: [{ condition, body }], otherwise: [] }];
      else if (modifier.startsWith('for')) body = [{ kind: 'foreach', variable: '_', over: condition, body }];
      else body = [{ kind: 'loop', head: [condition], body }];
    }
    scanner.takes(';');
    return body;
  }

  expression(): Expression {
    return this.deeper(() => this.#either());
  }

  /** `or`, `xor`: what stands behind them may not run. */
  #either(): Expression {
    let left = this.#both();
    for (;;) {
      const operator = this.scanner.takes('or') || this.scanner.takes('xor') ? 'or' : undefined;
      if (operator === undefined) return left;
      left = { kind: 'operation', operator: '||', operands: [left, this.#both()] };
    }
  }

  #both(): Expression {
    let left = this.#not();
    while (this.scanner.takes('and')) left = { kind: 'operation', operator: '&&', operands: [left, this.#not()] };
    return left;
  }

  #not(): Expression {
    if (this.scanner.takes('not'))
      return this.deeper(() => ({ kind: 'operation', operator: '!', operands: [this.#not()] }));
    return this.#commas();
  }

  #commas(): Expression {
    const { scanner } = this;
    const first = this.item();
    if (!scanner.sees(',') && !scanner.sees('=>')) return first;
    const items = [first];
    while (scanner.takes(',') || scanner.takes('=>')) {
      scanner.skip();
      if (scanner.done || scanner.peek(/[;)\]},]|(?:or|and|if|unless|while|until|foreach|for)\b(?!\s*=>)/y)) continue;
      items.push(this.item());
    }
    return { kind: 'list', items };
  }

  item(): Expression {
    return this.deeper(() => this.#binary(5));
  }

  operand(): Expression {
    return this.deeper(() => this.#binary(14));
  }

  #binary(least: number): Expression {
    const { scanner } = this;
    let left = this.#unary();
    for (;;) {
      scanner.skip();
      const operator = scanner.peek(operatorAt)?.[0];
      if (operator === undefined) return left;
      if (operator.endsWith('=') && !(operator in precedences)) {
        if (least > 5) return left;
        scanner.at += operator.length;
        left = { kind: 'assign', target: left, operator, value: this.item() };
        continue;
      }
      const precedence = precedences[operator] ?? 0;
      if (precedence < least) return left;
      scanner.at += operator.length;
      if (operator === '.') left = this.#concatenated(left);
      else left = operator === '?' ? this.#choice(left) : this.#combined(left, operator, precedence);
    }
  }

  #choice(condition: Expression): Expression {
    const yes = this.item();
    this.scanner.takes(':');
    return { kind: 'choice', condition, yes, no: this.item() };
  }

  #combined(left: Expression, operator: string, precedence: number): Expression {
    const right = this.deeper(() => this.#binary(operator === '**' ? precedence : precedence + 1));
    return { kind: 'operation', operator, operands: [left, right] };
  }

  /** `a . b . c` as one text: chains are long where programs are made by programs. */
  #concatenated(first: Expression): Expression {
    const parts = [...partsOf(first)];
    do parts.push(...partsOf(this.deeper(() => this.#binary(17))));
    while (this.scanner.sees('.') && this.scanner.match(/\.(?![.=])/y));
    return { kind: 'text', parts };
  }

  #unary(): Expression {
    const { scanner } = this;
    scanner.skip();
    const test = scanner.match(/-[a-zA-Z](?=[\s($"'@])(?!\s*(?:=>|,))/y);
    if (test !== undefined) {
      scanner.skip();
      const operands = scanner.done || scanner.peek(/[;)}?:]|&&|\|\|/y) ? [] : [this.deeper(() => this.#unary())];
      return { kind: 'operation', operator: '-e', operands };
    }
    const option = scanner.match(/-([A-Za-z_]\w*)(?=\s*(?:=>|,|\)))/y);
    if (option !== undefined) return literal(option[0]);
    const operator = scanner.match(/\+\+|--|!(?!~)|~|\\|-|\+/y)?.[0];
    if (operator === '\\' && scanner.peek(/\s*&[A-Za-z_][\w:]*(?![\w:]|\s*\()/y)) return this.primary();
    if (operator === undefined) return this.#postfix(this.primary());
    const value = this.deeper(() => this.#unary());
    return operator === '+' ? value : { kind: 'operation', operator, operands: [value] };
  }

  #postfix(start: Expression): Expression {
    const { scanner } = this;
    let value = start;
    for (;;) {
      const isSubscript = value.kind === 'variable' || value.kind === 'element' || value.kind === 'dereference';
      const next = scanner.character;
      if (isSubscript && (next === '[' || next === '{') && sigilOf(value) !== '&') value = this.#element(value, false);
      else if (value.kind === 'list' && start === value && next === '[') value = this.#element(value, false);
      else if (next === '(' && (value.kind === 'element' || sigilOf(value) === '&')) value = this.#applied(value);
      else if (scanner.match(/\s*->/y)) value = this.#arrow(value);
      else if (scanner.match(/\+\+|--/y)) value = { kind: 'operation', operator: '++', operands: [value] };
      else return sigilOf(value) === '&' && start === value && isSubscript ? this.#applied(value) : value;
    }
  }

  #arrow(value: Expression): Expression {
    const { scanner } = this;
    scanner.skip();
    const { line } = scanner;
    if (scanner.character === '[' || scanner.character === '{') return this.#element(value, true);
    if (scanner.character === '(') return this.#applied(value);
    const sigil = scanner.match(/([$@%])\*/y)?.[1];
    if (sigil !== undefined) return { kind: 'dereference', sigil: sigil as '$', of: value };
    const name = scanner.match(/[A-Za-z_][\w:]*/y)?.[0] ?? (scanner.character === '$' ? this.primary() : '');
    return { kind: 'method', on: value, name, given: scanner.character === '(' ? this.#arguments() : [], line };
  }

  #arguments(): readonly Expression[] {
    this.scanner.at += 1;
    return this.items(')');
  }

  #applied(code: Expression): Expression {
    const { line } = this.scanner;
    const given: readonly Expression[] =
      this.scanner.character === '(' ? this.#arguments() : [{ kind: 'variable', sigil: '@', name: '_' }];
    if (code.kind === 'variable' && code.sigil === '&')
      return { kind: 'call', name: code.name, given, block: undefined, line };
    return { kind: 'apply', code, given, line };
  }

  #element(value: Expression, isReference: boolean): Expression {
    const { scanner } = this;
    const isHash = scanner.character === '{';
    scanner.at += 1;
    const bareword = isHash ? scanner.match(/\s*(-?[A-Za-z_]\w*)\s*\}/y)?.[1] : undefined;
    const key = bareword === undefined ? this.#key(isHash ? '}' : ']') : literal(bareword);
    const slice = sigilOf(value) === '@' || sigilOf(value) === '%' || value.kind === 'list';
    return {
      kind: 'element',
      of: isReference ? value : containerOf(value, isHash),
      key,
      hash: isHash,
      slice: slice && !isReference,
    };
  }

  #key(close: string): Expression {
    const items = this.items(close);
    return items.length === 1 ? (items[0] as Expression) : { kind: 'list', items };
  }
}

const partsOf = (value: Expression): readonly Part[] => (value.kind === 'text' ? value.parts : [value]);

const sigilOf = (value: Expression): string | undefined =>
  value.kind === 'variable' || value.kind === 'dereference' ? value.sigil : undefined;

/** `$x{a}` speaks of `%x`, `$x[0]` of `@x`; behind another subscript stands a reference. */
function containerOf(value: Expression, isHash: boolean): Expression {
  if (value.kind === 'variable') return { ...value, sigil: isHash ? '%' : '@' };
  if (value.kind === 'dereference') return value.of;
  return value;
}
