// Parsing: runs a parser within a bound, for the readers whose parsers are of the Lezer family.
import type { Parser, PartialParse, Tree } from '@lezer/common';

/** Tokens of one text that are parsed: more than people write into one program. */
const mostTokens = 120_000;

/**
 * Places that are passed over because nothing fits. A search for a way out may look at all the text that is left, so the
 * longer that is the fewer there may be.
 */
const mostRepairs = (text: string): number => Math.min(2_000, Math.max(50, Math.floor(1e8 / text.length)));

/** What the LR parser says of itself besides: how much longer it looks for a way out of an error. */
interface Repairing extends PartialParse {
  readonly recovering?: number;
}

export interface Parsed {
  readonly tree: Tree;
  /** Which bound ended the parse before the end of the text. */
  readonly bound: string | undefined;
}

/** The tree of a text, or of its beginning where that has too many tokens or errors. */
export function parseWithin(parser: Parser, text: string): Parsed {
  const parse: Repairing = parser.startParse(text);
  const most = mostRepairs(text);
  let bound: string | undefined;
  for (let tokens = 1, repairs = 0; ; tokens += 1) {
    const tree = parse.advance();
    if (tree !== null) return { tree, bound };
    if ((parse.recovering ?? 0) > 0) repairs += 1;
    if (bound !== undefined || parse.parsedPos >= text.length) continue;
    if (tokens >= mostTokens) bound = `more than ${mostTokens} tokens`;
    else if (repairs >= most) bound = `more than ${most} places that make no sense`;
    if (bound !== undefined) parse.stopAt(parse.parsedPos);
  }
}
