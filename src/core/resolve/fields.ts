// Fields: puts the pieces of one word together, and splits known text where a shell would.
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../model/word.ts';

/** Longest text that is split: that costs more than its length. */
const maxSplit = 65_536;

/** Pieces of one word while it is put together; a quoted empty piece still makes a word. */
export class Fields {
  readonly #done: Word[] = [];
  readonly #separators: Word;
  #pieces: Word[] = [];
  #present = false;

  constructor(separators: Word) {
    this.#separators = separators;
  }

  add(word: Word): void {
    this.#pieces.push(word);
    this.#present = true;
  }

  /** Unquoted expansion: known text is split at the separators. Source: bash(1), Word Splitting. */
  split(word: Word): void {
    const text = textOf(word);
    const separators = textOf(this.#separators);
    if (text === undefined) this.add(word);
    else if (separators === undefined || text.length > maxSplit) this.add(dynamicWord(text.slice(0, 200), [null]));
    else this.#splitText(text, separators);
  }

  #splitText(text: string, separators: string): void {
    let start = 0;
    for (let at = 0; at < text.length; ) {
      const end = endOfSeparator(text, at, separators);
      if (end === at) {
        at += 1;
        continue;
      }
      this.#text(text.slice(start, at));
      if (/[^ \t\n]/.test(text.slice(at, end)) && !this.#present) this.add(staticWord(''));
      this.finish();
      start = end;
      at = end;
    }
    this.#text(text.slice(start));
  }

  #text(text: string): void {
    if (text !== '') this.add(staticWord(text, /[*?[]/.test(text)));
  }

  finish(): void {
    if (this.#present) this.#done.push(joinWords(this.#pieces));
    this.#pieces = [];
    this.#present = false;
  }

  words(): Word[] {
    this.finish();
    return this.#done;
  }
}

/** Behind one separator: blanks, at most one other character, blanks. */
function endOfSeparator(text: string, start: number, separators: string): number {
  const isSeparator = (at: number) => at < text.length && separators.includes(text[at] as string);
  const isBlank = (at: number) => isSeparator(at) && ' \t\n'.includes(text[at] as string);
  let at = start;
  while (isBlank(at)) at += 1;
  if (!isSeparator(at)) return at;
  at += 1;
  while (isBlank(at)) at += 1;
  return at;
}
