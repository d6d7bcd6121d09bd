// The walk: follows a script as a shell would, without running anything, and lists every invocation on the way.
// This is the table of contents: what each kind of command means stands in walk/.
import type { Invocation, OpaqueCode, Origin, OriginStep, Stdin } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import type { CommandNode, Script } from '../model/script.ts';
import { staticWord, type Word } from '../model/word.ts';
import { parseScript } from '../parse/parse.ts';
import type { Inner } from './launcher.ts';
import type { Scope } from './scope.ts';
import { Bounds } from './walk/bounds.ts';
import { invokeWords } from './walk/calls.ts';
import {
  exhaust,
  type Frame,
  type IncompleteScript,
  nested,
  type Recording,
  type Sink,
  type WalkContext,
  within,
} from './walk/context.ts';
import {
  followAndOr,
  followBranches,
  followIf,
  followPipeline,
  followStatements,
  followWords,
} from './walk/control-flow.ts';
import { followCoprocess } from './walk/coprocess.ts';
import { launch } from './walk/launched.ts';
import { lineAt } from './walk/lines.ts';
import { followArithmeticFor, followFor, followWhile } from './walk/loops.ts';
import { followRedirected } from './walk/redirections.ts';
import { followSimple } from './walk/simple-command.ts';
import { evaluateArithmetic, substituteCommand, substituteProcess } from './walk/substitutions.ts';
import { feed } from './walk/written-files.ts';

export interface Resolution {
  readonly invocations: readonly Invocation[];
  readonly opaque: readonly OpaqueCode[];
  /** Scripts that could not be read to their end, the command line itself included. */
  readonly incomplete: readonly IncompleteScript[];
}

/** Functions that bash and zsh call by themselves. */
const missingHandlers = new Set(['command_not_found_handle', 'command_not_found_handler']);

/** One walk over a script and all that it runs. Scripts are followed in the order in which the shell reads them. */
export class Walk implements WalkContext {
  readonly world: World;
  readonly bounds = new Bounds();
  readonly recording: Recording = { invocations: [], opaque: [], incomplete: [], exhausted: undefined };
  readonly traps: (() => void)[] = [];
  readonly openFiles = new Set<string>();
  readonly openAliases = new Set<string>();
  readonly sinks = new Map<string, Sink>();
  frame: Frame;
  isTrial = false;
  /** The shell starts at 10. */
  lastDescriptor = 9;

  constructor(world: World, origin: Origin, stdin: Stdin) {
    this.world = world;
    this.frame = { origin, stdin, depth: 0, source: '' };
  }

  /** What was found, with what traps run at the end. */
  finish(): Resolution {
    for (const run of this.traps.splice(0)) run();
    for (const sink of this.sinks.values())
      if (!sink.fed) feed(this, sink, { kind: 'pipe', from: [], text: undefined });
    const { exhausted, opaque, invocations, incomplete } = this.recording;
    return { invocations, opaque: exhausted === undefined ? opaque : [...opaque, exhausted], incomplete };
  }

  /** Follows a text of shell code; gives back what it would print, where that is known. */
  code(text: string, scope: Scope): Word | undefined {
    const passed = this.bounds.spendText(text);
    return passed === undefined ? this.script(parseScript(text), scope) : exhaust(this, passed);
  }

  /** The same for what has been read already. */
  script(script: Script, scope: Scope): Word | undefined {
    const { source, statements, complete, unexplained } = script;
    if (!complete) this.recording.incomplete.push({ script, origin: this.frame.origin });
    if (this.frame.depth === 0) this.bounds.countWritten(source);
    const output = within(this, { source }, () => followStatements(this, statements, scope));
    for (const { opener, at, text } of unexplained) {
      const step: OriginStep = { kind: 'unexplained', label: opener, line: lineAt(source, at) };
      nested(this, step, { stdin: { kind: 'inherited' } }, () => this.code(text, scope.fork()));
    }
    return output;
  }

  /** Follows one command of any kind. */
  node(node: CommandNode, scope: Scope): Word | undefined {
    const passed = this.bounds.spendStep();
    if (passed !== undefined) exhaust(this, passed);
    if (this.recording.exhausted !== undefined) return undefined;
    switch (node.type) {
      case 'simple':
        return followSimple(this, node, scope);
      case 'pipeline':
        return followPipeline(this, node.commands, scope);
      case 'and-or':
        return followAndOr(this, node, scope);
      case 'subshell':
        return followStatements(this, node.body, scope.fork());
      case 'group':
        return followStatements(this, node.body, scope);
      case 'if':
        return followIf(this, node, scope);
      case 'for':
        return followFor(this, node, scope);
      case 'arithmetic-for':
        return followArithmeticFor(this, node, scope);
      case 'while':
        return followWhile(this, node, scope);
      case 'case':
        followWords(this, [node.word, ...node.arms.flatMap((arm) => arm.patterns)], scope);
        return followBranches(
          this,
          node.arms.map((arm) => arm.body),
          scope,
        );
      case 'function':
        scope.define(node.name, node.body);
        // Called by the shell itself where a program is not found, which nobody knows before.
        if (missingHandlers.has(node.name)) this.traps.push(() => this.node(node.body, scope.forkCall()));
        return staticWord('');
      case 'coproc':
        return followCoprocess(this, node, scope);
      case 'arithmetic':
        followWords(this, node.words, scope);
        this.arithmetic(node.source, scope);
        return staticWord('');
      case 'test':
        followWords(this, node.words, scope);
        return staticWord('');
      case 'redirected':
        return followRedirected(this, node, scope);
    }
  }

  invokeWords(words: readonly Word[], call: Invocation, scope: Scope): Word | undefined {
    return invokeWords(this, words, call, scope);
  }

  launch(inner: Inner, call: Invocation, scope: Scope): Word | undefined {
    return launch(this, inner, call, scope);
  }

  // What expansion calls back for.

  command(script: Script, source: string, scope: Scope): Word {
    return substituteCommand(this, script, source, scope);
  }

  process(script: Script, direction: '<' | '>', source: string, scope: Scope): Word {
    return substituteProcess(this, script, direction, source, scope);
  }

  arithmetic(expression: string, scope: Scope): void {
    evaluateArithmetic(this, expression, scope);
  }
}
