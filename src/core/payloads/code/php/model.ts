// What a PHP program is made of while it is read: frames, classes, instances, functions, and the values that stand for them.
import { textOf } from '../../../model/word.ts';
import type { Variables } from '../branches.ts';
import { named, text, unknown, type Value } from '../value.ts';
import type { Node } from './syntax.ts';

export const none: Value = named('null');
export const yes: Value = text('1');
export const no: Value = text('');

/** Whether a condition holds, where that is certain. */
export function truthOf(value: Value): boolean | undefined {
  if (value === none || value === no) return false;
  if (value === yes) return true;
  const known = literal(value);
  if (known !== undefined) return known !== '' && known !== '0';
  return value.kind === 'list' && value.complete ? value.items.length > 0 : undefined;
}

/** A text whose characters are all known, and which is no pattern. */
export const literal = (value: Value | undefined): string | undefined =>
  value?.kind === 'text' && !value.word.glob ? textOf(value.word) : undefined;

/** A function, a method or a closure. */
export interface Routine {
  readonly name: string;
  readonly node: Node;
  readonly file: SourceFile;
  readonly owner: PhpClass | undefined;
  /** Variables that a closure took along. */
  readonly kept: Variables | undefined;
  readonly self: Value | undefined;
}

/** Where code stands. */
export interface SourceFile {
  /** Absolute path, where there is one. */
  readonly path: string | undefined;
  /** As effects name it: undefined for the program itself. */
  readonly file: string | undefined;
  /** Names that `use` made short. */
  readonly aliases: Map<string, string>;
}

export class PhpClass {
  readonly name: string;
  readonly parent: PhpClass | string | undefined;
  readonly methods = new Map<string, Routine>();
  readonly statics: Variables = new Map();
  /** Initial values of properties. */
  readonly properties: Variables = new Map();
  readonly traits: PhpClass[] = [];

  constructor(name: string, parent: PhpClass | string | undefined) {
    this.name = name;
    this.parent = parent;
  }

  get ancestry(): readonly PhpClass[] {
    const found: PhpClass[] = [];
    for (
      let each: PhpClass | string | undefined = this;
      each instanceof PhpClass && !found.includes(each);
      each = each.parent
    )
      found.push(each, ...each.traits);
    return found;
  }

  /** The first ancestor that the program does not define. */
  get library(): string | undefined {
    return this.ancestry.map(({ parent }) => parent).find((parent) => typeof parent === 'string') as string | undefined;
  }

  method(name: string): Routine | undefined {
    const key = name.toLowerCase();
    return this.ancestry.map(({ methods }) => methods.get(key)).find((each) => each !== undefined);
  }
}

export class PhpInstance {
  readonly of: PhpClass;
  readonly properties: Variables;

  constructor(of: PhpClass) {
    this.of = of;
    this.properties = new Map(of.ancestry.toReversed().flatMap(({ properties }) => [...properties]));
  }
}

/** A function as a value: a closure, or one of a library by its name. */
export class Callable {
  readonly routine: Routine;

  constructor(routine: Routine) {
    this.routine = routine;
  }
}

export type PhpObject = PhpClass | PhpInstance | Callable;

export const objectValue = (body: PhpObject): Value => ({ kind: 'function', body });

export function objectOf(value: Value | undefined): PhpObject | undefined {
  if (value?.kind !== 'function') return undefined;
  const { body } = value;
  return body instanceof PhpClass || body instanceof PhpInstance || body instanceof Callable ? body : undefined;
}

/** Where code runs. */
export class Frame {
  readonly variables: Variables;
  readonly self: Value | undefined;
  readonly owner: PhpClass | undefined;
  readonly returns: Value[] = [];
  /** Nothing behind this point runs any more. */
  ended = false;

  constructor(given: { variables?: Variables; self?: Value | undefined; owner?: PhpClass | undefined } = {}) {
    this.variables = given.variables ?? new Map();
    this.self = given.self;
    this.owner = given.owner;
  }
}

/** A value of which nothing is known is called by the variable that holds it. */
export const nameUnknown = (value: Value, name: string): Value =>
  value.kind === 'unknown' && !value.source.startsWith('$') ? { ...value, source: `$${name}` } : value;

export const variableNamed = (name: string): Value => unknown(`$${name}`);
