// Statements: branches, loops, exceptions, output.
import { text, unknown, type Value } from '../value.ts';
import { recordOf } from './api/laravel.ts';
import { assignTo } from './assign.ts';
import type { Php } from './interpreter.ts';
import { type Frame, none, truthOf } from './model.ts';
import { childOf, type Node, partsOf, shown, textOfNode } from './syntax.ts';

export type Handler = (node: Node, frame: Frame, php: Php) => Value;

const block: Handler = (node, frame, php) => php.sequence(node.children, frame);
const passed: Handler = () => none;

/** The conditions of an `if` with what each chooses; the last may have none. */
function clausesOf(node: Node): readonly { condition: Node | undefined; body: Node | undefined }[] {
  const clauses: { condition: Node | undefined; body: Node | undefined }[] = [];
  let open: { condition: Node | undefined; body: Node | undefined } | undefined;
  for (const child of node.children) {
    if (child.name === 'if' || child.name === 'elseif' || child.name === 'else') {
      open = { condition: undefined, body: undefined };
      clauses.push(open);
    } else if (open === undefined) continue;
    else if (child.name === 'ParenthesizedExpression' && open.condition === undefined && open.body === undefined)
      open.condition = child;
    else if (open.body === undefined) open.body = child;
  }
  return clauses;
}

const ifStatement: Handler = (node, frame, php) => chooseClause(clausesOf(node), node, frame, php);

function chooseClause(clauses: ReturnType<typeof clausesOf>, node: Node, frame: Frame, php: Php): Value {
  const [first, ...rest] = clauses;
  if (first === undefined) return none;
  if (first.condition === undefined) return php.evaluate(first.body, frame);
  const truth = truthOf(php.evaluate(first.condition, frame));
  if (truth === true) return php.evaluate(first.body, frame);
  if (truth === false) return chooseClause(rest, node, frame, php);
  const runs = [() => php.evaluate(first.body, frame), () => chooseClause(rest, node, frame, php)];
  return php.either(frame, runs, false, shown(node));
}

/** A loop of which it is not known how often it runs is read once, and may not run at all. */
const loop: Handler = (node, frame, php) => {
  const [condition, body] = partsOf(node);
  if (condition !== undefined && truthOf(php.evaluate(condition, frame)) === false) return none;
  php.repeating(() => php.either(frame, [() => php.evaluate(body, frame)], true, 'loop'));
  return none;
};

const doLoop: Handler = (node, frame, php) => {
  php.repeating(() => {
    for (const part of partsOf(node)) php.evaluate(part, frame);
    return none;
  });
  return none;
};

/** What each item of a collection gives to the body: its key and itself. */
const foreach: Handler = (node, frame, php) => {
  const [spec, body] = partsOf(node);
  if (spec === undefined) return none;
  const [collection, target] = partsOf(spec);
  const value = php.evaluate(collection, frame);
  const [keyTarget, itemTarget] = target?.name === 'Pair' ? partsOf(target) : [undefined, target];
  const visit = (key: Value, item: Value) => (): Value => {
    if (keyTarget !== undefined) assignTo(keyTarget, key, frame, php);
    if (itemTarget !== undefined) assignTo(itemTarget, item, frame, php);
    php.evaluate(body, frame);
    frame.ended = false;
    return none;
  };
  const pairs = pairsOf(value).slice(0, 64);
  for (const [key, item] of pairs) visit(key, item)();
  const isWhole = (value.kind === 'list' || value.kind === 'table') && value.complete;
  if (!isWhole && pairs.length === 0)
    php.repeating(() =>
      php.either(
        frame,
        [visit(unknown('$key'), unknown('$item', value.kind === 'unknown' ? value.taint : undefined))],
        true,
        'foreach',
      ),
    );
  return none;
};

/** Keys and items of a literal collection. */
export function pairsOf(value: Value): readonly (readonly [Value, Value])[] {
  if (value.kind === 'list') return value.items.map((item, index) => [text(String(index)), item]);
  const record = recordOf(value);
  if (record !== undefined) return [[unknown('$key'), record]];
  if (value.kind !== 'table') return [];
  return [...value.entries].map(([key, item]) => [text(key), item]);
}

const switchStatement: Handler = (node, frame, php) => {
  const [subject, body] = partsOf(node);
  php.evaluate(subject, frame);
  const cases = (body?.children ?? []).filter(
    (child) => child.name === 'CaseStatement' || child.name === 'DefaultStatement',
  );
  const runs = cases.map((each) => () => {
    php.sequence(each.children, frame);
    // `break` ends the case, not what stands behind the switch.
    if (each.children.some((child) => child.name === 'BreakStatement')) frame.ended = false;
    return none;
  });
  return php.either(
    frame,
    runs,
    cases.every((each) => each.name !== 'DefaultStatement'),
    'switch',
  );
};

const tryStatement: Handler = (node, frame, php) => {
  const blocks = node.children.filter((child) => child.name === 'Block');
  const hasFinally = childOf(node, 'finally') !== undefined;
  const [body, ...rest] = blocks;
  php.evaluate(body, frame);
  const { ended } = frame;
  frame.ended = false;
  const catches = hasFinally ? rest.slice(0, -1) : rest;
  if (catches.length > 0) {
    // What is thrown may be caught: then what stands behind the statement does run.
    const outcome = [() => none, ...catches.map((each) => () => php.evaluate(each, frame))];
    php.either(frame, outcome, false, 'try');
  } else frame.ended = ended;
  if (hasFinally) php.evaluate(rest.at(-1), frame);
  return none;
};

const returns: Handler = (node, frame, php) => {
  const [value] = partsOf(node);
  frame.returns.push(php.evaluate(value, frame));
  frame.ended = true;
  return none;
};

const ends: Handler = (node, frame, php) => {
  for (const part of partsOf(node)) php.evaluate(part, frame);
  frame.ended = true;
  return none;
};

export const statements: Readonly<Record<string, Handler>> = {
  Block: block,
  ColonBlock: block,
  NamespaceDefinition: block,
  TextInterpolation: passed,
  EmptyStatement: passed,
  LabelStatement: passed,
  FunctionDefinition: (node, _frame, php) => {
    // One that stands in a condition is declared when it is reached.
    const name = textOfNode(childOf(node, 'Name') ?? node);
    if (!php.functions.has(name.toLowerCase()))
      php.functions.set(name.toLowerCase(), {
        name,
        node,
        file: php.file,
        owner: undefined,
        kept: undefined,
        self: undefined,
      });
    return none;
  },
  ClassDeclaration: passed,
  InterfaceDeclaration: passed,
  TraitDeclaration: passed,
  EnumDeclaration: passed,
  NamespaceUseDeclaration: passed,
  ExpressionStatement: (node, frame, php) => {
    for (const part of partsOf(node)) php.evaluate(part, frame);
    return none;
  },
  IfStatement: ifStatement,
  WhileStatement: loop,
  DoStatement: doLoop,
  ForStatement: (node, frame, php) => {
    const [spec, body] = partsOf(node);
    for (const part of spec === undefined ? [] : partsOf(spec)) php.evaluate(part, frame);
    php.repeating(() => php.either(frame, [() => php.evaluate(body, frame)], true, 'for'));
    return none;
  },
  ForeachStatement: foreach,
  SwitchStatement: switchStatement,
  TryStatement: tryStatement,
  ReturnStatement: returns,
  BreakStatement: ends,
  ContinueStatement: ends,
  ConstDeclaration: (node, frame, php) => {
    for (const each of node.children.filter((child) => child.name === 'VariableDeclarator')) {
      const [name, value] = partsOf(each);
      if (name !== undefined) php.constants.set(textOfNode(name), php.evaluate(value, frame));
    }
    return none;
  },
  GlobalDeclaration: (node, frame, php) => {
    for (const each of partsOf(node)) {
      const name = textOfNode(each).replace(/^\$/, '');
      const value = php.main.variables.get(name);
      if (value !== undefined) php.branches.set(frame.variables, name, value);
    }
    return none;
  },
  FunctionStaticDeclaration: (node, frame, php) => {
    for (const each of node.children.filter((child) => child.name === 'VariableDeclarator')) {
      const [name, value] = partsOf(each);
      if (name !== undefined)
        php.branches.set(frame.variables, textOfNode(name).replace(/^\$/, ''), php.evaluate(value, frame));
    }
    return none;
  },
  UnsetStatement: passed,
};
