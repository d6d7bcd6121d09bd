// Splits awk programs into tokens. Never fails: what is no token is passed over.

export interface Token {
  readonly kind: 'string' | 'number' | 'regex' | 'name' | 'call' | 'operator' | 'newline' | 'end';
  readonly text: string;
  readonly line: number;
}

const operators = [
  '**=', '|&', '&&', '||', '++', '--', '+=', '-=', '*=', '/=', '%=', '^=', '**', '==', '<=', '>=', '!=', '!~', '>>',
  '{', '}', '(', ')', '[', ']', ';', ',', '+', '-', '*', '/', '%', '^', '!', '<', '>', '|', '?', ':', '~', '$', '=',
]; // biome-ignore format: one table, longest first

/** The tokens of a program; `call` is a name with its parenthesis directly behind it. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  const push = (kind: Token['kind'], value: string) => tokens.push({ kind, text: value, line });
  while (at < text.length) {
    const character = text[at] as string;
    if (character === '\n') {
      push('newline', '\n');
      line += 1;
      at += 1;
    } else if (character === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) {
      at += text[at + 1] === '\r' ? 3 : 2;
      line += 1;
    } else if (/\s/.test(character)) at += 1;
    else if (character === '#') at = endOfLine(text, at);
    else if (character === '"') {
      const end = endOfQuoted(text, at + 1, '"');
      push('string', unescaped(text.slice(at + 1, end)));
      at = end + 1;
    } else if (character === '/' && regexMayStart(tokens.at(-1))) {
      const end = endOfRegex(text, at + 1);
      push('regex', text.slice(at + 1, end));
      at = end + 1;
    } else {
      const word = wordAt(text, at);
      if (word === undefined) at += 1;
      else {
        push(word.kind, word.text);
        at += word.text.length;
      }
    }
  }
  push('end', '');
  return tokens;
}

const endOfLine = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

const patterns = {
  number: /(0[xX][0-9a-fA-F]+|\d+\.?\d*([eE][-+]?\d+)?|\.\d+([eE][-+]?\d+)?)/y,
  name: /[A-Za-z_][A-Za-z_0-9]*(::[A-Za-z_]\w*)?/y,
};

function wordAt(text: string, at: number): Pick<Token, 'kind' | 'text'> | undefined {
  for (const kind of ['number', 'name'] as const) {
    const pattern = patterns[kind];
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined)
      return { kind: kind === 'name' && text[at + found.length] === '(' ? 'call' : kind, text: found };
  }
  const operator = operators.find((each) => text.startsWith(each, at));
  return operator === undefined ? undefined : { kind: 'operator', text: operator };
}

/** Behind an operand a slash divides; everywhere else it starts a pattern. */
function regexMayStart(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'name') return /^(return|print|printf|in|do|else|case|getline)$/.test(before.text);
  if (before.kind === 'operator') return !/^(\)|\]|\$|\+\+|--)$/.test(before.text);
  return before.kind === 'newline';
}

function endOfQuoted(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

/** A slash inside a bracket expression does not end a pattern; neither does a pattern reach over a line. */
function endOfRegex(text: string, from: number): number {
  let inBrackets = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\n') return at;
    if (character === '\\') at += 1;
    else if (inBrackets) inBrackets = character !== ']' || text[at - 1] === '[';
    else if (character === '[') inBrackets = true;
    else if (character === '/') return at;
  }
  return text.length;
}

const letters: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** `\x20` and `\040` are characters by their number. */
export const unescaped = (literal: string): string =>
  literal.replace(/\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|[\s\S])/g, (_whole, code: string) => {
    if (/^x./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (letters[code] ?? code);
  });
