// The run: what the parts of the reader share while they read one program.
import type { CodeContext } from '../../../model/code.ts';
import type { Word } from '../../../model/word.ts';
import type { Recorder } from '../recorder.ts';
import type { Arguments, Value } from '../value.ts';
import type { Journal, Scope } from './scope.ts';
import type { Node, Source } from './tree.ts';
import type { Class } from './values.ts';

/** Whether anything behind a statement runs: `break` leaves a loop or a switch, `end` the function. */
export type Flow = 'next' | 'break' | 'end';

/** One call of a function of the program. */
export interface Frame {
  readonly self: Value | undefined;
  readonly arguments: readonly Value[];
  readonly returns: Value[];
  /** What a generator gives, one by one. */
  readonly yields: Value[];
}

export interface Run {
  readonly recorder: Recorder;
  readonly context: CodeContext;
  readonly journal: Journal;
  /** The text that is being read. */
  source: Source;
  frame: Frame;
  /** Set by `process.chdir`; undefined while it is the folder that the program was started in. */
  cwd: Word | undefined;
  /** Variables of the environment that the program sets; undefined where it removes them. */
  readonly env: Map<string, Word | undefined>;
  /** What the program sets on things of libraries: `axios.defaults.baseURL`. */
  readonly properties: Map<string, Value>;
  /** Requests and statements that further calls add to; they are recorded when the program has been read. */
  readonly pending: (() => void)[];
  /** The class whose method is being read. */
  readonly owner: Class | undefined;
  /** Runs the constructor of a class on an instance of it or of a class below it. */
  construct(owner: Class, self: Value, call: Arguments): void;
  evaluate(node: Node, scope: Scope): Value;
  statements(nodes: readonly Node[], scope: Scope): Flow;
  /** Binds a pattern of names to a value. */
  bind(pattern: Node, value: Value, scope: Scope, constant: boolean): void;
  assign(target: Node, value: Value, scope: Scope): void;
  functionFrom(node: Node, scope: Scope): Value;
  classFrom(node: Node, scope: Scope): Value;
  member(value: Value, name: string): Value;
  /** Calls whatever a value is; `name` is how messages call it. */
  call(callee: Value, call: Arguments, name: string): Value;
  callMethod(receiver: Value, name: string, call: Arguments): Value;
  create(callee: Value, call: Arguments, name: string): Value;
  /** What importing a module gives. */
  module(specifier: string): Value;
  /** Reads code that the program evaluates. */
  code(text: string, scope: Scope): Value;
  /** A value whose text is looked up where it stands in a file that can be read. */
  content(value: Value): Value;
  /** A path as seen from the folder that the program was started in. */
  path(value: Value): Value;
}
