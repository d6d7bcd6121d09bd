// Parses the terms of Perl: variables, quotes, literals, blocks that are values, and calls.
import { bare, endsList, filehandle, unary, withBlock } from './names.ts';
import { endOfInterpolation, endOfQuoted, escapeAt, isBracket, unescapedSingle } from './quoting.ts';
import { Scanner } from './scanner.ts';
import type { Block, Expression, Part } from './syntax.ts';

/** Deeper nesting than this is not read. */
const deepest = 150;

export const nothing: Expression = { kind: 'list', items: [] };
export const literal = (value: string): Expression => ({ kind: 'text', parts: [value] });

const identifier = /[A-Za-z_]\w*(?:(?:::|')[A-Za-z_]\w*)*(?:::)?/y;
const quoteWord =
  /(qq|qw|qx|qr|q|m|s|tr|y)(?=\s*(?:[^\s\w,;)=]|=(?![>=~\s])))(?!\s*=>)|(qq|qw|qx|qr|q|m|s|tr|y)\s+(?=[^\s\w,;)=])/y;
const specialName = /(?:\^\w|[0-9]+|::|[&`'+!@/\\,;.0_$<>[\]:"-])/y;

export abstract class TermParser {
  readonly scanner: Scanner;
  protected depth: number;

  constructor(text: string, line: number, depth: number) {
    this.scanner = new Scanner(text, line);
    this.depth = depth;
  }

  /** Everything up to what ends an expression: lists, `and`, `or`. */
  abstract expression(): Expression;
  /** One item of a list. */
  abstract item(): Expression;
  /** What stands behind an operator that binds tighter than comparisons. */
  abstract operand(): Expression;
  abstract block(): Block;
  protected abstract inner(text: string, line: number): TermParser;

  protected deeper<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > deepest) throw new RangeError('the program nests too deeply');
    const result = read();
    this.depth -= 1;
    return result;
  }

  /** A term without what may stand behind it. */
  protected primary(): Expression {
    const { scanner } = this;
    scanner.skip();
    const { character } = scanner;
    switch (character) {
      case '$':
      case '@':
      case '%':
      case '&':
        return this.#variable(character);
      case '"':
      case "'":
      case '`':
        return this.#quoted(character === '"' ? 'qq' : character === "'" ? 'q' : 'qx');
      case '(':
        return this.#parenthesized();
      case '[':
        scanner.at += 1;
        return { kind: 'array', items: this.items(']') };
      case '{':
        scanner.at += 1;
        return { kind: 'hash', items: this.items('}') };
      case '/':
        return this.#quoted('m');
      case '<':
        return this.#angled();
      default:
        return /[0-9]/.test(character) || scanner.peek(/\.\d/y) ? this.#number() : this.#word();
    }
  }

  /** Items up to a closing bracket, which is taken too. */
  protected items(close: string): readonly Expression[] {
    return this.deeper(() => {
      if (this.scanner.takes(close)) return [];
      const value = this.expression();
      this.scanner.takes(close);
      return value.kind === 'list' ? value.items : [value];
    });
  }

  #parenthesized(): Expression {
    this.scanner.at += 1;
    return { kind: 'list', items: this.items(')') };
  }

  #number(): Expression {
    const found = this.scanner.match(/0[xX][0-9a-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.(?!\.)\d*)?(?:[eE][-+]?\d+)?|\.\d+/y);
    return literal((found?.[0] ?? '').replace(/_/g, ''));
  }

  #variable(sigil: '$' | '@' | '%' | '&'): Expression {
    const { scanner } = this;
    scanner.at += 1;
    if (sigil === '&' && scanner.character === '&') return nothing;
    if (sigil === '$' && scanner.match(/#(?=[{$\w])/y)) {
      const of = this.#variable('@');
      return { kind: 'operation', operator: '$#', operands: [of] };
    }
    const name = scanner.match(identifier)?.[0] ?? scanner.match(/\{\s*(\^?\w+)\s*\}/y)?.[1];
    if (name !== undefined) return { kind: 'variable', sigil, name: name.replace(/^::/, '') };
    if (scanner.character === '{') {
      scanner.at += 1;
      const value = this.items('}');
      return {
        kind: 'dereference',
        sigil,
        of: value.length === 1 ? (value[0] as Expression) : { kind: 'list', items: value },
      };
    }
    if (scanner.peek(/\${1,8}[A-Za-z_{]/y))
      return { kind: 'dereference', sigil, of: this.deeper(() => this.#variable('$')) };
    const special =
      sigil === '%' ? scanner.match(/[+!-](?!\w)/y) : sigil === '&' ? undefined : scanner.match(specialName);
    return { kind: 'variable', sigil, name: special?.[0] ?? '' };
  }

  /** `<$fh>`, `<STDIN>`, `<*.txt>`, and heredocs. */
  #angled(): Expression {
    const { scanner } = this;
    const heredoc = scanner.match(/<<(~?)(?:"([^"\n]*)"|'([^'\n]*)'|\\?([A-Za-z_]\w*))/y);
    if (heredoc !== undefined) {
      const [whole, tilde, double, single, plain] = heredoc;
      const line = scanner.line + 1;
      const body = scanner.heredoc(double ?? single ?? plain ?? '', tilde === '~');
      return single !== undefined || whole.includes('\\') ? literal(body) : this.interpolated(body, line);
    }
    const line = scanner.match(/<([^<>\n=;]*)>/y)?.[1];
    if (line === undefined) {
      scanner.at += 1;
      return nothing;
    }
    if (/^\$\w+$/.test(line))
      return { kind: 'readline', handle: { kind: 'variable', sigil: '$', name: line.slice(1) } };
    if (/^[A-Za-z_]*$/.test(line)) return { kind: 'readline', handle: literal(line) };
    return { kind: 'glob', pattern: this.interpolated(line, scanner.line) };
  }

  /** A quoted text; the scanner stands at its delimiter. */
  #quoted(operator: string): Expression {
    const { scanner } = this;
    // A `#` directly behind the operator is its delimiter.
    if (/\s/.test(scanner.character)) scanner.skip();
    const { line } = scanner;
    const open = scanner.character;
    const body = this.#delimited(open);
    switch (operator) {
      case 'q':
        return literal(unescapedSingle(body, open));
      case 'qw':
        return {
          kind: 'list',
          items: body
            .split(/\s+/)
            .filter((word) => word !== '')
            .map(literal),
        };
      case 'qx':
        return { kind: 'command', text: open === "'" ? literal(body) : this.interpolated(body, line), line };
      case 'qq':
        return this.interpolated(body, line);
      case 'm':
      case 'qr':
        scanner.match(/[a-z]+/y);
        return { kind: 'match', replacement: undefined, isCode: false };
      default:
        return this.#substitution(operator, open, line);
    }
  }

  /** The second half of `s///` and `tr///`. */
  #substitution(operator: string, open: string, line: number): Expression {
    const { scanner } = this;
    if (isBracket(open)) scanner.skip();
    else scanner.at -= 1;
    const replacement = this.#delimited(scanner.character);
    const flags = scanner.match(/[a-z]+/y)?.[0] ?? '';
    if (operator !== 's') return { kind: 'match', replacement: undefined, isCode: false };
    const isCode = flags.includes('e');
    const value = isCode ? this.inner(replacement, line).expression() : this.interpolated(replacement, line);
    return { kind: 'match', replacement: value, isCode: flags.includes('ee') };
  }

  #delimited(open: string): string {
    const { scanner } = this;
    const start = scanner.at + 1;
    const end = endOfQuoted(scanner.text, start, open);
    scanner.at = end + 1;
    return scanner.text.slice(start, end);
  }

  /** A double-quoted text: its pieces and what stands between them. */
  protected interpolated(body: string, line: number): Expression {
    const parts: Part[] = [];
    let literalPart = '';
    for (let at = 0; at < body.length; ) {
      const character = body[at] as string;
      const end = character === '$' || character === '@' ? endOfInterpolation(body, at) : at;
      if (end > at) {
        if (literalPart !== '') parts.push(literalPart);
        literalPart = '';
        parts.push(this.deeper(() => this.inner(body.slice(at, end), line).operand()));
        at = end;
      } else if (character === '\\') {
        const { value, length } = escapeAt(body, at);
        literalPart += value;
        at += length;
      } else {
        literalPart += character;
        at += 1;
      }
    }
    if (literalPart !== '' || parts.length === 0) parts.push(literalPart);
    return { kind: 'text', parts };
  }

  /** A name: a quote operator, a declaration, a block that is a value, a class or a call. */
  #word(): Expression {
    const { scanner } = this;
    const quote = scanner.match(quoteWord);
    if (quote !== undefined) return this.#quoted(quote[1] ?? quote[2] ?? 'q');
    const { line } = scanner;
    const name = scanner.match(identifier)?.[0];
    if (name === undefined) {
      scanner.at += 1;
      return nothing;
    }
    if (scanner.peek(/\s*=>/y)) return literal(name);
    switch (name) {
      case 'my':
      case 'our':
      case 'local':
      case 'state':
        return this.#declared();
      case 'sub':
        return { kind: 'sub', body: this.signed() };
      case 'do':
        if (scanner.sees('{')) return { kind: 'do', body: this.block() };
        return { kind: 'call', name: 'do FILE', given: [this.operand()], block: undefined, line };
      case 'eval':
        if (scanner.sees('{')) return { kind: 'do', body: this.block() };
        return { kind: 'call', name, given: this.#given(name), block: undefined, line };
      case '__PACKAGE__':
      case '__LINE__':
        return literal(name);
      case '__FILE__':
        return { kind: 'variable', sigil: '$', name: '0' };
      default:
        return this.#called(name, line);
    }
  }

  /** The body of a sub; a signature stands as an assignment from `@_`. */
  signed(): Block {
    const { scanner } = this;
    scanner.skip();
    const parameters: Expression[] = [];
    while (scanner.match(/:\s*\w+(?:\([^)]*\))?\s*/y));
    if (scanner.character === '(') {
      const signature = this.#delimited('(');
      for (const [, sigil, name] of signature.matchAll(/([$@%])([A-Za-z_]\w*)/g))
        parameters.push({ kind: 'variable', sigil: sigil as '$', name: name as string });
    }
    if (!scanner.sees('{')) return [];
    const { line } = scanner;
    const body = this.block();
    if (parameters.length === 0) return body;
    const value: Expression = { kind: 'variable', sigil: '@', name: '_' };
    const target: Expression = { kind: 'list', items: parameters };
    return [{ kind: 'expression', value: { kind: 'assign', target, operator: 'my', value }, line }, ...body];
  }

  #declared(): Expression {
    const { scanner } = this;
    scanner.skip();
    const target = scanner.character === '(' ? this.#parenthesized() : this.operand();
    return { kind: 'operation', operator: 'my', operands: [target] };
  }

  #called(name: string, line: number): Expression {
    const { scanner } = this;
    if (name.endsWith('::')) return literal(name.slice(0, -2));
    scanner.skip();
    if (scanner.peek(/->/y) && !unary.has(name)) return literal(name);
    if (name === 'new' && scanner.peek(/[A-Z]\w*/y)) {
      const on = literal(scanner.match(identifier)?.[0] ?? '');
      return { kind: 'method', on, name, given: scanner.takes('(') ? this.items(')') : [], line };
    }
    if (bare.has(name)) {
      scanner.match(/\(\s*\)/y);
      return { kind: 'call', name, given: [], block: undefined, line };
    }
    if (/^(print|printf|say)$/.test(name)) return this.#printed(name, line);
    if (withBlock.has(name)) {
      const read = this.#calledWithBlock(name, line);
      if (read !== undefined) return read;
    }
    return { kind: 'call', name, given: this.#given(name), block: undefined, line };
  }

  #calledWithBlock(name: string, line: number): Expression | undefined {
    const { scanner } = this;
    const start = scanner.at;
    const isParenthesized = scanner.takes('(');
    if (!scanner.sees('{')) {
      scanner.at = start;
      return undefined;
    }
    const block = this.block();
    scanner.takes(',');
    const given = isParenthesized ? this.items(')') : this.#list();
    return { kind: 'call', name, given, block, line };
  }

  #printed(name: string, line: number): Expression {
    const { scanner } = this;
    const isParenthesized = scanner.match(/\((?!\s*\))/y) !== undefined;
    const handle = this.#handle();
    const given = isParenthesized ? this.items(')') : this.#given(name);
    const first: readonly Expression[] =
      handle === undefined ? [] : [{ kind: 'operation', operator: 'handle', operands: [handle] }];
    return { kind: 'call', name, given: [...first, ...given], block: undefined, line };
  }

  /** `print {$fh} ...`, `print STDERR ...`, `print $fh ...`. */
  #handle(): Expression | undefined {
    const { scanner } = this;
    scanner.skip();
    if (scanner.character === '{') return { kind: 'do', body: this.block() };
    const bareword = scanner.match(filehandle)?.[0];
    if (bareword !== undefined) return literal(bareword);
    const variable = scanner.match(
      /\$(\w+)(?=[ \t]+(?:["'$@\w\\<]|-?\d)(?!\s*=))(?![ \t]+(?:x|eq|ne|lt|gt|le|ge|cmp|if|unless|for|foreach|and|or|while|until|\.)\b)/y,
    );
    return variable === undefined ? undefined : { kind: 'variable', sigil: '$', name: variable[1] as string };
  }

  #given(name: string): readonly Expression[] {
    const { scanner } = this;
    scanner.skip();
    if (scanner.character === '(') {
      scanner.at += 1;
      return this.items(')');
    }
    if (unary.has(name) || name === 'eval') {
      if (scanner.peek(/->/y)) return [];
      const isThere = !scanner.peek(endsList) && !scanner.peek(/[<+]|-\s|&&/y);
      return isThere ? [this.operand()] : [];
    }
    // A bareword that nothing says is a function stands for itself before an operator.
    if (scanner.peek(/[-+<%&]\s|<=|=~/y) || (/^[A-Z]/.test(name) && scanner.peek(/[{[]\s/y))) return [];
    return this.#list();
  }

  #list(): readonly Expression[] {
    const { scanner } = this;
    scanner.skip();
    if (scanner.done || scanner.peek(endsList)) return [];
    const items = [this.item()];
    while (scanner.takes(',') || scanner.takes('=>')) {
      scanner.skip();
      if (scanner.peek(/[;)\]}]|(?:or|and|if|unless|while|until|foreach|for)\b|$/y)) break;
      items.push(this.item());
    }
    return items;
  }
}
