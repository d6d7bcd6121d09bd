// Unreadable text: a script that does not parse may still run all that stands before its error, so its words count.
import type { Fact } from '../model/fact.ts';
import type { Script } from '../model/script.ts';
import type { Resolution } from '../resolve/index.ts';

/** What a text would do that is taken for a command line of its own. */
export type ReadText = (text: string) => readonly Fact[];

/** Longest text, and most pieces of it, that are read once more piece by piece. */
const limits = { length: 20_000, pieces: 400 } as const;

/**
 * What the scripts that could not be read to their end may do. Their pieces are read once more, one by one; of a text
 * that is too large or too deep for that, only its words are known: one opaque fact where a rule knows one of them.
 */
export function unreadableFacts(resolution: Resolution, words: ReadonlySet<string>, read: ReadText): Fact[] {
  return resolution.incomplete.flatMap(({ script, origin }): readonly Fact[] => {
    if (script.source.length <= limits.length && !isBeyondBounds(script))
      return piecesOf(script.source, words).flatMap(read);
    const word = firstKnownWord(script.source, words);
    if (word === undefined) return [];
    const detail = `the text cannot be read as shell code (${script.problems[0]?.message ?? 'syntax error'}) and holds "${word}"`;
    return [
      {
        kind: 'opaque',
        code: { reason: 'syntax', detail, origin, source: script.source.slice(0, 200), invocation: undefined },
        invocation: undefined,
      },
    ];
  });
}

/** The parser was not even asked, or gave up: nothing of the text is known. */
const isBeyondBounds = ({ problems }: Script): boolean =>
  problems.some(({ message }) =>
    /^(larger than|nests too deeply|too many|the parser failed|the text cannot)/.test(message),
  );

/** Pieces between separators, without their quotes, that begin with a word that some rule knows. */
function piecesOf(text: string, words: ReadonlySet<string>): readonly string[] {
  const pieces = text.split(/[\n;&|(){}`]+/).map((piece) =>
    piece
      .replace(/['"\\<>$]/g, ' ')
      .replace(leading, '')
      .trim(),
  );
  return pieces
    .filter((piece) => words.has(/^\S+/.exec(piece)?.[0].replace(/^.*\//, '') ?? ''))
    .slice(0, limits.pieces);
}

/** Words that a command may stand behind. */
const leading = /^\s*((then|do|else|if|while|until|time|!|sudo|exec|command|env|nohup|xargs|-exec)\s+)*/;

/** The lexical scan: maximal runs of word characters, looked up one by one; linear in the text. */
function firstKnownWord(text: string, words: ReadonlySet<string>): string | undefined {
  for (const [word] of text.matchAll(/[A-Za-z_][\w.-]*/g)) {
    if (words.has(word)) return word;
    const lower = word.toLowerCase();
    if (words.has(lower)) return lower;
  }
  return undefined;
}
