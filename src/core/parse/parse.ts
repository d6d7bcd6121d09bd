// Text of a shell script to guard's own syntax tree. This folder is the only importer of the parser library.
import { type ParsedScript, parse } from 'unbash';
import type { Problem, Script, UnexplainedCode } from '../model/script.ts';
import { BoundError, Budget, boundProblem } from './bounds.ts';
import { adaptStatements } from './commands.ts';
import type { Context, Tree } from './context.ts';
import { Ledger } from './scan.ts';

/**
 * Reads a command line or a script.
 *
 * Never throws. `complete` is false where any part of the text, however deeply nested, could not be read; `problems`
 * then says what, with offsets into `source` (those of nested scripts too). A text beyond the bounds has no statements.
 * NUL bytes, which bash drops, are dropped here too. `unexplained` lists, for a complete script and all that is nested
 * in it, the code that only the raw text shows; nested scripts have none of their own.
 */
export function parseScript(source: string): Script {
  const known = kept.get(source);
  if (known !== undefined) return known;
  const script = parseText(source);
  if (source.length >= keep.length) remember(source, script);
  return script;
}

/** One analysis runs several times over the same texts: long ones are parsed once. `total` counts their characters. */
const keep = { length: 2_000, total: 1_200_000 } as const;
const kept = new Map<string, Script>();

function remember(source: string, script: Script): void {
  let total = source.length;
  kept.set(source, script);
  // The oldest go first.
  for (const text of [...kept.keys()].reverse().slice(1)) {
    total += text.length;
    if (total > keep.total) kept.delete(text);
  }
}

function parseText(source: string): Script {
  const text = source.includes('\0') ? source.replaceAll('\0', '') : source;
  const bound = boundProblem(text);
  if (bound !== undefined) return unread(text, bound);
  try {
    return readScript(text, text.length === source.length ? [] : [{ message: 'contains NUL bytes', at: 0 }]);
  } catch (error) {
    return unread(text, { message: messageOf(error), at: 0 });
  }
}

const unread = (source: string, problem: Problem): Script => ({
  source,
  statements: [],
  complete: false,
  problems: [problem],
  unexplained: [],
});

/** The parser recurses without bound on a few inputs; any exception means that the text was not read. */
function messageOf(error: unknown): string {
  if (error instanceof BoundError) return error.message;
  return error instanceof RangeError ? 'nests too deeply' : 'the parser failed';
}

function readScript(text: string, problems: readonly Problem[]): Script {
  const tree: Tree = { budget: new Budget(), unexplained: [] };
  const ledger = new Ledger(text);
  const context: Context = { tree, text, base: 0, anchor: undefined, ledger, problems: [...problems], adaptNested };
  const script = adaptScript(parse(text), text, context);
  if (!script.complete) return script;
  const unexplained = allUnexplained(context);
  if (unexplained === undefined) return unread(text, { message: 'the text cannot be followed', at: 0 });
  return { ...script, unexplained };
}

/** What was found in decoded texts, and what is found in this one. */
function allUnexplained(context: Context): readonly UnexplainedCode[] | undefined {
  const found = context.ledger.unexplained();
  return found === undefined ? undefined : [...context.tree.unexplained, ...found];
}

function adaptScript(script: ParsedScript, source: string, context: Context): Script {
  for (const { message, pos } of script.errors ?? []) context.problems.push({ message, at: pos - context.base });
  const statements = adaptStatements(script.commands, context);
  return { source, statements, complete: context.problems.length === 0, problems: context.problems, unexplained: [] };
}

/**
 * A script inside another one, from `start` to `end` with its opener and closer. Its problems are its parent's too. With
 * escaped backticks it has a text of its own, which is scanned on its own.
 */
function adaptNested(script: ParsedScript | undefined, start: number, end: number, parent: Context): Script {
  if (script === undefined) {
    parent.problems.push({ message: 'nests too deeply', at: start - parent.base });
    return unread(parent.text.slice(start, end), { message: 'nests too deeply', at: 0 });
  }
  const isDecoded = script.source !== undefined;
  const text = script.source ?? parent.text;
  parent.tree.budget.reread(text, script.pos, script.end);
  parent.ledger.show(start, end, isDecoded ? 'literal' : 'gap');
  const anchor = parent.anchor ?? start;
  const context: Context = {
    ...parent,
    text,
    base: script.pos,
    anchor: isDecoded ? anchor : parent.anchor,
    ledger: isDecoded ? new Ledger(text) : parent.ledger,
    problems: [],
  };
  const nested = adaptScript(script, text.slice(script.pos, script.end), context);
  if (isDecoded && nested.complete) scanDecoded(context, anchor);
  const shift = (at: number) => (isDecoded ? start : at + script.pos) - parent.base;
  for (const { message, at } of nested.problems) parent.problems.push({ message, at: shift(at) });
  return nested;
}

function scanDecoded(context: Context, anchor: number): void {
  const found = context.ledger.unexplained();
  if (found === undefined) throw new BoundError('the text cannot be followed');
  context.tree.unexplained.push(...found.map((code) => ({ ...code, at: anchor })));
}
