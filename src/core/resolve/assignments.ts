// `NAME=value` words in front of a command, as env and sudo take them.
import type { Assignment } from '../model/invocation.ts';
import { dynamicWord, knownPrefix, piecesOf, staticWord, textOf, type Word } from '../model/word.ts';

/** Splits leading assignments from the command's own words. */
export function leadingAssignments(words: readonly Word[]): { assignments: Assignment[]; words: readonly Word[] } {
  const assignments: Assignment[] = [];
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at] as Word;
    const name = /^([A-Za-z_]\w*)=/.exec(knownPrefix(word))?.[1];
    if (name === undefined) break;
    assignments.push({ name, value: withoutPrefix(word, name.length + 1) });
  }
  return { assignments, words: words.slice(at) };
}

/** The word without its first characters, all of which are known. */
export function withoutPrefix(word: Word, length: number): Word {
  const text = textOf(word);
  if (text !== undefined) return staticWord(text.slice(length), word.glob);
  const [first, ...rest] = piecesOf(word);
  const known = [(first ?? '').slice(length), ...rest].filter((piece) => piece !== '');
  return dynamicWord(word.kind === 'dynamic' ? word.source.slice(length) : '', known, word.glob);
}
