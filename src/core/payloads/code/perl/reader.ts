// Reads Perl programs.
import type { CodeReader } from '../../../model/code.ts';
import { Recorder } from '../recorder.ts';
import { remembering } from '../trees.ts';
import { Interpreter } from './interpreter.ts';
import { parsePerl } from './parser.ts';

const programOf = remembering(parsePerl);

export const reader: CodeReader = {
  read(source, context) {
    const recorder = new Recorder();
    return recorder.reading(() => {
      recorder.count(source);
      const { block, errors } = programOf(source);
      if (errors > 20 && errors > source.length / 10)
        recorder.record('guard', { kind: 'opaque', detail: 'the perl code does not parse' });
      new Interpreter(context, recorder).run(block);
    });
  },
};
