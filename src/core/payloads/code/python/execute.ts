// Execution: the statements of a program in their order, as far as it is known which of them run.
import { mergeAll, type Outcome } from '../branches.ts';
import { type Arguments, addItems, list, unknown, type Value } from '../value.ts';
import { attributeOf, classAttribute, temporary } from './access.ts';
import { classDefinition, decorated, functionDefinition } from './definitions.ts';
import { conditionOf, evaluate, operate } from './evaluate.ts';
import { importNames } from './imports.ts';
import { none } from './literals.ts';
import { roundsOf } from './loops.ts';
import { matches } from './matching.ts';
import { narrow } from './narrow.ts';
import type { Run } from './run.ts';
import { moduleOf, type OwnFunction, ownOf, type Scope } from './scope.ts';
import { childOf, contains, isToken, type Node, partsOf, sourceOf } from './syntax.ts';
import { bind } from './targets.ts';

/** Why nothing behind a statement runs any more; undefined where it does. */
export type Completion = 'continue' | 'break' | 'return' | undefined;

type Executor = (node: Node, scope: Scope, run: Run) => Completion;

/** Reads statements up to one that certainly leaves. */
export function executeAll(nodes: readonly Node[], scope: Scope, run: Run): Completion {
  for (const node of nodes) {
    if (isToken(node)) continue;
    const completion = execute(node, scope, run);
    if (completion !== undefined) return completion;
  }
  return undefined;
}

export const execute: Executor = (node, scope, run) => {
  const module = moduleOf(scope);
  if (module !== undefined) run.at(node, module);
  executors ??= makeExecutors();
  const executor = executors.get(node.name);
  if (executor !== undefined) return executor(node, scope, run);
  for (const child of node.children) if (!isToken(child)) evaluate(child, scope, run);
  return undefined;
};

const body = (node: Node | undefined, scope: Scope, run: Run): Completion =>
  node === undefined ? undefined : executeAll(node.children, scope, run);

const outcome = (completion: Completion): Outcome => ({ value: none, ended: completion !== undefined });

/** Branches of which one runs, or none: what all of them leave behind. A chain leaves only where each of them does. */
function branch(bodies: readonly (() => Completion)[], isSkippable: boolean, run: Run): Completion {
  const completions: Completion[] = [];
  run.branches.read(
    bodies.map((read) => () => {
      const completion = read();
      completions.push(completion);
      return outcome(completion);
    }),
    isSkippable,
  );
  if (isSkippable || completions.some((each) => each === undefined)) return undefined;
  return completions.find((each) => each !== 'return') ?? completions[0];
}

/** `if`, with its `elif` as an `if` in the `else`. */
const ifStatement: Executor = (node, scope, run) => ifFrom(node.children, 0, scope, run);

function ifFrom(parts: readonly Node[], at: number, scope: Scope, run: Run): Completion {
  const keyword = parts[at];
  if (keyword === undefined) return undefined;
  if (keyword.name === 'else') return body(parts[at + 1], scope, run);
  const [condition, then] = [parts[at + 1], parts[at + 2]];
  if (condition === undefined) return undefined;
  const truth = conditionOf(condition, scope, run);
  if (truth === true) return body(then, scope, run);
  if (truth === false) return ifFrom(parts, at + 3, scope, run);
  const whenTrue = (): Completion => {
    narrow(condition, true, scope);
    return body(then, scope, run);
  };
  const whenFalse = (): Completion => {
    narrow(condition, false, scope);
    return ifFrom(parts, at + 3, scope, run);
  };
  return branch([whenTrue, whenFalse], false, run);
}

const forStatement: Executor = (node, scope, run) => {
  const parts = node.children.filter((each) => each.name !== 'for' && each.name !== 'async');
  const at = parts.findIndex((each) => each.name === 'in');
  const end = parts.findIndex((each) => each.name === 'Body');
  const sources = parts.slice(at + 1, end).filter((each) => !isToken(each));
  const over = sources.map((each) => evaluate(each, scope, run));
  const rounds = roundsOf(over.length === 1 ? (over[0] as Value) : list(over), run);
  const target = parts.slice(0, at);
  if (rounds.kind === 'each') {
    for (const value of rounds.values) {
      bind(target, value, scope, run);
      const completion = body(parts[end], scope, run);
      if (completion === 'return') return completion;
      if (completion === 'break') break;
    }
  } else {
    forgetAssigned(parts[end], scope);
    run.loops += 1;
    for (const value of rounds.values) {
      const round = (): Completion => {
        bind(target, value, scope, run);
        return body(parts[end], scope, run);
      };
      branch([round], true, run);
    }
    run.loops -= 1;
  }
  return elseBody(parts, scope, run);
};

const whileStatement: Executor = (node, scope, run) => {
  const [, condition, loop] = node.children;
  forgetAssigned(loop, scope);
  if (condition === undefined || conditionOf(condition, scope, run) === false)
    return elseBody(node.children, scope, run);
  run.loops += 1;
  branch([() => body(loop, scope, run)], true, run);
  run.loops -= 1;
  return elseBody(node.children, scope, run);
};

function elseBody(parts: readonly Node[], scope: Scope, run: Run): Completion {
  const at = parts.findIndex((each) => each.name === 'else');
  return at < 0 ? undefined : body(parts[at + 1], scope, run);
}

/** What a loop assigns may be anything from its second round on. Paths and lists that only grow keep what is known. */
function forgetAssigned(loop: Node | undefined, scope: Scope): void {
  if (loop === undefined) return;
  const names = assignedNames.get(loop) ?? new Set(assignedIn(loop));
  assignedNames.set(loop, names);
  for (const name of names) {
    const before = scope.own(name);
    if (before?.kind === 'text' || before?.kind === 'unknown') scope.set(name, unknown(name));
  }
}

const assignedNames = new WeakMap<Node, ReadonlySet<string>>();

function* assignedIn(node: Node): Generator<string> {
  for (const child of node.children) {
    if (child.name === 'AssignStatement' || child.name === 'UpdateStatement') {
      const end = child.children.findIndex((each) => each.name === 'AssignOp' || each.name === 'UpdateOp');
      for (const target of child.children.slice(0, end)) if (target.name === 'VariableName') yield sourceOf(target);
    } else if (child.name !== 'FunctionDefinition' && child.name !== 'ClassDefinition') yield* assignedIn(child);
  }
}

/** The body may fail anywhere: handlers start from what it leaves, and may not run at all. */
const tryStatement: Executor = (node, scope, run) => {
  const parts = node.children;
  const completion = body(parts[1], scope, run);
  const handlers: Node[] = [];
  let last: Completion;
  parts.forEach((part, at) => {
    if (part.name === 'except') {
      const next = parts.slice(at + 1).find((each) => each.name === 'Body');
      const as =
        parts[at + 1]?.name === 'as' ? parts[at + 2] : parts[at + 2]?.name === 'as' ? parts[at + 3] : undefined;
      if (as?.name === 'VariableName') scope.set(sourceOf(as), unknown(sourceOf(as)));
      if (next !== undefined) handlers.push(next);
    }
  });
  if (completion === undefined) last = elseBody(parts, scope, run);
  run.handlers += 1;
  const handled = handlers.map((handler) => {
    let result: Completion;
    branch([() => (result = body(handler, scope, run))], true, run);
    return result;
  });
  run.handlers -= 1;
  const final = parts.findIndex((each) => each.name === 'finally');
  const ended = final < 0 ? undefined : body(parts[final + 1], scope, run);
  if (ended !== undefined) return ended;
  const left = completion ?? last;
  return left !== undefined && handled.every((each) => each !== undefined) ? left : undefined;
};

const withStatement: Executor = (node, scope, run) => {
  const end = node.children.findIndex((each) => each.name === 'Body');
  const inside = node.children
    .slice(0, end)
    .flatMap((each) => (each.name === 'ParenthesizedExpression' ? each.children : [each]));
  const managers: Value[] = [];
  inside.forEach((each, at) => {
    if (isToken(each) || ['with', 'async', 'as'].includes(each.name) || inside[at - 1]?.name === 'as') return;
    const manager = evaluate(each, scope, run);
    managers.push(manager);
    const value = entered(manager, run);
    const target = inside[at + 1]?.name === 'as' ? inside[at + 2] : undefined;
    if (target !== undefined) bind([target], value, scope, run);
    // `with open(path, 'w'): pass` leaves an empty file.
    if (isEmpty(node.children[end]))
      run.parts.call(attributeOf(value, 'close', run), { positional: [], named: new Map() }, run);
  });
  const completion = body(node.children[end], scope, run);
  for (const manager of managers.toReversed())
    callOf(manager, ['__exit__', '__aexit__'], [unknown('type'), unknown('error'), unknown('traceback')], run);
  return completion;
};

const isEmpty = (block: Node | undefined): boolean =>
  block?.children.every((each) => isToken(each) || each.name === 'PassStatement') === true;

/** What `as` gives a name to: what `__enter__` returns, for instances of the program's own classes. */
function entered(value: Value, run: Run): Value {
  if (value.kind === 'name' && value.name === 'tempfile.TemporaryDirectory()') return temporary();
  return callOf(value, ['__enter__', '__aenter__'], [], run) ?? value;
}

/** What a method gives that an instance of the program's own classes has under one of these names. */
function callOf(value: Value, names: readonly string[], positional: readonly Value[], run: Run): Value | undefined {
  const own = ownOf(value);
  if (own?.type !== 'instance') return undefined;
  const method = names.map((name) => classAttribute(own.of, name, value)).find((each) => each !== undefined);
  return method === undefined ? undefined : run.parts.call(method, { positional, named: new Map() }, run);
}

const assignment: Executor = (node, scope, run) => {
  const operators = node.children.flatMap((each, at) => (each.name === 'AssignOp' ? [at] : []));
  const lastOperator = operators.at(-1);
  if (lastOperator === undefined) return undefined;
  const right = node.children.slice(lastOperator + 1);
  const values = right.filter((each) => !isToken(each) && each.name !== '*').map((each) => evaluate(each, scope, run));
  const value = right.some((each) => each.name === ',')
    ? list(values, !right.some((each) => each.name === '*'))
    : (values[0] ?? none);
  let start = 0;
  for (const operator of operators) {
    bind(node.children.slice(start, operator), value, scope, run);
    start = operator + 1;
  }
  return undefined;
};

const update: Executor = (node, scope, run) => {
  const [target, operator, right] = node.children;
  if (target === undefined || right === undefined) return undefined;
  const before = evaluate(target, scope, run);
  const added = evaluate(right, scope, run);
  if (before.kind === 'list' && sourceOf(operator) === '+=') {
    if (added.kind === 'list') addItems(before, added.items);
    if (added.kind !== 'list' || !added.complete || run.loops > 0) (before as { complete: boolean }).complete = false;
    return undefined;
  }
  const value = operate(sourceOf(operator).slice(0, -1), before, added) ?? unknown(sourceOf(target));
  bind([target], value, scope, run);
  return undefined;
};

const returnStatement: Executor = (node, scope, run) => {
  const values = node.children
    .slice(1)
    .filter((each) => !isToken(each))
    .map((each) => evaluate(each, scope, run));
  const isTuple = node.children.some((each) => each.name === ',');
  scope.returned.push(isTuple ? list(values) : (values[0] ?? none));
  return 'return';
};

/** `yield x`, `yield from xs`: what the function gives, one by one. */
const yieldStatement: Executor = (node, scope, run) => {
  const values = node.children.slice(1).filter((each) => !isToken(each) && each.name !== 'from');
  const [first, ...others] = values.map((each) => evaluate(each, scope, run));
  if (first === undefined) return undefined;
  const isSpread = childOf(node, 'from') !== undefined;
  const value = others.length > 0 ? list([first, ...others]) : first;
  scope.yielded.push(...(isSpread && value.kind === 'list' ? value.items : [value]));
  return undefined;
};

/** `sys.exit()`, `exit()`, `os._exit()`: nothing behind it runs. */
const exits = /^(?:sys\.exit|exit|quit|os\._exit|os\.abort)$/;

const expression: Executor = (node, scope, run) => {
  const [call] = node.children;
  if (call === undefined) return undefined;
  for (const child of node.children) if (!isToken(child)) evaluate(child, scope, run);
  const [callee] = call.name === 'CallExpression' ? call.children : [];
  return callee !== undefined && exits.test(sourceOf(callee)) ? 'return' : undefined;
};

/** The clauses up to the first that certainly fits; one that certainly does not is not read. */
const matchStatement: Executor = (node, scope, run) => {
  const subject = node.children.filter((each) => each.name !== 'match' && each.name !== 'MatchBody' && !isToken(each));
  const values = subject.map((each) => evaluate(each, scope, run));
  const value = values.length === 1 ? (values[0] as Value) : list(values);
  const open: (() => Completion)[] = [];
  for (const clause of childOf(node, 'MatchBody')?.children.filter((each) => each.name === 'MatchClause') ?? []) {
    const [, pattern] = clause.children;
    const guard = childOf(clause, 'Guard')?.children.at(-1);
    const fits = pattern === undefined ? undefined : matches(pattern, value, scope, run);
    if (fits === false) continue;
    const holds = guard === undefined ? true : conditionOf(guard, scope, run);
    if (holds === false) continue;
    const read = (): Completion => body(childOf(clause, 'Body'), scope, run);
    if (fits === true && holds === true) return open.length === 0 ? read() : branch([...open, read], false, run);
    open.push(() => {
      if (pattern !== undefined) matches(pattern, value, scope, run);
      return read();
    });
  }
  return branch(open, true, run);
};

const scopeStatement: Executor = (node, scope) => {
  const isGlobal = node.children[0]?.name === 'global';
  for (const name of partsOf(node).slice(1)) scope.declare(sourceOf(name), isGlobal);
  return undefined;
};

/** Made on first use: definitions and this file call each other. */
const makeExecutors = (): ReadonlyMap<string, Executor> =>
  new Map(
    Object.entries({
      StatementGroup: (node, scope, run) => executeAll(node.children, scope, run),
      ImportStatement: (node, scope, run) => {
        importNames(node, scope, run);
        return undefined;
      },
      ExpressionStatement: expression,
      AssignStatement: assignment,
      UpdateStatement: update,
      IfStatement: ifStatement,
      ForStatement: forStatement,
      WhileStatement: whileStatement,
      TryStatement: tryStatement,
      WithStatement: withStatement,
      FunctionDefinition: functionDefinition,
      DecoratedStatement: decorated,
      ClassDefinition: classDefinition,
      ReturnStatement: returnStatement,
      RaiseStatement: (node, scope, run) => {
        for (const child of node.children.slice(1)) if (!isToken(child)) evaluate(child, scope, run);
        return 'return';
      },
      YieldStatement: yieldStatement,
      BreakStatement: () => 'break',
      ContinueStatement: () => 'continue',
      MatchStatement: matchStatement,
      ScopeStatement: scopeStatement,
      DeleteStatement: () => undefined,
      PassStatement: () => undefined,
    } satisfies Record<string, Executor>),
  );
let executors: ReadonlyMap<string, Executor> | undefined;

const yields = new Set(['YieldExpression', 'YieldStatement']);

/** Runs the body of a function in its own scope and gives back what it returns. */
export function runFunction(own: OwnFunction, given: Arguments, inside: Scope, run: Run): Value {
  const block = childOf(own.node, 'Body');
  if (block === undefined) {
    const result = own.node.children.at(-1);
    return result === undefined ? none : evaluate(result, inside, run);
  }
  const completion = body(block, inside, run);
  if (contains(block, yields)) return list(inside.yielded, false);
  const values = completion === undefined && inside.returned.length > 0 ? [...inside.returned, none] : inside.returned;
  const [first, ...others] = values;
  if (first === undefined) return none;
  return others.length === 0 ? first : mergeAll(values, `${own.name}(${given.positional.length > 0 ? '…' : ''})`);
}
