// Follows awk programs without running them: what they hand to the shell, and which files they fill.
import { type CodeContext, unknownPiece } from '../../../model/code.ts';
import { dynamicWord, piecesOf, textOf, type Word } from '../../../model/word.ts';
import { recordShell } from '../api.ts';
import { codeLimits, type Recorder } from '../recorder.ts';
import { concat, knownText, merge, text, unknown, type Value, wordOf } from '../value.ts';
import { formatted } from './format.ts';
import type { Expression, Program, Statement } from './syntax.ts';

type Elements = Map<string, Value>;
const nothing = { positional: [], named: new Map<string, Value>() };

export class Interpreter {
  readonly #program: Program;
  readonly #context: CodeContext;
  readonly #recorder: Recorder;
  #variables: Map<string, Value>;
  readonly #arrays = new Map<string, Elements>();
  readonly #calls: string[] = [];

  constructor(program: Program, context: CodeContext, recorder: Recorder, given: ReadonlyMap<string, Value>) {
    this.#program = program;
    this.#context = context;
    this.#recorder = recorder;
    this.#variables = new Map(given);
  }

  run(): void {
    const { begin, rules, end } = this.#program;
    for (const part of [begin, rules, end]) this.#statements(part);
  }

  #statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.#statement(statement);
  }

  #statement(statement: Statement): void {
    this.#recorder.step();
    switch (statement.kind) {
      case 'expression':
        this.#evaluate(statement.value);
        return;
      case 'print':
        this.#print(statement);
        return;
      case 'if':
        this.#evaluate(statement.condition);
        this.#branches([statement.whenTrue, statement.otherwise]);
        return;
      case 'loop':
        for (const each of statement.head) this.#evaluate(each);
        this.#statements(statement.body);
        return;
      case 'for-in':
        this.#forIn(statement);
    }
  }

  /** Either may run: what they leave different is not known afterwards. */
  #branches(bodies: readonly (readonly Statement[])[]): void {
    const before = this.#variables;
    const ends = bodies.map((body) => {
      this.#variables = new Map(before);
      this.#statements(body);
      return this.#variables;
    });
    const [first = before, ...others] = ends;
    for (const other of others)
      for (const name of new Set([...first.keys(), ...other.keys()])) {
        const [a, b] = [first.get(name), other.get(name)];
        if (a !== b) first.set(name, merge(a, b, name));
      }
    this.#variables = first;
  }

  #forIn({ name, array, body }: Extract<Statement, { kind: 'for-in' }>): void {
    const keys = [...(this.#arrays.get(array)?.keys() ?? [])].slice(0, 64);
    for (const key of [...keys.map((each) => text(each)), unknown(name)]) {
      this.#variables.set(name, key);
      this.#statements(body);
    }
  }

  #print({ formatted: hasFormat, given, to, line }: Extract<Statement, { kind: 'print' }>): void {
    const values = given.map((each) => this.#evaluate(each));
    if (to === undefined) return;
    const target = this.#evaluate(to.target);
    this.#recorder.line = line;
    const printed = hasFormat ? formatted(values) : values.length === 0 ? unknown('$0') : concat(values, ' ');
    const via = hasFormat ? 'printf' : 'print';
    if (to.operator.startsWith('|')) this.#runs(target, `${via} | command`, wordOf(printed));
    else this.#writes(target, printed, to.operator === '>>', via);
  }

  /** `printf ""` only empties the file. */
  #writes(target: Value, printed: Value, appends: boolean, via: string): void {
    const path = wordOf(target);
    if (isStream(path)) return;
    if (!appends && knownText(printed) === '' && via === 'printf')
      this.#recorder.record(via, { kind: 'file', op: 'truncate', path, recursive: false, many: false });
    else this.#recorder.record(via, { kind: 'write', path, text: undefined, appends });
  }

  #runs(command: Value, via: string, stdin?: Word): void {
    const given = stdin === undefined ? nothing : { ...nothing, named: new Map([['input', text(stdin)]]) };
    recordShell(command, given, this.#recorder, via);
  }

  #evaluate(expression: Expression): Value {
    this.#recorder.step();
    switch (expression.kind) {
      case 'string':
      case 'number':
        return text(expression.value);
      case 'regex':
        return unknown('/…/');
      case 'variable':
        return this.#variable(expression.name);
      case 'element':
        return this.#element(expression);
      case 'field': {
        const at = knownText(this.#evaluate(expression.of));
        return unknown(`$${at ?? '…'}`);
      }
      case 'assign':
        return this.#assign(expression);
      case 'change':
        this.#set(expression.target, unknown('number'));
        return unknown('number');
      case 'concat':
        return concat(expression.parts.map((part) => this.#evaluate(part)));
      case 'operation':
        for (const operand of expression.operands) this.#evaluate(operand);
        return unknown('…');
      case 'choice': {
        this.#evaluate(expression.condition);
        const [yes, no] = [this.#evaluate(expression.yes), this.#evaluate(expression.no)];
        return merge(yes, no, '… ? … : …');
      }
      case 'call':
        return this.#call(expression.name, expression.given, expression.line);
      case 'getline':
        return this.#getline(expression);
    }
  }

  /** A variable that nothing gave a value to is empty. */
  #variable(name: string): Value {
    const known = this.#variables.get(name);
    if (known !== undefined) return known;
    if (/^(OFS|SUBSEP)$/.test(name)) return text(' ');
    return name === unknownPiece || this.#program.assigned.has(name) || /^[A-Z]+$/.test(name)
      ? unknown(name)
      : text('');
  }

  #element({ name, subscripts }: Extract<Expression, { kind: 'element' }>): Value {
    const key = this.#keyOf(subscripts);
    if (name === 'ENVIRON' && key !== undefined) {
      const word = this.#context.variable(key);
      return word === undefined ? text('') : text(word);
    }
    const value = key === undefined ? undefined : this.#arrays.get(name)?.get(key);
    return value ?? unknown(`${name}[${key ?? '…'}]`);
  }

  #keyOf(subscripts: readonly Expression[]): string | undefined {
    const keys = subscripts.map((each) => knownText(this.#evaluate(each)));
    return keys.every((key) => key !== undefined) ? keys.join('\x1c') : undefined;
  }

  #assign({ target, operator, value }: Extract<Expression, { kind: 'assign' }>): Value {
    const given = this.#evaluate(value);
    const result = operator === '=' ? given : unknown('number');
    this.#set(target, result);
    return result;
  }

  #set(target: Expression, value: Value): void {
    if (target.kind === 'variable') this.#variables.set(target.name, value);
    if (target.kind !== 'element') return;
    const key = this.#keyOf(target.subscripts);
    if (key === undefined) return;
    const elements = this.#arrays.get(target.name) ?? new Map<string, Value>();
    elements.set(key, value);
    this.#arrays.set(target.name, elements);
  }

  #getline({ from, source, into, line }: Extract<Expression, { kind: 'getline' }>): Value {
    const given = source === undefined ? undefined : this.#evaluate(source);
    this.#recorder.line = line;
    if (from === 'command' && given !== undefined) this.#runs(given, 'command | getline');
    if (into !== undefined) this.#set(into, unknown('getline'));
    return unknown('getline');
  }

  #call(name: string, given: readonly Expression[], line: number): Value {
    const definition = this.#program.functions.get(name);
    const values = given.map((each) => this.#evaluate(each));
    this.#recorder.line = line;
    if (definition !== undefined) return this.#follow(name, values);
    if (name === 'system') {
      this.#runs(values[0] ?? text(''), 'system');
      return unknown('system');
    }
    if (name === 'split') this.#split(values, given[1]);
    if (/^g?sub$/.test(name) && given[2] !== undefined) this.#set(given[2], unknown(name));
    return builtin(name, values);
  }

  /** `split("a b", parts)` fills the array where the text and the separator are known. */
  #split([whole, , separator]: readonly Value[], array: Expression | undefined): void {
    const known = knownText(whole);
    const between = separator === undefined ? ' ' : knownText(separator);
    if (array?.kind !== 'variable') return;
    const elements = new Map<string, Value>();
    if (known !== undefined && between !== undefined && (between.length === 1 || separator === undefined)) {
      const items = between === ' ' ? known.trim().split(/\s+/) : known.split(between);
      for (const [index, item] of items.slice(0, 1_000).entries()) elements.set(String(index + 1), text(item));
    }
    this.#arrays.set(array.name, elements);
  }

  /** A function of the program, with its parameters as its own variables. */
  #follow(name: string, values: readonly Value[]): Value {
    const definition = this.#program.functions.get(name);
    if (definition === undefined || this.#calls.includes(name) || this.#calls.length >= codeLimits.depth)
      return unknown(`${name}()`);
    const own = [...definition.parameters, 'return'];
    const outer = own.map((each) => [each, this.#variables.get(each)] as const);
    for (const [at, each] of definition.parameters.entries()) this.#variables.set(each, values[at] ?? text(''));
    this.#variables.delete('return');
    this.#calls.push(name);
    this.#statements(definition.body);
    this.#calls.pop();
    const result = this.#variables.get('return') ?? text('');
    for (const [each, value] of outer) {
      if (value === undefined) this.#variables.delete(each);
      else this.#variables.set(each, value);
    }
    return result;
  }
}

/** Standard output and error by their names are no files. */
const isStream = (path: Word): boolean => /^(\/dev\/(std(out|err)|tty|null|fd\/\d+)|-)$/.test(textOf(path) ?? '');

function builtin(name: string, values: readonly Value[]): Value {
  const [first] = values;
  const known = knownText(first);
  if (name === 'sprintf') return formatted(values);
  if (name === 'toupper' && known !== undefined) return text(known.toUpperCase());
  if (name === 'tolower' && known !== undefined) return text(known.toLowerCase());
  if (name === 'substr' && known !== undefined) {
    const [start, length] = [Number(knownText(values[1])), Number(knownText(values[2]) ?? known.length)];
    if (Number.isInteger(start) && Number.isInteger(length)) return text(known.slice(start - 1, start - 1 + length));
  }
  const word = first === undefined ? undefined : wordOf(first);
  // What is known of the pieces is kept where the letters change only.
  if (/^to(upper|lower)$/.test(name) && word !== undefined) return text(dynamicWord(name, piecesOf(word)));
  return unknown(`${name}()`);
}
