// The walk: follows a script as a shell would, without running anything, and lists every invocation on the way.
import { launchers } from '../generated/launchers.ts';
import type { Assignment, Invocation, OpaqueCode, Origin, OriginStep, Redirection, Stdin } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import type { AssignmentNode, CommandNode, RedirectionNode, Script, SimpleNode, Statement, WordNode } from '../model/script.ts';
import { dynamicWord, joinWords, knownPrefix, showWord, staticWord, textOf, type Word } from '../model/word.ts';
import { parseScript } from '../parse/parse.ts';
import { applyBuiltin, assign } from './builtins.ts';
import { expandText, expandWord, type Substitutions } from './expand.ts';
import type { Inner, Launcher } from './launcher.ts';
import { outputOf } from './output.ts';
import { absolutePath } from './paths.ts';
import { Scope } from './scope.ts';

/** Bounds of one analysis. Reaching one is an opaque finding that says which. */
export const limits = { depth: 40, invocations: 10_000, loopRounds: 64, calls: 2_000 } as const;

/** What an invocation is judged in: where it came from, and what feeds it. */
interface Frame {
  readonly origin: Origin;
  readonly stdin: Stdin;
  readonly depth: number;
  /** The text that spans point into. */
  readonly source: string;
}

const launcherOf = new Map<string, Launcher>(launchers.flatMap((entry) => entry.names.map((name) => [name, entry] as const)));

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
  #calls = 0;
  #exhausted = false;

  constructor(world: World, origin: Origin, stdin: Stdin) {
    this.#world = world;
    this.#frame = { origin, stdin, depth: 0, source: '' };
  }

  get resolution(): Resolution {
    return { invocations: this.#invocations, opaque: this.#opaque, incomplete: this.#incomplete };
  }

  /** Follows a text of shell code; gives back what it would print, where that is known. */
  code(text: string, scope: Scope): Word | undefined {
    return this.#script(parseScript(text), scope);
  }

  #script(script: Script, scope: Scope): Word | undefined {
    if (!script.complete) this.#incomplete.push({ script, origin: this.#frame.origin });
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
    if (this.#exhausted) return undefined;
    switch (node.type) {
      case 'simple':
        return this.#simple(node, scope);
      case 'pipeline':
        return this.#pipeline(node.commands, scope);
      case 'and-or':
        return this.#andOr(node.commands, scope);
      case 'subshell':
        return this.#statements(node.body, scope.fork());
      case 'group':
        return this.#statements(node.body, scope);
      case 'if':
        return this.#branches([...node.branches.map((branch) => [...branch.condition, ...branch.body]), node.otherwise], scope);
      case 'for':
        return this.#for(node, scope);
      case 'arithmetic-for':
        this.#words(node.expressions, scope);
        return this.#loop(node.body, scope);
      case 'while':
        return this.#loop([...node.condition, ...node.body], scope);
      case 'case':
        this.#words([node.word, ...node.arms.flatMap((arm) => arm.patterns)], scope);
        return this.#branches(node.arms.map((arm) => arm.body), scope);
      case 'function':
        scope.define(node.name, node.body);
        return staticWord('');
      case 'coproc':
        return this.#node(node.body, scope.fork());
      case 'test':
      case 'arithmetic':
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

  #andOr(commands: readonly CommandNode[], scope: Scope): Word | undefined {
    return concatenate(commands.map((command) => this.#node(command, scope)));
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

  /** A body that runs any number of times: a first round finds what it changes, a second sees those as unknown. */
  #loop(body: readonly Statement[], scope: Scope): undefined {
    const trial = scope.fork();
    const before = [this.#invocations.length, this.#opaque.length, this.#incomplete.length] as const;
    this.#statements(body, trial);
    scope.join(trial);
    this.#invocations.length = before[0];
    this.#opaque.length = before[1];
    this.#incomplete.length = before[2];
    this.#statements(body, scope);
    return undefined;
  }

  #for(node: Extract<CommandNode, { type: 'for' }>, scope: Scope): Word | undefined {
    const words = node.words === undefined ? scope.positionals : node.words.flatMap((word) => expandWord(word, scope, this));
    if (words === undefined || words.length > limits.loopRounds) {
      scope.setWord(node.name, dynamicWord(`$${node.name}`));
      return this.#loop(node.body, scope);
    }
    const outputs = words.map((word) => {
      scope.setWord(node.name, word);
      return this.#statements(node.body, scope);
    });
    return concatenate(outputs);
  }

  #redirected(command: CommandNode, nodes: readonly RedirectionNode[], scope: Scope): Word | undefined {
    const { redirections, stdin } = this.#redirections(nodes, scope);
    if (redirections.some(({ operator }) => operator !== '<')) {
      this.#emit({ words: [], assignments: [], redirections, stdin: { kind: 'none' }, span: undefined, source: '' }, scope);
    }
    const output = this.#within({ stdin: stdin ?? this.#frame.stdin }, () => this.#node(command, scope));
    return redirections.some(({ descriptor, operator }) => operator[0] !== '<' && descriptor === 1) ? staticWord('') : output;
  }

  #redirections(nodes: readonly RedirectionNode[], scope: Scope): { redirections: Redirection[]; stdin: Stdin | undefined } {
    const redirections: Redirection[] = [];
    let stdin: Stdin | undefined;
    for (const node of nodes) {
      if (node.type === 'file') {
        const target = expandText(node.target, scope, this);
        const descriptor = node.descriptor ?? (node.operator[0] === '<' ? 0 : 1);
        redirections.push({ operator: node.operator, descriptor, target });
        if (descriptor === 0 && node.operator[0] === '<') stdin = this.#fileInput(target, scope);
      } else if (node.type === 'heredoc' || node.type === 'herestring') {
        const body = expandText(node.body, scope, this);
        const text = node.type === 'herestring' ? joinWords([body, staticWord('\n')]) : body;
        if ((node.descriptor ?? 0) === 0) stdin = { kind: 'text', text };
      } else expandText(node.target, scope, this);
    }
    return { redirections, stdin };
  }

  #fileInput(path: Word, scope: Scope): Stdin {
    const written = scope.shared.written.get(writtenKey(path, scope.cwd));
    if (written?.text !== undefined) return { kind: 'text', text: written.text };
    return showWord(path) === '/dev/null' ? { kind: 'none' } : { kind: 'file', path };
  }

  #simple(node: SimpleNode, scope: Scope): Word | undefined {
    const words = node.words.flatMap((word) => this.#argument(word, scope));
    const assignments = node.assignments.map((entry) => this.#assignment(entry, scope, words.length > 0));
    const { redirections, stdin } = this.#redirections(node.redirections, scope);
    if (words.length === 0 && redirections.length === 0) return staticWord('');
    return this.#emit(
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
  }

  #argument(node: WordNode | AssignmentNode, scope: Scope): Word[] {
    if (node.type === 'word') return expandWord(node, scope, this);
    const value = this.#value(node, scope);
    const word = Array.isArray(value) ? joinWords(value as Word[], ' ') : (value as Word);
    return [joinWords([staticWord(`${node.name}${node.append ? '+' : ''}=`), word])];
  }

  /** `A=1` alone changes the shell; in front of a command it is that command's own. */
  #assignment(node: AssignmentNode, scope: Scope, forCommand: boolean): Assignment | undefined {
    const value = this.#value(node, scope);
    if (!forCommand) {
      assign(node, value, scope);
      return undefined;
    }
    return { name: node.name, value: Array.isArray(value) ? dynamicWord(`$${node.name}`) : (value as Word) };
  }

  #value(node: AssignmentNode, scope: Scope): Word | readonly Word[] {
    if (node.index !== undefined) expandText(node.index, scope, this);
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
    if (this.#invocations.length >= limits.invocations) return this.#exhaust(`more than ${limits.invocations} commands`);
    const body = invocation.name === undefined ? undefined : scope.function(invocation.name);
    if (body !== undefined && invocation.name !== undefined) return this.#call(invocation.name, body, invocation, scope);
    this.#invocations.push(invocation);
    if (invocation.name !== undefined) applyBuiltin(invocation.name, args, scope);
    const output = this.#follow(invocation, scope) ?? outputOf(invocation, this.#world);
    this.#recordWritten(invocation, output, scope);
    return output;
  }

  /** A call of a function that the script itself defined. */
  #call(name: string, body: CommandNode, invocation: Invocation, scope: Scope): Word | undefined {
    this.#calls += 1;
    if (this.#calls > limits.calls) return this.#exhaust(`more than ${limits.calls} function calls`);
    const inner = scope.fork();
    inner.positionals = invocation.args;
    for (const { name: variable, value } of invocation.assignments) inner.setWord(variable, value);
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

  /** What the invocation runs in turn, by its launcher, or as a script called by path. */
  #follow(call: Invocation, scope: Scope): Word | undefined {
    const launcher = call.name === undefined ? undefined : launcherOf.get(call.name);
    if (launcher !== undefined) {
      const outputs = launcher.unwrap(call, this.#world).map((inner) => this.#inner(inner, call, scope));
      return outputs.length === 1 ? outputs[0] : undefined;
    }
    if (knownPrefix(call.program).includes('/') && call.host.kind === 'local') {
      this.#inner({ kind: 'file', path: call.program, positionals: call.args, program: true }, call, scope);
    }
    return undefined;
  }

  #inner(inner: Inner, call: Invocation, scope: Scope): Word | undefined {
    const target = inner.kind === 'code' || inner.kind === 'file' ? (inner.same ? scope : scope.fork()) : scope.fork();
    const inside = inner.freshEnvironment ? Scope.root(undefined, target.cwd) : target;
    if (inner.freshEnvironment) {
      inside.host = scope.host;
      inside.user = scope.user;
    }
    for (const { name, value } of [...call.assignments, ...(inner.assignments ?? [])]) inside.setWord(name, value);
    if (inner.cwd !== undefined) inside.cwd = inner.cwd;
    if (inner.user !== undefined) inside.user = inner.user;
    if (inner.host !== undefined) inside.host = inner.host;
    const step: OriginStep = { kind: 'launcher', label: inner.label ?? call.name ?? showWord(call.program), line: undefined };
    return this.#nested(step, { stdin: inner.stdin ?? call.stdin }, () => this.#run(inner, call, inside));
  }

  #run(inner: Inner, call: Invocation, scope: Scope): Word | undefined {
    switch (inner.kind) {
      case 'words':
        if (inner.words.length === 0) return undefined;
        return this.#emit(
          { words: inner.words, assignments: [], redirections: [], stdin: this.#frame.stdin, span: call.span, source: '' },
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
    const guess = inner.text.kind === 'dynamic' ? inner.text.known.map((piece) => piece ?? '$GUARD_UNKNOWN').join('') : '';
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
    const path = absolutePath(inner.path, scope.cwd);
    const key = writtenKey(inner.path, scope.cwd);
    const step: OriginStep = { kind: 'script', label: showWord(inner.path), line: undefined };
    scope.positionals = inner.positionals;
    scope.name = inner.path;
    const written = scope.shared.written.get(key);
    if (this.#openFiles.has(key)) return undefined;
    if (written !== undefined) {
      const text = written.text;
      if (text === undefined) {
        this.#report('unreadable-script', `${showWord(inner.path)} is written and run by the same command line; its text is not known`, call);
        return undefined;
      }
      return this.#reading(key, step, () => this.#innerCode({ kind: 'code', text }, call, scope));
    }
    if (path === undefined || call.host.kind !== 'local') return this.#unknownFile(inner, call);
    const answer = this.#world.ask({ kind: 'file', path });
    if (answer?.kind === 'text') {
      if (inner.program && !isShellScript(answer.text)) return undefined;
      return this.#reading(key, step, () => this.code(answer.text, scope));
    }
    if (answer?.kind === 'failed' && answer.reason !== 'off' && !(inner.program && answer.reason === 'binary')) {
      this.#report('unreadable-script', `${path}: ${answer.detail}`, call);
    }
    return undefined;
  }

  #unknownFile(inner: Extract<Inner, { kind: 'file' }>, call: Invocation): undefined {
    if (inner.path.kind === 'dynamic' && !inner.program && knownPrefix(inner.path) === '' && call.env.get('GUARD_UNKNOWN') === undefined) {
      this.#report('missing-script', `${showWord(inner.path)} is run as a script; which file that is is not known`, call);
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
  #recordWritten(call: Invocation, output: Word | undefined, scope: Scope): void {
    for (const { operator, descriptor, target } of call.redirections) {
      if (operator[0] === '<' || descriptor === 2) continue;
      const key = writtenKey(target, scope.cwd);
      const before = operator === '>>' ? scope.shared.written.get(key) : undefined;
      const text = rawOutput(call, this.#world) ?? output;
      const joined = before?.text !== undefined && text !== undefined ? joinWords([before.text, text]) : text;
      scope.shared.written.set(key, { text: joined, fetched: before?.fetched ?? false });
    }
  }

  // Substitutions: what `expand` calls back for.

  command(script: Script, source: string, scope: Scope): Word {
    const step: OriginStep = { kind: 'substitution', label: shorten(source), line: undefined };
    const output = this.#nested(step, {}, () => this.#script(script, scope.fork()));
    if (output === undefined) return dynamicWord(source);
    if (output.kind === 'static') return staticWord(output.value.replace(/\n+$/, ''));
    const known = [...output.known];
    const last = known.at(-1);
    if (typeof last === 'string') known[known.length - 1] = last.replace(/\n+$/, '');
    return dynamicWord(source, known.filter((piece) => piece !== ''));
  }

  process(script: Script, direction: '<' | '>', source: string, scope: Scope): Word {
    const first = this.#invocations.length;
    const step: OriginStep = { kind: 'substitution', label: shorten(source), line: undefined };
    const output = this.#nested(step, {}, () => this.#script(script, scope.fork()));
    const path = `/dev/fd/guard-${first}`;
    if (direction === '<') {
      const fetched = this.#invocations.slice(first).some((call) => fetchers.has(call.name ?? ''));
      scope.shared.written.set(path, { text: output, fetched });
    }
    return staticWord(path);
  }

  #nested<T>(step: OriginStep, change: Partial<Pick<Frame, 'stdin'>>, work: () => T): T | undefined {
    if (this.#frame.depth >= limits.depth) {
      this.#exhaust(`nested deeper than ${limits.depth} levels`);
      return undefined;
    }
    return this.#within({ ...change, origin: [...this.#frame.origin, step] as unknown as Origin, depth: this.#frame.depth + 1 }, work);
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
    if (this.#exhausted) return undefined;
    this.#exhausted = true;
    this.#opaque.push({ reason: 'too-deep', detail, origin: this.#frame.origin, source: this.#frame.source.slice(0, 200), invocation: undefined });
    return undefined;
  }
}

/** Programs that print what they fetch from the network. */
export const fetchers: ReadonlySet<string> = new Set(['curl', 'wget', 'http', 'https', 'xh', 'xhs', 'fetch', 'aria2c']);

/** What a call prints, its own redirection left aside. */
function rawOutput(call: Invocation, world: World): Word | undefined {
  return outputOf({ ...call, redirections: [] }, world);
}

/** Known outputs one after the other; unknown as soon as one is. */
function concatenate(outputs: readonly (Word | undefined)[]): Word | undefined {
  const known = outputs.filter((output) => output !== undefined);
  return known.length === outputs.length ? joinWords(known) : undefined;
}

/** `/bin/rm` and `\rm` are `rm`; a glob or an unknown word has no name. */
function programName(program: Word): string | undefined {
  const text = textOf(program);
  if (text !== undefined) return program.glob && text !== '[' ? undefined : baseName(text);
  if (program.kind === 'static') return undefined;
  const last = program.known.at(-1);
  return typeof last === 'string' && last.includes('/') ? baseName(last) : undefined;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.exe$/i, '');

const writtenKey = (path: Word, cwd: Word): string => absolutePath(path, cwd) ?? showWord(path).replace(/^\.\//, '');

/** A text without `#!` that is called by path is run by the calling shell itself. */
function isShellScript(text: string): boolean {
  if (!text.startsWith('#!')) return true;
  const line = text.slice(2, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'));
  return /(^|[\s/])(ba|z|da|k|a|mk)?sh(\s|$)/.test(line);
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;
const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

