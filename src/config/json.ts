// Reads JSON into a Tree. JSON.parse judges the syntax; this reader only adds the lines and sees duplicate keys.
import { ConfigError } from './error.ts';
import { emptyTree, maxDepth, type Tree, type TreeEntry } from './tree.ts';

/** Throws ConfigError. An empty text is an empty map. */
export function readJson(text: string, file: string): Tree {
  if (text.trim() === '') return emptyTree;
  parse(text, file);
  return new Reader(text, file).value(0);
}

/** The value of one key of a JSON object; the rest of the file is not guard's to judge. Undefined where it is missing. */
export function readJsonKey(text: string, file: string, key: string): Tree | undefined {
  const tree = readJson(text, file);
  if (tree.kind !== 'map') return undefined;
  const [first, second] = tree.entries.filter((entry) => entry.key === key);
  if (second) throw new ConfigError(file, second.line, `"${key}" stands here a second time; keep one`);
  return first?.value;
}

function parse(text: string, file: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConfigError(file, lineOfMessage(message, text), `expected JSON: ${message}`);
  }
}

/** V8 says `... at position 12`, and where the text ends too early, nothing. */
function lineOfMessage(message: string, text: string): number {
  const position = /position (\d{1,10})/.exec(message)?.[1];
  return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length;
}

/** Walks text that JSON.parse has accepted, so every branch may rely on the grammar. */
class Reader {
  readonly #text: string;
  readonly #file: string;
  #at = 0;
  #line = 1;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  value(depth: number): Tree {
    if (depth > maxDepth)
      throw new ConfigError(this.#file, this.#line, `expected at most ${maxDepth} levels of nesting`);
    this.#space();
    const start = this.#text[this.#at];
    if (start === '{') return this.#map(depth);
    if (start === '[') return this.#list(depth);
    return this.#scalar();
  }

  #map(depth: number): Tree {
    const { line } = this.#open();
    const entries: TreeEntry[] = [];
    while (this.#more('}')) {
      const keyLine = this.#line;
      const key = String(JSON.parse(this.#token()));
      this.#space();
      this.#at++;
      entries.push({ key, line: keyLine, value: this.value(depth + 1) });
    }
    return { kind: 'map', entries, line };
  }

  #list(depth: number): Tree {
    const { line } = this.#open();
    const items: Tree[] = [];
    while (this.#more(']')) items.push(this.value(depth + 1));
    return { kind: 'list', items, line };
  }

  #scalar(): Tree {
    const { line } = { line: this.#line };
    return { kind: 'scalar', value: JSON.parse(this.#token()), line };
  }

  #open(): { line: number } {
    this.#at++;
    return { line: this.#line };
  }

  /** Steps over a comma to the next element; false, behind the bracket, at the end. */
  #more(close: string): boolean {
    this.#space();
    if (this.#text[this.#at] === ',') {
      this.#at++;
      this.#space();
    }
    if (this.#text[this.#at] !== close) return true;
    this.#at++;
    return false;
  }

  /** The text of a string, number or word at the current place. */
  #token(): string {
    const start = this.#at;
    if (this.#text[start] === '"') {
      this.#at++;
      while (this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
      this.#at++;
    } else {
      while (this.#at < this.#text.length && !' \t\r\n,]}'.includes(this.#text.charAt(this.#at))) this.#at++;
    }
    return this.#text.slice(start, this.#at);
  }

  #space(): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === '\n') this.#line++;
      else if (!' \t\r'.includes(character)) return;
    }
  }
}
