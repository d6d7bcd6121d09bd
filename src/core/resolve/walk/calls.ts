// Calls: an expanded command becomes an invocation, and runs a function, an alias, a builtin or a program.
import { launchers } from '../../generated/launchers.ts';
import type { Assignment, Invocation, OriginStep, Redirection, Stdin } from '../../model/invocation.ts';
import type { CommandNode, SimpleNode } from '../../model/script.ts';
import { joinWords, knownPrefix, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { applyBuiltin } from '../builtins.ts';
import { evaluatesCommands, isElevator, programName } from '../conventions.ts';
import type { Launcher } from '../launcher.ts';
import { outputOf, stdinText } from '../output.ts';
import { descriptorOf, readLine, readLines } from '../reading.ts';
import type { Scope } from '../scope.ts';
import type { FunctionBody } from '../state.ts';
import { variableCode } from '../variables.ts';
import { worldWith } from '../written.ts';
import { limits } from './bounds.ts';
import { exhaust, nested, report, type WalkContext } from './context.ts';
import { launch } from './launched.ts';
import { followText } from './shell-code.ts';
import { recordWritten, worldNow } from './written-files.ts';

/** One program has one launcher. */
const launcherOf = (name: string): Launcher | undefined => launchers.get(name)[0];

/** A command with all its words expanded. */
interface ExpandedCommand {
  readonly words: readonly Word[];
  readonly assignments: readonly Assignment[];
  readonly redirections: readonly Redirection[];
  readonly stdin: Stdin;
  readonly span: SimpleNode['span'] | undefined;
  readonly source: string;
  /** Called by a launcher, which knows neither functions nor aliases. */
  readonly launched?: boolean;
}

/** Lists one invocation and follows what it runs in turn; gives back what it would print, where that is known. */
export function invoke(walk: WalkContext, command: ExpandedCommand, scope: Scope): Word | undefined {
  const invocation = invocationOf(walk, command, scope);
  const { name } = invocation;
  const passed = walk.bounds.checkInvocations(walk.recording.invocations.length);
  if (passed !== undefined) return exhaust(walk, passed);
  if (command.launched !== true && name !== undefined) {
    const bodies = scope.functions(name);
    if (bodies.length > 0) return callAny(walk, name, bodies, invocation, scope);
    const alias = scope.alias(name);
    if (alias !== undefined) expandAlias(walk, name, alias, invocation, scope);
  }
  return runProgram(walk, invocation, scope);
}

/** Words that a launcher runs, in the shell that its call stands in. */
export function invokeWords(
  walk: WalkContext,
  words: readonly Word[],
  { span }: Invocation,
  scope: Scope,
): Word | undefined {
  if (words.length === 0) return undefined;
  const { stdin } = walk.frame;
  return invoke(walk, { words, assignments: [], redirections: [], stdin, span, source: '', launched: true }, scope);
}

function invocationOf(walk: WalkContext, command: ExpandedCommand, scope: Scope): Invocation {
  const [program = staticWord(''), ...args] = command.words;
  return {
    name: programName(program),
    program,
    args,
    assignments: command.assignments,
    redirections: command.redirections,
    stdin: command.stdin,
    cwd: scope.cwd,
    user: scope.user,
    host: scope.host,
    ...(scope.rebuilds === undefined ? {} : { rebuilds: scope.rebuilds }),
    env: scope.view(command.assignments),
    origin: walk.frame.origin,
    span: command.span ?? { start: 0, end: 0 },
    source: command.source === '' ? command.words.map(showWord).join(' ') : command.source,
  };
}

/** A name that some branch defined as a function: each body is followed, and the program where it may be none. */
function callAny(
  walk: WalkContext,
  name: string,
  bodies: readonly FunctionBody[],
  invocation: Invocation,
  scope: Scope,
): Word | undefined {
  const [body] = bodies;
  if (bodies.length === 1 && body !== undefined) return callFunction(walk, name, body, invocation, scope);
  const forks = bodies.map((own) => {
    const fork = scope.fork();
    if (own === undefined) runProgram(walk, invocation, fork);
    else callFunction(walk, name, own, invocation, fork);
    return fork;
  });
  for (const fork of forks) scope.join(fork);
  return undefined;
}

/** A call of a function that the script itself defined. */
function callFunction(
  walk: WalkContext,
  name: string,
  body: CommandNode,
  invocation: Invocation,
  scope: Scope,
): Word | undefined {
  const passed = walk.bounds.spendCall();
  if (passed !== undefined) return exhaust(walk, passed);
  const inner = scope.forkCall();
  inner.positionals = invocation.args;
  for (const { name: variable, value } of invocation.assignments) {
    inner.makeLocal(variable);
    inner.setWord(variable, value);
    inner.export(variable);
  }
  if (invocation.redirections.length > 0) {
    walk.recording.invocations.push({ ...invocation, name: '', program: staticWord(''), args: [] });
  }
  const step: OriginStep = { kind: 'function', label: name, line: undefined };
  const output = nested(walk, step, { stdin: invocation.stdin }, () => walk.node(body, inner));
  const { positionals } = scope;
  scope.adopt(inner);
  scope.positionals = positionals;
  return output;
}

/** An alias is text in front of what was written behind its name. Some shells expand them in scripts too. */
function expandAlias(walk: WalkContext, name: string, alias: Word, call: Invocation, scope: Scope): void {
  if (walk.openAliases.has(name)) return;
  const passed = walk.bounds.spendCall();
  if (passed !== undefined) exhaust(walk, passed);
  if (walk.recording.exhausted !== undefined) return;
  const rest = call.source.startsWith(name) ? call.source.slice(name.length) : ` ${call.args.map(showWord).join(' ')}`;
  walk.openAliases.add(name);
  const step: OriginStep = { kind: 'alias', label: name, line: undefined };
  nested(walk, step, {}, () => followText(walk, joinWords([alias, staticWord(rest)]), call, scope.fork()));
  walk.openAliases.delete(name);
}

/** A program or a builtin, with what it runs in turn. */
function runProgram(walk: WalkContext, invocation: Invocation, scope: Scope): Word | undefined {
  const { name } = invocation;
  walk.recording.invocations.push(invocation);
  if (name !== undefined) runBuiltin(walk, name, invocation, scope);
  const followed = followLaunched(walk, invocation, scope);
  const output = followed ?? outputOf(invocation, worldNow(walk, scope));
  recordWritten(walk, invocation, followed, scope);
  return output;
}

/** What changes in the shell itself. */
function runBuiltin(walk: WalkContext, name: string, call: Invocation, scope: Scope): void {
  // `A=1 export A`: what stands in front of these two stays.
  if (name === 'export' || name === 'readonly') for (const own of call.assignments) scope.setWord(own.name, own.value);
  applyBuiltin(name, call.args, scope);
  if (name === 'read' || name === 'mapfile' || name === 'readarray') takeInput(walk, name, call, scope);
  if (evaluatesCommands(name, call.args))
    report(walk, 'dynamic-code', `${name} evaluates a subscript that runs commands`, call);
}

/** `read` and `mapfile` set variables from what comes in. */
function takeInput(walk: WalkContext, name: string, call: Invocation, scope: Scope): void {
  const descriptor = descriptorOf(call.args, name);
  const input =
    descriptor === '0' ? call.stdin : (scope.descriptor(descriptor)?.input ?? ({ kind: 'inherited' } as const));
  const text = textOf(stdinText(input, call, walk.world));
  if (name === 'read') readLine(call, input, text, scope);
  else readLines(call, input, text, scope);
}

/** What the invocation runs in turn, by its launcher, or as a script called by path. */
function followLaunched(walk: WalkContext, call: Invocation, scope: Scope): Word | undefined {
  const launcher = call.name === undefined ? undefined : launcherOf(call.name);
  for (const inner of variableCode(call, walk.world)) launch(walk, inner, call, scope);
  if (launcher !== undefined) {
    const inners = launcher.unwrap(call, worldWith(scope.shared.written, walk.world));
    if (inners.length > limits.launched)
      return exhaust(walk, `more than ${limits.launched} commands by one ${call.name}`);
    const outputs = inners.map((inner) => launch(walk, inner, call, scope));
    followOwnProgram(walk, call, scope);
    return outputs.length === 1 ? outputs[0] : undefined;
  }
  if (call.name === undefined && isElevator(call.program) && call.args.length > 0) {
    launch(walk, { kind: 'words', words: call.args, label: showWord(call.program) }, call, scope);
  }
  followOwnProgram(walk, call, scope);
  return undefined;
}

/** A program that is called by its path may be a script of the project's own, whatever its name. */
function followOwnProgram(walk: WalkContext, call: Invocation, scope: Scope): void {
  if (knownPrefix(call.program).includes('/') && call.host.kind === 'local') {
    launch(walk, { kind: 'file', path: call.program, positionals: call.args, program: true }, call, scope);
  }
}
