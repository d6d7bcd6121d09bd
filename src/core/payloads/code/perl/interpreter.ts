import { showWord, staticWord, textOf, type Word } from '../../../model/word.ts';
import { absolutePath, normalizePath } from '../../../resolve/paths.ts';
import { mergeAll, type Outcome } from '../branches.ts';
import { codeLimits } from '../recorder.ts';
import { list, text, unknown, type Value, wordOf } from '../value.ts';
import { Calls } from './calls.ts';
import { type Sub, tableOf } from './model.ts';
import { parsePerl } from './parser.ts';
import { endsBlock } from './shapes.ts';
import type { Block, Statement } from './syntax.ts';

const empty = text('');

export class Interpreter extends Calls {
  readonly #included = new Set<string>();
  #libraries: readonly Value[] = [];

  run(program: Block): void {
    this.#define(program);
    this.block(program);
  }

  /** Subs are there before anything runs. */
  #define(block: Block): void {
    let current = this.package;
    for (const statement of block) {
      if (statement.kind === 'package') current = statement.name;
      if (statement.kind === 'block') {
        const outer = this.package;
        this.package = current;
        this.#define(statement.body);
        this.package = outer;
      }
      if (statement.kind !== 'sub') continue;
      const sub: Sub = { body: statement.body, scope: this.scope, package: current };
      this.subs.set(statement.name, sub);
      this.subs.set(`${current}::${statement.name}`, sub);
    }
  }

  protected block(block: Block): Outcome {
    let value: Value = empty;
    for (const statement of block) {
      const outcome = this.#statement(statement);
      if (outcome.ended) return outcome;
      value = outcome.value;
    }
    return { value, ended: false };
  }

  #statement(statement: Statement): Outcome {
    this.recorder.step();
    switch (statement.kind) {
      case 'expression':
        this.recorder.line = statement.line;
        return { value: this.evaluate(statement.value), ended: endsBlock(statement.value) };
      case 'if':
        return this.#if(statement);
      case 'loop':
        this.#loop(statement);
        break;
      case 'foreach':
        this.#foreach(statement);
        break;
      case 'block': {
        const outer = this.package;
        const outcome = this.within(() => this.block(statement.body));
        this.package = outer;
        return outcome;
      }
      case 'package':
        this.package = statement.name;
        break;
      case 'use':
        this.#use(statement);
        break;
      case 'sub':
        break;
    }
    return { value: empty, ended: false };
  }

  #if({ arms, otherwise }: Extract<Statement, { kind: 'if' }>): Outcome {
    for (const { condition } of arms) this.evaluate(condition);
    const bodies = [...arms.map(({ body }) => body), ...(otherwise.length > 0 ? [otherwise] : [])];
    const outcomes = this.branches.read(
      bodies.map((body) => () => this.within(() => this.block(body))),
      otherwise.length === 0,
    );
    const ended = otherwise.length > 0 && outcomes.every((outcome) => outcome.ended);
    return {
      value: mergeAll(
        outcomes.map(({ value }) => value),
        'if',
      ),
      ended,
    };
  }

  /** `while (<FH>)` reads lines into `$_`. */
  #loop({ head, body }: Extract<Statement, { kind: 'loop' }>): void {
    const values = head.map((each) => this.evaluate(each));
    const isReading = head[0]?.kind === 'readline' || head[0]?.kind === 'glob';
    this.within(() => {
      if (isReading) this.scope.variables.set('$_', values[0] ?? empty);
      this.block(body);
    });
  }

  #foreach({ variable, over, body }: Extract<Statement, { kind: 'foreach' }>): void {
    const items = this.list([over]);
    for (const item of items.length > codeLimits.rounds ? [unknown(`$${variable}`)] : items)
      this.within(() => {
        this.scope.variables.set(`$${variable}`, item);
        this.block(body);
      });
  }

  #use({ module, given }: Extract<Statement, { kind: 'use' }>): void {
    if (module === 'lib') this.#libraries = [...this.#libraries, ...this.list(given)];
    else if (/^[A-Z]/.test(module)) this.#includeModule(module);
    if (module === 'constant') {
      const [first, ...rest] = this.list(given);
      const entries =
        first?.kind === 'table' ? first : tableOf([first ?? empty, ...(rest.length > 1 ? [list(rest)] : rest)]);
      if (entries.kind === 'table')
        for (const [name, value] of entries.entries) this.globals.variables.set(`&${name}`, value);
    }
  }

  /** A module of the project: below `use lib`, `lib/` or the script's own folder. */
  #includeModule(module: string): void {
    const file = `${module.replaceAll('::', '/')}.pm`;
    const start = this.context.path?.replace(/\/[^/]*$/, '') ?? textOf(this.context.cwd);
    const folders = [
      ...this.#libraries.map((value) => wordOf(value)),
      ...(start === undefined
        ? []
        : [start, `${start}/lib`, `${start}/../lib`].map((each) => staticWord(normalizePath(each)))),
    ];
    for (const folder of folders) {
      const path = absolutePath(staticWord(`${showWord(folder)}/${file}`), this.context.cwd);
      if (folder.kind === 'static' && path !== undefined && this.#includeFile(path)) return;
    }
  }

  include(path: Word): void {
    const absolute = absolutePath(path, this.context.cwd);
    if (absolute !== undefined) this.#includeFile(absolute);
  }

  #includeFile(path: string): boolean {
    if (this.#included.has(path)) return true;
    const source = this.context.readFile(path);
    if (source === undefined) return false;
    this.#included.add(path);
    if (!this.recorder.module()) return true;
    this.recorder.count(source);
    const { file, line } = this.recorder;
    const [outerPackage, outerScope] = [this.package, this.scope];
    this.recorder.file = path;
    this.scope = this.globals;
    this.package = 'main';
    const { block } = parsePerl(source);
    this.#define(block);
    this.block(block);
    [this.package, this.scope] = [outerPackage, outerScope];
    this.recorder.file = file;
    this.recorder.line = line;
    return true;
  }
}
