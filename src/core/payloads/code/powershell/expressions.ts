// Follows PowerShell's expressions: what they give, and what they set.
import type { CodeContext } from '../../../model/code.ts';
import { dynamicWord, type Word } from '../../../model/word.ts';
import { windowsVariable } from '../batch/environment.ts';
import { Branches, mergeAll, type Outcome } from '../branches.ts';
import type { Recorder } from '../recorder.ts';
import { concat, knownText, list, named, table, taintOf, text, unknown, type Value } from '../value.ts';
import { callInstance, statics } from './dotnet.ts';
import type { Runtime } from './model.ts';
import type { Block, Expression } from './syntax.ts';
import { filledIn, range, replaced } from './texts.ts';
import { empty, itemsOf } from './values.ts';

export abstract class Expressions implements Runtime {
  readonly recorder: Recorder;
  readonly context: CodeContext;

  folder: Word | undefined;

  protected readonly branches = new Branches();

  protected variables = new Map<string, Value>();

  constructor(context: CodeContext, recorder: Recorder) {
    this.context = context;
    this.recorder = recorder;
    const folder = context.path?.replace(/\/[^/]*$/, '');
    if (folder !== undefined) this.variables.set('psscriptroot', text(folder || '/'));
    this.variables.set('args', list(context.args.map((word) => text(word))));
    for (const name of ['true', 'false']) this.variables.set(name, text(name));
    this.variables.set('null', empty);
  }

  protected evaluate(expression: Expression): Value {
    this.recorder.step();
    switch (expression.kind) {
      case 'text':
        return concat(
          expression.parts.map((part) => (typeof part === 'string' ? text(part) : this.#asText(this.evaluate(part)))),
        );
      case 'variable':
        return this.#variable(expression.name);
      case 'array':
        return this.#array(expression.items);
      case 'hash':
        return this.#hash(expression.entries);
      case 'block':
        return { kind: 'function', body: expression.block };
      case 'statements':
        return this.block(expression.body).value;
      case 'type':
        return named(`[${expression.name}]`);
      case 'cast':
        return this.#cast(expression);
      case 'member':
        return this.#member(expression);
      case 'call':
        return this.#call(expression);
      case 'index':
        return this.#index(expression);
      case 'operation':
        return this.#operation(expression);
    }
  }

  #array(expressions: readonly Expression[]): Value {
    const items = expressions.flatMap((item) =>
      item.kind === 'statements' ? itemsOf(this.evaluate(item)) : [this.evaluate(item)],
    );
    this.recorder.step(items.length);
    return list(items);
  }

  #asText = (value: Value): Value => (value.kind === 'list' ? concat(value.items, ' ') : value);

  #variable(name: string): Value {
    const own = this.variables.get(name);
    if (own !== undefined) return own;
    const shown = `$${name}`;
    if (name === 'pwd') return text(this.folder ?? this.context.cwd);
    const environment = /^env:(.+)$/.exec(name)?.[1] ?? (name === 'home' ? 'HOME' : undefined);
    if (environment === undefined) return unknown(shown);
    const upper = environment.toUpperCase();
    const given = this.context.variable(upper) ?? this.context.variable(environment);
    if (given?.kind === 'static') return text(given);
    return text(windowsVariable(environment, shown) ?? given ?? dynamicWord(shown));
  }

  #hash(entries: readonly (readonly [Expression, Expression])[]): Value {
    const found = new Map<string, Value>();
    for (const [key, value] of entries) {
      const name = knownText(this.evaluate(key));
      const given = this.evaluate(value);
      if (name !== undefined) found.set(name, given);
    }
    return table(found, found.size === entries.length);
  }

  #cast({ type, value }: Extract<Expression, { kind: 'cast' }>): Value {
    const given = this.evaluate(value);
    if (type === 'scriptblock') return named('scriptblock()', { positional: [given], named: new Map() });
    if (/^(io\.(file|directory)info|net\.webclient)$/.test(type))
      return named(`${type}()`, { positional: [given], named: new Map() });
    const code = Number(knownText(given));
    return type === 'char' && Number.isInteger(code) && code > 0 && code < 0x10000
      ? text(String.fromCharCode(code))
      : given;
  }

  #member({ of, name }: Extract<Expression, { kind: 'member' }>): Value {
    const value = this.evaluate(of);
    const key = knownText(this.evaluate(name)) ?? '';
    if (value.kind === 'table') {
      const found = [...value.entries].find(([each]) => each.toLowerCase() === key.toLowerCase());
      return found?.[1] ?? unknown(`.${key}`);
    }
    if (value.kind === 'name' && value.name === '[text.encoding]') return named(`[text.encoding.${key.toLowerCase()}]`);
    // A path that was found stays the path.
    if (/^(fullname|path|pspath|name|value|literalpath)$/i.test(key)) return value;
    return unknown(`.${key}`, taintOf(value));
  }

  #call({ of, name, given, line }: Extract<Expression, { kind: 'call' }>): Value {
    const on = this.evaluate(of);
    const method = (knownText(this.evaluate(name)) ?? '').toLowerCase();
    const values = given.map((each) => this.evaluate(each));
    this.recorder.line = line;
    const type = on.kind === 'name' ? /^\[(.+)\]$/.exec(on.name)?.[1] : undefined;
    if (type === undefined) return callInstance(on, method, values, this) ?? unknown(`.${method}()`, taintOf(on));
    if (method === 'new') return named(`${type}()`, { positional: values, named: new Map() });
    const encoding = /^text\.encoding\.(\w+)$/.exec(type)?.[1];
    const key = encoding === undefined ? `${type}.${method}` : `text.encoding.${method}.${encoding}`;
    const known = Object.hasOwn(statics, key) ? statics[key] : undefined;
    return known?.(values, this, `[${type}]::${method}`, on) ?? unknown(`[${type}]::${method}`);
  }

  #index({ of, key }: Extract<Expression, { kind: 'index' }>): Value {
    const [value, at] = [this.evaluate(of), knownText(this.evaluate(key))];
    if (value.kind === 'table' && at !== undefined) return value.entries.get(at) ?? unknown(`[${at}]`);
    if (value.kind === 'list' && at !== undefined && /^-?\d+$/.test(at))
      return value.items.at(Number(at)) ?? unknown(`[${at}]`);
    return unknown('[…]', taintOf(value));
  }

  #operation({ operator, operands }: Extract<Expression, { kind: 'operation' }>): Value {
    const values = operands.map((each) => this.evaluate(each));
    const [left = empty, right = empty] = values;
    switch (operator.replace(/^-[ic](?=replace|split)/, '-')) {
      case '+':
        if (operands.length < 2) return left;
        return left.kind === 'list'
          ? list([...left.items, ...itemsOf(right)], left.complete)
          : concat([left, this.#asText(right)]);
      case '-join':
        return operands.length < 2 ? concat(itemsOf(left)) : concat(itemsOf(left), knownText(right) ?? '');
      case '-f':
        return filledIn(left, itemsOf(right));
      case '-replace':
        return replaced(left, itemsOf(right));
      case '-split': {
        const [whole, between] = [knownText(left), knownText(right)];
        if (whole === undefined || between === undefined || /[\\[({^$.|?*+]/.test(between))
          return unknown('-split', taintOf(left));
        return list(
          (between === '' ? whole.trim().split(/\s+/) : whole.split(between)).slice(0, 1_000).map((each) => text(each)),
        );
      }
      case '..':
        return range(knownText(left), knownText(right));
      case '?':
        return mergeAll([right, values[2]], '… ? … : …');
      case '??':
        return left.kind === 'unknown' ? left : knownText(left) === '' ? right : left;
      default:
        return unknown(operator);
    }
  }

  protected store(target: Expression, value: Value): void {
    if (target.kind === 'variable') this.branches.set(this.variables, target.name, value);
    if (target.kind === 'cast') this.store(target.value, value);
    if ((target.kind === 'index' || target.kind === 'member') && target.of.kind === 'variable') {
      const before = this.evaluate(target.of);
      const key = knownText(this.evaluate(target.kind === 'index' ? target.key : target.name));
      if (before.kind === 'table' && key !== undefined)
        this.store(target.of, table(new Map([...before.entries, [key, value]]), before.complete));
      // An object keeps what its properties are set to.
      if (before.kind === 'name' && before.made !== undefined && key !== undefined) {
        const set = new Map([...before.made.named, [key.toLowerCase(), value]]);
        this.store(target.of, named(before.name, { ...before.made, named: set }));
      }
    }
  }

  protected abstract block(block: Block): Outcome;
  abstract apply(code: Value | undefined, given: readonly Value[], topic?: Value): Value;
  abstract evaluateText(code: Value | undefined, via: string): Value;
}
