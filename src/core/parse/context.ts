// What adapting one script needs to know: its text, where it stands in it, and what the whole tree has cost so far.
import type { ParsedScript } from 'unbash';
import type { Problem, Script, Span, UnexplainedCode } from '../model/script.ts';
import type { Budget } from './bounds.ts';
import type { Ledger } from './scan.ts';

/** What all scripts of one tree share. */
export interface Tree {
  readonly budget: Budget;
  readonly unexplained: UnexplainedCode[];
}

/** One script while it is adapted. Offsets of the parser count from the start of `text`; guard's from the script's own. */
export interface Context {
  readonly tree: Tree;
  readonly text: string;
  /** Where the script starts in `text`. */
  readonly base: number;
  /** For a text that was decoded (escaped backticks): where it stands in the text that was given to `parseScript`. */
  readonly anchor: number | undefined;
  readonly ledger: Ledger;
  readonly problems: Problem[];
  /** Adapts a script that this one holds. Injected, so that words and commands need not import each other. */
  readonly adaptNested: (script: ParsedScript | undefined, start: number, end: number, context: Context) => Script;
}

export const spanOf = (node: { readonly pos: number; readonly end: number }, context: Context): Span => ({
  start: node.pos - context.base,
  end: node.end - context.base,
});
