// Tasks of rake: what a Rakefile defines, and running them with what they need first.
import { table, text, type Value } from '../value.ts';
import type { Ruby } from './interpreter.ts';
import { callBlock } from './invoke.ts';
import type { Callable } from './model.ts';

interface Task {
  readonly needs: readonly string[];
  readonly parameters: readonly string[];
  readonly action: Callable | undefined;
}

export class Tasks {
  /** By full name; a task that is defined again does more. */
  readonly #tasks = new Map<string, Task[]>();
  readonly #invoked = new Set<string>();
  #scope: readonly string[] = [];

  define(name: string, task: Task): void {
    const full = [...this.#scope, name].join(':');
    this.#tasks.set(full, [...(this.#tasks.get(full) ?? []), task]);
  }

  within(name: string, follow: () => void): void {
    const before = this.#scope;
    this.#scope = [...before, name];
    follow();
    this.#scope = before;
  }

  /** Runs a task once, what it needs before it. Gives back whether there is one. Source: Rake::Task#invoke. */
  invoke(name: string, given: readonly Value[], ruby: Ruby): boolean {
    const tasks = this.#tasks.get(name);
    if (tasks === undefined) return false;
    if (this.#invoked.has(name)) return true;
    this.#invoked.add(name);
    const scope = name.includes(':') ? name.slice(0, name.lastIndexOf(':')) : undefined;
    for (const need of tasks.flatMap(({ needs }) => needs))
      if (scope === undefined || !this.invoke(`${scope}:${need}`, [], ruby)) this.invoke(need, [], ruby);
    for (const { parameters, action } of tasks) {
      const named = table(
        new Map(
          parameters.flatMap((each, at) => (given[at] === undefined ? [] : [[each, given[at] as Value] as const])),
        ),
        false,
      );
      callBlock(action, [text(name), named], ruby);
    }
    return true;
  }
}
