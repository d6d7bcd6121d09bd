// Replacing a mark such as `{}` inside words.
import { joinWords, piecesOf, staticWord, type Word } from '../model/word.ts';

/** The word with every occurrence of the mark replaced by the item. */
export function substitute(word: Word, mark: string, item: Word): Word {
  const pieces = piecesOf(word);
  if (!pieces.some((piece) => piece?.includes(mark))) return word;
  if (word.kind === 'static' && word.value === mark) return item;
  if (word.kind === 'dynamic') return word;
  const parts = word.value.split(mark);
  return joinWords(parts.flatMap((part, index) => (index === 0 ? [staticWord(part)] : [item, staticWord(part)])));
}
