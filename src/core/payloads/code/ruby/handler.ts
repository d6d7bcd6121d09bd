// Handlers: how one kind of node is evaluated.
import type { Node } from '@ruby/prism/src/nodes.js';
import type { Value } from '../value.ts';
import type { Ruby } from './interpreter.ts';
import type { Frame } from './model.ts';

type Handler = (node: Node, frame: Frame, ruby: Ruby) => Value;
type NodeClass<T> = abstract new (...given: never[]) => T;

/** By the node's class. */
export type Handlers = ReadonlyMap<unknown, Handler>;

/** The handler of a class of nodes, as an entry. */
export const on = <T extends Node>(
  type: NodeClass<T>,
  evaluate: (node: T, frame: Frame, ruby: Ruby) => Value,
): readonly [unknown, Handler] => [type, (node, frame, ruby) => evaluate(node as T, frame, ruby)];
