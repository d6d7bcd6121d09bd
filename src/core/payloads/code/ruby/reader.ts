// Reads Ruby programs. The parser is Ruby's own (Prism); it comes from outside, as it has to be loaded first.
import type { ParseResult } from '@ruby/prism/src/deserialize.js';
import type { CodeContext, CodeEffect, CodeReader } from '../../../model/code.ts';
import { textOf } from '../../../model/word.ts';
import { Recorder } from '../recorder.ts';
import { remembering } from '../trees.ts';
import { text as textValue } from '../value.ts';
import { Ruby } from './interpreter.ts';
import { SourceText } from './source.ts';

/** Gives the tree of a text; undefined where the parser itself failed. */
export type ParseRuby = (text: string) => ParseResult | undefined;

/** The reader of Ruby programs on a parser. */
export function rubyReader(parse: ParseRuby): CodeReader {
  const remembered = remembering((text) => (nestsTooDeeply(text) ? undefined : parse(text)));
  return { read: (text, context) => readRuby(text, context, remembered) };
}

/** Brackets and blocks within each other, whatever they stand in: the parser's work grows with the square of them. */
const deepest = 1_000;
const nesting = /[([{)\]}]|\b(?:begin|do|class|module|case|end)\b/g;

function nestsTooDeeply(text: string): boolean {
  let depth = 0;
  for (const [mark] of text.matchAll(nesting)) {
    if (/^[)\]}e]/.test(mark)) depth = Math.max(0, depth - 1);
    else depth += 1;
    if (depth > deepest) return true;
  }
  return false;
}

function readRuby(code: string, context: CodeContext, parse: ParseRuby): readonly CodeEffect[] {
  const recorder = new Recorder();
  return recorder.reading(() => {
    const source = new SourceText(code, context.path, undefined);
    const ruby = new Ruby(source, (text) => parse(text)?.value, context, recorder);
    const errors = parse(code)?.errors.filter(({ level }) => level === 'syntax').length ?? Number.POSITIVE_INFINITY;
    if (errors > 0 && errors * 3 > code.split('\n').length)
      recorder.record('ruby', { kind: 'opaque', detail: 'the ruby program does not parse' });
    ruby.hasFileUtils = isRakefile(context.path);
    ruby.run(source, ruby.main);
    if (isRakefile(context.path)) runTasks(ruby, context);
  });
}

/** Files that define tasks for rake rather than do anything by themselves. */
const isRakefile = (path: string | undefined): boolean => /(^|\/)(rakefile(\.rb)?|[^/]+\.rake)$/i.test(path ?? '');

/** The tasks that the arguments name, `default` where there are none: `orders:purge[2019]` has an argument. */
function runTasks(ruby: Ruby, { args }: CodeContext): void {
  const named = args.flatMap((word) => textOf(word) ?? []).filter((word) => !/^-|^\w+=/.test(word));
  for (const each of named.length === 0 ? ['default'] : named) {
    const [, name = each, given = ''] = /^([^[]+)\[([^\]]*)\]$/.exec(each) ?? [];
    const values = given.split(',').map((value) => value.trim());
    ruby.tasks.invoke(name, given === '' ? [] : values.map((value) => textValue(value)), ruby);
  }
}
