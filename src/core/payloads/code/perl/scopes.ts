// Perl's variables while a program is followed: scopes, packages and the subs that are known.
import type { CodeContext } from '../../../model/code.ts';
import { Branches } from '../branches.ts';
import type { Recorder } from '../recorder.ts';
import { list, table, text, unknown, type Value } from '../value.ts';
import type { Scope, Sub } from './model.ts';

export abstract class Scopes {
  readonly recorder: Recorder;
  readonly context: CodeContext;

  protected readonly branches = new Branches();

  protected readonly subs = new Map<string, Sub>();

  protected readonly globals: Scope = { variables: new Map(), outer: undefined };
  protected scope: Scope = this.globals;
  protected package = 'main';

  constructor(context: CodeContext, recorder: Recorder) {
    this.context = context;
    this.recorder = recorder;
    const { variables } = this.globals;
    variables.set('@ARGV', list(context.args.map((word) => text(word))));
    variables.set('$0', text(context.path ?? '-e'));
    if (context.path !== undefined) variables.set('$FindBin::Bin', text(context.path.replace(/\/[^/]*$/, '') || '/'));
    variables.set('$/', text('\n'));
  }

  protected within<T>(read: () => T): T {
    const outer = this.scope;
    this.scope = { variables: new Map(), outer };
    try {
      return read();
    } finally {
      this.scope = outer;
    }
  }

  topic(): Value {
    return this.get('$_');
  }

  protected get(key: string): Value {
    for (let scope: Scope | undefined = this.scope; scope !== undefined; scope = scope.outer) {
      const value = scope.variables.get(key);
      if (value !== undefined) return value;
    }
    if (key.startsWith('@')) return list([], false);
    return key.startsWith('%') ? table(new Map(), false) : unknown(key);
  }

  protected set(key: string, value: Value): void {
    let scope: Scope = this.scope;
    while (!scope.variables.has(key) && scope.outer !== undefined) scope = scope.outer;
    this.branches.set(scope.variables, key, value);
  }
}
