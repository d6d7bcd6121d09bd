// Expressions of a justfile: strings, backticks, variables, calls, joins and conditions, as far as they are known.
import { choiceOf, emptyText, joinTexts, known, plainText, type Text, unknownText } from '../tasks/text.ts';

/** What expressions refer to. */
export interface Values {
  variable(name: string): Text;
  call(name: string, args: readonly Text[]): Text;
  /** A command that runs when the expression is evaluated. */
  backtick(code: Text): Text;
}

type Token =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'backtick'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'sign'; readonly value: string };

const pattern =
  /\s+|x?'''([\s\S]*?)'''|x?"""([\s\S]*?)"""|x?'([^']*)'|x?"((?:[^"\\]|\\[\s\S])*)"|```([\s\S]*?)```|`([^`]*)`|([A-Za-z_][\w-]*)|(==|!=|=~|!~|&&|\|\||[\s\S])/g;

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of source.matchAll(pattern)) {
    const [, raw3, cooked3, raw, cooked, ticks3, ticks, name, sign] = match;
    const literal = raw3 === undefined ? raw : undented(raw3);
    const escaped = cooked3 === undefined ? cooked : undented(cooked3);
    if (literal !== undefined) tokens.push({ kind: 'string', value: literal });
    else if (escaped !== undefined)
      tokens.push({
        kind: 'string',
        value: escaped.replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter),
      });
    else if (ticks3 !== undefined || ticks !== undefined)
      tokens.push({ kind: 'backtick', value: ticks ?? undented(ticks3 ?? '') });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign });
  }
  return tokens;
}

/** Strings of several lines lose the indentation that all their lines share. */
function undented(text: string): string {
  const body = text.startsWith('\n') ? text.slice(1) : text;
  const lines = body.split('\n');
  const widths = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const width = Math.min(...widths, 1_000);
  return lines.map((line) => line.slice(Math.min(width, line.length))).join('\n');
}

/** Evaluates one expression; never fails. Source: the grammar of just. */
export const evaluate = (source: string, values: Values): Text => new Evaluator(tokensOf(source), values).all();

/** Evaluates the expressions that stand one behind the other, as arguments of a dependency do. */
export const evaluateList = (source: string, values: Values): readonly Text[] =>
  new Evaluator(tokensOf(source), values).list();

/** Levels of brackets and conditions. */
const maxDepth = 40;

class Evaluator {
  readonly #tokens: readonly Token[];
  readonly #values: Values;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], values: Values) {
    this.#tokens = tokens;
    this.#values = values;
  }

  all(): Text {
    return this.#expression();
  }

  list(): readonly Text[] {
    const found: Text[] = [];
    while (this.#at < this.#tokens.length) {
      const before = this.#at;
      found.push(this.#value());
      if (this.#at === before) this.#at += 1;
    }
    return found;
  }

  #expression(): Text {
    if (this.#depth > maxDepth) return unknownText('expression');
    this.#depth += 1;
    let text = this.#sum();
    while (this.#takes('&&') || this.#takes('||')) text = choiceOf([text, this.#sum()]);
    this.#depth -= 1;
    return text;
  }

  #sum(): Text {
    let text = this.#takes('/') ? joinTexts([known('/'), this.#value()]) : this.#value();
    for (;;) {
      if (this.#takes('+')) text = joinTexts([text, this.#value()]);
      else if (this.#takes('/')) text = joinTexts([text, known('/'), this.#value()]);
      else return text;
    }
  }

  #value(): Text {
    const token = this.#tokens[this.#at];
    if (token === undefined) return emptyText;
    this.#at += 1;
    if (token.kind === 'string') return known(token.value);
    if (token.kind === 'backtick') return this.#values.backtick(known(token.value));
    if (token.kind === 'name') return this.#named(token.value);
    if (token.value !== '(') return emptyText;
    const inner = this.#expression();
    this.#takes(')');
    return inner;
  }

  #named(name: string): Text {
    if (name === 'if') return this.#condition();
    if (!this.#takes('(')) return this.#values.variable(name);
    const args: Text[] = [];
    while (this.#at < this.#tokens.length && !this.#takes(')')) {
      const before = this.#at;
      args.push(this.#expression());
      this.#takes(',');
      if (this.#at === before) this.#at += 1;
    }
    return this.#values.call(name, args);
  }

  /** `if a == b { c } else { d }` */
  #condition(): Text {
    const left = this.#expression();
    const sign = this.#tokens[this.#at]?.value ?? '';
    this.#at += 1;
    const right = this.#expression();
    const then = this.#block();
    const otherwise = this.#takesName('else') ? (this.#takesName('if') ? this.#condition() : this.#block()) : emptyText;
    const [a, b] = [plainText(left), plainText(right)];
    if (a === undefined || b === undefined || !/^[=!]=$/.test(sign)) return choiceOf([then, otherwise]);
    return (a === b) === (sign === '==') ? then : otherwise;
  }

  #block(): Text {
    this.#takes('{');
    const text = this.#expression();
    this.#takes('}');
    return text;
  }

  #takes(sign: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sign' || token.value !== sign) return false;
    this.#at += 1;
    return true;
  }

  #takesName(name: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'name' || token.value !== name) return false;
    this.#at += 1;
    return true;
  }
}
