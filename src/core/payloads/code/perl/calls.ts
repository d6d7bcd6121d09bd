import { knownPrefix, textOf } from '../../../model/word.ts';
import { mergeAll } from '../branches.ts';
import { codeLimits } from '../recorder.ts';
import { knownText, list, taintOf, text, unknown, type Value, wordOf } from '../value.ts';
import { builtins } from './builtins.ts';
import { Expressions } from './expressions.ts';
import { callMethod, commonRequest, functions } from './libraries.ts';
import { classOf, itemsOf, type Sub } from './model.ts';
import type { Block, Expression } from './syntax.ts';

type KnownItems = Pick<Extract<Value, { kind: 'list' }>, 'items' | 'complete'>;

const empty = text('');

export abstract class Calls extends Expressions {
  /** Values that the sub which is being followed gave back; its bodies are those on the way. */
  #returns: Value[] = [];
  readonly #open: Block[] = [];

  protected call(call: Extract<Expression, { kind: 'call' }>): Value {
    const { name, line, block } = call;
    if (name === 'return') return this.#return(call);
    if (name === 'shift' || name === 'pop' || name === 'push' || name === 'unshift') return this.#changesArray(call);
    const constant = call.given.length === 0 ? this.globals.variables.get(`&${name}`) : undefined;
    if (constant !== undefined) return constant;
    if (block !== undefined && /^(map|grep|first|any|all|none|sort|try|catch|finally|max|min)$/.test(name))
      return this.#mapped(call);
    const sub = this.subs.get(name) ?? this.subs.get(`${this.package}::${name}`);
    const given = /^(print|printf|say)$/.test(name) ? this.#printed(call.given) : this.list(call.given);
    this.recorder.line = line;
    if (sub !== undefined) return this.apply({ kind: 'function', body: sub }, given);
    if (name === 'open' || name === 'opendir') return this.#opened(call, given);
    if (block !== undefined && !/^(system|exec)$/.test(name)) this.within(() => this.block(block));
    return this.#library(name, given);
  }

  /** A builtin, or a function of a known module. */
  #library(name: string, given: readonly Value[]): Value {
    const table = [builtins, functions].find((each) => Object.hasOwn(each, name));
    const known = table?.[name];
    if (known !== undefined) return known(given, this, name) ?? unknown(`${name}(...)`);
    const request = commonRequest(name, given);
    return request ?? (given.length === 0 && /^[A-Z]/.test(name) ? text(name) : unknown(`${name}(...)`));
  }

  /** The handle first; what is printed without one goes to standard output. */
  #printed(given: readonly Expression[]): readonly Value[] {
    const [first, ...rest] = given;
    const isHandle = first?.kind === 'operation' && first.operator === 'handle';
    const handle = isHandle ? this.evaluate(first.operands[0] as Expression) : empty;
    const known = handle.kind === 'text' ? this.get(`$*${knownText(handle) ?? ''}`) : handle;
    return [known, ...this.list(isHandle ? rest : given)];
  }

  /** `open(my $fh, ...)`, `open(FH, ...)`: the handle is kept in the variable. */
  #opened({ name, given }: Extract<Expression, { kind: 'call' }>, values: readonly Value[]): Value {
    const [target] = given;
    const result = builtins[name]?.(values, this, name) ?? empty;
    if (target === undefined) return result;
    const bareword =
      target.kind === 'call' ? target.name : target.kind === 'text' ? knownText(this.text(target.parts)) : undefined;
    if (bareword !== undefined) this.branches.set(this.globals.variables, `$*${bareword}`, result);
    else this.store(target, result);
    return unknown(name);
  }

  #return({ given }: Extract<Expression, { kind: 'call' }>): Value {
    const values = this.list(given);
    const value = values.length === 1 ? (values[0] as Value) : list(values);
    this.#returns.push(value);
    return value;
  }

  #changesArray({ name, given }: Extract<Expression, { kind: 'call' }>): Value {
    const inSub = this.#open.length > 0;
    const [target = { kind: 'variable', sigil: '@', name: inSub ? '_' : 'ARGV' } satisfies Expression, ...rest] = given;
    const before = this.evaluate(target);
    const known = before.kind === 'list' ? before : { items: [], complete: false };
    if (name === 'push' || name === 'unshift') {
      this.#add(target, known, this.list(rest), name === 'push');
      return unknown('number');
    }
    return (
      this.#take(target, known, name === 'shift') ??
      unknown(`${name} @${target.kind === 'variable' ? target.name : '…'}`)
    );
  }

  #add(target: Expression, { items, complete }: KnownItems, added: readonly Value[], atEnd: boolean): void {
    const gap = complete || items.length === 0 ? [] : [unknown('…')];
    const after = atEnd ? [...items, ...gap, ...added] : [...added, ...items];
    if (after.length < 5_000) this.store(target, list(after, complete || atEnd));
  }

  /** Takes the first or the last item; of an empty list nothing. */
  #take(target: Expression, { items, complete }: KnownItems, isFirst: boolean): Value | undefined {
    if (items.length === 0) return complete ? empty : undefined;
    this.store(target, list(isFirst ? items.slice(1) : items.slice(0, -1), complete));
    return isFirst ? items[0] : complete ? items.at(-1) : undefined;
  }

  /** `map`, `grep` and their kin: the block is followed for each known item. */
  #mapped({ name, given, block = [] }: Extract<Expression, { kind: 'call' }>): Value {
    if (/^(try|catch|finally)$/.test(name)) {
      this.within(() => this.block(block));
      this.list(given);
      return unknown(name);
    }
    const items = this.list(given);
    if (name === 'sort' || items.length > codeLimits.rounds) {
      this.applyBlock(block, unknown('$_'));
      return name === 'map' ? list([], false) : list(items, name === 'sort');
    }
    const values = items.flatMap((item) => itemsOf(this.applyBlock(block, item)));
    return name === 'map' ? list(values) : list(items, false);
  }

  applyBlock(block: Block, topic: Value | undefined): Value {
    return this.within(() => {
      if (topic !== undefined) this.scope.variables.set('$_', topic);
      return this.block(block).value;
    });
  }

  apply(code: Value | undefined, given: readonly Value[], topic?: Value): Value {
    const sub = code?.kind === 'function' ? (code.body as Sub) : undefined;
    if (sub === undefined || this.#open.includes(sub.body) || this.#open.length >= codeLimits.depth)
      return unknown('a call');
    const [scope, outerPackage, returns] = [this.scope, this.package, this.#returns];
    this.scope = { variables: new Map([['@_', list(given)]]), outer: sub.scope };
    if (topic !== undefined) {
      this.scope.variables.set('$_', topic);
      this.scope.variables.set('$File::Find::name', topic);
    }
    this.package = sub.package;
    this.#returns = [];
    this.#open.push(sub.body);
    const { value } = this.block(sub.body);
    this.#open.pop();
    const result = this.#returns.length === 0 ? value : mergeAll(this.#returns, 'a call');
    [this.scope, this.package, this.#returns] = [scope, outerPackage, returns];
    return result;
  }

  protected method({ on, name, given, line }: Extract<Expression, { kind: 'method' }>): Value {
    const object = this.evaluate(on);
    const values = this.list(given);
    this.recorder.line = line;
    if (typeof name !== 'string') return this.apply(this.evaluate(name), [object, ...values]);
    const className = classOf(object) === '__PACKAGE__' ? this.package : classOf(object);
    const sub =
      (className === undefined ? undefined : this.subs.get(`${className}::${name}`)) ??
      (object.kind === 'name' || className !== undefined ? undefined : this.subs.get(name));
    if (sub !== undefined)
      return this.apply({ kind: 'function', body: sub }, [
        className !== undefined && object.kind === 'text' ? text(className) : object,
        ...values,
      ]);
    return callMethod(object, values, this, name) ?? unknown(`->${name}`, taintOf(object));
  }

  /** `eval $text`: code that came over the network, or was decoded, is a flow as well. */
  evaluateText(code: Value | undefined, via: string): Value {
    const taint = taintOf(code);
    if (taint !== undefined) this.recorder.record(via, { kind: 'flow', from: taint, to: 'interpreter' });
    const word = wordOf(code);
    if (textOf(word) !== undefined || /\S/.test(knownPrefix(word)))
      this.recorder.record(via, { kind: 'code', language: 'perl', text: word });
    return unknown(via);
  }
}
