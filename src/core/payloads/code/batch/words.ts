// Expands the variables of a Windows command line and splits it into the words that a program gets.
import { dynamicWord, joinWords, staticWord, type Word } from '../../../model/word.ts';
import { text as literal, wordOf } from '../value.ts';

/** A variable's value; undefined where it is known to be empty. */
export type Lookup = (name: string, shown: string) => Word | undefined;

/** `%NAME%`, `%NAME:a=b%`, `!NAME!`, `%1`, `%~dp0`, `%*`, and the variables of `for`: `%f`, `%%f`, `%~nf`. */
const expansion =
  /\^%|%%?~[a-z$]{0,10}([A-Za-z0-9])|%([A-Za-z_()][^%:\n=&|<>"]{0,80})(:[^%\n]{0,80})?%|!([A-Za-z_][^!:\n]{0,80})(:[^!\n]{0,80})?!|%%([A-Za-z])|%([0-9*])|%([A-Za-z])(?![A-Za-z0-9_]*%)/g;

const literalWord = (value: string): Word => wordOf(literal(value));

/** The text with its variables filled in. A part of a value is not known. */
export function expanded(text: string, lookup: Lookup): Word {
  const pieces: Word[] = [];
  let end = 0;
  for (const match of text.matchAll(expansion)) {
    const [whole, modified, plain, plainPart, delayed, delayedPart, doubled, position, letter] = match;
    pieces.push(literalWord(text.slice(end, match.index)));
    end = match.index + whole.length;
    const name = modified ?? plain ?? delayed ?? doubled ?? position ?? letter;
    if (name === undefined) pieces.push(staticWord('%'));
    else if ((plainPart ?? delayedPart) !== undefined) pieces.push(dynamicWord(whole));
    else {
      const isLocal = plain === undefined && delayed === undefined;
      pieces.push(lookup(isLocal ? `%${name}` : name.toLowerCase(), whole) ?? staticWord(''));
    }
  }
  return joinWords([...pieces, literalWord(text.slice(end))]);
}

/** The words of a command: split at blanks outside of quotes. `also` are further characters that split. */
export function wordsOf(line: Word, also = ''): readonly Word[] {
  const words: Word[] = [];
  let pieces: (string | null)[] = [];
  let isQuoted = false;
  let isOpen = false;
  const close = () => {
    if (!isOpen) return;
    const known = pieces.includes(null);
    const shown = pieces.map((piece) => piece ?? '…').join('');
    words.push(known ? dynamicWord(shown, pieces, line.glob) : staticWord(pieces.join('')));
    pieces = [];
    isOpen = false;
  };
  const add = (piece: string | null) => {
    const last = pieces.at(-1);
    if (piece !== null && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else if (piece !== null || last !== null) pieces.push(piece);
    isOpen = true;
  };
  for (const piece of line.kind === 'static' ? [line.value] : line.known) {
    if (piece === null) {
      add(null);
      continue;
    }
    for (const character of piece) {
      if (character === '"') {
        isQuoted = !isQuoted;
        isOpen = true;
      } else if (!isQuoted && (/\s/.test(character) || also.includes(character))) close();
      else add(character);
    }
  }
  close();
  return words;
}
