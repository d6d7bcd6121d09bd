// Scopes: what the names of a program stand for while it is read, and what the program itself defines.
import type { Branches, Variables } from '../branches.ts';
import type { Value } from '../value.ts';
import type { Node } from './syntax.ts';

/** One text of Python: the program itself, or a local module that it imports. */
export interface Module {
  /** `__name__`: `__main__`, or the dotted name. */
  readonly name: string;
  /** Absolute path, where it stands in a file. */
  readonly path: string | undefined;
  /** What effects are reported under: undefined for the program's own text. */
  readonly file: string | undefined;
  readonly scope: Scope;
}

export interface OwnFunction {
  readonly type: 'function';
  readonly name: string;
  readonly node: Node;
  readonly module: Module;
  readonly scope: Scope;
  readonly binding?: 'static' | 'class' | 'property';
  /** What a method was taken from. */
  readonly self?: Value;
}
export interface OwnClass {
  readonly type: 'class';
  readonly name: string;
  readonly bases: readonly Value[];
  /** Names with a type, in order: the fields of a dataclass. */
  readonly fields: readonly string[];
  readonly scope: Scope;
}
export interface OwnInstance {
  readonly type: 'instance';
  readonly of: OwnClass;
  readonly attributes: Map<string, Value>;
}
interface OwnModule {
  readonly type: 'module';
  readonly module: Module;
}
/** `functools.partial(remove, path)`: a call that is still to come, with the first of its arguments. */
interface Partial {
  readonly type: 'partial';
  readonly callee: Value;
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}
/** What the program itself defines; it stands in `body` of a value. */
export type Own = OwnFunction | OwnClass | OwnInstance | OwnModule | Partial;

export const ownValue = (body: Own): Value => ({ kind: 'function', body });
export const ownOf = (value: Value | undefined): Own | undefined =>
  value?.kind === 'function' ? (value.body as Own) : undefined;

export class Scope {
  readonly parent: Scope | undefined;
  /** Names of classes are not seen from their methods. */
  readonly isClass: boolean;
  readonly #branches: Branches;
  readonly #variables: Variables = new Map();
  readonly #elsewhere = new Map<string, Scope>();
  /** What the function that this scope belongs to gave back, and what it yielded. */
  readonly returned: Value[] = [];
  readonly yielded: Value[] = [];
  /** The text that it belongs to; set on the outermost scope of each. */
  module: Module | undefined;
  /** The class whose names these are. */
  owner: OwnClass | undefined;

  constructor(branches: Branches, parent?: Scope, isClass = false) {
    this.#branches = branches;
    this.parent = parent;
    this.isClass = isClass;
  }

  get(name: string): Value | undefined {
    const own = (this.#elsewhere.get(name) ?? this).#variables.get(name);
    if (own !== undefined) return own;
    for (let scope = this.parent; scope !== undefined; scope = scope.parent) {
      const value = scope.isClass ? undefined : scope.#variables.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Only what this scope itself holds. */
  own(name: string): Value | undefined {
    return this.#variables.get(name);
  }

  set(name: string, value: Value): void {
    this.#branches.set((this.#elsewhere.get(name) ?? this).#variables, name, value);
  }

  entries(): Iterable<[string, Value]> {
    return this.#variables.entries();
  }

  /** A scope inside of this one: of a function, a class, a comprehension. */
  inner(isClass = false): Scope {
    return new Scope(this.#branches, this, isClass);
  }

  /** `global`, `nonlocal`: the name belongs to another scope. */
  declare(name: string, isGlobal: boolean): void {
    let scope = this.parent;
    while (scope?.parent !== undefined && (isGlobal || !scope.#variables.has(name))) scope = scope.parent;
    if (scope !== undefined) this.#elsewhere.set(name, scope);
  }
}

/** The text that a scope belongs to. */
export function moduleOf(scope: Scope): Module | undefined {
  let outer = scope;
  while (outer.module === undefined && outer.parent !== undefined) outer = outer.parent;
  return outer.module;
}
