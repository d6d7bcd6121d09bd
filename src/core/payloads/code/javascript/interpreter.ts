// The interpreter: reads one program with all that it imports, and asks the API tables what calls of libraries do.
import type { CodeContext } from '../../../model/code.ts';
import type { Word } from '../../../model/word.ts';
import type { Recorder } from '../recorder.ts';
import { type Arguments, table, taintOf, text, unknown, type Value } from '../value.ts';
import type { JsApi } from './apis/api.ts';
import { argumentApis, argumentsFor, commandOf, optionsOf } from './apis/arguments.ts';
import { collectionApis } from './apis/collections.ts';
import { sqlCall } from './apis/databases.ts';
import { fileApis } from './apis/files.ts';
import { generalApis } from './apis/general.ts';
import { libraryCall, redisCommand } from './apis/libraries.ts';
import { networkApis } from './apis/network.ts';
import { processApis } from './apis/processes.ts';
import { evaluate } from './expressions.ts';
import { callClosure, classValue, closureFrom, constructOn, newInstance } from './functions.ts';
import { builtinMethod, memberOf } from './members.ts';
import { importModule, type Modules, readTop } from './modules.ts';
import { canonical, lastOf, rootOf } from './names.ts';
import { pathOf } from './paths.ts';
import { assignPattern, bindPattern } from './patterns.ts';
import type { Flow, Frame, Run } from './run.ts';
import { Journal, type Scope } from './scope.ts';
import { readStatements } from './statements.ts';
import { type Node, type Source, treeOf } from './tree.ts';
import {
  type Class,
  callableOf,
  choicesOf,
  classOf,
  eachChoice,
  entryOf,
  fileOf,
  made,
  methodOf,
  nothing,
} from './values.ts';

const apis: ReadonlyMap<string, JsApi> = new Map(
  Object.entries({ ...generalApis, ...collectionApis, ...argumentApis, ...fileApis, ...processApis, ...networkApis }),
);

/** Programs that wait for others to call: their handlers do not run when the program is started. */
const servers =
  /^(express|fastify|koa|hono|restify|polka|h3|@hapi|@koa|@nestjs|socket\.io|ws|next|http\.createServer|https\.createServer|net\.createServer|http2\.|Bun\.serve|Deno\.serve|electron|vscode|@remix-run|react|vue|msw|nock|cron|node-cron|chokidar)/;
const routes = /^(get|post|put|patch|delete|all|use|route|options|head)$/;

export class Interpreter implements Run {
  readonly recorder: Recorder;
  readonly context: CodeContext;
  readonly journal = new Journal();
  source: Source;
  frame: Frame = { self: undefined, arguments: [], returns: [], yields: [] };
  owner: Class | undefined;
  cwd: Word | undefined;
  readonly env = new Map<string, Word | undefined>();
  readonly properties = new Map<string, Value>();
  readonly pending: (() => void)[] = [];
  readonly #modules: Modules = new Map();
  /** Functions that are being followed. */
  readonly #open: Node[] = [];

  constructor(content: string, recorder: Recorder, context: CodeContext) {
    this.recorder = recorder;
    this.context = context;
    this.source = { text: content, file: undefined, line: undefined };
  }

  /** Reads the program, and what it left open. */
  program(content: string): void {
    const exports = table(new Map(), false) as Extract<Value, { kind: 'table' }>;
    if (this.context.path !== undefined) this.#modules.set(this.context.path, exports);
    readTop(content, exports, this, this.journal);
    for (const record of this.pending) record();
  }

  evaluate(node: Node, scope: Scope): Value {
    return evaluate(node, scope, this);
  }

  statements(nodes: readonly Node[], scope: Scope): Flow {
    return readStatements(nodes, scope, this);
  }

  bind(pattern: Node, value: Value, scope: Scope, constant: boolean): void {
    bindPattern(pattern, value, scope, constant, this);
  }

  assign(target: Node, value: Value, scope: Scope): void {
    assignPattern(target, value, scope, this);
  }

  functionFrom(node: Node, scope: Scope): Value {
    return closureFrom(node, scope, this);
  }

  classFrom(node: Node, scope: Scope): Value {
    return classValue(node, scope, this);
  }

  member(value: Value, name: string): Value {
    return memberOf(value, name, this);
  }

  call(callee: Value, call: Arguments, name: string): Value {
    this.recorder.step();
    return eachChoice(callee, (each) => this.#callOne(each, call, name));
  }

  #callOne(callee: Value, call: Arguments, name: string): Value {
    if (callee.kind === 'name') return this.#library(callee.name, { ...call, receiver: callee });
    const body = callableOf(callee);
    if (body?.kind === 'closure') return callClosure(body, call, this, this.#open);
    if (body?.kind === 'class') return newInstance(body, call, this);
    if (body?.kind === 'native') return body.call(call) ?? nothing;
    this.#callBack(call, undefined, callee);
    return unknown(`${name}(...)`, taintOf(callee));
  }

  callMethod(receiver: Value, name: string, call: Arguments): Value {
    this.recorder.step();
    return eachChoice(receiver, (each) => this.#methodOf(each, name, call));
  }

  #methodOf(receiver: Value, name: string, call: Arguments): Value {
    if (receiver.kind === 'table') {
      const own = receiver.entries.get(name) ?? methodOf(classOf(receiver), name);
      if (own !== undefined) return this.call(own, { ...call, receiver: own.kind === 'name' ? own : receiver }, name);
    }
    if (receiver.kind === 'name') {
      const full = `${receiver.name}.${name}`;
      const own = this.properties.get(full);
      if (own !== undefined) return this.call(own, { ...call, receiver }, name);
      const known = /^(bind|call|apply)$/.test(name) ? builtinMethod(receiver, name, call, this) : undefined;
      if (known !== undefined) return known;
      if (this.#apiOf(full) !== undefined || !/^(then|catch|finally)$/.test(name))
        return this.#library(full, { ...call, receiver });
    }
    const known = builtinMethod(receiver, name, call, this);
    if (known !== undefined) return known;
    if (receiver.kind === 'unknown' || receiver.kind === 'table')
      this.#guess(`${shown(receiver)}.${name}`, name, { ...call, receiver });
    else this.#callBack(call, undefined, receiver, name);
    return unknown(`${shown(receiver)}.${name}(...)`, taintOf(receiver));
  }

  create(callee: Value, call: Arguments, name: string): Value {
    const body = callableOf(callee);
    if (body?.kind === 'class') return newInstance(body, call, this);
    if (callee.kind === 'name') {
      // A client that was generated for the project has its own path.
      const full = /\.PrismaClient$/.test(callee.name) ? '@prisma/client.PrismaClient' : callee.name;
      return this.#apiOf(full) === undefined ? made(full, call) : this.#library(full, { ...call, receiver: callee });
    }
    return this.call(callee, call, name);
  }

  construct(owner: Class, self: Value, call: Arguments): void {
    constructOn(owner, self, call, this);
  }

  module(specifier: string): Value {
    return importModule(specifier, this.#modules, this, this.journal);
  }

  code(content: string, scope: Scope): Value {
    this.recorder.count(content);
    if (this.#depth > 8) return unknown('(code within code)');
    const outer = this.source;
    this.source = { text: content, file: outer.file, line: this.recorder.line };
    this.#depth += 1;
    try {
      this.statements(treeOf(content).top.parts, scope);
    } finally {
      this.source = outer;
      this.#depth -= 1;
    }
    return unknown('(what code gives)');
  }
  #depth = 0;

  content(value: Value): Value {
    const path = fileOf(value);
    const content = path === undefined ? undefined : this.context.readFile(path);
    return content === undefined ? value : text(content);
  }

  path(value: Value): Value {
    return pathOf(value, this);
  }

  #apiOf(name: string): JsApi | undefined {
    for (const form of canonical(name)) {
      const api = apis.get(form);
      if (api !== undefined) return api;
    }
    return undefined;
  }

  /** A call of a library; what nobody knows gives something that is named by the call. */
  #library(name: string, call: Arguments): Value {
    if (name.length > 400) return unknown('(a long chain of calls)');
    const api = this.#apiOf(name);
    if (api === undefined) {
      this.#guess(name, lastOf(name), call);
      if (/^console\./.test(name)) return nothing;
      return (parsed.test(name) ? optionsOf(call.receiver, this) : undefined) ?? made(name, call);
    }
    let result: Value | undefined;
    for (const first of call.positional[0] === undefined ? [undefined] : choicesOf(call.positional[0])) {
      const given = first === undefined ? call : { ...call, positional: call.positional.with(0, first) };
      result = api(given, this, name);
    }
    if (!followed.test(name)) this.#callBack(call, result);
    return result ?? made(name, call);
  }

  /** A method of something that no table knows: SQL and ORMs are known by their methods. */
  #guess(name: string, method: string, call: Arguments): void {
    const { receiver } = call;
    const isKnown = sqlCall(name, receiver, call, this) || redisCommand(name, receiver, call, this);
    if (!isKnown) libraryCall(name, receiver, call, this);
    this.#callBack(call, undefined, receiver, method);
  }

  /** Functions among the arguments are called back, unless they wait for somebody else's request. */
  #callBack(call: Arguments, result: Value | undefined, receiver?: Value, method = ''): void {
    const [first] = call.positional;
    const handled = method === 'command' ? entryOf(first, 'handler') : undefined;
    const callbacks = (handled === undefined ? call.positional : [handled]).filter(
      (value) => value.kind === 'function' && callableOf(value)?.kind !== 'class',
    );
    if (callbacks.length === 0) return;
    const name = receiver?.kind === 'name' ? receiver.name : '';
    if (servers.test(name) || isRoute(method, call) || isOtherCommand(method, call, receiver, this)) return;
    if (method === 'action' || method === 'command') {
      const given = argumentsFor(method, call, receiver, this);
      const handler = callbacks.at(-1);
      if (given !== undefined && handler !== undefined) {
        this.call(handler, { positional: given, named: new Map() }, `${rootOf(name)} callback`);
        return;
      }
    }
    const taint = taintOf(receiver) ?? taintOf(result);
    for (const callback of callbacks) {
      const positional =
        result === undefined
          ? [unknown('an argument', taint), unknown('an argument', taint)]
          : [unknown('error'), result, unknown('an argument', taint)];
      this.call(callback, { positional, named: new Map() }, `${rootOf(name)} callback`);
    }
  }
}

/** APIs that call back themselves. */
const followed =
  /^(Promise|setTimeout|setInterval|setImmediate|queueMicrotask|process\.(on|once|nextTick)|http\.request\(\)\..*|zx\.within|timers\..*)$/;

const isRoute = (method: string, call: Arguments): boolean => {
  const [path] = call.positional;
  return routes.test(method) && path?.kind === 'text' && path.word.kind === 'static' && path.word.value.startsWith('/');
};

/** Calls that give what the options of the command line hold. */
const parsed = /^(?:commander|yargs|cac|sade)\b.*\.(?:opts|optsWithGlobals|parse|parseSync|parseAsync)$/;

/** `program.command('drop').action(...)` runs where the command is named among the arguments. */
function isOtherCommand(method: string, call: Arguments, receiver: Value | undefined, run: Run): boolean {
  if (method !== 'action' && method !== 'command') return false;
  const command = commandOf(method, call, receiver)?.split(/\s/)[0];
  if (command === undefined || command === '$0' || command === '*') return false;
  return !run.context.args.some((word) => word.kind === 'dynamic' || word.value === command);
}

const shown = (value: Value): string => (value.kind === 'unknown' ? value.source : '(object)');
