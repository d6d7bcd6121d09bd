// What a Ruby program is made of while it is read: frames, classes, instances, blocks, and the values that stand for them.
import type { BlockNode, DefNode, LambdaNode } from '@ruby/prism/src/nodes.js';
import { textOf } from '../../../model/word.ts';
import type { Variables } from '../branches.ts';
import { type Arguments, named, text, type Value } from '../value.ts';
import type { SourceText } from './source.ts';

export const nil: Value = named('nil');
export const yes: Value = text('true');
export const no: Value = text('false');
export const truthValue = (is: boolean): Value => (is ? yes : no);

/** Whether a condition holds, where that is certain. A text is always true in Ruby, `"false"` as well. */
export function truthOf(value: Value): boolean | undefined {
  if (value === nil || value === no) return false;
  return value.kind === 'unknown' || value.kind === 'name' || (value.kind === 'text' && value.word.kind === 'dynamic')
    ? undefined
    : true;
}

/** A method of the program. */
export interface Method {
  readonly node: DefNode;
  readonly source: SourceText;
  readonly owner: RubyClass | undefined;
}

/** A class or a module. */
export class RubyClass {
  readonly name: string;
  readonly parent: Value | undefined;
  readonly methods = new Map<string, Method | Closure>();
  readonly singletons = new Map<string, Method | Closure>();
  readonly mixins: RubyClass[] = [];
  readonly attributes: Variables = new Map();

  constructor(name: string, parent: Value | undefined) {
    this.name = name;
    this.parent = parent;
  }

  /** The classes in which a method is looked for, nearest first. */
  get ancestry(): readonly RubyClass[] {
    const found: RubyClass[] = [];
    const add = (each: RubyClass | undefined): void => {
      if (each === undefined || found.includes(each) || found.length > 32) return;
      found.push(each);
      each.mixins.forEach(add);
      const parent = objectOf(each.parent);
      if (parent instanceof RubyClass) add(parent);
    };
    add(this);
    return found;
  }

  /** The name of the first ancestor that the program does not define: `ActiveRecord::Base`. */
  get library(): string | undefined {
    const parents = this.ancestry.map(({ parent }) => parent);
    return parents.find((parent) => parent?.kind === 'name')?.name;
  }

  instanceMethod(name: string): Method | Closure | undefined {
    return this.ancestry.map(({ methods }) => methods.get(name)).find((each) => each !== undefined);
  }

  /** `module_function`, `extend self` and `class << self` are all read as the same: modules answer to all they define. */
  classMethod(name: string): Method | Closure | undefined {
    return (
      this.ancestry.map(({ singletons }) => singletons.get(name)).find((each) => each !== undefined) ??
      (this.parent === undefined ? this.instanceMethod(name) : undefined)
    );
  }
}

export class RubyInstance {
  readonly of: RubyClass;
  readonly attributes: Variables = new Map();

  constructor(of: RubyClass) {
    this.of = of;
  }
}

/** A block, a proc or a lambda, with the variables around it. */
export class Closure {
  readonly node: BlockNode | LambdaNode;
  readonly frame: Frame;
  readonly source: SourceText;

  constructor(node: BlockNode | LambdaNode, frame: Frame, source: SourceText) {
    this.node = node;
    this.frame = frame;
    this.source = source;
  }
}

/** `method(:name)`, and `&:name`, which is called on what it is given. */
export class Reference {
  readonly name: string;
  /** Undefined: the first argument. */
  readonly on: { readonly self: Value | undefined } | undefined;

  constructor(name: string, on?: { readonly self: Value | undefined }) {
    this.name = name;
    this.on = on;
  }
}

export type Callable = Closure | Reference;
export type RubyObject = RubyClass | RubyInstance | Callable;

export const objectValue = (body: RubyObject): Value => ({ kind: 'function', body });

export function objectOf(value: Value | undefined): RubyObject | undefined {
  if (value?.kind !== 'function') return undefined;
  const { body } = value;
  return body instanceof RubyClass ||
    body instanceof RubyInstance ||
    body instanceof Closure ||
    body instanceof Reference
    ? body
    : undefined;
}

/** Where code runs: its variables, `self`, and what `yield` calls. */
export class Frame {
  readonly variables: Variables = new Map();
  readonly parent: Frame | undefined;
  readonly self: Value | undefined;
  /** The class or module that `def` adds to, and whether to its singleton. */
  readonly owner: RubyClass | undefined;
  readonly isSingleton: boolean;
  readonly method: { readonly of: Method; readonly given: Arguments; readonly block: Callable | undefined } | undefined;
  /** What `return` gave so far. */
  readonly returns: Value[] = [];
  /** Nothing behind this point runs any more. */
  ended = false;

  constructor(given: Partial<Pick<Frame, 'parent' | 'self' | 'owner' | 'isSingleton' | 'method'>> = {}) {
    const { parent } = given;
    this.parent = parent;
    this.self = 'self' in given ? given.self : parent?.self;
    this.owner = 'owner' in given ? given.owner : parent?.owner;
    this.isSingleton = given.isSingleton ?? parent?.isSingleton ?? false;
    this.method = given.method ?? parent?.method;
  }

  /** The variables that a name stands in, here or around. */
  holderOf(name: string): Variables | undefined {
    for (let frame: Frame | undefined = this; frame !== undefined; frame = frame.parent)
      if (frame.variables.has(name)) return frame.variables;
    return undefined;
  }
}

/** A text whose characters are all known, and which is no pattern. */
export const literal = (value: Value | undefined): string | undefined =>
  value?.kind === 'text' && !value.word.glob ? textOf(value.word) : undefined;
