// Scans SQL text into pieces: statements as tokens, and the client's own commands. Linear in the length of the text.
// Does not know which statements destroy something.
import type { SqlDialect } from '../../model/fact.ts';
import { type Lexis, lexes } from './dialect.ts';
import { copiesFromInput, isRoutine, isRule } from './shape.ts';
import type { ClientPiece, Piece, Token } from './token.ts';

export interface ScanOptions {
  readonly dialect: SqlDialect;
  /** Client commands are part of the text: false inside function bodies and dynamic SQL. */
  readonly client: boolean;
  /** Overrides the dialect's rule where both readings must be tried. */
  readonly backslashEscapes?: boolean;
}

/** All pieces of the text, in order, as they are found. Never throws; what is not closed is read as plain tokens. */
export function scan(text: string, options: ScanOptions): Iterable<Piece> {
  return new Scanner(text, options, { variables: new Map(), expansions: 1 << 18, depth: 0 }).run();
}

/** psql's variables, and how much text they may still expand to: `\set` can double a value on every line. */
interface Shared {
  readonly variables: Map<string, string>;
  expansions: number;
  readonly depth: number;
}

/** Longest value of one psql variable that is followed. */
const VALUE_LIMIT = 1 << 16;
const psqlTerminators = new Set(['g', 'gx', 'gset', 'gexec', 'gdesc', 'crosstabview', 'watch', 'bind']);
const wholeLine = new Set(['!', 'copy', 'sf', 'sv', 'ef', 'ev', 'h', 'help']);
const mysqlCommands = new Set([
  'source',
  'system',
  'pager',
  'tee',
  'connect',
  'edit',
  'exit',
  'quit',
  'help',
  'status',
]);
/** One-letter commands of the mysql client: those that take the rest of the line, and those that stand alone. */
const mysqlWithArgument = new Set(['!', '.', 'u', 'r', 'P', 'T', 'h', 'C']);
const mysqlAlone = new Set(['e', 'q', 's', 't', 'n', 'p', 'w', 'W', '#', 'x']);
/** Dot-commands that reach outside; sqlite takes any prefix of them. */
export const sqliteCommands = [
  'shell',
  'system',
  'read',
  'restore',
  'import',
  'once',
  'output',
  'open',
  'load',
  'backup',
  'save',
  'clone',
] as const;

const blank = /[ \t\r\f\v\u00a0]*/y;
const number = /0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const operator = /\|\||&&|<=>|<>|!=|<=|>=|:=|\+=|::|==/y;
const longOperators = '|&<>!:+=';
/** Characters that begin no word in any dialect: the common ones need no look at the patterns. */
const neverInWord = '(),.;*/=<>|&!:+-\'"`[]{}%^~?\\0123456789';
const psqlVariable = /:(?:'[A-Za-z_]\w*'|"[A-Za-z_]\w*"|[A-Za-z_]\w*)/y;
const sqlcmdVariable = /\$\([^()\s]{1,128}\)/y;
const psqlName = /[!?]|[A-Za-z_]+\+?/y;
const dotName = /\.([A-Za-z]+)/y;
const goLine = /^(?:GO(?:[ \t]+\d+)?|\/);?$/i;
const copyEnd = /^\\\.[ \t]*\r?$/gm;
const executable = /\/\*M?!\d*/y;
const sqlcmdName = /:?!!|:[A-Za-z]+/y;

const matchAt = (pattern: RegExp, text: string, position: number): string | undefined => {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
};

/** A place to return to: the compound statement that began here was never closed. */
interface Mark {
  readonly position: number;
  readonly pieces: number;
}

class Scanner {
  readonly #text: string;
  readonly #dialect: SqlDialect;
  readonly #lexis: Lexis;
  readonly #client: boolean;
  readonly #escapes: boolean;
  readonly #shared: Shared;
  /** Pieces that are not handed out yet: inside a body that may have to be read again they wait. */
  readonly #pieces: Piece[] = [];
  /** Quotes that were opened and never closed: from there on they are symbols, so that they hide nothing. */
  readonly #broken = new Set<string>();
  #tokens: Token[] = [];
  #position = 0;
  #lineStart = true;
  #delimiter = ';';
  #copyPending = false;
  #inExecutable = 0;
  #blocks = 0;
  #parentheses = 0;
  #shape: 'unknown' | 'plain' | 'routine' | 'rule' = 'unknown';
  #mark: Mark | undefined;
  #compounds = true;
  #knownLineFrom = 0;
  #knownLineEnd = -1;

  constructor(text: string, options: ScanOptions, shared: Shared) {
    this.#text = text;
    this.#dialect = options.dialect;
    this.#lexis = lexes[options.dialect];
    this.#client = options.client;
    this.#escapes = options.backslashEscapes ?? this.#lexis.backslashEscapes;
    this.#shared = shared;
  }

  *run(): Generator<Piece> {
    for (;;) {
      while (this.#position < this.#text.length) {
        this.#step();
        if (this.#pieces.length > 0 && this.#mark === undefined) yield* this.#pieces.splice(0);
      }
      if (this.#mark === undefined || !this.#isOpen()) break;
      this.#reread(this.#mark);
    }
    this.#flush(false);
    yield* this.#pieces;
  }

  /** A body without its END, or a rule without its `)`: reads it again as plain statements, once. */
  #reread(mark: Mark): void {
    this.#compounds = false;
    this.#pieces.length = mark.pieces;
    this.#tokens = [];
    this.#startStatement();
    this.#position = mark.position;
  }

  #startStatement(): void {
    this.#blocks = 0;
    this.#parentheses = 0;
    this.#shape = 'unknown';
    this.#mark = undefined;
  }

  #flush(closed: boolean): void {
    if (this.#tokens.length > 0) {
      if (closed && this.#client && copiesFromInput(this.#tokens)) this.#copyPending = true;
      this.#pieces.push({ kind: 'sql', tokens: this.#tokens, closed });
    }
    this.#tokens = [];
    this.#startStatement();
  }

  #push(kind: Token['kind'], text: string, end: number): void {
    const keyword = kind === 'word' ? text.toUpperCase() : '';
    this.#tokens.push({ kind, text, keyword, start: this.#position, end });
    this.#position = end;
    this.#lineStart = false;
    if (keyword !== '') this.#countBlocks(keyword);
  }

  /** BEGIN and CASE open, END closes; IF, LOOP and their like close with END IF, which opens nothing here. */
  #countBlocks(keyword: string): void {
    const previous = this.#tokens.at(-2)?.keyword ?? '';
    if (previous === 'END') {
      if (keyword === 'IF' || keyword === 'LOOP' || keyword === 'WHILE' || keyword === 'REPEAT' || keyword === 'FOR') {
        this.#blocks++;
      }
      if (keyword === 'CASE') return;
    }
    if (keyword === 'BEGIN' || keyword === 'CASE') this.#blocks++;
    else if (keyword === 'END') this.#blocks--;
  }

  #step(): void {
    const char = this.#text[this.#position] as string;
    if (char === '\n') this.#newline();
    else if (char <= ' ' || char === '\u00a0' || char === '\ufeff') this.#position++;
    else if (!this.#isSpecial(char)) this.#plainToken(char);
  }

  /** Reads what is no plain token, if it stands here. */
  #isSpecial(char: string): boolean {
    return this.#terminator(char) || this.#clientCommand(char) || this.#comment(char) || this.#quote(char);
  }

  #newline(): void {
    this.#position++;
    this.#lineStart = true;
    if (this.#copyPending) this.#skipCopyData();
  }

  /** Rows of COPY ... FROM stdin end at a line `\.`; without one there are no rows. */
  #skipCopyData(): void {
    this.#copyPending = false;
    if (this.#broken.has('copy')) return;
    copyEnd.lastIndex = this.#position;
    const found = copyEnd.exec(this.#text);
    if (found) this.#position = found.index + found[0].length;
    else this.#broken.add('copy');
  }

  #terminator(char: string): boolean {
    const custom = this.#delimiter !== ';';
    if (custom && this.#text.startsWith(this.#delimiter, this.#position)) {
      this.#position += this.#delimiter.length;
      this.#lineStart = false;
      this.#flush(true);
      return true;
    }
    if (char === ';') {
      if (this.#isInside()) {
        this.#push('symbol', ';', this.#position + 1);
        return true;
      }
      this.#position++;
      this.#lineStart = false;
      this.#flush(true);
      return true;
    }
    if (this.#lineStart && this.#lexis.lineTerminators && (char === 'G' || char === 'g' || char === '/')) {
      const end = this.#lineEnd();
      if (end - this.#position > 64 || !goLine.test(this.#text.slice(this.#position, end).trim())) return false;
      this.#position = end;
      this.#flush(true);
      return true;
    }
    return false;
  }

  /** Whether a semicolon here belongs to the body of a routine, trigger or rule. */
  #isInside(): boolean {
    if (!this.#compounds) return false;
    if (this.#shape === 'unknown') {
      this.#shape = isRoutine(this.#tokens, this.#dialect) ? 'routine' : isRule(this.#tokens) ? 'rule' : 'plain';
    }
    if (this.#shape === 'plain') return false;
    // In T-SQL a routine reaches to the end of its batch, so there is nothing that could be left open.
    if (this.#shape === 'routine' && this.#dialect === 'mssql') return true;
    const inside = this.#isOpen();
    if (!inside) this.#mark = undefined;
    else this.#mark ??= { position: this.#position + 1, pieces: this.#pieces.length };
    return inside;
  }

  #isOpen(): boolean {
    return this.#shape === 'routine' ? this.#blocks > 0 : this.#parentheses > 0;
  }

  #comment(char: string): boolean {
    const next = this.#text[this.#position + 1];
    if (char === '-' && next === '-') {
      const after = this.#text.charCodeAt(this.#position + 2);
      if (this.#lexis.spacedDashes && after > 32) return false;
      return this.#skipLine();
    }
    if (char === '#' && this.#lexis.hashComments !== 'no') {
      if (this.#lexis.hashComments === 'anywhere' || this.#lineStart) return this.#skipLine();
    }
    if (char === '*' && next === '/' && this.#inExecutable > 0) {
      this.#inExecutable--;
      this.#position += 2;
      return true;
    }
    return char === '/' && next === '*' && this.#blockComment();
  }

  #skipLine(): true {
    const end = this.#text.indexOf('\n', this.#position);
    this.#position = end === -1 ? this.#text.length : end;
    return true;
  }

  #blockComment(): boolean {
    if (this.#lexis.executableComments) {
      const code = matchAt(executable, this.#text, this.#position);
      if (code !== undefined) {
        this.#inExecutable++;
        this.#position += code.length;
        return true;
      }
    }
    if (this.#broken.has('/*')) return false;
    const end = this.#lexis.nestedComments ? this.#nestedCommentEnd() : this.#text.indexOf('*/', this.#position + 2);
    if (end !== -1) this.#position = end + 2;
    else if (this.#lexis.openComments) this.#position = this.#text.length;
    else {
      this.#broken.add('/*');
      return false;
    }
    return true;
  }

  #nestedCommentEnd(): number {
    const marker = /\/\*|\*\//g;
    marker.lastIndex = this.#position + 2;
    let depth = 1;
    for (let found = marker.exec(this.#text); found !== null; found = marker.exec(this.#text)) {
      depth += found[0] === '/*' ? 1 : -1;
      if (depth === 0) return found.index;
    }
    return -1;
  }

  #quote(char: string): boolean {
    switch (char) {
      case "'":
        return this.#delimited("'", 'string', this.#escapes || this.#escapePrefix());
      case '"':
        return this.#delimited('"', this.#lexis.doubleQuotedStrings ? 'string' : 'quoted', this.#escapes);
      case '`':
        return this.#lexis.backticks && this.#delimited('`', 'quoted', false);
      case '[':
        return this.#lexis.brackets && this.#delimited(']', 'quoted', false);
      case '$':
        return this.#dollar();
      default:
        return false;
    }
  }

  /** `E'...'`, `N'...'` and the like: the letter is part of the string. */
  #escapePrefix(): boolean {
    const letter = this.#gluedPrefix();
    return letter === 'E' && this.#lexis.dollarQuotes;
  }

  #gluedPrefix(): string {
    const last = this.#tokens.at(-1);
    return last !== undefined && last.end === this.#position && last.keyword.length === 1 ? last.keyword : '';
  }

  #delimited(closer: string, kind: 'string' | 'quoted', escapes: boolean): boolean {
    const mode = escapes ? `\\${closer}` : closer;
    if (this.#broken.has(mode)) return false;
    const end = escapes ? this.#escapedEnd(closer) : this.#doubledEnd(closer);
    if (end === -1) {
      this.#broken.add(mode);
      return false;
    }
    const raw = this.#text.slice(this.#position + 1, end);
    if (kind === 'string' && 'ENXB'.includes(this.#gluedPrefix() || '-')) this.#tokens.pop();
    this.#push(kind, unquote(raw, closer, escapes), end + 1);
    return true;
  }

  #doubledEnd(closer: string): number {
    let end = this.#text.indexOf(closer, this.#position + 1);
    while (end !== -1 && this.#text[end + 1] === closer) end = this.#text.indexOf(closer, end + 2);
    return end;
  }

  #escapedEnd(closer: string): number {
    for (let at = this.#position + 1; at < this.#text.length; at++) {
      const char = this.#text[at];
      if (char === '\\') at++;
      else if (char === closer) {
        if (this.#text[at + 1] !== closer) return at;
        at++;
      }
    }
    return -1;
  }

  #dollar(): boolean {
    if (this.#dialect === 'mssql') {
      const variable = matchAt(sqlcmdVariable, this.#text, this.#position);
      if (variable === undefined) return false;
      this.#push('variable', variable, this.#position + variable.length);
      return true;
    }
    if (!this.#lexis.dollarQuotes || this.#broken.has('$')) return false;
    const tag = matchAt(dollarTag, this.#text, this.#position);
    if (tag === undefined) return false;
    const end = this.#text.indexOf(tag, this.#position + tag.length);
    if (end === -1) {
      this.#broken.add('$');
      return false;
    }
    this.#push('string', this.#text.slice(this.#position + tag.length, end), end + tag.length);
    return true;
  }

  #plainToken(char: string): void {
    if (char === ':' && this.#client && this.#dialect === 'postgres' && this.#psqlVariable()) return;
    const word = neverInWord.includes(char) ? undefined : matchAt(this.#lexis.word, this.#text, this.#position);
    if (word !== undefined) this.#word(word);
    else if (!this.#number(char)) this.#symbol(char);
  }

  /** The client looks for its delimiter first: `END$$` is two tokens after `DELIMITER $$`. */
  #word(text: string): void {
    const cut = this.#delimiter === ';' ? -1 : text.indexOf(this.#delimiter);
    const word = cut > 0 ? text.slice(0, cut) : text;
    this.#push('word', word, this.#position + word.length);
  }

  #number(char: string): boolean {
    if ((char < '0' || char > '9') && char !== '.') return false;
    const digits = matchAt(number, this.#text, this.#position);
    if (digits === undefined) return false;
    const end = this.#position + digits.length;
    // `2024_orders` is a name in MySQL; elsewhere `1drop` is two tokens.
    const tail = this.#dialect === 'mysql' && !digits.includes('.') && matchAt(this.#lexis.word, this.#text, end);
    if (tail) this.#push('word', digits + tail, end + tail.length);
    else this.#push('number', digits, end);
    return true;
  }

  #symbol(char: string): void {
    const symbol = (longOperators.includes(char) && matchAt(operator, this.#text, this.#position)) || char;
    if (symbol === '(') this.#parentheses++;
    else if (symbol === ')') this.#parentheses--;
    this.#push('symbol', symbol, this.#position + symbol.length);
  }

  #psqlVariable(): boolean {
    if (this.#text[this.#position + 1] === ':') return false;
    const reference = matchAt(psqlVariable, this.#text, this.#position);
    if (reference === undefined) return false;
    const quote = reference[1] === "'" || reference[1] === '"' ? reference[1] : '';
    const name = reference.slice(1).replace(/['"]/g, '');
    const value = this.#shared.variables.get(name);
    const end = this.#position + reference.length;
    if (value === undefined || value.length > this.#shared.expansions || this.#shared.depth >= 4) {
      this.#push(quote === "'" ? 'string' : quote === '"' ? 'quoted' : 'variable', reference, end);
      return true;
    }
    this.#shared.expansions -= value.length;
    if (quote !== '') this.#push(quote === "'" ? 'string' : 'quoted', value, end);
    else this.#expand(value, end);
    return true;
  }

  /** psql reads a variable's value as if it stood in the text, semicolons included. */
  #expand(value: string, end: number): void {
    const shared = { ...this.#shared, depth: this.#shared.depth + 1 };
    const pieces = [...new Scanner(value, { dialect: this.#dialect, client: true }, shared).run()];
    this.#shared.expansions = shared.expansions;
    const start = this.#position;
    for (const piece of pieces) {
      if (piece.kind === 'client') this.#pieces.push({ ...piece, start, end });
      else {
        for (const token of piece.tokens) this.#tokens.push({ ...token, start, end });
        if (piece.closed) this.#flush(true);
      }
    }
    this.#position = end;
    this.#lineStart = false;
  }

  #clientCommand(char: string): boolean {
    if (!this.#client) return false;
    switch (this.#dialect) {
      case 'postgres':
        return char === '\\' && this.#psqlCommand();
      case 'mysql':
        return this.#mysqlCommand(char);
      case 'sqlite':
        return this.#dotCommand(char);
      case 'mssql':
        return this.#lineStart && (char === ':' || char === '!') && this.#sqlcmdCommand();
      case 'generic':
        if (char === '\\' && this.#lineStart) return this.#psqlCommand();
        return this.#dotCommand(char) || (this.#tokens.length === 0 && this.#delimiterCommand());
    }
  }

  /** End of the line that a position lies in. Remembered, because a line may hold very many commands. */
  #lineEnd(from = this.#position): number {
    if (from > this.#knownLineEnd || from < this.#knownLineFrom) {
      const end = this.#text.indexOf('\n', from);
      this.#knownLineFrom = from;
      this.#knownLineEnd = end === -1 ? this.#text.length : end;
    }
    return this.#knownLineEnd;
  }

  #command(client: ClientPiece['client'], name: string, from: number, to: number): true {
    const argument = this.#text.slice(from, to).trim();
    this.#pieces.push({ kind: 'client', client, name, argument, start: this.#position, end: to });
    this.#position = to;
    this.#lineStart = false;
    return true;
  }

  #psqlCommand(): boolean {
    if (this.#text[this.#position + 1] === '\\') {
      this.#position += 2;
      return true;
    }
    if (this.#text[this.#position + 1] === ';') {
      this.#position += 2;
      this.#flush(true);
      return true;
    }
    const name = matchAt(psqlName, this.#text, this.#position + 1)?.replace(/\+$/, '');
    if (name === undefined) return false;
    const from = this.#position + 1 + name.length;
    const to = wholeLine.has(name) ? this.#lineEnd(from) : this.#psqlArgumentsEnd(from);
    if (psqlTerminators.has(name)) this.#flush(true);
    this.#command('psql', name, from, to);
    if (name === 'set') this.#setVariable(this.#text.slice(from, to));
    return true;
  }

  /** Arguments end at the end of the line or at the next backslash that is not quoted. */
  #psqlArgumentsEnd(from: number): number {
    const end = this.#lineEnd(from);
    for (let at = from; at < end; at++) {
      const char = this.#text[at];
      if (char === '\\') return at;
      if (char !== "'" && char !== '"' && char !== '`') continue;
      const closed = this.#closingQuote(char, at + 1, end);
      if (closed === -1) break;
      at = closed;
    }
    return end;
  }

  #closingQuote(quote: string, from: number, end: number): number {
    for (let at = from; at < end; at++) {
      if (quote === "'" && this.#text[at] === '\\') at++;
      else if (this.#text[at] === quote) return at;
    }
    return -1;
  }

  #setVariable(argument: string): void {
    const [name, ...values] = splitArguments(argument);
    if (name === undefined) return;
    const value = this.#withValues(values.join(''));
    if (value !== undefined && !value.includes('`')) this.#shared.variables.set(name, value);
    else this.#shared.variables.delete(name);
  }

  /** A value with the variables that it names filled in; undefined where that grows too long. */
  #withValues(template: string): string | undefined {
    let room = Math.min(VALUE_LIMIT, this.#shared.expansions) - template.length;
    if (room < 0) return undefined;
    const filled = template.replace(/:([A-Za-z_]\w*)/g, (reference, name: string) => {
      const value = this.#shared.variables.get(name);
      if (value === undefined || room < 0) return reference;
      room -= value.length;
      this.#shared.expansions -= value.length;
      return room < 0 ? '' : value;
    });
    return room < 0 ? undefined : filled;
  }

  #mysqlCommand(char: string): boolean {
    if (char === '\\') {
      const name = this.#text[this.#position + 1] ?? '';
      if (name === 'g' || name === 'G') {
        this.#position += 2;
        this.#flush(true);
        return true;
      }
      if (name === 'd') return this.#setDelimiter(this.#position + 2);
      if (mysqlWithArgument.has(name)) return this.#mysqlArguments(name, this.#position + 2);
      if (!mysqlAlone.has(name)) return false;
      this.#position += 2;
      return true;
    }
    if (this.#tokens.length > 0 || !/[A-Za-z]/.test(char)) return false;
    if (this.#delimiterCommand()) return true;
    const word = matchAt(this.#lexis.word, this.#text, this.#position)?.toLowerCase() ?? '';
    return mysqlCommands.has(word) && this.#mysqlArguments(word, this.#position + word.length);
  }

  #mysqlArguments(name: string, from: number): true {
    const end = this.#lineEnd(from);
    const delimiter = this.#text.slice(from, end).indexOf(this.#delimiter);
    return this.#command('mysql', name, from, delimiter === -1 ? end : from + delimiter);
  }

  #delimiterCommand(): boolean {
    const word = matchAt(/DELIMITER(?=[ \t])/iy, this.#text, this.#position);
    return word !== undefined && this.#setDelimiter(this.#position + word.length);
  }

  #setDelimiter(from: number): true {
    const end = this.#lineEnd(from);
    const delimiter =
      this.#text
        .slice(from, Math.min(end, from + 64))
        .trim()
        .split(/\s/)[0] ?? '';
    this.#position = end;
    if (delimiter !== '') this.#delimiter = delimiter;
    return true;
  }

  #dotCommand(char: string): boolean {
    if (char !== '.' || !this.#lineStart || this.#tokens.length > 0) return false;
    const name = matchAt(dotName, this.#text, this.#position);
    if (name === undefined) return false;
    const from = this.#position + name.length;
    return this.#command('sqlite', name.slice(1), from, this.#lineEnd(from));
  }

  #sqlcmdCommand(): boolean {
    const name = matchAt(sqlcmdName, this.#text, this.#position);
    if (name === undefined) return false;
    const from = this.#position + name.length;
    return this.#command('sqlcmd', name.replace(/^:/, '').toLowerCase(), from, this.#lineEnd(from));
  }
}

function unquote(raw: string, closer: string, escapes: boolean): string {
  const doubled = raw.includes(closer) ? raw.replaceAll(closer + closer, closer) : raw;
  if (!escapes || !doubled.includes('\\')) return doubled;
  return doubled.replace(/\\([\s\S])/g, (_, char: string) => ({ n: '\n', t: '\t', r: '\r' })[char] ?? char);
}

/** Arguments of a client command: blanks separate, '...' and "..." hold together; `'it''s'` and `\n` as psql reads them. */
export function splitArguments(argument: string): readonly string[] {
  const found: string[] = [];
  let at = 0;
  while (at < argument.length) {
    at += matchAt(blank, argument, at)?.length ?? 0;
    if (at >= argument.length) break;
    let value = '';
    while (at < argument.length && !/\s/.test(argument[at] as string)) {
      const char = argument[at] as string;
      if (char === "'" || char === '"') {
        const end = quotedEnd(argument, at);
        value += unquote(argument.slice(at + 1, end), char, char === "'");
        at = end + 1;
      } else {
        value += char;
        at++;
      }
    }
    found.push(value);
    if (/\s/.test(argument[at] ?? '')) at++;
  }
  return found;
}

function quotedEnd(text: string, open: number): number {
  const quote = text[open];
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === "'") at++;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at;
      at++;
    }
  }
  return text.length;
}
