// Scopes: what the shell would know at a point of the script: variables, functions, positionals, folder, user, host.
import type { Host, Variables } from '../model/invocation.ts';
import type { CommandNode } from '../model/script.ts';
import { dynamicWord, showWord, staticWord, type Word } from '../model/word.ts';

export type Value = { readonly kind: 'scalar'; readonly word: Word } | { readonly kind: 'array'; readonly elements: readonly Word[] };

/** Marks a variable that is known to be unset. */
const unset = Symbol('unset');

/** What stands in files that the script itself wrote: text where it is known, and the URL's invocation where it was fetched. */
export interface WrittenFile {
  readonly text: Word | undefined;
  readonly fetched: boolean;
}

/** State that all scopes of one analysis share. */
export interface SharedState {
  /** Files written so far, by absolute or relative path as the script names them. */
  readonly written: Map<string, WrittenFile>;
}

/** One level of shell state. A child reads through to its parent and keeps its own changes. */
export class Scope {
  readonly #parent: Scope | undefined;
  readonly #environment: Readonly<Record<string, string>> | undefined;
  readonly #variables = new Map<string, Value | typeof unset>();
  readonly #functions = new Map<string, CommandNode>();
  readonly shared: SharedState;
  positionals: readonly Word[] | undefined;
  name: Word;
  cwd: Word;
  user: string;
  host: Host;

  private constructor(from: Scope | undefined, environment: Readonly<Record<string, string>> | undefined, cwd: Word) {
    this.#parent = from;
    this.#environment = environment;
    this.shared = from?.shared ?? { written: new Map() };
    this.positionals = from?.positionals;
    this.name = from?.name ?? staticWord('bash');
    this.cwd = cwd;
    this.user = from?.user ?? 'self';
    this.host = from?.host ?? { kind: 'local' };
  }

  /** The outermost scope. Without an environment, a variable that the script does not set is unknown. */
  static root(environment: Readonly<Record<string, string>> | undefined, cwd: Word): Scope {
    return new Scope(undefined, environment, cwd);
  }

  /** A copy whose changes stay its own: a subshell, a branch, a function call. */
  fork(): Scope {
    return new Scope(this, undefined, this.cwd);
  }

  get(name: string): Value | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent) {
      const own = scope.#variables.get(name);
      if (own === unset) return undefined;
      if (own !== undefined) return own;
      if (scope.#parent === undefined) return scope.#fromEnvironment(name);
    }
    return undefined;
  }

  #fromEnvironment(name: string): Value | undefined {
    if (this.#environment === undefined) return { kind: 'scalar', word: dynamicWord(`$${name}`) };
    const text = Object.hasOwn(this.#environment, name) ? this.#environment[name] : undefined;
    return text === undefined ? undefined : { kind: 'scalar', word: staticWord(text) };
  }

  /** The value as one word, as `$name` would give it. */
  word(name: string): Word | undefined {
    const value = this.get(name);
    return value?.kind === 'array' ? value.elements[0] : value?.word;
  }

  /** True where the caller's variables are known: what is not among them is unset. */
  get environmentKnown(): boolean {
    return this.#parent === undefined ? this.#environment !== undefined : this.#parent.environmentKnown;
  }

  set(name: string, value: Value): void {
    this.#variables.set(name, value);
  }

  setWord(name: string, word: Word): void {
    this.set(name, { kind: 'scalar', word });
  }

  unset(name: string): void {
    this.#variables.set(name, unset);
    this.#functions.delete(name);
  }

  define(name: string, body: CommandNode): void {
    this.#functions.set(name, body);
  }

  function(name: string): CommandNode | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent) {
      const body = scope.#functions.get(name);
      if (body !== undefined) return body;
    }
    return undefined;
  }

  /** Takes over what a branch that may or may not run has changed: what differs is unknown from here on. */
  join(branch: Scope): void {
    for (const [name, value] of branch.#variables) {
      const before = this.get(name);
      if (value === unset || before === undefined || !sameValue(before, value)) {
        const source = value === unset ? `$${name}` : showWord(firstWord(value));
        this.setWord(name, dynamicWord(source.startsWith('$') ? source : `$${name}`));
      }
    }
    for (const [name, body] of branch.#functions) this.define(name, body);
    if (!sameWord(branch.cwd, this.cwd)) this.cwd = dynamicWord('.', [null]);
  }

  /** Takes over all that a group in the same shell has changed. */
  adopt(other: Scope): void {
    for (const [name, value] of other.#variables) this.#variables.set(name, value);
    for (const [name, body] of other.#functions) this.define(name, body);
    this.cwd = other.cwd;
    this.positionals = other.positionals;
  }

  /** The view that an invocation keeps: the variables as they are now. */
  view(assignments: readonly { name: string; value: Word }[]): Variables {
    const scope = this.fork();
    for (const { name, value } of assignments) scope.setWord(name, value);
    return { get: (name) => scope.word(name), names: () => scope.#names() };
  }

  #names(): string[] {
    const names = new Set<string>();
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent) {
      for (const name of scope.#variables.keys()) names.add(name);
      for (const name of Object.keys(scope.#environment ?? {})) names.add(name);
    }
    return [...names].filter((name) => this.get(name) !== undefined);
  }
}

const firstWord = (value: Value): Word =>
  value.kind === 'scalar' ? value.word : (value.elements[0] ?? staticWord(''));

export const sameWord = (a: Word, b: Word): boolean =>
  a.kind === 'static' && b.kind === 'static' ? a.value === b.value : a === b;

function sameValue(a: Value, b: Value): boolean {
  if (a.kind === 'scalar' && b.kind === 'scalar') return sameWord(a.word, b.word);
  if (a.kind !== 'array' || b.kind !== 'array' || a.elements.length !== b.elements.length) return false;
  return a.elements.every((element, index) => sameWord(element, b.elements[index] as Word));
}
