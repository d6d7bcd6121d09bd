// Unreadable text: a script that does not parse may still run all that stands before its error, so its words count.
import type { Fact } from '../model/fact.ts';
import type { Resolution } from '../resolve/index.ts';

/** One opaque fact for each script that could not be read to its end and holds a word that a rule knows. */
export function unreadableFacts(resolution: Resolution, words: ReadonlySet<string>): Fact[] {
  return resolution.incomplete
    .map(({ script, origin }) => ({ script, origin, word: firstKnownWord(script.source, words) }))
    .filter(({ word }) => word !== undefined)
    .map(({ script, origin, word }) => ({
      kind: 'opaque',
      code: {
        reason: 'syntax',
        detail: `the text cannot be read as shell code (${script.problems[0]?.message ?? 'syntax error'}) and holds "${word}"`,
        origin,
        source: script.source.slice(0, 200),
        invocation: undefined,
      },
      invocation: undefined,
    }));
}

/** The lexical scan: maximal runs of word characters, looked up one by one; linear in the text. */
function firstKnownWord(text: string, words: ReadonlySet<string>): string | undefined {
  for (const [word] of text.matchAll(/[A-Za-z_][\w.-]*/g)) {
    if (words.has(word)) return word;
    const lower = word.toLowerCase();
    if (words.has(lower)) return lower;
  }
  return undefined;
}
