// Reads JavaScript and TypeScript programs: what running them would do to files, services and other programs.
import type { CodeContext, CodeEffect, CodeReader } from '../../../model/code.ts';
import { Recorder } from '../recorder.ts';
import { Interpreter } from './interpreter.ts';
import { treeOf } from './tree.ts';

/** A text of which so much makes no sense is of some other language. */
const mostErrors = { atLeast: 4, perCharacters: 40 };

export const reader: CodeReader = {
  read(text: string, context: CodeContext): readonly CodeEffect[] {
    const recorder = new Recorder();
    return recorder.reading(() => {
      recorder.count(text);
      const content = text.startsWith('#!') ? `//${text.slice(2)}` : text;
      const { errors, bound } = treeOf(content);
      if (errors >= mostErrors.atLeast && errors * mostErrors.perCharacters > content.length) {
        recorder.record('guard', { kind: 'opaque', detail: 'the code does not parse as JavaScript or TypeScript' });
      }
      new Interpreter(content, recorder, context).program(content);
      if (bound !== undefined) recorder.exceeded(bound);
    });
  },
};
