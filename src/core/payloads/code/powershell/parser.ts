// Parses PowerShell scripts: statements, pipelines and commands. Total: what makes no sense is passed over.
import { literal, nothing, Operators } from './operators.ts';
import type { Argument, Block, Command, Element, Expression, Redirected, ScriptBlock, Statement } from './syntax.ts';

/** Reads a whole script. Throws a RangeError where it nests too deeply, and nothing else. */
export const parsePowerShell = (text: string): ScriptBlock => new Parser(text, 1, 0).script('');

const startsExpression = /[$\d"'({@[!\u2018-\u201f]|--|\+\+|-(?=[\d.($])|[-+]?\.\d|-(?:not|bnot|join|split)\b/iy;
const assignment = /\s*(=(?!=)|[-+*/%]=|\?\?=)/y;

class Parser extends Operators {
  protected inner(text: string, line: number): Operators {
    return new Parser(text, line, this.depth);
  }

  script(close: string): ScriptBlock {
    this.skipAll();
    this.match(/(?:\[[\w.]*\([^)]*\)\]\s*)*(?=param\s*\()/iy);
    const parameters = this.match(/param\s*\(/iy) === undefined ? [] : this.parameters();
    return { parameters, body: this.statements(close) };
  }

  protected parameters(): ScriptBlock['parameters'] {
    const found: { name: string; value: Expression | undefined }[] = [];
    this.skipAll();
    while (!this.done && this.character !== ')') {
      const before = this.at;
      while (this.match(/\[[^\]$]*\]\s*/y)) this.skipAll();
      const name = this.match(/\$(\w+)/y)?.[1];
      this.skipAll();
      const value = this.match(/=/y) === undefined ? undefined : this.expression();
      if (name !== undefined) found.push({ name: name.toLowerCase(), value });
      this.skipAll();
      this.match(/,/y);
      this.skipAll();
      if (this.at === before) this.at += 1;
    }
    this.at += 1;
    return found;
  }

  statements(close: string): Block {
    return this.deeper(() => {
      const statements: Statement[] = [];
      for (;;) {
        this.skipAll();
        while (this.match(/;\s*/y)) this.skipAll();
        if (this.done || (close !== '' && this.character === close)) break;
        const before = this.at;
        statements.push(...this.#statement());
        // A job in the background.
        this.match(/\s*&(?=[ \t\r]*(?:[;\n})]|$))/y);
        if (this.at === before) this.at += 1;
      }
      if (close !== '') this.at += 1;
      return statements;
    });
  }

  #block(): Block {
    this.skipAll();
    if (this.character !== '{') return [];
    this.at += 1;
    return this.statements('}');
  }

  #group(): Block {
    this.skipAll();
    if (this.character !== '(') return [];
    this.at += 1;
    return this.statements(')');
  }

  #statement(): Block {
    this.match(/:\w+\s+(?=for|while|do|foreach|switch)/iy);
    const keyword = this.peek(/[A-Za-z]+(?=[\s({;}]|$)/y)?.[0].toLowerCase();
    const start = this.at;
    if (keyword !== undefined) {
      this.at += keyword.length;
      const read = this.#compound(keyword);
      if (read !== undefined) return read;
      this.at = start;
    }
    return [this.pipeline()];
  }

  #compound(keyword: string): Block | undefined {
    switch (keyword) {
      case 'if':
        return [this.#if()];
      case 'while':
        return [{ kind: 'loop', head: this.#group(), body: this.#block() }];
      case 'for':
        return [{ kind: 'loop', head: this.#group(), body: this.#block() }];
      case 'do': {
        const body = this.#block();
        this.skipAll();
        this.match(/while|until/iy);
        return [{ kind: 'loop', head: this.#group(), body }];
      }
      case 'foreach':
        return this.#foreach();
      case 'switch':
        return this.#switch();
      case 'try':
      case 'begin':
      case 'process':
      case 'end':
      case 'trap':
        return this.#bodies();
      case 'function':
      case 'filter':
        return this.#function();
      case 'return':
      case 'throw':
      case 'exit':
        return [{ kind: 'leave', value: this.peek(/\s*(?:[;}\n]|$)/y) ? [] : [this.pipeline()] }];
      case 'break':
      case 'continue':
        return [{ kind: 'leave', value: [] }];
      default:
        return undefined;
    }
  }

  #if(): Statement {
    const conditions = [this.#group()];
    const bodies = [this.#block()];
    for (;;) {
      const before = this.at;
      this.skipAll();
      if (this.match(/elseif\b/iy)) {
        conditions.push(this.#group());
        bodies.push(this.#block());
      } else if (this.match(/else\b/iy)) {
        bodies.push(this.#block());
        return { kind: 'if', conditions, bodies, isWhole: true };
      } else {
        this.at = before;
        return { kind: 'if', conditions, bodies, isWhole: false };
      }
    }
  }

  #foreach(): Block | undefined {
    const found = this.match(/\s*(?:-parallel\s*)?\(\s*\$(\w+)\s+in\b/iy);
    if (found === undefined) return undefined;
    const over = this.statements(')');
    return [{ kind: 'foreach', variable: (found[1] as string).toLowerCase(), over, body: this.#block() }];
  }

  #switch(): Block {
    while (this.match(/\s*-\w+/y));
    const head = this.#group();
    const bodies: Block[] = [];
    this.skipAll();
    if (this.character === '{') this.at += 1;
    for (this.skipAll(); !this.done && this.character !== '}'; this.skipAll()) {
      const before = this.at;
      if (this.character === '{') bodies.push(this.#block());
      else this.argument();
      if (this.at === before) this.at += 1;
    }
    this.at += 1;
    return [{ kind: 'if', conditions: [head], bodies, isWhole: false }];
  }

  #bodies(): Block | undefined {
    this.skipAll();
    if (this.character !== '{') return undefined;
    const statements: Statement[] = [{ kind: 'body', body: this.#block() }];
    for (;;) {
      const before = this.at;
      this.skipAll();
      const isCatch = this.match(/(catch|finally)\b/iy)?.[1]?.toLowerCase();
      if (isCatch === undefined) {
        this.at = before;
        return statements;
      }
      while (this.match(/\s*\[[^\]]*\]\s*,?/y));
      const body = this.#block();
      if (isCatch === 'finally') statements.push({ kind: 'body', body });
      else statements.push({ kind: 'if', conditions: [], bodies: [body], isWhole: false });
    }
  }

  #function(): Block | undefined {
    const name = this.match(/\s+(?:\w+:)?([\w-]+)\s*/y)?.[1];
    if (name === undefined) return undefined;
    const outer = this.match(/\(/y) === undefined ? [] : this.parameters();
    this.skipAll();
    if (this.character !== '{') return [];
    this.at += 1;
    const { parameters, body } = this.script('}');
    return [{ kind: 'function', name: name.toLowerCase(), block: { parameters: [...outer, ...parameters], body } }];
  }

  /** One pipeline, or an assignment of one. `&&` and `||` put several in a row. */
  pipeline(): Statement {
    this.skip();
    const { line } = this;
    const elements: Element[] = [];
    if (this.peek(startsExpression) && !this.#isScriptName()) {
      const value = this.expression();
      const operator = this.match(assignment)?.[1];
      if (operator !== undefined) {
        this.skipAll();
        const given = this.#statement();
        return { kind: 'assign', target: value, operator, value: given[0] ?? { kind: 'body', body: [] }, line };
      }
      elements.push({ kind: 'expression', value, redirected: this.#redirections() });
    } else elements.push(this.#command());
    return this.#piped(elements, line);
  }

  #piped(elements: Element[], line: number): Statement {
    for (;;) {
      this.skip();
      if (this.match(/\|\||&&/y)) {
        this.skipAll();
        return { kind: 'body', body: [{ kind: 'pipeline', elements, line }, this.deeper(() => this.pipeline())] };
      }
      // A pipe may stand at the start of the next line.
      const before = this.at;
      this.skipAll();
      if (this.match(/\|/y) === undefined) {
        this.at = before;
        return { kind: 'pipeline', elements, line };
      }
      this.skipAll();
      if (this.peek(startsExpression))
        elements.push({ kind: 'expression', value: this.expression(), redirected: this.#redirections() });
      else elements.push(this.#command());
    }
  }

  /** `2to3`, `7z`: a program whose name starts with a digit. */
  #isScriptName = (): boolean =>
    this.peek(/\d+[A-Za-z_][\w.-]*(?=\s|$)/y) !== undefined && !this.peek(/\d+(?:[kmgtp]b|[lde]\d*|x[\da-f]+)\b/iy);

  #command(): Command {
    const { line } = this;
    this.match(/[&.](?=[\s$"'({])\s*/y);
    this.skip();
    const name = this.argument() ?? nothing;
    const given: Argument[] = [];
    const redirected: Redirected[] = [];
    for (;;) {
      this.skip();
      if (this.done || /[|;)}\n]/.test(this.character) || this.peek(/&/y)) break;
      const before = this.at;
      redirected.push(...this.#redirections());
      const argument = this.at > before ? undefined : this.#given();
      if (argument !== undefined) given.push(argument);
      if (this.at === before) this.at += 1;
    }
    return { kind: 'command', name, given, redirected, line };
  }

  #given(): Argument | undefined {
    if (this.match(/--%/y)) {
      const rest = this.match(/[^\n|]*/y)?.[0] ?? '';
      return { kind: 'value', value: { kind: 'array', items: rest.trim().split(/\s+/).map(literal) } };
    }
    const splat = this.match(/@(\w+)/y)?.[1];
    if (splat !== undefined) return { kind: 'splat', name: splat.toLowerCase() };
    const parameter = this.match(/-([A-Za-z_?][\w?-]*)(?=[\s:;|)},]|$)(:)?/y);
    if (parameter !== undefined) {
      if (parameter[2] !== undefined) this.skip();
      return {
        kind: 'parameter',
        name: parameter[1] as string,
        value: parameter[2] === undefined ? undefined : this.#list(),
      };
    }
    const value = this.#list();
    return value === undefined ? undefined : { kind: 'value', value };
  }

  /** `a, b`: several values as one argument. */
  #list(): Expression | undefined {
    const first = this.argument();
    if (first === undefined) return undefined;
    const items = [first];
    while (this.match(/\s*,\s*/y)) {
      this.skipAll();
      const next = this.argument();
      if (next === undefined) break;
      items.push(next);
    }
    return items.length === 1 ? first : { kind: 'array', items };
  }

  #redirections(): Redirected[] {
    const found: Redirected[] = [];
    for (;;) {
      this.skip();
      const operator = this.match(/[1-6*]?>>?(?!&)/y)?.[0];
      if (operator === undefined) {
        if (this.match(/[1-6*]?>&[12]/y) === undefined) return found;
        continue;
      }
      this.skip();
      const target = this.argument();
      if (target !== undefined && !/^[2-6]/.test(operator)) found.push({ target, appends: operator.includes('>>') });
    }
  }
}
