// Statements: reads them in order, all branches of what is not decided, and says whether anything behind them runs.

import { type Arguments, text, unknown, type Value } from '../value.ts';
import { limits } from './limits.ts';
import { decided } from './operators.ts';
import type { Flow, Run } from './run.ts';
import type { Scope } from './scope.ts';
import type { Node } from './tree.ts';
import { isListing, nothing } from './values.ts';

type Reader = (node: Node, scope: Scope, run: Run) => Flow;

/** Reads statements up to the first behind which nothing runs. Functions are known before all of them. */
export function readStatements(nodes: readonly Node[], scope: Scope, run: Run): Flow {
  for (const node of nodes) hoist(node, scope, run);
  for (const node of nodes) {
    const flow = readStatement(node, scope, run);
    if (flow !== 'next') return flow;
  }
  return 'next';
}

function hoist(node: Node, scope: Scope, run: Run): void {
  const declaration = node.name === 'ExportDeclaration' ? node.child('FunctionDeclaration') : node;
  const name = declaration?.name === 'FunctionDeclaration' ? declaration.child('VariableDefinition') : undefined;
  if (declaration !== undefined && name !== undefined) scope.declare(name.text, run.functionFrom(declaration, scope));
}

function readStatement(node: Node, scope: Scope, run: Run): Flow {
  run.recorder.step();
  const reader = readers[node.name];
  if (reader !== undefined) return reader(node, scope, run);
  if (/^[A-Z]/.test(node.name)) for (const part of node.parts) run.evaluate(part, scope);
  return 'next';
}

const ignored: Reader = () => 'next';
const body = (node: Node | undefined, scope: Scope, run: Run): Flow =>
  node === undefined ? 'next' : readStatement(node, scope.inner(), run);

const readers: Readonly<Record<string, Reader | undefined>> = {
  ExpressionStatement: (node, scope, run) => {
    const [expression] = node.parts;
    if (expression === undefined) return 'next';
    run.evaluate(expression, scope);
    return endsProgram(expression) ? 'end' : 'next';
  },
  VariableDeclaration: declaration,
  FunctionDeclaration: ignored,
  ClassDeclaration: (node, scope, run) => {
    run.classFrom(node, scope);
    return 'next';
  },
  EnumDeclaration: ignored,
  InterfaceDeclaration: ignored,
  TypeAliasDeclaration: ignored,
  AmbientDeclaration: ignored,
  ImportDeclaration: ignored,
  EmptyStatement: ignored,
  NamespaceDeclaration: (node, scope, run) => body(node.child('Block'), scope, run),
  ExportDeclaration: exported,
  Block: (node, scope, run) => run.statements(node.parts, scope.inner()),
  LabeledStatement: (node, scope, run) => body(node.parts.at(-1), scope, run),
  IfStatement: ifStatement,
  ForStatement: forStatement,
  WhileStatement: (node, scope, run) => openLoop(node, scope, run),
  DoStatement: (node, scope, run) => openLoop(node, scope, run),
  SwitchStatement: switchStatement,
  TryStatement: tryStatement,
  ReturnStatement: (node, scope, run) => {
    const [value] = node.parts;
    run.frame.returns.push(value === undefined ? nothing : run.evaluate(value, scope));
    return 'end';
  },
  ThrowStatement: (node, scope, run) => {
    const [value] = node.parts;
    if (value !== undefined) run.evaluate(value, scope);
    return 'end';
  },
  BreakStatement: () => 'break',
  ContinueStatement: () => 'break',
};

const endsProgram = (node: Node): boolean =>
  node.name === 'CallExpression' && /^(process\.exit|Deno\.exit|process\.abort)\(/.test(node.text);

/** `const a = 1, {b} = c`: patterns, each with its value behind `=`. */
function declaration(node: Node, scope: Scope, run: Run): Flow {
  const constant = node.has('const');
  let pattern: Node | undefined;
  let isValue = false;
  for (const child of node.children) {
    if (/^(VariableDefinition|ObjectPattern|ArrayPattern)$/.test(child.name) && !isValue) {
      if (pattern !== undefined) run.bind(pattern, nothing, scope, false);
      pattern = child;
    } else if (child.name === 'Equals') isValue = true;
    else if (child.name === ',') isValue = false;
    else if (isValue && pattern !== undefined) {
      run.bind(pattern, run.evaluate(child, scope), scope, constant);
      pattern = undefined;
      isValue = false;
    }
  }
  if (pattern !== undefined) run.bind(pattern, nothing, scope, false);
  return 'next';
}

function exported(node: Node, scope: Scope, run: Run): Flow {
  const inner = node.parts.find(({ name }) => name !== 'ExportGroup' && name !== 'String' && name !== 'Star');
  if (inner === undefined || node.has('from')) return 'next';
  if (node.has('default') && !/Declaration$/.test(inner.name)) {
    scope.declare('*default*', run.evaluate(inner, scope));
    return 'next';
  }
  return readStatement(inner, scope, run);
}

function ifStatement(node: Node, scope: Scope, run: Run): Flow {
  const [condition, yes, no] = node.parts;
  if (condition === undefined || yes === undefined) return 'next';
  const known = decided(condition, run.evaluate(condition, scope), scope, run);
  if (known !== undefined) return body(known ? yes : no, scope, run);
  return branches(
    [yes, no].map((each) => () => body(each, scope, run)),
    run,
  );
}

/** Reads branches of which one runs; what is behind them runs where it does behind any. */
function branches(each: readonly (() => Flow)[], run: Run): Flow {
  const flows: Flow[] = [];
  run.journal.branches(
    each.map((read) => () => {
      const flow = read();
      flows.push(flow);
      return flow !== 'end';
    }),
  );
  return flows.includes('next') ? 'next' : flows.includes('break') ? 'break' : 'end';
}

function forStatement(node: Node, scope: Scope, run: Run): Flow {
  const spec = node.child('ForOfSpec', 'ForInSpec');
  const statement = node.parts.at(-1);
  if (spec === undefined) return openLoop(node, scope.inner(), run);
  const isIn = spec.name === 'ForInSpec';
  const source = spec.after(isIn ? 'in' : 'of');
  const pattern = spec.child('VariableDefinition', 'ObjectPattern', 'ArrayPattern', 'VariableName', 'MemberExpression');
  if (source === undefined || pattern === undefined || statement === undefined) return 'next';
  const value = run.evaluate(source, scope);
  const items = isIn ? keysOf(value, source.text) : itemsOf(value, source.text);
  if (!isFixed(value)) forgetAssigned(statement, scope, run);
  for (const item of items) {
    const round = scope.inner();
    run.bind(pattern, item, round, spec.has('const'));
    body(statement, round, run);
  }
  return 'next';
}

const isFixed = (value: Value): boolean => value.kind === 'list' && value.complete;

const keysOf = (value: Value, source: string): readonly Value[] =>
  value.kind === 'table' && value.complete
    ? [...value.entries.keys()].slice(0, limits.rounds).map((key) => text(key))
    : [unknown(`each of ${source}`)];

/** The items that a loop goes through; one unknown item stands for those that are not known. */
export function itemsOf(value: Value, source: string): readonly Value[] {
  if (value.kind !== 'list') return [unknown(`each of ${source}`, value.kind === 'unknown' ? value.taint : undefined)];
  const items = value.items.slice(0, limits.rounds);
  const isWhole = isListing(value) || (value.complete && items.length === value.items.length);
  return isWhole ? items : [...items, unknown(`each of ${source}`)];
}

/** A loop whose rounds are not known is read once; what it assigns to is not known in it. */
function openLoop(node: Node, scope: Scope, run: Run): Flow {
  const spec = node.child('ForSpec');
  for (const part of spec?.parts ?? []) if (part.name === 'VariableDeclaration') readStatement(part, scope, run);
  forgetAssigned(node, scope, run);
  branches([() => loopRound(node, spec, scope, run), () => 'next'], run);
  return 'next';
}

function loopRound(node: Node, spec: Node | undefined, scope: Scope, run: Run): Flow {
  for (const part of spec?.parts ?? []) if (part.name !== 'VariableDeclaration') run.evaluate(part, scope);
  for (const part of node.parts) {
    if (part.name === 'ForSpec') continue;
    if (readers[part.name] === undefined) run.evaluate(part, scope);
    else body(part, scope, run);
  }
  return 'next';
}

/** Makes unknown what the rounds of a loop assign to. */
function forgetAssigned(node: Node, scope: Scope, run: Run): void {
  run.recorder.step();
  if (/^(ArrowFunction|FunctionExpression|FunctionDeclaration|ClassDeclaration)$/.test(node.name)) return;
  const isCounted = (node.name === 'UnaryExpression' || node.name === 'PostfixExpression') && /\+\+|--/.test(node.text);
  if (isCounted || (node.name === 'AssignmentExpression' && node.has('UpdateOp'))) {
    const [target] = node.parts;
    const before = target?.name === 'VariableName' ? scope.get(target.text) : undefined;
    // What a text grows by is a further piece of it.
    if (target !== undefined && before !== undefined) scope.assign(target.text, unknown(target.text));
  }
  for (const child of node.children) forgetAssigned(child, scope, run);
}

function switchStatement(node: Node, scope: Scope, run: Run): Flow {
  const [subject] = node.parts;
  const cases = casesOf(node.child('SwitchBody'));
  if (subject === undefined) return 'next';
  const value = run.evaluate(subject, scope);
  const inner = scope.inner();
  const matching = cases.map(({ test }) =>
    test === undefined ? undefined : decidedCase(value, run.evaluate(test, inner), subject, inner, run),
  );
  const isKnown = cases.every(({ test }, at) => test === undefined || matching[at] !== undefined);
  if (isKnown) {
    const hit = matching.indexOf(true);
    const start = hit >= 0 ? hit : cases.findIndex(({ test }) => test === undefined);
    const flow =
      start < 0
        ? 'next'
        : run.statements(
            cases.slice(start).flatMap((each) => each.body),
            inner,
          );
    return flow === 'end' ? 'end' : 'next';
  }
  const hasDefault = cases.some(({ test }) => test === undefined);
  const each = cases.map((_case, at) => () => run.statements(untilBreak(cases.slice(at)), inner));
  const flow = branches(hasDefault ? each : [...each, () => 'next'], run);
  return flow === 'end' ? 'end' : 'next';
}

const untilBreak = (cases: readonly { readonly body: readonly Node[] }[]): readonly Node[] =>
  (cases.find((each) => each.body.length > 0) ?? cases[0])?.body ?? [];

function decidedCase(value: Value, test: Value, subject: Node, scope: Scope, run: Run): boolean | undefined {
  const known =
    value.kind === 'text' && test.kind === 'text' && value.word.kind === 'static' && test.word.kind === 'static';
  if (!known) return undefined;
  return decided(subject, text('true'), scope, run) === true ? value.word.value === test.word.value : undefined;
}

function casesOf(node: Node | undefined): { test: Node | undefined; body: Node[] }[] {
  const cases: { test: Node | undefined; body: Node[] }[] = [];
  for (const part of node?.parts ?? []) {
    if (part.name === 'CaseLabel' || part.name === 'DefaultLabel') cases.push({ test: part.parts[0], body: [] });
    else cases.at(-1)?.body.push(part);
  }
  return cases;
}

/** What fails is not known, so the handler may run and may not. */
function tryStatement(node: Node, scope: Scope, run: Run): Flow {
  const [block] = node.parts;
  const handler = node.child('CatchClause');
  const last = node.child('FinallyClause');
  const flow = body(block, scope, run);
  const flows: Flow[] = [flow];
  if (handler !== undefined) {
    run.journal.branches([
      () => true,
      () => {
        const inner = scope.inner();
        const name = handler.child('VariableDefinition', 'ObjectPattern');
        if (name !== undefined) run.bind(name, unknown(name.text), inner, false);
        const caught = body(handler.child('Block'), inner, run);
        flows.push(caught);
        return caught !== 'end';
      },
    ]);
  }
  const finished = body(last?.child('Block'), scope, run);
  if (finished === 'end') return 'end';
  return flows.includes('next') ? 'next' : flow;
}

/** Calls back for each item of a list: what `forEach`, `map` and their kin do. */
export function eachItem(value: Value, call: Arguments, run: Run, source: string): readonly Value[] {
  const [callback] = call.positional;
  if (callback === undefined) return [];
  return itemsOf(value, source).map((item, index) =>
    run.call(callback, { positional: [item, text(String(index)), value], named: new Map() }, 'callback'),
  );
}
