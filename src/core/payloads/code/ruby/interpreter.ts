// The interpreter: walks a Ruby program in the order in which it would run, with what is known of its values.
import type { Node, ProgramNode } from '@ruby/prism/src/nodes.js';
import type { CodeAction, CodeContext } from '../../../model/code.ts';
import type { Assignment } from '../../../model/invocation.ts';
import { staticWord, textOf, type Word } from '../../../model/word.ts';
import { pathFrom } from '../../../resolve/paths.ts';
import { Branches, goingOn, mergeAll, States, type Variables } from '../branches.ts';
import { codeLimits, type Recorder } from '../recorder.ts';
import { type Arguments, joinPaths, taintOf, text, unknown, type Value, wordOf } from '../value.ts';
import { type Call, callHandlers, dispatch } from './calls.ts';
import { controlHandlers } from './control.ts';
import { definitionHandlers } from './definitions.ts';
import type { Handlers } from './handler.ts';
import { literalHandlers } from './literals.ts';
import { type Closure, Frame, literal, type Method, nil } from './model.ts';
import { plainText } from './plain.ts';
import { SourceText } from './source.ts';
import { Tasks } from './tasks.ts';
import { variableHandlers } from './variables.ts';

export type Parse = (text: string) => ProgramNode | undefined;

const handlers: Handlers = new Map([
  ...literalHandlers,
  ...variableHandlers,
  ...controlHandlers,
  ...definitionHandlers,
  ...callHandlers,
]);

export class Ruby {
  readonly recorder: Recorder;
  readonly context: CodeContext;
  readonly branches = new Branches();
  readonly globals: Variables = new Map();
  readonly constants: Variables = new Map();
  readonly functions = new Map<string, Method | Closure>();
  readonly tasks = new Tasks();
  readonly main = new Frame();
  /** Where `Dir.chdir` went. */
  cwd: Word | undefined;
  source: SourceText;
  /** Whether FileUtils was included, so that `rm_rf` and its kin stand alone. */
  hasFileUtils = false;
  /** Variables of the environment that the program set, for what it runs. */
  readonly environment: Assignment[] = [];
  /** How many loops of unknown length are around. */
  #loops = 0;
  readonly #parse: Parse;
  readonly #states = new States();
  readonly #active: unknown[] = [];
  readonly #loaded = new Set<string>();

  constructor(source: SourceText, parse: Parse, context: CodeContext, recorder: Recorder) {
    this.source = source;
    this.context = context;
    this.recorder = recorder;
    this.#parse = parse;
  }

  /** What an expression is; its effects are recorded on the way. */
  evaluate(node: Node | null | undefined, frame: Frame): Value {
    if (node === null || node === undefined) return nil;
    this.recorder.step();
    const handler = handlers.get(node.constructor);
    if (handler !== undefined) return handler(node, frame, this);
    for (const child of node.compactChildNodes()) this.evaluate(child, frame);
    return this.unknown(node);
  }

  /** Stands at a node: what is recorded next is recorded there. */
  at(node: Node): void {
    // Code in a text has no lines of its own that a person could look up.
    if (!this.source.isEvaluated) this.recorder.line = this.source.lineOf(node);
  }

  /** Something of which only the expression is known. */
  unknown(node: Node): Value {
    return unknown(this.source.show(node));
  }

  /** Notes an effect. What stands behind `Dir.chdir` is told so. */
  record(via: string, action: CodeAction): void {
    if (this.cwd === undefined) this.recorder.record(via, action);
    else if (action.kind === 'file' || action.kind === 'write')
      this.recorder.record(via, { ...action, path: this.absolute(action.path) });
    else if (action.kind === 'words' || action.kind === 'shell')
      this.recorder.record(via, { ...action, cwd: this.absolute(action.cwd ?? staticWord('.')) });
    else this.recorder.record(via, action);
  }

  /** A path as seen from the folder that the program went to. */
  absolute(path: Word): Word {
    if (this.cwd === undefined || /^[/~]/.test(path.kind === 'static' ? path.value : (path.known[0] ?? '/')))
      return path;
    const [folder, below] = [textOf(this.cwd), textOf(path)];
    if (below === '.') return this.cwd;
    if (folder !== undefined && below !== undefined)
      return { ...path, ...staticWord(pathFrom(below, folder), path.glob) };
    return wordOf(joinPaths([text(this.cwd), text(path)]));
  }

  /** The folder that relative paths start from. */
  get folder(): Word {
    return this.cwd ?? this.context.cwd;
  }

  /** Attributes that were set on an instance of a library. */
  stateOf(value: Value | undefined): Variables | undefined {
    return this.#states.of(value);
  }

  /** Reads branches of which it is not known which runs; gives back what all of them have in common. */
  either(frame: Frame, runs: readonly (() => Value)[], skippable: boolean, source: string): Value {
    const values = goingOn(this.branches, frame, runs, skippable);
    return skippable ? mergeAll([...values, nil], source) : mergeAll(values, source);
  }

  /** Reads what is repeated an unknown number of times: comparisons that hold the first time say nothing there. */
  repeating<T>(follow: () => T): T {
    this.#loops += 1;
    const result = follow();
    this.#loops -= 1;
    return result;
  }

  get isRepeating(): boolean {
    return this.#loops > 0;
  }

  /** Calls a method by its name. */
  send(receiver: Value | undefined, name: string, given: Arguments): Value {
    return dispatch({ name, receiver, given, block: undefined, frame: this.main, ruby: this, source: `${name}(...)` });
  }

  /** `send(:name, ...)`, which stands alone. */
  resend(call: Call): Value | undefined {
    const [name, ...rest] = call.given.positional;
    const method = literal(name);
    if (method === undefined) return undefined;
    return dispatch({ ...call, name: method, given: { ...call.given, positional: rest } });
  }

  /** `eval`: code that is known is read where it stands; code from elsewhere is a flow. */
  evaluateText(code: Value, frame: Frame, via: string): Value {
    const plain = plainText(code);
    const from = taintOf(plain);
    if (from !== undefined) this.record(via, { kind: 'flow', from, to: 'interpreter' });
    const known = literal(plain);
    if (known !== undefined) return this.run(new SourceText(known, this.source.path, this.source.file, true), frame);
    // Of code that came over the network nothing more is to be said.
    if (plain.kind !== 'function' && from !== 'http')
      this.record(via, { kind: 'code', language: 'ruby', text: wordOf(plain) });
    return unknown(via);
  }

  /** Follows code that is called, unless it is being followed already or calls nest too deeply. */
  entering(code: unknown, source: SourceText, follow: () => Value): Value | undefined {
    if (this.#active.length >= codeLimits.depth || this.#active.includes(code)) return undefined;
    const before = [this.source, this.recorder.file] as const;
    this.#active.push(code);
    this.source = source;
    this.recorder.file = source.file;
    const result = follow();
    [this.source, this.recorder.file] = before;
    this.#active.pop();
    return result;
  }

  /** Runs a file of the project; once, unless `again`. Gives back whether there is one. */
  load(path: string, again = false): boolean {
    const found = [path, `${path}.rb`].find(
      (each) => this.#loaded.has(each) || this.context.readFile(each) !== undefined,
    );
    if (found === undefined) return false;
    if (this.#loaded.has(found) && !again) return true;
    this.#loaded.add(found);
    const code = this.context.readFile(found);
    if (code === undefined || !this.recorder.module()) return false;
    this.run(new SourceText(code, found, found), new Frame());
    return true;
  }

  /** Runs a whole text. */
  run(source: SourceText, frame: Frame): Value {
    this.recorder.count(source.text);
    const program = this.#parse(source.text);
    return this.entering(source.text, source, () => this.evaluate(program?.statements, frame)) ?? unknown('eval');
  }
}
