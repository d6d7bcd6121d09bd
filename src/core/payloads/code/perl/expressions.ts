import { dynamicWord, type Word } from '../../../model/word.ts';
import { mergeAll, type Outcome } from '../branches.ts';
import { concat, knownText, list, table, taintOf, text, unknown, type Value, wordOf } from '../value.ts';
import { runsCommand } from './libraries.ts';
import { globbed, itemsOf, type Runtime, type Sub, sourceOf, tableOf } from './model.ts';
import { Scopes } from './scopes.ts';
import { endsBlock, initial, isOpen, range, takesList, variablesOf } from './shapes.ts';
import type { Block, Expression } from './syntax.ts';

const empty = text('');

export abstract class Expressions extends Scopes implements Runtime {
  /** A list as Perl builds it: arrays and lists are laid open, references to them are not. */
  protected list(expressions: readonly Expression[]): readonly Value[] {
    const items = expressions.flatMap((each) => {
      const value = this.evaluate(each);
      if (value.kind === 'list' && isOpen(each)) return itemsOf(value);
      if (value.kind === 'table' && (each.kind === 'variable' || each.kind === 'dereference') && isOpen(each))
        return [...value.entries].flatMap(([key, entry]) => [text(key), entry]);
      return [value];
    });
    this.recorder.step(items.length);
    return items;
  }

  protected evaluate(expression: Expression): Value {
    this.recorder.step();
    switch (expression.kind) {
      case 'text':
        return this.text(expression.parts);
      case 'variable':
        return this.#variable(expression.sigil, expression.name);
      case 'element':
        return this.#element(expression);
      case 'dereference':
        return this.#dereference(expression);
      case 'list':
        return expression.items.length === 1 && !isOpen(expression.items[0] as Expression)
          ? this.evaluate(expression.items[0] as Expression)
          : list(this.list(expression.items));
      case 'array':
        return list(this.list(expression.items));
      case 'hash':
        return tableOf(this.list(expression.items));
      case 'sub':
        return {
          kind: 'function',
          body: { body: expression.body, scope: this.scope, package: this.package } satisfies Sub,
        };
      case 'do':
        return this.within(() => this.block(expression.body)).value;
      case 'assign':
        return this.#assign(expression);
      case 'operation':
        return this.#operation(expression);
      case 'choice': {
        this.evaluate(expression.condition);
        return mergeAll([this.evaluate(expression.yes), this.evaluate(expression.no)], '… ? … : …');
      }
      case 'call':
        return this.call(expression);
      case 'method':
        return this.method(expression);
      case 'apply': {
        const code = this.evaluate(expression.code);
        return this.apply(code, this.list(expression.given));
      }
      case 'command': {
        const command = this.evaluate(expression.text);
        this.recorder.line = expression.line;
        return runsCommand(command, this);
      }
      case 'glob':
        return globbed(wordOf(this.evaluate(expression.pattern)));
      case 'readline':
        return this.#readline(expression.handle);
      case 'match':
        return this.#match(expression);
    }
  }

  #readline(handle: Expression): Value {
    const value = this.evaluate(handle);
    const input = /^(STDIN|)$/.test(knownText(value) ?? 'FH') ? this.context.stdin : undefined;
    return text(input ?? dynamicWord('<…>', [null], true));
  }

  protected text(parts: readonly (string | Expression)[]): Value {
    return concat(
      parts.map((part) => {
        if (typeof part === 'string') return text(part);
        const value = this.evaluate(part);
        const isList = part.kind === 'variable' || part.kind === 'dereference' || part.kind === 'element';
        return value.kind === 'list' && isList ? concat(itemsOf(value), ' ') : value;
      }),
    );
  }

  #variable(sigil: string, name: string): Value {
    if (sigil === '&') return this.#named(name);
    const key = sigil + name;
    if (name === 'ENV' && sigil === '%') return unknown('%ENV');
    return this.get(key);
  }

  /** `\&name`: the sub itself. */
  #named(name: string): Value {
    const sub = this.subs.get(name);
    return sub === undefined ? unknown(`&${name}`) : { kind: 'function', body: sub };
  }

  #element({ of, key, slice }: Extract<Expression, { kind: 'element' }>): Value {
    if (slice) return list(this.list([key]).map((each) => this.#entry(of, each)));
    return this.#entry(of, this.evaluate(key));
  }

  #entry(of: Expression, key: Value): Value {
    const name = knownText(key);
    if (of.kind === 'variable' && of.name === 'ENV' && name !== undefined) {
      const given = this.scope.variables.get(`%ENV{${name}}`) ?? this.globals.variables.get(`%ENV{${name}}`);
      const word = this.context.variable(name);
      return given ?? (word === undefined ? empty : text(word));
    }
    const container = this.evaluate(of);
    const source = of.kind === 'variable' ? `$${of.name}{${name ?? '…'}}` : '…{…}';
    if (container.kind === 'table')
      return (name === undefined ? undefined : container.entries.get(name)) ?? unknown(source);
    if (container.kind === 'list' && name !== undefined) {
      const value = container.items.at(Number(name));
      if (value !== undefined && Number.isInteger(Number(name))) return value;
    }
    return unknown(of.kind === 'variable' && container.kind === 'list' ? `$${of.name}[${name ?? '…'}]` : source);
  }

  #dereference({ sigil, of }: Extract<Expression, { kind: 'dereference' }>): Value {
    const value = this.evaluate(of);
    if (sigil === '@' && value.kind !== 'list')
      return value.kind === 'table' ? value : list([unknown(sourceOf(value))], false);
    return value;
  }

  #assign({ target, operator, value }: Extract<Expression, { kind: 'assign' }>): Value {
    const isMany = takesList(target);
    const given = isMany ? list(this.list([value])) : this.#first(value);
    const result =
      operator === '.='
        ? concat([this.evaluate(target), given])
        : /^(=|my|\|\|=|\/\/=|&&=)$/.test(operator)
          ? given
          : unknown('number');
    if (/^(\|\||\/\/)=$/.test(operator)) {
      const before = this.evaluate(target);
      this.store(target, before.kind === 'unknown' ? unknown(sourceOf(before)) : before);
    } else this.store(target, result);
    return result;
  }

  /** One value for a scalar: of a list in parentheses the last, of an array its length. */
  #first(expression: Expression): Value {
    const value = this.evaluate(expression);
    if (value.kind !== 'list' || !isOpen(expression)) return value;
    if (expression.kind === 'call' || expression.kind === 'glob') return value.items[0] ?? unknown('…');
    return expression.kind === 'list' ? (value.items.at(-1) ?? unknown('…')) : unknown('a number');
  }

  protected store(target: Expression, value: Value): void {
    switch (target.kind) {
      case 'operation':
        if (target.operator === 'my') {
          for (const variable of variablesOf(target.operands[0])) this.scope.variables.set(variable, empty);
          this.store(target.operands[0] as Expression, value);
        }
        return;
      case 'list': {
        const items = itemsOf(value);
        target.items.forEach((each, at) => {
          const isRest = takesList(each);
          this.store(each, isRest ? list(items.slice(at)) : (items[at] ?? unknown('…')));
        });
        return;
      }
      case 'variable':
        this.set(target.sigil + target.name, target.sigil === '%' ? tableOf(itemsOf(value)) : value);
        return;
      case 'element':
        this.#storeElement(target, value);
        return;
      case 'dereference':
        this.store(target.of, value);
        return;
      case 'choice':
        this.store(target.yes, unknown('…'));
        this.store(target.no, unknown('…'));
        return;
      default:
        return;
    }
  }

  #storeElement({ of, key, hash }: Extract<Expression, { kind: 'element' }>, value: Value): void {
    const name = knownText(this.evaluate(key));
    if (of.kind === 'variable' && of.name === 'ENV' && name !== undefined) {
      this.branches.set(this.globals.variables, `%ENV{${name}}`, value);
      return;
    }
    if (of.kind !== 'variable' && of.kind !== 'element') return;
    const before = this.evaluate(of);
    const isKnown = hash ? before.kind === 'table' : before.kind === 'list';
    const entries: readonly (readonly [string, Value])[] =
      before.kind === 'table'
        ? [...before.entries]
        : before.kind === 'list'
          ? before.items.map((each, at) => [String(at), each] as const)
          : [];
    const after = new Map(entries);
    if (name !== undefined) after.set(name, value);
    const complete = isKnown && name !== undefined && 'complete' in before && before.complete;
    const changed = hash ? table(after, complete) : list([...after.values()], complete);
    if (of.kind === 'element') this.#storeElement(of, changed);
    else this.set(of.sigil + of.name, changed);
  }

  #operation({ operator, operands }: Extract<Expression, { kind: 'operation' }>): Value {
    const [first, second] = operands;
    switch (operator) {
      case 'my':
        for (const variable of variablesOf(first)) this.scope.variables.set(variable, initial(variable));
        return empty;
      case '\\':
      case 'handle':
        return first === undefined ? empty : this.evaluate(first);
      case '||':
      case '//': {
        const left = first === undefined ? empty : this.evaluate(first);
        const right = this.#maybe(second);
        if (left.kind === 'unknown') return unknown(sourceOf(left), taintOf(left));
        return knownText(left) === '' ? right : left;
      }
      case '&&': {
        if (first !== undefined) this.evaluate(first);
        this.#maybe(second);
        return unknown('… && …');
      }
      case 'x': {
        const [value, count] = [
          this.#first(first as Expression),
          Number(knownText(this.evaluate(second as Expression))),
        ];
        const whole = knownText(value);
        return whole !== undefined && count * whole.length < 10_000
          ? text(whole.repeat(Math.max(0, Math.trunc(count) || 0)))
          : unknown('x');
      }
      case '++':
        if (first !== undefined) this.store(first, unknown('number'));
        return unknown('number');
      case '..':
        return range(operands.map((each) => knownText(this.evaluate(each))));
      case '=~':
      case '!~':
        return this.#bound(first, second);
      default:
        for (const operand of operands) this.evaluate(operand);
        return unknown('…');
    }
  }

  /** What may or may not run. */
  #maybe(expression: Expression | undefined): Value {
    if (expression === undefined) return empty;
    const branch = (): Outcome => ({ value: this.evaluate(expression), ended: endsBlock(expression) });
    return this.branches.read([branch], true)[0]?.value ?? empty;
  }

  /** `$x =~ s/a/b/` changes the variable. */
  #bound(target: Expression | undefined, match: Expression | undefined): Value {
    const before = target === undefined ? empty : this.evaluate(target);
    const value = match === undefined ? empty : this.evaluate(match);
    if (target !== undefined && match?.kind === 'match' && match.replacement !== undefined)
      this.store(
        target.kind === 'list' && target.items[0]?.kind === 'assign' ? target.items[0].target : target,
        unknown(sourceOf(before), taintOf(before)),
      );
    return value;
  }

  #match({ replacement, isCode }: Extract<Expression, { kind: 'match' }>): Value {
    const value = replacement === undefined ? empty : this.evaluate(replacement);
    if (isCode) this.evaluateText(value, 's///ee');
    return unknown('a match');
  }

  protected abstract block(block: Block): Outcome;
  protected abstract call(call: Extract<Expression, { kind: 'call' }>): Value;
  protected abstract method(call: Extract<Expression, { kind: 'method' }>): Value;
  abstract include(path: Word): void;
  abstract apply(code: Value | undefined, given: readonly Value[], topic?: Value): Value;
  abstract applyBlock(block: Block, topic: Value | undefined): Value;
  abstract evaluateText(code: Value | undefined, via: string): Value;
}
