// Reads PowerShell scripts.
import type { CodeReader } from '../../../model/code.ts';
import { Recorder } from '../recorder.ts';
import { remembering } from '../trees.ts';
import { Interpreter } from './interpreter.ts';
import { parsePowerShell } from './parser.ts';

const scriptOf = remembering(parsePowerShell);

export const reader: CodeReader = {
  read(source, context) {
    const recorder = new Recorder();
    return recorder.reading(() => {
      recorder.count(source);
      new Interpreter(context, recorder).run(scriptOf(source.replace(/^\uFEFF/, '')));
    });
  },
};
