// Reads Windows command lines and batch files.
import type { CodeReader } from '../../../model/code.ts';
import { Recorder } from '../recorder.ts';
import { Interpreter } from './interpreter.ts';
import { parseBatch } from './parser.ts';

export const reader: CodeReader = {
  read(source, context) {
    const recorder = new Recorder();
    return recorder.reading(() => {
      recorder.count(source);
      new Interpreter(context, recorder).run(parseBatch(source.replace(/^\uFEFF/, '')));
    });
  },
};
