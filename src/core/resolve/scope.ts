// Scopes: what the shell would know at a point of the script: variables, functions, positionals, folder, user, host.
import type { Host, Variables } from '../model/invocation.ts';
import type { CommandNode } from '../model/script.ts';
import { dynamicWord, showWord, staticWord, type Word } from '../model/word.ts';
import {
  type Descriptor,
  type FunctionBody,
  firstWord,
  isTooLarge,
  type SharedState,
  sameValue,
  sameWord,
  sameWords,
  unknownValue,
  type Value,
} from './state.ts';

/** Marks a variable that is known to be unset. */
const unset = Symbol('unset');

/** One level of shell state. A child reads through to its parent and keeps its own changes. */
export class Scope {
  readonly #parent: Scope | undefined;
  readonly #environment: Readonly<Record<string, string>> | undefined;
  readonly #variables = new Map<string, Value | typeof unset>();
  readonly #functions = new Map<string, readonly FunctionBody[]>();
  readonly #aliases = new Map<string, Word>();
  readonly #descriptors = new Map<string, Descriptor>();
  readonly #readonly = new Set<string>();
  /** Variables, and functions as `name()`, that programs started from here see too. */
  readonly #exported = new Set<string>();
  /** Of a function call: the names that are its own. */
  #locals: Set<string> | undefined;
  /** Of a program that was started: only what is exported comes in. */
  #isProcess = false;
  readonly shared: SharedState;
  positionals: readonly Word[] | undefined;
  name: Word;
  cwd: Word;
  user: string;
  host: Host;
  /** Paths that the task file which runs this can make again. */
  rebuilds: ReadonlySet<string> | undefined;

  private constructor(from: Scope | undefined, environment: Readonly<Record<string, string>> | undefined, cwd: Word) {
    this.#parent = from;
    this.#environment = environment;
    this.shared = from?.shared ?? { written: new Map(), places: new WeakMap() };
    this.positionals = from?.positionals;
    this.name = from?.name ?? staticWord('bash');
    this.cwd = cwd;
    this.user = from?.user ?? 'self';
    this.host = from?.host ?? { kind: 'local' };
    this.rebuilds = from?.rebuilds;
  }

  /** The outermost scope. Without an environment, a variable that the script does not set is unknown. */
  static root(environment: Readonly<Record<string, string>> | undefined, cwd: Word): Scope {
    return new Scope(undefined, environment, cwd);
  }

  /** A copy whose changes stay its own: a subshell, a branch, a function call. */
  fork(): Scope {
    return new Scope(this, undefined, this.cwd);
  }

  /** A function call: what it declares local stays its own even where the rest is adopted. */
  forkCall(): Scope {
    const scope = this.fork();
    scope.#locals = new Set();
    return scope;
  }

  /** A shell started as a program of its own: it sees what is exported and nothing else. */
  forkProcess(): Scope {
    const scope = this.fork();
    scope.#isProcess = true;
    return scope;
  }

  get(name: string): Value | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent) {
      const own = scope.#variables.get(name);
      if (own !== undefined) return own === unset ? undefined : own;
      if (scope.#parent === undefined) return scope.#fromEnvironment(name);
      if (scope.#isProcess && !scope.#parent.#isExported(name))
        return scope.environmentKnown ? undefined : unknownValue(name);
    }
    return undefined;
  }

  /** Whether programs see the name: marked on the way up, or among the caller's variables. */
  #isExported(name: string): boolean {
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent) {
      if (scope.#exported.has(name) || scope.#exported.has(allNames)) return true;
      const environment = scope.#environment;
      if (environment !== undefined && Object.hasOwn(environment, name)) return true;
    }
    return false;
  }

  export(name: string): void {
    this.#exported.add(name);
  }

  /** `set -a`: whatever is set is exported. */
  exportAll(): void {
    this.#exported.add(allNames);
  }

  /** Marks a name as the function call's own; false outside of functions. A name without a value is unset at first. */
  makeLocal(name: string): boolean {
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent) {
      if (scope.#isProcess) return false;
      if (scope.#locals === undefined) continue;
      if (!scope.#locals.has(name)) this.#variables.set(name, unset);
      scope.#locals.add(name);
      return true;
    }
    return false;
  }

  /** What unquoted text is split at. A shell takes no IFS from its environment. */
  get separators(): Word {
    for (let scope: Scope | undefined = this; scope; scope = scope.#isProcess ? undefined : scope.#parent) {
      const own = scope.#variables.get('IFS');
      if (own !== undefined) return own === unset ? defaultSeparators : firstWord(own);
    }
    return defaultSeparators;
  }

  #fromEnvironment(name: string): Value | undefined {
    if (this.#environment === undefined) return unknownValue(name);
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
    if (this.#isReadonly(name)) return;
    this.#variables.set(name, isTooLarge(value) ? unknownValue(name) : value);
  }

  /** `readonly`: what is set afterwards changes nothing. A program that is started knows nothing of it. */
  freeze(name: string): void {
    this.#readonly.add(name);
  }

  #isReadonly(name: string): boolean {
    for (let scope: Scope | undefined = this; scope; scope = scope.#isProcess ? undefined : scope.#parent)
      if (scope.#readonly.has(name)) return true;
    return false;
  }

  /** What a descriptor stands for; the programs that are started have it too. */
  descriptor(number: string): Descriptor | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent) {
      const own = scope.#descriptors.get(number);
      if (own !== undefined) return own;
    }
    return undefined;
  }

  setDescriptor(number: string, descriptor: Descriptor): void {
    this.#descriptors.set(number, descriptor);
  }

  setWord(name: string, word: Word): void {
    this.set(name, { kind: 'scalar', word });
  }

  unset(name: string): void {
    if (this.#isReadonly(name)) return;
    this.#variables.set(name, unset);
  }

  /** `unset -f`; without the option a variable of that name may have been meant, and the function may still be there. */
  undefine(name: string, isCertain: boolean): void {
    const bodies = this.functions(name);
    this.#functions.set(name, isCertain || bodies.length === 0 ? [] : [...new Set([...bodies, undefined])]);
  }

  define(name: string, body: CommandNode): void {
    this.#functions.set(name, [body]);
  }

  /** The bodies that a call may run; empty where the name is no function. */
  functions(name: string): readonly FunctionBody[] {
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent) {
      const bodies = scope.#functions.get(name);
      if (bodies !== undefined) return bodies;
      if (scope.#isProcess && scope.#parent !== undefined && !scope.#parent.#isExported(`${name}()`)) return [];
    }
    return [];
  }

  defineAlias(name: string, text: Word): void {
    this.#aliases.set(name, text);
  }

  alias(name: string): Word | undefined {
    for (let scope: Scope | undefined = this; scope && !scope.#isProcess; scope = scope.#parent) {
      const text = scope.#aliases.get(name);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** Takes over what a branch that may or may not run has changed: what differs is unknown from here on. */
  join(branch: Scope): void {
    for (const [name, value] of branch.#variables) {
      const before = this.get(name);
      if (value === unset && before === undefined) continue;
      if (value === unset || before === undefined || !sameValue(before, value)) {
        const source = value === unset ? `$${name}` : showWord(firstWord(value));
        this.setWord(name, dynamicWord(source.startsWith('$') ? source : `$${name}`));
      }
    }
    for (const [name, bodies] of branch.#functions) {
      const before = this.functions(name);
      this.#functions.set(name, [...new Set([...(before.length === 0 ? [undefined] : before), ...bodies])]);
    }
    this.#adoptNames(branch);
    if (!sameWord(branch.cwd, this.cwd)) this.cwd = dynamicWord('.', [null]);
    if (!sameWords(branch.positionals, this.positionals)) this.positionals = undefined;
  }

  /** Whatever a loop's body sets may have any value when the body runs once more. */
  forget(body: Scope): void {
    this.join(body);
    for (const name of body.#variables.keys()) this.setWord(name, dynamicWord(`$${name}`));
  }

  /** Takes over all that a group in the same shell has changed, but for what a function declared as its own. */
  adopt(other: Scope): void {
    for (const [name, value] of other.#variables) if (!other.#locals?.has(name)) this.#variables.set(name, value);
    for (const [name, bodies] of other.#functions) this.#functions.set(name, bodies);
    this.#adoptNames(other);
    this.cwd = other.cwd;
    this.positionals = other.positionals;
  }

  #adoptNames(other: Scope): void {
    for (const [name, text] of other.#aliases) this.#aliases.set(name, text);
    for (const name of other.#exported) this.#exported.add(name);
    for (const name of other.#readonly) this.#readonly.add(name);
    for (const [number, descriptor] of other.#descriptors) this.#descriptors.set(number, descriptor);
  }

  /** The view that an invocation keeps: the variables as they are now. */
  view(assignments: readonly { name: string; value: Word }[]): Variables {
    const scope = this.fork();
    for (const { name, value } of assignments) scope.setWord(name, value);
    return {
      get: (name) => scope.word(name),
      names: () => scope.#names(),
      assigns: (name) => scope.#assigns(name),
    };
  }

  #assigns(name: string): boolean {
    for (let scope: Scope | undefined = this; scope; scope = scope.#parent) {
      const own = scope.#variables.get(name);
      if (own !== undefined) return own !== unset;
      if (scope.#isProcess && scope.#parent !== undefined && !scope.#parent.#isExported(name)) return false;
    }
    return false;
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

/** Stands in the set of exported names for all of them. */
const allNames = '*';
const defaultSeparators = staticWord(' \t\n');
