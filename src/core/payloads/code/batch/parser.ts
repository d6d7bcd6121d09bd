// Parses Windows command lines and batch files. Total: what makes no sense is passed over.
import type { Node, Redirected } from './syntax.ts';

/** Deeper nesting than this is not read. */
const deepest = 100;

/** Reads a whole text. Throws a RangeError where it nests too deeply, and nothing else. */
export const parseBatch = (text: string): readonly Node[] => new Parser(text.replace(/\r\n?/g, '\n')).nodes('');

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #line = 1;
  #lineAt = 0;

  constructor(text: string) {
    this.#text = text;
  }

  nodes(close: string): readonly Node[] {
    const nodes: Node[] = [];
    for (;;) {
      const between = this.#match(/[\s&|@]+/y)?.[0] ?? '';
      if (this.#at >= this.#text.length) return nodes;
      if (close !== '' && this.#text[this.#at] === ')') return nodes;
      const before = this.#at;
      const node = this.#pipeline();
      const mayNotRun = /&&|\|\|/.test(between);
      if (node !== undefined) nodes.push(mayNotRun && node.kind === 'command' ? { ...node, mayNotRun } : node);
      if (this.#at === before) this.#at += 1;
    }
  }

  #pipeline(): Node | undefined {
    const first = this.#node();
    const parts = first === undefined ? [] : [first];
    while (this.#match(/[ \t]*\|(?!\|)/y)) {
      const next = this.#node();
      if (next !== undefined) parts.push(next);
    }
    return parts.length > 1 ? { kind: 'pipe', parts } : parts[0];
  }

  #node(): Node | undefined {
    this.#depth += 1;
    if (this.#depth > deepest) throw new RangeError('the commands nest too deeply');
    this.#match(/[ \t@,;=]+/y);
    const node = this.#compound();
    this.#depth -= 1;
    return node;
  }

  #compound(): Node | undefined {
    if (this.#match(/::?[^\n]*/y)) return this.#label();
    if (this.#match(/rem(?:[ \t][^\n]*)?(?=\n|$)/iy)) return undefined;
    if (this.#match(/\(/y)) return this.#block();
    if (this.#match(/if(?=[\s(])/iy)) return this.#if();
    // The argument of a switch starts with no slash of its own, so that there is one way to read the switches.
    const loop = this.#match(
      /for\s+((?:\/[dlrf](?:\s+(?:"[^"\n]*"|'[^'\n]*'|[^\s%(/"'][^\s%(]*))?\s+)*)%%?(\S)\s+in\s*\(/iy,
    );
    if (loop !== undefined) return this.#for((loop[1] ?? '').trim(), loop[2] as string);
    return this.#command();
  }

  #label(): Node | undefined {
    const start = this.#text.lastIndexOf('\n', this.#at - 1) + 1;
    const name = /^[ \t@]*:([^:\s][^\s:+,;=]*)/.exec(this.#text.slice(start, this.#at))?.[1];
    return name === undefined ? undefined : { kind: 'label', name: name.toLowerCase() };
  }

  #block(): Node {
    const body = this.nodes(')');
    this.#match(/\)/y);
    return { kind: 'block', body, redirected: this.#redirections() };
  }

  #if(): Node {
    this.#match(
      /(?:\s+\/i)?(?:\s+not)?\s+(?:(?:exist|defined|errorlevel|cmdextversion)\s+(?:"[^"\n]*"|[^\s"]+)|(?:"[^"\n]*"|[^\s"=(])+\s*(?:==|\s(?:equ|neq|lss|leq|gtr|geq)\s)\s*(?:"[^"\n]*"|[^\s"])+)\s*/iy,
    );
    const body = this.#node();
    const before = this.#at;
    if (this.#match(/\s*else(?=[\s(])/iy)) return { kind: 'if', body, otherwise: this.#node() };
    this.#at = before;
    return { kind: 'if', body, otherwise: undefined };
  }

  #for(options: string, variable: string): Node {
    const line = this.#lineHere();
    const start = this.#at;
    let quote = '';
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] as string;
      if (quote === '' && character === ')') break;
      if (/["'`]/.test(character)) quote = quote === '' ? character : quote === character ? '' : quote;
      this.#at += 1;
    }
    const items = this.#text.slice(start, this.#at);
    this.#match(/\)\s*do(?=[\s(@])/iy);
    return { kind: 'for', options, variable, items, body: this.#pipeline(), line };
  }

  /** One command up to what ends it; quotes and carets keep their meaning for later. */
  #command(): Node | undefined {
    const line = this.#lineHere();
    const redirected: Redirected[] = [];
    let text = '';
    let isQuoted = false;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] as string;
      if (character === '\n') break;
      if (character === '"') isQuoted = !isQuoted;
      if (!isQuoted && character === '^') {
        text += this.#escaped();
        continue;
      }
      if (!isQuoted && (/[&|]/.test(character) || (character === ')' && this.#depth > 1))) break;
      if (!isQuoted && /[<>]/.test(character)) {
        if (/(?:^|\s)[0-9]$/.test(text)) text = text.slice(0, -1);
        const found = this.#redirections();
        redirected.push(...found);
        if (found.length === 0) this.#match(/<\s*(?:"[^"\n]*"|[^\s&|<>")]+)?|>+\s*/y);
        continue;
      }
      text += character;
      this.#at += 1;
    }
    return text.trim() === '' && redirected.length === 0
      ? undefined
      : { kind: 'command', text: text.trim(), redirected, line };
  }

  /** `^x` is `x` without its meaning; at the end of a line it joins the next. A mark keeps it apart. */
  #escaped(): string {
    const next = this.#text[this.#at + 1] ?? '';
    this.#at += next === '' ? 1 : 2;
    if (next === '\n') return '';
    return next === '%' ? '^%' : next;
  }

  #redirections(): Redirected[] {
    const found: Redirected[] = [];
    for (;;) {
      const match = this.#match(/[ \t]*([0-9])?(>>?)[ \t]*(?:&[0-9]|"([^"\n]*)"|([^\s&|<>")(]+))/y);
      if (match === undefined) return found;
      const target = match[3] ?? match[4];
      if (target !== undefined && (match[1] ?? '1') === '1') found.push({ target, appends: match[2] === '>>' });
    }
  }

  #lineHere(): number {
    for (; this.#lineAt < this.#at; this.#lineAt += 1) if (this.#text[this.#lineAt] === '\n') this.#line += 1;
    return this.#line;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found !== undefined) this.#at += found[0].length;
    return found;
  }
}
