// Rereading: one analysis runs several times over the same programs, and what reading them gave holds while all is as it was.
import type { CodeContext, CodeEffect, CodeReader } from '../model/code.ts';
import { piecesOf, type Word } from '../model/word.ts';

/** Readings that are kept for each reader. */
const kept = 8;
/** Longer programs are read anew. */
const longest = 262_144;

/** A question to the context, and how it was answered. */
interface Asked {
  readonly ask: (context: CodeContext) => string;
  readonly answer: string;
}

/** What one reading stood on, and what it gave. */
interface Reading {
  readonly text: string;
  readonly given: string;
  readonly asked: readonly Asked[];
  readonly effects: readonly CodeEffect[];
}

const readings = new WeakMap<CodeReader, Reading[]>();

/** The same as `reader.read(text, context)`. */
export function readOnce(reader: CodeReader, text: string, context: CodeContext): readonly CodeEffect[] {
  if (text.length > longest) return reader.read(text, context);
  const given = JSON.stringify([context.args.map(shown), shown(context.cwd), context.path, shown(context.stdin)]);
  const known = readings.get(reader) ?? [];
  const same = known.find((each) => each.text === text && each.given === given && holds(each, context));
  if (same !== undefined) return same.effects;
  const asked: Asked[] = [];
  const effects = reader.read(text, {
    ...context,
    variable(name) {
      const value = context.variable(name);
      asked.push({ ask: (later) => shown(later.variable(name)), answer: shown(value) });
      return value;
    },
    readFile(path) {
      const file = context.readFile(path);
      asked.push({ ask: (later) => later.readFile(path) ?? absent, answer: file ?? absent });
      return file;
    },
  });
  readings.set(reader, [{ text, given, asked, effects }, ...known].slice(0, kept));
  return effects;
}

/** Whether everything that the reading asked for is answered in the same way. */
const holds = ({ asked }: Reading, context: CodeContext): boolean =>
  asked.every(({ ask, answer }) => ask(context) === answer);

/** No text that a file could have. */
const absent = '\0';

const shown = (word: Word | undefined): string =>
  word === undefined ? absent : JSON.stringify([word.kind === 'dynamic' ? word.source : '', piecesOf(word), word.glob]);
