// The walk: follows a script as a shell would, without running anything, and lists every invocation on the way.
import { launchers } from '../generated/launchers.ts';
import type {
  Assignment,
  Invocation,
  OpaqueCode,
  Origin,
  OriginStep,
  Redirection,
  Stdin,
} from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import type {
  AssignmentNode,
  CommandNode,
  RedirectionNode,
  Script,
  SimpleNode,
  Statement,
  WordNode,
} from '../model/script.ts';
import { dynamicWord, joinWords, knownPrefix, showWord, staticWord, textOf, type Word } from '../model/word.ts';
import { parseScript } from '../parse/parse.ts';
import { applyBuiltin, assign, assignArithmetic } from './builtins.ts';
import {
  duplicateInput,
  evaluatesCommands,
  isElevator,
  isShellScript,
  leavesLoop,
  mayRun,
  ownShell,
  prepares,
  programName,
  standardInput,
} from './conventions.ts';
import { expandText, expandWord, type Substitutions } from './expand.ts';
import type { Inner, Launcher } from './launcher.ts';
import { fileText, outputOf, stdinText } from './output.ts';
import { absolutePath } from './paths.ts';
import { type FunctionBody, Scope } from './scope.ts';
import { filesWrittenBy } from './written.ts';

/**
 * Bounds of one analysis. Reaching one is an opaque finding that says which. What was written out may be long; what a
 * short text multiplies, by loops in loops or calls of calls, is cut off at `multiplied`.
 */
export const limits = {
  depth: 40,
  invocations: 30_000,
  steps: 200_000,
  multiplied: 10_000,
  calls: 2_000,
  /** Words of one loop, and rounds of all loops together, that are followed one by one. */
  loopRounds: 64,
  allRounds: 1_024,
  /** Characters of all texts that are followed; one file that the line writes is followed up to a quarter of it. */
  text: 4_194_304,
  /** Commands that one launcher runs. */
  launched: 1_000,
} as const;

/** What an invocation is judged in: where it came from, and what feeds it. */
interface Frame {
  readonly origin: Origin;
  readonly stdin: Stdin;
  readonly depth: number;
  /** The text that spans point into. */
  readonly source: string;
}

const launcherOf = new Map<string, Launcher>(
  launchers.flatMap((entry) => entry.names.map((name) => [name, entry] as const)),
);

export interface Resolution {
  readonly invocations: readonly Invocation[];
  readonly opaque: readonly OpaqueCode[];
  /** Scripts that could not be read to their end, the command line itself included. */
  readonly incomplete: readonly { readonly script: Script; readonly origin: Origin }[];
}

export class Walk implements Substitutions {
  readonly #world: World;
  readonly #invocations: Invocation[] = [];
  readonly #opaque: OpaqueCode[] = [];
  readonly #incomplete: { script: Script; origin: Origin }[] = [];
  readonly #openFiles = new Set<string>();
  #frame: Frame;
  /** Code that runs when the shell ends, with what its variables hold then. */
  readonly #traps: (() => void)[] = [];
  /** Aliases that are being expanded: an alias does not expand itself. */
  readonly #openAliases = new Set<string>();
  #calls = 0;
  #steps = 0;
  #rounds = 0;
  #isTrial = false;
  /** Characters of all texts that were followed, and of those that somebody wrote: the request's, and files on disk. */
  #read = 0;
  #written = 0;
  readonly #texts = new Set<string>();
  /** Set once a bound is reached; nothing is followed any further. */
  #exhausted: OpaqueCode | undefined;

  constructor(world: World, origin: Origin, stdin: Stdin) {
    this.#world = world;
    this.#frame = { origin, stdin, depth: 0, source: '' };
  }

  /** What was found, with what traps run at the end. */
  finish(): Resolution {
    for (const run of this.#traps.splice(0)) run();
    const opaque = this.#exhausted === undefined ? this.#opaque : [...this.#opaque, this.#exhausted];
    return { invocations: this.#invocations, opaque, incomplete: this.#incomplete };
  }

  /** Follows a text of shell code; gives back what it would print, where that is known. */
  code(text: string, scope: Scope): Word | undefined {
    this.#read += text.length;
    if (this.#read > limits.text) return this.#exhaust(`more than ${limits.text} characters of scripts`);
    return this.script(parseScript(text), scope);
  }

  #countText(text: string): void {
    if (this.#texts.has(text)) return;
    this.#texts.add(text);
    this.#written += text.length;
  }

  /** The same for what has been read already. */
  script(script: Script, scope: Scope): Word | undefined {
    if (!script.complete) this.#incomplete.push({ script, origin: this.#frame.origin });
    if (this.#frame.depth === 0) this.#countText(script.source);
    const output = this.#within({ source: script.source }, () => this.#statements(script.statements, scope));
    for (const code of script.unexplained) {
      const step: OriginStep = { kind: 'unexplained', label: code.opener, line: lineOf(script.source, code.at) };
      this.#nested(step, { stdin: { kind: 'inherited' } }, () => this.code(code.text, scope.fork()));
    }
    return output;
  }

  #statements(statements: readonly Statement[], scope: Scope): Word | undefined {
    const outputs = statements.map(({ command, background }) => this.#node(command, background ? scope.fork() : scope));
    return concatenate(outputs);
  }

  /** One command of any kind. */
  #node(node: CommandNode, scope: Scope): Word | undefined {
    this.#steps += 1;
    const most = Math.min(limits.steps, Math.max(limits.multiplied * 10, this.#written));
    if (this.#steps > most) this.#exhaust(`more than ${most} steps`);
    if (this.#exhausted !== undefined) return undefined;
    switch (node.type) {
      case 'simple':
        return this.#simple(node, scope);
      case 'pipeline':
        return this.#pipeline(node.commands, scope);
      case 'and-or':
        return this.#andOr(node, scope);
      case 'subshell':
        return this.#statements(node.body, scope.fork());
      case 'group':
        return this.#statements(node.body, scope);
      case 'if':
        return this.#if(node, scope);
      case 'for':
        return this.#for(node, scope);
      case 'arithmetic-for':
        this.#words(node.expressions, scope);
        this.arithmetic(node.source, scope);
        return this.#loop(node.body, scope);
      case 'while':
        return this.#loop([...node.condition, ...node.body], scope);
      case 'case':
        this.#words([node.word, ...node.arms.flatMap((arm) => arm.patterns)], scope);
        return this.#branches(
          node.arms.map((arm) => arm.body),
          scope,
        );
      case 'function':
        scope.define(node.name, node.body);
        return staticWord('');
      case 'coproc':
        return this.#node(node.body, scope.fork());
      case 'arithmetic':
        this.#words(node.words, scope);
        this.arithmetic(node.source, scope);
        return staticWord('');
      case 'test':
        this.#words(node.words, scope);
        return staticWord('');
      case 'redirected':
        return this.#redirected(node.command, node.redirections, scope);
    }
  }

  /** Words that are only expanded for what their substitutions run. */
  #words(nodes: readonly WordNode[], scope: Scope): void {
    for (const node of nodes) expandText(node, scope, this);
  }

  /**
   * What stands behind `&&` and `||` may not run, so what it changes may not be so. Behind commands that only prepare
   * (`mkdir -p x && cd x`) it is taken to run.
   */
  #andOr({ commands, operators }: Extract<CommandNode, { type: 'and-or' }>, scope: Scope): Word | undefined {
    const outputs: (Word | undefined)[] = [];
    const open: Scope[] = [];
    let current = scope;
    let isCertain = true;
    commands.forEach((command, index) => {
      const operator = operators[index - 1];
      if (operator === undefined || (operator === '&&' && isCertain)) outputs.push(this.#node(command, current));
      else {
        const branch = current.fork();
        outputs.push(this.#node(command, branch));
        if (operator === '||') current.join(branch);
        else {
          open.push(branch);
          current = branch;
        }
      }
      isCertain &&= prepares(command);
    });
    for (const branch of open) scope.join(branch);
    return concatenate(outputs);
  }

  #pipeline(commands: readonly CommandNode[], scope: Scope): Word | undefined {
    let stdin = this.#frame.stdin;
    let output: Word | undefined;
    for (const command of commands) {
      const first = this.#invocations.length;
      output = this.#within({ stdin }, () => this.#node(command, commands.length > 1 ? scope.fork() : scope));
      stdin = { kind: 'pipe', from: this.#invocations.slice(first), text: output };
    }
    return output;
  }

  /** The first condition always runs; every other one, and the bodies, may or may not. */
  #if({ branches, otherwise }: Extract<CommandNode, { type: 'if' }>, scope: Scope): undefined {
    const forks: Scope[] = [];
    let current = scope;
    for (const { condition, body } of branches) {
      this.#statements(condition, current);
      const fork = current.fork();
      this.#statements(body, fork);
      current = current.fork();
      forks.push(fork, current);
    }
    this.#statements(otherwise, current);
    for (const fork of forks) scope.join(fork);
    return undefined;
  }

  /** Bodies of which any may run: each starts from the same state, and what they change is unknown afterwards. */
  #branches(bodies: readonly (readonly Statement[])[], scope: Scope): undefined {
    const forks = bodies.map((body) => {
      const fork = scope.fork();
      this.#statements(body, fork);
      return fork;
    });
    for (const fork of forks) scope.join(fork);
    return undefined;
  }

  /**
   * A body that runs any number of times: a first round finds what it changes, a second sees those as unknown. Of loops
   * within a first round one round is enough.
   */
  #loop(body: readonly Statement[], scope: Scope): undefined {
    if (!this.#isTrial) this.#tryLoop(body, scope);
    return this.#branches([body], scope);
  }

  /** Makes unknown what the body changes; what it would run is listed by the round that follows. */
  #tryLoop(body: readonly Statement[], scope: Scope): void {
    const trial = scope.fork();
    this.#isTrial = true;
    const before = [this.#invocations.length, this.#opaque.length, this.#incomplete.length] as const;
    this.#statements(body, trial);
    scope.forget(trial);
    this.#invocations.length = before[0];
    this.#opaque.length = before[1];
    this.#incomplete.length = before[2];
    this.#isTrial = false;
  }

  #for(node: Extract<CommandNode, { type: 'for' }>, scope: Scope): Word | undefined {
    const words =
      node.words === undefined ? scope.positionals : node.words.flatMap((word) => expandWord(word, scope, this));
    // A pattern and an unknown word stand for any number of words.
    const isKnown = words?.every((word) => word.kind === 'static' && !word.glob);
    this.#rounds += words?.length ?? 0;
    if (words === undefined || !isKnown || words.length > limits.loopRounds || this.#rounds > limits.allRounds) {
      return this.#forUnknown(node, words, scope);
    }
    const rounds: Scope[] = [];
    const first = this.#invocations.length;
    const outputs = words.map((word) => {
      const round = scope.fork();
      round.setWord(node.name, word);
      const output = this.#statements(node.body, round);
      scope.adopt(round);
      rounds.push(round);
      return output;
    });
    if (this.#invocations.slice(first).some(({ name }) => leavesLoop.has(name ?? '')))
      for (const round of rounds) scope.join(round);
    return concatenate(outputs);
  }

  /** Each word that is partly known is tried on its own; afterwards nothing of it is. */
  #forUnknown(
    node: Extract<CommandNode, { type: 'for' }>,
    words: readonly Word[] | undefined,
    scope: Scope,
  ): undefined {
    for (const word of words === undefined || words.length > limits.loopRounds || this.#rounds > limits.allRounds
      ? [dynamicWord(`$${node.name}`)]
      : words) {
      scope.setWord(node.name, word);
      this.#loop(node.body, scope);
    }
    scope.setWord(node.name, dynamicWord(`$${node.name}`));
    return undefined;
  }

  #redirected(command: CommandNode, nodes: readonly RedirectionNode[], scope: Scope): Word | undefined {
    const { redirections, stdin } = this.#redirections(nodes, scope);
    if (redirections.some(({ operator }) => operator !== '<')) {
      this.#emit(
        { words: [], assignments: [], redirections, stdin: { kind: 'none' }, span: undefined, source: '' },
        scope,
      );
    }
    const output = this.#within({ stdin: stdin ?? this.#frame.stdin }, () => this.#node(command, scope));
    return redirections.some(({ descriptor, operator }) => operator[0] !== '<' && descriptor === 1)
      ? staticWord('')
      : output;
  }

  #redirections(
    nodes: readonly RedirectionNode[],
    scope: Scope,
  ): { redirections: Redirection[]; stdin: Stdin | undefined } {
    const redirections: Redirection[] = [];
    let stdin: Stdin | undefined;
    for (const node of nodes) {
      const word = expandText('body' in node ? node.body : node.target, scope, this);
      const isInput = node.type !== 'file' || node.operator[0] === '<';
      const descriptor = node.descriptor ?? (isInput ? 0 : 1);
      if (node.type === 'file') {
        redirections.push({ operator: node.operator, descriptor, target: word });
        if (node.operator === '&>') this.#expandedTwice(word);
      }
      if (isInput && descriptor === 0) stdin = this.#input(node, word, scope) ?? stdin;
    }
    return { redirections, stdin };
  }

  /** What standard input becomes; undefined where it stays what it was. */
  #input(node: RedirectionNode, word: Word, scope: Scope): Stdin | undefined {
    switch (node.type) {
      case 'file':
        return this.#fileInput(word, scope);
      case 'heredoc':
        return { kind: 'text', text: word };
      case 'herestring':
        return { kind: 'text', text: joinWords([word, staticWord('\n')]) };
      case 'duplicate':
        return node.operator === '<&' ? duplicateInput(word) : undefined;
    }
  }

  /** Of `>& word` bash expands the word, takes it for `&> word`, and expands it once more. */
  #expandedTwice(target: Word): void {
    const text = textOf(target) ?? '';
    if (!/\$\(|`/.test(text)) return;
    const detail = 'the name of the file is expanded twice and runs commands';
    const { origin } = this.#frame;
    this.#opaque.push({ reason: 'dynamic-code', detail, origin, source: text, invocation: undefined });
  }

  #fileInput(path: Word, scope: Scope): Stdin {
    const written = scope.shared.written.get(writtenKey(path, scope.cwd));
    if (written?.text !== undefined) return { kind: 'text', text: written.text };
    if (written !== undefined) return { kind: 'pipe', from: written.from ?? [], text: undefined };
    return showWord(path) === '/dev/null' ? { kind: 'none' } : { kind: 'file', path };
  }

  #simple(node: SimpleNode, scope: Scope): Word | undefined {
    const words = node.words.flatMap((word) => this.#argument(word, scope));
    const assignments = node.assignments.map((entry) => this.#assignment(entry, scope, words.length > 0));
    const { redirections, stdin } = this.#redirections(node.redirections, scope);
    if (words.length === 0 && redirections.length === 0) return staticWord('');
    const output = this.#emit(
      {
        words,
        assignments: assignments.filter((entry) => entry !== undefined),
        redirections,
        stdin: stdin ?? this.#frame.stdin,
        span: node.span,
        source: this.#frame.source.slice(node.span.start, node.span.end),
      },
      scope,
    );
    for (const word of node.words)
      if (word.type === 'assignment' && word.value.type === 'array') this.#declareArray(word, scope);
    // `exec <file` changes what all that follows reads.
    if (words.length === 1 && textOf(words[0]) === 'exec' && stdin !== undefined)
      this.#frame = { ...this.#frame, stdin };
    return output;
  }

  #declareArray(node: AssignmentNode, scope: Scope): void {
    assign(node, this.#value(node, scope), undefined, scope);
  }

  #argument(node: WordNode | AssignmentNode, scope: Scope): Word[] {
    if (node.type === 'word') return expandWord(node, scope, this);
    if (node.index !== undefined) expandText(node.index, scope, this);
    const value = this.#value(node, scope);
    const word = Array.isArray(value) ? joinWords(value as Word[], ' ') : (value as Word);
    return [joinWords([staticWord(`${node.name}${node.append ? '+' : ''}=`), word])];
  }

  /** `A=1` alone changes the shell; in front of a command it is that command's own. */
  #assignment(node: AssignmentNode, scope: Scope, forCommand: boolean): Assignment | undefined {
    const index = node.index && expandText(node.index, scope, this);
    const value = this.#value(node, scope);
    if (!forCommand) {
      assign(node, value, index, scope);
      return undefined;
    }
    return { name: node.name, value: Array.isArray(value) ? dynamicWord(`$${node.name}`) : (value as Word) };
  }

  #value(node: AssignmentNode, scope: Scope): Word | readonly Word[] {
    if (node.value.type === 'array') return node.value.elements.flatMap((element) => expandWord(element, scope, this));
    return expandText(node.value, scope, this);
  }

  /** Lists one invocation and follows what it runs in turn. */
  #emit(
    call: {
      words: readonly Word[];
      assignments: readonly Assignment[];
      redirections: readonly Redirection[];
      stdin: Stdin;
      span: SimpleNode['span'] | undefined;
      source: string;
      /** Called by a launcher, which knows neither functions nor aliases. */
      launched?: boolean;
    },
    scope: Scope,
  ): Word | undefined {
    const [program = staticWord(''), ...args] = call.words;
    const invocation: Invocation = {
      name: programName(program),
      program,
      args,
      assignments: call.assignments,
      redirections: call.redirections,
      stdin: call.stdin,
      cwd: scope.cwd,
      user: scope.user,
      host: scope.host,
      env: scope.view(call.assignments),
      origin: this.#frame.origin,
      span: call.span ?? { start: 0, end: 0 },
      source: call.source === '' ? call.words.map(showWord).join(' ') : call.source,
    };
    const most = Math.min(limits.invocations, Math.max(limits.multiplied, this.#written / 3));
    if (this.#invocations.length >= most) return this.#exhaust(`more than ${Math.floor(most)} commands`);
    if (call.launched !== true && invocation.name !== undefined) {
      const bodies = scope.functions(invocation.name);
      if (bodies.length > 0) return this.#callAny(invocation.name, bodies, invocation, scope);
      const alias = scope.alias(invocation.name);
      if (alias !== undefined) this.#expandAlias(invocation.name, alias, invocation, scope);
    }
    return this.#program(invocation, scope);
  }

  /** A program or a builtin, with what it runs in turn. */
  #program(invocation: Invocation, scope: Scope): Word | undefined {
    const { name, args } = invocation;
    this.#invocations.push(invocation);
    // `A=1 export A`: what stands in front of these two stays.
    if (name === 'export' || name === 'readonly')
      for (const own of invocation.assignments) scope.setWord(own.name, own.value);
    if (name !== undefined) applyBuiltin(name, args, scope);
    if (name !== undefined && evaluatesCommands(name, args)) {
      this.#report('dynamic-code', `${name} evaluates a subscript that runs commands`, invocation);
    }
    const followed = this.#follow(invocation, scope);
    const output = followed ?? outputOf(invocation, this.#world);
    this.#recordWritten(invocation, followed, scope);
    return output;
  }

  /** A name that some branch defined as a function: each body is followed, and the program where it may be none. */
  #callAny(name: string, bodies: readonly FunctionBody[], invocation: Invocation, scope: Scope): Word | undefined {
    const [body] = bodies;
    if (bodies.length === 1 && body !== undefined) return this.#call(name, body, invocation, scope);
    const forks = bodies.map((own) => {
      const fork = scope.fork();
      if (own === undefined) this.#program(invocation, fork);
      else this.#call(name, own, invocation, fork);
      return fork;
    });
    for (const fork of forks) scope.join(fork);
    return undefined;
  }

  /** A call of a function that the script itself defined. */
  #call(name: string, body: CommandNode, invocation: Invocation, scope: Scope): Word | undefined {
    this.#calls += 1;
    if (this.#calls > limits.calls) return this.#exhaust(`more than ${limits.calls} function calls`);
    const inner = scope.forkCall();
    inner.positionals = invocation.args;
    for (const { name: variable, value } of invocation.assignments) {
      inner.makeLocal(variable);
      inner.setWord(variable, value);
      inner.export(variable);
    }
    if (invocation.redirections.length > 0) {
      this.#invocations.push({ ...invocation, name: '', program: staticWord(''), args: [] });
    }
    const step: OriginStep = { kind: 'function', label: name, line: undefined };
    const output = this.#nested(step, { stdin: invocation.stdin }, () => this.#node(body, inner));
    const { positionals } = scope;
    scope.adopt(inner);
    scope.positionals = positionals;
    return output;
  }

  /** An alias is text in front of what was written behind its name. Some shells expand them in scripts too. */
  #expandAlias(name: string, alias: Word, call: Invocation, scope: Scope): void {
    if (this.#openAliases.has(name)) return;
    this.#calls += 1;
    if (this.#calls > limits.calls) this.#exhaust(`more than ${limits.calls} function calls`);
    if (this.#exhausted !== undefined) return;
    const rest = call.source.startsWith(name)
      ? call.source.slice(name.length)
      : ` ${call.args.map(showWord).join(' ')}`;
    this.#openAliases.add(name);
    const step: OriginStep = { kind: 'alias', label: name, line: undefined };
    this.#nested(step, {}, () =>
      this.#innerCode({ kind: 'code', text: joinWords([alias, staticWord(rest)]) }, call, scope.fork()),
    );
    this.#openAliases.delete(name);
  }

  /** What the invocation runs in turn, by its launcher, or as a script called by path. */
  #follow(call: Invocation, scope: Scope): Word | undefined {
    const launcher = call.name === undefined ? undefined : launcherOf.get(call.name);
    if (launcher !== undefined) {
      const inners = launcher.unwrap(call, this.#world);
      if (inners.length > limits.launched)
        return this.#exhaust(`more than ${limits.launched} commands by one ${call.name}`);
      const outputs = inners.map((inner) => this.#inner(inner, call, scope));
      return outputs.length === 1 ? outputs[0] : undefined;
    }
    if (call.name === undefined && isElevator(call.program) && call.args.length > 0) {
      this.#inner({ kind: 'words', words: call.args, label: showWord(call.program) }, call, scope);
    }
    if (knownPrefix(call.program).includes('/') && call.host.kind === 'local') {
      this.#inner({ kind: 'file', path: call.program, positionals: call.args, program: true }, call, scope);
    }
    return undefined;
  }

  #inner(inner: Inner, call: Invocation, scope: Scope): Word | undefined {
    const isSame = (inner.kind === 'code' || inner.kind === 'file') && inner.same === true;
    const target = isSame ? scope : ownShell.has(call.name ?? '') ? scope.fork() : scope.forkProcess();
    const inside = inner.freshEnvironment ? Scope.root(undefined, target.cwd) : target;
    if (inner.freshEnvironment) {
      inside.host = scope.host;
      inside.user = scope.user;
    }
    for (const { name, value } of [...call.assignments, ...(inner.assignments ?? [])]) {
      inside.setWord(name, value);
      inside.export(name);
    }
    if (inner.cwd !== undefined) inside.cwd = inner.cwd;
    if (inner.user !== undefined) inside.user = inner.user;
    if (inner.host !== undefined) inside.host = inner.host;
    const step: OriginStep = {
      kind: 'launcher',
      label: inner.label ?? call.name ?? showWord(call.program),
      line: undefined,
    };
    const frame = this.#frame;
    const follow = () => this.#within(frame, () => this.#enter(step, inner, call, inside));
    if (call.name !== 'trap') return follow();
    this.#traps.push(follow);
    return undefined;
  }

  #enter(step: OriginStep, inner: Inner, call: Invocation, inside: Scope): Word | undefined {
    return this.#nested(step, { stdin: inner.stdin ?? call.stdin }, () => {
      if (call.name === 'bash' && inner.kind !== 'words') this.#startup(call, inside);
      return this.#run(inner, call, inside);
    });
  }

  /** The file that a bash which the line starts reads first. Source: bash(1), INVOCATION. */
  #startup(call: Invocation, scope: Scope): void {
    const path = scope.word('BASH_ENV');
    // Nothing is known of the caller's variables: that is no reason to think that this one is set.
    const unheardOf = path?.kind === 'dynamic' && path.source === '$BASH_ENV';
    if (path === undefined || unheardOf || textOf(path) === '') return;
    const named = knownPrefix(path).includes('/') ? path : joinWords([staticWord('./'), path]);
    this.#file({ kind: 'file', path: named, positionals: [], same: true }, call, scope);
  }

  #run(inner: Inner, call: Invocation, scope: Scope): Word | undefined {
    switch (inner.kind) {
      case 'words':
        if (inner.words.length === 0) return undefined;
        return this.#emit(
          {
            words: inner.words,
            assignments: [],
            redirections: [],
            stdin: this.#frame.stdin,
            span: call.span,
            source: '',
            launched: true,
          },
          scope,
        );
      case 'code':
        return this.#innerCode(inner, call, scope);
      case 'file':
        return this.#file(inner, call, scope);
      case 'opaque':
        this.#report(inner.reason, inner.detail, call);
        return undefined;
    }
  }

  #innerCode(inner: Extract<Inner, { kind: 'code' }>, call: Invocation, scope: Scope): Word | undefined {
    const text = textOf(inner.text);
    if (inner.positionals !== undefined) scope.positionals = inner.positionals;
    if (inner.name !== undefined) scope.name = inner.name;
    if (text !== undefined) return this.code(text, scope);
    // Known pieces around unknown ones are still read: each unknown piece stands as a variable that nothing sets.
    const guess =
      inner.text.kind === 'dynamic' ? inner.text.known.map((piece) => piece ?? '$GUARD_UNKNOWN').join('') : '';
    if (inner.text.kind === 'dynamic' && inner.text.known.some((piece) => piece !== null && /\S/.test(piece))) {
      scope.setWord('GUARD_UNKNOWN', dynamicWord('…'));
      this.code(guess, scope);
      if (knownPrefix(inner.text).trim() !== '') return undefined;
    }
    this.#report('dynamic-code', `${showWord(inner.text)} is run as shell code; its text is not known`, call);
    return undefined;
  }

  /** A script on disk, or one that this command line wrote before. */
  #file(inner: Extract<Inner, { kind: 'file' }>, call: Invocation, scope: Scope): Word | undefined {
    const key = writtenKey(inner.path, scope.cwd);
    if (this.#openFiles.has(key)) return undefined;
    const { positionals } = scope;
    if (inner.same !== true) scope.name = inner.path;
    if (inner.same !== true || inner.positionals.length > 0) scope.positionals = inner.positionals;
    scope.setWord('BASH_SOURCE', inner.path);
    const output = this.#fileCode(inner, key, call, scope);
    // A sourced file that was given positionals had them for itself.
    if (inner.same === true && inner.positionals.length > 0) scope.positionals = positionals;
    return output;
  }

  #fileCode(inner: Extract<Inner, { kind: 'file' }>, key: string, call: Invocation, scope: Scope): Word | undefined {
    const step: OriginStep = { kind: 'script', label: showWord(inner.path), line: undefined };
    if (standardInput.has(key)) return this.#scriptOnStdin(call, step, scope);
    const written = scope.shared.written.get(key);
    if (written !== undefined) {
      const before = written.appended ? fileText(inner.path, call, this.#world) : undefined;
      const text = written.text && joinWords(before === undefined ? [written.text] : [before, written.text]);
      if (text === undefined) {
        this.#report(
          key.startsWith('/dev/fd/guard-') ? 'unread-stdin' : 'unreadable-script',
          `${showWord(inner.path)} is written and run by the same command line; its text is not known`,
          call,
        );
        return undefined;
      }
      return this.#reading(key, step, () => this.#innerCode({ kind: 'code', text }, call, scope));
    }
    const path = absolutePath(inner.path, scope.cwd);
    if (path === undefined || call.host.kind !== 'local') return this.#unknownFile(inner, call);
    const answer = this.#world.ask({ kind: 'file', path });
    if (answer?.kind === 'text') {
      if (inner.program && !isShellScript(answer.text)) return undefined;
      this.#countText(answer.text);
      return this.#reading(key, step, () => this.code(answer.text, scope));
    }
    // Of a name without a slash that is not here, the shell looks along PATH.
    if (answer?.kind === 'absent' && !inner.program && !knownPrefix(inner.path).includes('/')) {
      return this.#run({ kind: 'words', words: [inner.path, ...inner.positionals] }, call, scope);
    }
    if (answer?.kind === 'failed' && mayRun(answer.reason, inner.program === true)) {
      this.#report('unreadable-script', `${path}: ${answer.detail}`, call);
    }
    return undefined;
  }

  /** `bash /dev/stdin`, `. /dev/stdin`: the text that comes in is the script. */
  #scriptOnStdin(call: Invocation, step: OriginStep, scope: Scope): Word | undefined {
    const text = stdinText(call.stdin, call, this.#world);
    if (text !== undefined)
      return this.#reading(step.label, step, () => this.#innerCode({ kind: 'code', text }, call, scope));
    this.#report(
      'unread-stdin',
      `${showWord(call.program)} runs what standard input says; its text is not known`,
      call,
    );
    return undefined;
  }

  #unknownFile(inner: Extract<Inner, { kind: 'file' }>, call: Invocation): undefined {
    if (inner.path.kind === 'dynamic' && !inner.program && knownPrefix(inner.path) === '') {
      this.#report(
        'missing-script',
        `${showWord(inner.path)} is run as a script; which file that is is not known`,
        call,
      );
    }
    return undefined;
  }

  #reading(key: string, step: OriginStep, read: () => Word | undefined): Word | undefined {
    this.#openFiles.add(key);
    try {
      return this.#nested(step, {}, read);
    } finally {
      this.#openFiles.delete(key);
    }
  }

  /** Remembers what the command line itself writes to files, so that running them later is followed. */
  #recordWritten(call: Invocation, followed: Word | undefined, scope: Scope): void {
    for (const { operator, descriptor, target } of call.redirections) {
      if (operator[0] === '<' || descriptor === 2) continue;
      this.#write(target, rawOutput(call, this.#world) ?? followed, operator === '>>', scope);
    }
    for (const { path, text, appends } of filesWrittenBy(
      call,
      (word) => this.#textOf(word, call, scope),
      this.#world,
    )) {
      this.#write(path, text, appends, scope);
    }
  }

  #write(path: Word, text: Word | undefined, appends: boolean, scope: Scope): void {
    const key = writtenKey(path, scope.cwd);
    const before = appends ? scope.shared.written.get(key) : undefined;
    const joined = before?.text !== undefined && text !== undefined ? joinWords([before.text, text]) : text;
    const isFollowed = joined === undefined || showWord(joined).length <= limits.text / 4;
    scope.shared.written.set(key, { text: isFollowed ? joined : undefined, appended: before?.appended ?? appends });
  }

  /** What stands in a file at this point: as the command line wrote it, else as it is on disk. */
  #textOf(path: Word, call: Invocation, scope: Scope): Word | undefined {
    const written = scope.shared.written.get(writtenKey(path, scope.cwd));
    return written === undefined ? fileText(path, call, this.#world) : written.text;
  }

  // Substitutions: what `expand` calls back for.

  command(script: Script, source: string, scope: Scope): Word {
    const step: OriginStep = { kind: 'substitution', label: shorten(source), line: undefined };
    const output = this.#nested(step, {}, () => this.script(script, scope.fork()));
    if (output === undefined) return dynamicWord(source);
    // NUL bytes are dropped, and newlines at the end.
    if (output.kind === 'static') return staticWord(output.value.replaceAll('\0', '').replace(/\n+$/, ''));
    const known = [...output.known];
    const last = known.at(-1);
    if (typeof last === 'string') known[known.length - 1] = last.replace(/\n+$/, '');
    return dynamicWord(
      source,
      known.filter((piece) => piece !== ''),
    );
  }

  process(script: Script, direction: '<' | '>', source: string, scope: Scope): Word {
    const first = this.#invocations.length;
    const step: OriginStep = { kind: 'substitution', label: shorten(source), line: undefined };
    const output = this.#nested(step, {}, () => this.script(script, scope.fork()));
    const path = `/dev/fd/guard-${first}`;
    if (direction === '<')
      scope.shared.written.set(path, { text: output, appended: false, from: this.#invocations.slice(first) });
    return staticWord(path);
  }

  arithmetic(expression: string, scope: Scope): void {
    assignArithmetic(expression, scope);
    for (const [name] of expression.matchAll(/[A-Za-z_]\w*/g)) {
      // The value of a name is an expression once more.
      const value = scope.word(name);
      if (value !== undefined && /\[[^\]]*(?:\$\(|`)/.test(textOf(value) ?? '')) {
        const source = showWord(value);
        const detail = `${name} is evaluated as an expression, and its value runs commands`;
        this.#opaque.push({
          reason: 'dynamic-code',
          detail,
          origin: this.#frame.origin,
          source,
          invocation: undefined,
        });
      }
    }
  }

  #nested<T>(step: OriginStep, change: Partial<Pick<Frame, 'stdin'>>, work: () => T): T | undefined {
    if (this.#frame.depth >= limits.depth) {
      this.#exhaust(`nested deeper than ${limits.depth} levels`);
      return undefined;
    }
    return this.#within(
      { ...change, origin: [...this.#frame.origin, step] as unknown as Origin, depth: this.#frame.depth + 1 },
      work,
    );
  }

  #within<T>(change: Partial<Frame>, work: () => T): T {
    const outer = this.#frame;
    this.#frame = { ...outer, ...change };
    try {
      return work();
    } finally {
      this.#frame = outer;
    }
  }

  #report(reason: OpaqueCode['reason'], detail: string, call: Invocation): void {
    this.#opaque.push({ reason, detail, origin: this.#frame.origin, source: call.source, invocation: call });
  }

  #exhaust(detail: string): undefined {
    const { origin, source } = this.#frame;
    this.#exhausted ??= { reason: 'too-deep', detail, origin, source: source.slice(0, 200), invocation: undefined };
    return undefined;
  }
}

/** What a call prints, its own redirection left aside. */
function rawOutput(call: Invocation, world: World): Word | undefined {
  return outputOf({ ...call, redirections: [] }, world);
}

/** Known outputs one after the other; unknown as soon as one is. */
function concatenate(outputs: readonly (Word | undefined)[]): Word | undefined {
  const known = outputs.filter((output) => output !== undefined);
  return known.length === outputs.length ? joinWords(known) : undefined;
}

const writtenKey = (path: Word, cwd: Word): string => absolutePath(path, cwd) ?? showWord(path).replace(/^\.\//, '');

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;
const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
