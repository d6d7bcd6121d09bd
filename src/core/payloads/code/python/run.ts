// Run: the state of reading one program, shared by all parts of the reader.
import type { CodeAction, CodeContext } from '../../../model/code.ts';
import type { Assignment } from '../../../model/invocation.ts';
import { knownPrefix, textOf, type Word } from '../../../model/word.ts';
import { Branches } from '../branches.ts';
import { Recorder } from '../recorder.ts';
import { type Arguments, joinPaths, text, type Value, wordOf } from '../value.ts';
import { type Module, Scope } from './scope.ts';
import type { Node } from './syntax.ts';

/** What the parts of the reader call of each other. */
export interface Parts {
  evaluate(node: Node, scope: Scope, run: Run): Value;
  /** Reads a text as Python in a scope: an import, `exec`. */
  execute(source: string, scope: Scope, run: Run): void;
  call(callee: Value, call: Arguments, run: Run): Value;
}

/** Collects effects, seen from the folder and with the variables that the program has set by then. */
class PlacedRecorder extends Recorder {
  cwd: Word | undefined;
  readonly assignments: Assignment[] = [];

  override record(via: string, action: CodeAction): void {
    super.record(via, this.#placed(action));
  }

  #placed(action: CodeAction): CodeAction {
    if (action.kind === 'words' || action.kind === 'shell') {
      const cwd = action.cwd === undefined ? this.cwd : this.#below(action.cwd);
      const assignments = [...this.assignments, ...(action.assignments ?? [])];
      return { ...action, ...(cwd === undefined ? {} : { cwd }), ...(assignments.length === 0 ? {} : { assignments }) };
    }
    return action.kind === 'file' || action.kind === 'write' ? { ...action, path: this.#below(action.path) } : action;
  }

  #below(path: Word): Word {
    if (this.cwd === undefined || (path.kind === 'dynamic' && knownPrefix(path) === '')) return path;
    return wordOf(joinPaths([text(this.cwd), text(path)]));
  }
}

/** Rounds of loops over literal lists, in one loop and all together; beyond that a loop is read once. */
const roundLimits = { loop: 64, all: 256 } as const;

export class Run {
  readonly context: CodeContext;
  readonly recorder = new PlacedRecorder();
  readonly branches = new Branches();
  readonly parts: Parts;
  /** Local modules by absolute path, and those that are being read. */
  readonly modules = new Map<string, Module>();
  /** Loops around the current place whose rounds are not known one by one. */
  loops = 0;
  /** Handlers of errors around the current place. */
  handlers = 0;
  /** Functions of the program that are being followed. */
  readonly calls: Node[] = [];
  /** Commands of click and typer, by the group that they belong to. */
  readonly commands = new Map<string, Map<string, Value>>();
  /** Folders that the program added to those where modules are looked for. */
  readonly folders: string[] = [];
  /** What runs when the program ends. */
  readonly #last: (() => void)[] = [];
  /** Code in strings around the current place, and the line that it is reported at. */
  depth = 0;
  #line: number | undefined;
  /** What was set on instances of libraries: `session.headers`. */
  readonly attributes = new WeakMap<Value, Map<string, Value>>();
  /** What SSH clients were connected to. */
  readonly hosts = new WeakMap<Value, Value>();
  #rounds = 0;

  constructor(context: CodeContext, parts: Parts) {
    this.context = context;
    this.parts = parts;
  }

  /** The reader stands at this node. */
  at(node: Node, module: Module): void {
    this.recorder.step();
    this.recorder.line = this.#line ?? node.line;
    this.recorder.file = module.file;
  }

  /** Reads something whose effects are all reported at one line. */
  within(line: number, work: () => void): void {
    const before = this.#line;
    this.#line = before ?? line;
    work();
    this.#line = before;
  }

  /** `atexit.register`. */
  atEnd(work: () => void): void {
    this.#last.push(work);
  }

  /** The program has ended. */
  finish(): void {
    for (const work of this.#last.splice(0)) work();
  }

  /** A new scope of a module. */
  scope(): Scope {
    return new Scope(this.branches);
  }

  /** Whether so many rounds may be read one by one. */
  rounds(count: number): boolean {
    if (count > roundLimits.loop || this.#rounds + count > roundLimits.all) return false;
    this.#rounds += count;
    return true;
  }

  /** The working directory at this point. */
  get cwd(): Word {
    return this.recorder.cwd ?? this.context.cwd;
  }

  /** `os.chdir`. */
  changeFolder(path: Value): void {
    this.recorder.cwd = wordOf(joinPaths([text(this.cwd), path]));
  }

  /** The absolute path of a file that the program names, where all of it is known. */
  absolute(path: Value | undefined): string | undefined {
    if (path?.kind !== 'text') return undefined;
    return textOf(wordOf(joinPaths([text(this.cwd), path])));
  }
}
