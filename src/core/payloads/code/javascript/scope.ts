// Scopes: what the variables of a program hold while it is read, and how two branches of it come together again.
import type { Value } from '../value.ts';
import { either } from './values.ts';

interface Binding {
  value: Value;
  readonly constant: boolean;
}

/** What bindings held before a branch that is being read. */
export class Journal {
  readonly #open: Map<Binding, Value>[] = [];

  set(binding: Binding, value: Value): void {
    const before = this.#open.at(-1);
    if (before !== undefined && !before.has(binding)) before.set(binding, binding.value);
    binding.value = value;
  }

  /**
   * Reads branches of which one will run. Each starts from the same state; a branch that says that nothing behind it
   * runs (`false`) adds nothing to what is known afterwards. Gives back whether anything behind can run.
   */
  branches(branches: readonly (() => boolean)[]): boolean {
    const ends: Map<Binding, Value>[] = [];
    for (const read of branches) {
      const before = new Map<Binding, Value>();
      this.#open.push(before);
      let goesOn = true;
      try {
        goesOn = read();
      } finally {
        this.#open.pop();
      }
      if (goesOn) ends.push(new Map([...before.keys()].map((binding) => [binding, binding.value])));
      for (const [binding, value] of before) binding.value = value;
    }
    const changed = new Set(ends.flatMap((end) => [...end.keys()]));
    for (const binding of changed) this.set(binding, either(ends.map((end) => end.get(binding) ?? binding.value)));
    return ends.length > 0;
  }
}

export class Scope {
  readonly parent: Scope | undefined;
  readonly #journal: Journal;
  readonly #bindings = new Map<string, Binding>();

  constructor(journal: Journal, parent?: Scope) {
    this.#journal = journal;
    this.parent = parent;
  }

  inner(): Scope {
    return new Scope(this.#journal, this);
  }

  declare(name: string, value: Value, constant = false): void {
    this.#bindings.set(name, { value, constant });
  }

  /** Assigns to the nearest variable of that name; one that was never declared becomes global. */
  assign(name: string, value: Value): void {
    const binding = this.#find(name);
    if (binding !== undefined) this.#journal.set(binding, value);
    else this.#root.declare(name, value);
  }

  get(name: string): Value | undefined {
    return this.#find(name)?.value;
  }

  /** Whether a name stands for the same value wherever it is read. */
  isConstant(name: string): boolean {
    return this.#find(name)?.constant ?? true;
  }

  get #root(): Scope {
    let scope: Scope = this;
    while (scope.parent !== undefined) scope = scope.parent;
    return scope;
  }

  #find(name: string): Binding | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const binding = scope.#bindings.get(name);
      if (binding !== undefined) return binding;
    }
    return undefined;
  }
}
