import { joinWords, staticWord, textOf, type Word } from '../../../model/word.ts';
import { absolutePath } from '../../../resolve/paths.ts';
import { mountedFolder, windowsPath } from '../batch/environment.ts';
import { mergeAll, type Outcome } from '../branches.ts';
import { codeLimits } from '../recorder.ts';
import { concat, knownText, list, taintOf, text, unknown, type Value, wordOf } from '../value.ts';
import { bind } from './binding.ts';
import { type Cmdlet, cmdlets } from './cmdlets.ts';
import { Expressions } from './expressions.ts';
import { type Bound, isSet } from './model.ts';
import { aliases, destructive } from './names.ts';
import { parsePowerShell } from './parser.ts';
import type { Argument, Block, Command, Element, Redirected, ScriptBlock, Statement } from './syntax.ts';
import { cmdletName } from './texts.ts';
import { empty, itemsOf, one } from './values.ts';

const noOutcome: Outcome = { value: empty, ended: false };

export class Interpreter extends Expressions {
  /** Arguments of a script, as `-Name value` and by position. */
  #bindWords(script: ScriptBlock, given: readonly Value[]): void {
    const named = new Map<string, Value>();
    const rest: Value[] = [];
    for (let at = 0; at < given.length; at += 1) {
      const name = /^-([A-Za-z]\w*):?$/.exec(knownText(given[at]) ?? '')?.[1];
      const next = given[at + 1];
      if (name === undefined) rest.push(given[at] as Value);
      else if (next === undefined || /^-[A-Za-z]/.test(knownText(next) ?? ''))
        named.set(name.toLowerCase(), text('true'));
      else {
        named.set(name.toLowerCase(), next);
        at += 1;
      }
    }
    this.#bindParameters(script, named, rest);
  }

  #bindParameters(script: ScriptBlock, named: ReadonlyMap<string, Value>, rest: readonly Value[]): void {
    let next = 0;
    for (const { name, value } of script.parameters) {
      const key =
        [...named.keys()].find((each) => each === name) ?? [...named.keys()].find((each) => name.startsWith(each));
      const given = key === undefined ? rest[next] : named.get(key);
      if (key === undefined && given !== undefined) next += 1;
      this.variables.set(name, given ?? (value === undefined ? unknown(`$${name}`) : this.evaluate(value)));
    }
    this.variables.set('args', list(rest.slice(next)));
  }

  protected block(block: Block): Outcome {
    for (const statement of block)
      if (statement.kind === 'function') this.#functions.set(statement.name, statement.block);
    const values: Value[] = [];
    for (const statement of block) {
      const outcome = this.#statement(statement);
      if (outcome.value !== empty) values.push(outcome.value);
      if (outcome.value.kind === 'list') this.recorder.step(outcome.value.items.length);
      if (outcome.ended) return { value: one(values), ended: true };
    }
    return { value: one(values), ended: false };
  }

  #statement(statement: Statement): Outcome {
    this.recorder.step();
    switch (statement.kind) {
      case 'pipeline':
        this.recorder.line = statement.line;
        return { value: this.#pipeline(statement.elements), ended: false };
      case 'assign':
        this.#assign(statement);
        return noOutcome;
      case 'if':
        return this.#if(statement);
      case 'loop':
        this.block(statement.head);
        return { value: this.block(statement.body).value, ended: false };
      case 'foreach':
        return this.#foreach(statement);
      case 'body':
        return this.block(statement.body);
      case 'leave':
        return { value: this.block(statement.value).value, ended: true };
      case 'function':
        return noOutcome;
    }
  }

  #if({ conditions, bodies, isWhole }: Extract<Statement, { kind: 'if' }>): Outcome {
    for (const condition of conditions) this.block(condition);
    const outcomes = this.branches.read(
      bodies.map((body) => () => this.block(body)),
      !isWhole,
    );
    return {
      value: mergeAll(
        outcomes.map(({ value }) => value),
        'if',
      ),
      ended: isWhole && outcomes.every(({ ended }) => ended),
    };
  }

  #foreach({ variable, over, body }: Extract<Statement, { kind: 'foreach' }>): Outcome {
    const items = itemsOf(this.block(over).value);
    const values = (items.length > codeLimits.rounds ? [unknown(`$${variable}`)] : items).map((item) => {
      this.branches.set(this.variables, variable, item);
      return this.block(body).value;
    });
    return { value: one(values.filter((value) => value !== empty)), ended: false };
  }

  #assign({ target, operator, value, line }: Extract<Statement, { kind: 'assign' }>): void {
    this.recorder.line = line;
    const given = this.#statement(value).value;
    if (target.kind === 'array') {
      for (const [at, each] of target.items.entries()) this.store(each, itemsOf(given)[at] ?? unknown('…'));
      return;
    }
    if (operator === '+=') {
      const before = this.evaluate(target);
      const items =
        before.kind === 'list' && before.items.length < 5_000
          ? list([...before.items, ...itemsOf(given)], before.complete)
          : undefined;
      this.store(target, items ?? (before.kind === 'table' ? unknown('+=') : concat([before, given])));
    } else this.store(target, operator === '=' ? given : unknown(operator));
  }

  #pipeline(elements: readonly Element[]): Value {
    let input: Value | undefined;
    for (const element of elements) {
      input = element.kind === 'command' ? this.#command(element, input) : this.evaluate(element.value);
      this.#redirect(element.redirected, input);
    }
    return input ?? empty;
  }

  #redirect(redirected: readonly Redirected[], value: Value | undefined): void {
    for (const { target, appends } of redirected) {
      const path = windowsPath(wordOf(this.evaluate(target)));
      if (/^(\$null|nul)?$/i.test(textOf(path) ?? 'x')) continue;
      this.recorder.record('>', {
        kind: 'write',
        path,
        text: value === undefined ? undefined : wordOf(value),
        appends,
      });
    }
  }

  #command({ name, given, line }: Command, input: Value | undefined): Value {
    const program = this.evaluate(name);
    this.recorder.line = line;
    if (program.kind === 'function' || (program.kind === 'name' && program.name === 'scriptblock()'))
      return this.apply(
        program,
        given.flatMap((each) => (each.kind === 'value' ? [this.evaluate(each.value)] : [])),
        input,
      );
    const written = knownText(program);
    const lower = written?.toLowerCase().replace(/^(microsoft\.powershell\.\w+|cimcmdlets)\\/, '') ?? '';
    const own = this.#functions.get(lower);
    if (own !== undefined) return this.#callFunction(own, given, input);
    if (lower === 'set-alias' || lower === 'new-alias' || lower === 'sal') return this.#setAlias(given);
    const alias = this.variables.get(`alias:${lower}`);
    const known = alias === undefined ? (aliases[lower] ?? lower) : (knownText(alias) ?? lower).toLowerCase();
    const cmdlet = Object.hasOwn(cmdlets, known) ? cmdlets[known] : undefined;
    if (cmdlet !== undefined) {
      const shown = cmdletName(known);
      return (
        cmdlet.run(this.#bound(cmdlet, given, input), this, shown) ??
        (/^(invoke|get|new)-/.test(known) ? unknown(shown) : empty)
      );
    }
    if (/\.ps1$/.test(lower) && written !== undefined) return this.#script(written, given);
    return this.#external(program, destructive.get(known), given, input);
  }

  #setAlias(given: readonly Argument[]): Value {
    const values = given.flatMap((each) =>
      each.kind === 'value'
        ? [this.evaluate(each.value)]
        : each.kind === 'parameter' && each.value !== undefined
          ? [this.evaluate(each.value)]
          : [],
    );
    const name = knownText(values[0])?.toLowerCase();
    if (name !== undefined && values[1] !== undefined) this.variables.set(`alias:${name}`, values[1]);
    return empty;
  }

  #bound(cmdlet: Pick<Cmdlet, 'parameters' | 'switches'>, given: readonly Argument[], input: Value | undefined): Bound {
    return bind(cmdlet, given, input, {
      evaluate: (expression) => this.evaluate(expression),
      variable: (name) => this.variables.get(name),
    });
  }

  #callFunction(script: ScriptBlock, given: readonly Argument[], input: Value | undefined): Value {
    const names = script.parameters.map(({ name }) => name);
    const { named, rest } = this.#bound({ parameters: `| ${names.join(' ')}` }, given, input);
    return this.#within(script, () => {
      this.#bindParameters(script, named, rest);
      if (input !== undefined) {
        this.variables.set('input', input);
        this.variables.set('_', input);
      }
    });
  }

  #within(script: ScriptBlock, bind: () => void): Value {
    if (this.#open.includes(script) || this.#open.length >= codeLimits.depth) return unknown('a call');
    this.#scopes.push(this.variables);
    this.variables = new Map(this.variables);
    this.#open.push(script);
    bind();
    const { value } = this.block(script.body);
    this.#open.pop();
    this.variables = this.#scopes.pop() ?? this.variables;
    return value;
  }

  apply(code: Value | undefined, given: readonly Value[], topic?: Value): Value {
    if (code?.kind === 'name' && code.name === 'scriptblock()')
      return this.evaluateText(code.made?.positional[0], '[ScriptBlock]::Create');
    if (code?.kind !== 'function') return unknown('a call');
    const script = code.body as ScriptBlock;
    return this.#within(script, () => {
      if (script.parameters.length > 0) this.#bindParameters(script, new Map(), given);
      else this.variables.set('args', list(given));
      if (topic !== undefined) this.variables.set('_', topic);
      if (topic !== undefined) this.variables.set('psitem', topic);
    });
  }

  /** Another script, by its path. */
  #script(path: string, given: readonly Argument[]): Value {
    const absolute = absolutePath(windowsPath(staticWord(path)), this.context.cwd);
    const source = absolute === undefined || this.#included.has(absolute) ? undefined : this.context.readFile(absolute);
    if (absolute === undefined || source === undefined || !this.recorder.module()) return unknown(path);
    this.recorder.count(source);
    this.#included.add(absolute);
    const script = parsePowerShell(source);
    const { file, line } = this.recorder;
    this.recorder.file = absolute;
    const values = this.#words(given).map((word) => text(word));
    const value = this.#within(script, () => this.#bindWords(script, values));
    this.recorder.file = file;
    this.recorder.line = line;
    return value;
  }

  #words(given: readonly Argument[]): readonly Word[] {
    return given.flatMap((each) => {
      if (each.kind === 'splat') return itemsOf(this.variables.get(each.name) ?? unknown(`@${each.name}`)).map(wordOf);
      if (each.kind === 'value') return itemsOf(this.evaluate(each.value)).map(wordOf);
      const name = staticWord(`-${each.name}`);
      return each.value === undefined
        ? [name]
        : [joinWords([name, staticWord(':'), wordOf(this.evaluate(each.value))])];
    });
  }

  /** A program that is not PowerShell's own, or a cmdlet that rules may name. */
  #external(program: Value, cmdlet: string | undefined, given: readonly Argument[], input: Value | undefined): Value {
    const written = knownText(program);
    const isCmdlet = cmdlet !== undefined || /^[A-Za-z]+-[A-Za-z]\w*$/.test(written ?? '');
    if (
      written === '' ||
      (cmdlet === undefined &&
        /^(get|write|test|select|measure|format|show|find|compare|group|convertto|convertfrom|import|out|wait|start|read|new|add|enter|exit|join|split|resolve|use|register)-[a-z]\w*$/i.test(
          written ?? '',
        ))
    ) {
      this.#words(given);
      return unknown(written ?? '');
    }
    const whatIf = isCmdlet && isSet(this.#bound({ parameters: '' }, given, input), 'whatif');
    if (whatIf) return empty;
    const name = cmdlet === undefined ? windowsPath(wordOf(program)) : staticWord(cmdlet);
    const stdin = input === undefined || isCmdlet ? undefined : wordOf(input);
    this.recorder.record(written ?? '&', {
      kind: 'words',
      words: [name, ...this.#words(given)],
      ...(this.folder === undefined ? {} : { cwd: mountedFolder(this.folder) }),
      ...(stdin === undefined ? {} : { stdin }),
    });
    return unknown(written ?? 'a program', /^(curl|wget)(\.exe)?$/i.test(written ?? '') ? 'http' : undefined);
  }

  evaluateText(code: Value | undefined, via: string): Value {
    const taint = taintOf(code);
    if (taint !== undefined) this.recorder.record(via, { kind: 'flow', from: taint, to: 'shell' });
    const word = wordOf(code);
    if (taint === 'http' && textOf(word) === undefined) return unknown(via);
    this.recorder.record(via, { kind: 'code', language: 'powershell', text: word });
    return unknown(via);
  }

  readonly #functions = new Map<string, ScriptBlock>();
  readonly #scopes: Map<string, Value>[] = [];
  readonly #open: ScriptBlock[] = [];

  readonly #included = new Set<string>();

  run(script: ScriptBlock): void {
    this.#bindWords(
      script,
      this.context.args.map((word) => text(word)),
    );
    this.block(script.body);
  }
}
