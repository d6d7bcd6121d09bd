// Reads awk programs. Their arguments are awk's own: `-v name=value` and `-f library` first, then the operands.
import type { CodeContext, CodeReader } from '../../../model/code.ts';
import { joinWords, knownPrefix, mapText, staticWord, textOf, type Word } from '../../../model/word.ts';
import { absolutePath } from '../../../resolve/paths.ts';
import { Recorder } from '../recorder.ts';
import { remembering } from '../trees.ts';
import { text, type Value } from '../value.ts';
import { Interpreter } from './interpreter.ts';
import { parseAwk } from './parser.ts';
import { unescaped } from './tokens.ts';

const programOf = remembering(parseAwk);

export const reader: CodeReader = {
  read(source, context) {
    const recorder = new Recorder();
    return recorder.reading(() => {
      const { variables, libraries } = readArguments(context);
      const whole = [...libraries.map((path) => context.readFile(path) ?? ''), source].join('\n');
      recorder.count(whole);
      new Interpreter(programOf(libraries.length === 0 ? source : whole), context, recorder, variables).run();
    });
  },
};

/** `-v a=b`, and `a=b` among the operands; `-f file` names a library that is read before the program. */
function readArguments({ args, cwd }: CodeContext): {
  variables: ReadonlyMap<string, Value>;
  libraries: readonly string[];
} {
  const variables = new Map<string, Value>();
  const libraries: string[] = [];
  args.forEach((word, at) => {
    const before = textOf(args[at - 1]);
    if (before === '-f') {
      const path = absolutePath(word, cwd);
      if (path !== undefined) libraries.push(path);
      return;
    }
    const name = /^([A-Za-z_]\w*)=/.exec(knownPrefix(word))?.[1];
    if (name !== undefined) variables.set(name, text(valueBehind(word, name.length + 1)));
  });
  return { variables, libraries };
}

/** The word behind `name=`, with its escapes decoded. */
const valueBehind = (word: Word, start: number): Word =>
  joinWords([mapText(word, (piece, at) => unescaped(at === 0 ? piece.slice(start) : piece)), staticWord('')]);
