// Definitions: functions and classes of the program, and what their decorators make of them.
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
  const names = decorators.map((each) => sourceOf(each).slice(1).split('(')[0]?.split('.').at(-1) ?? '');
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
    const [, callee, given] = decorator.children;
    const own = callee === undefined || given !== undefined ? undefined : ownOf(evaluate(callee, scope, run));
    const current = scope.get(name);
    if (own?.type !== 'function' || current === undefined) continue;
    const made = run.parts.call(ownValue(own), { positional: [current], named: new Map() }, run);
    if (made.kind === 'function') scope.set(name, made);
  }
  return undefined;
};

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
  const own: OwnClass = { type: 'class', name, bases, scope: inside };
  inside.owner = own;
  scope.set(name, ownValue(own));
  return undefined;
};
