// Definitions: functions and classes of the program, and what their decorators make of them.
import { textOf } from '../../../model/word.ts';
import type { Value } from '../value.ts';
import { evaluate } from './evaluate.ts';
import { type Completion, execute, executeAll } from './execute.ts';
import type { Run } from './run.ts';
import { moduleOf, type OwnClass, type OwnFunction, ownOf, ownValue, type Scope } from './scope.ts';
import { childOf, type Node, partsOf, sourceOf } from './syntax.ts';

type Executor = (node: Node, scope: Scope, run: Run) => Completion;

export const functionDefinition: Executor = (node, scope) => {
  define(node, scope, undefined);
  return undefined;
};

function define(node: Node, scope: Scope, binding: OwnFunction['binding'] | undefined): void {
  const module = moduleOf(scope);
  const name = sourceOf(childOf(node, 'VariableName'));
  if (module === undefined) return;
  const own: OwnFunction = {
    type: 'function',
    name,
    node,
    module,
    scope,
    ...(binding === undefined ? {} : { binding }),
  };
  scope.set(name, ownValue(own));
}

const bindings: Readonly<Record<string, OwnFunction['binding']>> = {
  staticmethod: 'static',
  classmethod: 'class',
  property: 'property',
  cached_property: 'property',
};

/** Decorators of libraries leave a function what it is; those of the program are called. */
export const decorated: Executor = (node, scope, run) => {
  const definition = node.children.at(-1);
  if (definition === undefined) return undefined;
  const decorators = node.children.filter((each) => each.name === 'Decorator');
  const names = decorators.map((each) => sourceOf(each).slice(1).split('(')[0]?.trim().split('.').at(-1) ?? '');
  if (definition.name !== 'FunctionDefinition') return execute(definition, scope, run);
  define(
    definition,
    scope,
    names
      .map((name) => (Object.hasOwn(bindings, name) ? bindings[name] : undefined))
      .find((each) => each !== undefined),
  );
  const name = sourceOf(childOf(definition, 'VariableName'));
  for (const decorator of decorators.toReversed()) {
    addCommand(decorator, name, scope, run);
    const [, callee, given] = decorator.children.filter((each) => each.name !== '.' && each.name !== 'newline');
    const own = callee === undefined || given !== undefined ? undefined : ownOf(evaluate(callee, scope, run));
    const current = scope.get(name);
    if (own?.type !== 'function' || current === undefined) continue;
    const made = run.parts.call(ownValue(own), { positional: [current], named: new Map() }, run);
    if (made.kind === 'function') scope.set(name, made);
  }
  return undefined;
};

/** `@cli.command('purge')` of click and typer: the function runs where its command is named among the arguments. */
function addCommand(decorator: Node, name: string, scope: Scope, run: Run): void {
  const [, holder = '', given = ''] =
    /^@([\w.]+)\.command\b(?:\(\s*(?:name\s*=\s*)?['"]([\w-]+)['"])?/.exec(sourceOf(decorator)) ?? [];
  const value = scope.get(name);
  if (holder === '' || value === undefined) return;
  const commands = run.commands.get(holder) ?? new Map<string, Value>();
  commands.set(given === '' ? name.replaceAll('_', '-') : given, value);
  run.commands.set(holder, commands);
}

/** What calling a group of commands runs: the one that the program was called with, or the only one of an app. */
export function callCommand(holder: string, run: Run): void {
  const commands = run.commands.get(holder);
  const words = run.context.args.map((word) => textOf(word));
  for (const [name, value] of commands ?? [])
    if (words.includes(name)) run.parts.call(value, { positional: [], named: new Map() }, run);
}

export const classDefinition: Executor = (node, scope, run) => {
  const name = sourceOf(childOf(node, 'VariableName'));
  const given = childOf(node, 'ArgList');
  const bases =
    given === undefined
      ? []
      : partsOf(given)
          .filter(
            (each, at, all) =>
              each.name !== 'AssignOp' && all[at - 1]?.name !== 'AssignOp' && all[at + 1]?.name !== 'AssignOp',
          )
          .map((each) => evaluate(each, scope, run));
  const inside = scope.inner(true);
  executeAll(childOf(node, 'Body')?.children ?? [], inside, run);
  const own: OwnClass = { type: 'class', name, bases, fields: fieldsOf(node), scope: inside };
  inside.owner = own;
  scope.set(name, ownValue(own));
  return undefined;
};

/** `path: str`, `count: int = 0`. */
const fieldsOf = (node: Node): readonly string[] =>
  (childOf(node, 'Body')?.children ?? [])
    .filter((each) => each.name === 'AssignStatement' && each.children[1]?.name === 'TypeDef')
    .map((each) => sourceOf(each.children[0]));
