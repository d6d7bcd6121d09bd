// Reads Python programs: what running the text would do to files, services and other programs.
import type { CodeReader } from '../../../model/code.ts';
import { callValue } from './calls.ts';
import { evaluate } from './evaluate.ts';
import { executeAll } from './execute.ts';
import { type Parts, Run } from './run.ts';
import type { Module } from './scope.ts';
import { parsePython } from './syntax.ts';

const parts: Parts = {
  evaluate,
  call: callValue,
  execute(source, scope, run) {
    run.recorder.count(source);
    const { root, broken, bound } = parsePython(source);
    if (broken) run.recorder.record('python', { kind: 'opaque', detail: 'the program does not parse as Python' });
    executeAll(root.children, scope, run);
    if (bound !== undefined) run.recorder.exceeded(bound);
  },
};

export const reader: CodeReader = {
  read(text, context) {
    const run = new Run(context, parts);
    return run.recorder.reading(() => {
      const scope = run.scope();
      const module: Module = { name: '__main__', path: context.path, file: undefined, scope };
      scope.module = module;
      if (context.path !== undefined) run.modules.set(context.path, module);
      parts.execute(text, scope, run);
      run.finish();
    });
  },
};
