// The interpreter: walks a PHP program in the order in which it would run, with what is known of its values.
import type { CodeAction, CodeContext } from '../../../model/code.ts';
import type { Assignment } from '../../../model/invocation.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../../../model/word.ts';
import { pathFrom } from '../../../resolve/paths.ts';
import { Branches, goingOn, mergeAll, States, type Variables } from '../branches.ts';
import { codeLimits, type Recorder } from '../recorder.ts';
import { joinPaths, taintOf, text, unknown, type Value, wordOf } from '../value.ts';
import { declare } from './declarations.ts';
import { expressions } from './expressions.ts';
import { Frame, literal, none, type PhpClass, type Routine, type SourceFile } from './model.ts';
import { statements } from './statements.ts';
import { lineOf, type Node, parsePhp, shown, type Tree } from './syntax.ts';

export class Php {
  readonly recorder: Recorder;
  readonly context: CodeContext;
  readonly branches = new Branches();
  readonly main = new Frame();
  readonly functions = new Map<string, Routine>();
  readonly classes = new Map<string, PhpClass>();
  readonly constants: Variables = new Map();
  readonly environment: Assignment[] = [];
  /** Where `chdir` went. */
  cwd: Word | undefined;
  file: SourceFile;
  #loops = 0;
  /** The text that `eval` runs. */
  #evaluated: Node['text'] | undefined;
  readonly #states = new States();
  readonly #active: unknown[] = [];
  readonly #included = new Set<string>();

  constructor(context: CodeContext, recorder: Recorder) {
    this.context = context;
    this.recorder = recorder;
    this.file = { path: context.path, file: undefined, aliases: new Map() };
  }

  /** What an expression is, or a statement does; effects are recorded on the way. */
  evaluate(node: Node | undefined, frame: Frame): Value {
    if (node === undefined) return none;
    this.recorder.step();
    const handler = expressions[node.name] ?? statements[node.name];
    if (handler !== undefined) return handler(node, frame, this);
    for (const child of node.children) this.evaluate(child, frame);
    return unknown(shown(node));
  }

  /** Stands at a node: what is recorded next is recorded there. */
  at(node: Node): void {
    // Code in a text has no lines of its own that a person could look up.
    if (node.text === this.#evaluated) return;
    this.recorder.line = lineOf(node);
  }

  /** Notes an effect. What stands behind `chdir` is told so. */
  record(via: string, action: CodeAction): void {
    if (action.kind === 'file' || action.kind === 'write')
      this.recorder.record(via, { ...action, path: this.absolute(action.path) });
    else if (action.kind === 'words' || action.kind === 'shell') {
      const cwd = action.cwd ?? this.cwd;
      const assignments = [...this.environment, ...(action.assignments ?? [])];
      this.recorder.record(via, {
        ...action,
        ...(cwd === undefined ? {} : { cwd: this.absolute(cwd) }),
        ...(assignments.length === 0 ? {} : { assignments }),
      });
    } else this.recorder.record(via, action);
  }

  /** A path as seen from the folder that the program went to. */
  absolute(path: Word): Word {
    const { cwd } = this;
    const start = knownPrefix(path);
    if (cwd === undefined || path === cwd || /^[/~]/.test(start) || (path.kind === 'dynamic' && start === ''))
      return path;
    const [folder, below] = [textOf(cwd), textOf(path)];
    if (folder !== undefined && below !== undefined) return staticWord(pathFrom(below, folder), path.glob);
    return wordOf(joinPaths([text(cwd), text(path)]));
  }

  get folder(): Word {
    return this.cwd ?? this.context.cwd;
  }

  /** What was set on an instance of a library, or on a handle. */
  stateOf(value: Value | undefined): Variables | undefined {
    return this.#states.of(value);
  }

  /** Reads branches of which it is not known which runs; gives back what all of them have in common. */
  either(frame: Frame, runs: readonly (() => Value)[], skippable: boolean, source: string): Value {
    const values = goingOn(this.branches, frame, runs, skippable);
    return skippable ? unknown(source) : mergeAll(values, source);
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

  /** Follows code that is called, unless it is being followed already or calls nest too deeply. */
  entering(code: unknown, file: SourceFile, follow: () => Value): Value | undefined {
    if (this.#active.length >= codeLimits.depth || this.#active.includes(code)) return undefined;
    const before = [this.file, this.recorder.file] as const;
    this.#active.push(code);
    this.file = file;
    this.recorder.file = file.file;
    const result = follow();
    [this.file, this.recorder.file] = before;
    this.#active.pop();
    return result;
  }

  /** Runs a file of the project; gives back what it returns, or undefined where it cannot be read. */
  include(path: string, once: boolean, frame: Frame): Value | undefined {
    if (once && this.#included.has(path)) return none;
    const code = this.context.readFile(path);
    if (code === undefined || !this.recorder.module()) return undefined;
    this.#included.add(path);
    this.recorder.count(code);
    return this.run(parsePhp(code, false), { path, file: path, aliases: new Map() }, frame);
  }

  /** `eval`: code that is known is read where it stands; code from elsewhere is a flow. */
  evaluateText(code: Value, frame: Frame, via: string): Value {
    const from = taintOf(code);
    if (from !== undefined) this.record(via, { kind: 'flow', from, to: 'interpreter' });
    const known = literal(code);
    if (known === undefined) {
      // Code that came over the network and is not known at all is the flow alone.
      const isFetched = from === 'http' && code.kind === 'unknown';
      if (code.kind !== 'function' && !isFetched)
        this.record(via, { kind: 'code', language: 'php', text: wordOf(code) });
      return unknown(via);
    }
    this.recorder.count(known);
    const tree = parsePhp(known, true);
    const before = this.#evaluated;
    this.#evaluated = tree.root.text;
    const result = this.run(tree, this.file, frame);
    this.#evaluated = before;
    return result;
  }

  /** Runs a whole text: functions and classes first, as they may be used before they stand. */
  run(tree: Tree, file: SourceFile, frame: Frame): Value {
    // It has the variables of where it is included; a `return` ends the file only.
    const inside = new Frame({ variables: frame.variables, self: frame.self, owner: frame.owner });
    const result = this.entering(tree.source, file, () => {
      for (const child of tree.root.children) declare(child, this);
      this.sequence(tree.root.children, inside);
      return inside.returns.at(-1) ?? none;
    });
    return result ?? none;
  }

  /** Statements up to the one behind which nothing runs. */
  sequence(nodes: readonly Node[], frame: Frame): Value {
    for (const node of nodes) {
      this.evaluate(node, frame);
      if (frame.ended) break;
    }
    return none;
  }

  /** A class or function name as the program's imports make it: facades of Laravel by their own short names. */
  qualified(name: string): string {
    const isAbsolute = name.startsWith('\\');
    const bare = name.replace(/^\\/, '').replace(/^namespace\\/i, '');
    const [first = '', ...rest] = bare.split('\\');
    const alias = isAbsolute ? undefined : this.file.aliases.get(first.toLowerCase());
    const full = alias === undefined ? bare : [alias, ...rest].join('\\');
    return full.replace(/^Illuminate\\Support\\Facades\\/, '');
  }
}
