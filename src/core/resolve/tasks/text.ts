// Texts of task files: what is known of a text that a task runner puts together, and how it reaches a shell.
import type { Assignment } from '../../model/invocation.ts';
import { dynamicWord, joinWords, piecesOf, showWord, staticWord, type Word } from '../../model/word.ts';
import { parseScript } from '../../parse/parse.ts';

/** A piece of text that is not known as it stands. */
type Hole =
  /** Nothing is known but the name of the variable it comes from. */
  | { readonly kind: 'unknown'; readonly name: string }
  /** What a command prints. */
  | { readonly kind: 'shell'; readonly code: Text }
  /** One of several texts, by a condition that is not known. */
  | { readonly kind: 'choice'; readonly options: readonly Text[] };

/** Known pieces and holes, in order. */
export type Text = readonly (string | Hole)[];

/** How many readings of one text are followed. */
const maxVariants = 4;

export const emptyText: Text = [];
export const known = (text: string): Text => (text === '' ? emptyText : [text]);
export const unknownText = (name: string): Text => [{ kind: 'unknown', name }];

/** Joins texts; neighbouring known pieces become one. */
export function joinTexts(texts: readonly Text[], separator = ''): Text {
  const pieces: (string | Hole)[] = [];
  const push = (piece: string | Hole): void => {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else if (piece !== '') pieces.push(piece);
  };
  texts.forEach((text, index) => {
    if (index > 0) push(separator);
    text.forEach(push);
  });
  return pieces;
}

/** The whole text, where all of it is known. */
export function plainText(text: Text): string | undefined {
  if (text.length === 0) return '';
  const [only] = text;
  return text.length === 1 && typeof only === 'string' ? only : undefined;
}

/** Known pieces as they are, anything in place of a hole. */
export const mapKnown = (text: Text, change: (piece: string) => string): Text =>
  joinTexts(text.map((piece) => (typeof piece === 'string' ? known(change(piece)) : [piece])));

/** The words of a text; a hole belongs to the word that it touches. */
export function wordsOfText(text: Text): readonly Text[] {
  const words: Text[] = [];
  let current: (string | Hole)[] = [];
  const end = (): void => {
    if (current.length > 0) words.push(current);
    current = [];
  };
  for (const piece of text) {
    if (typeof piece !== 'string') {
      current.push(piece);
      continue;
    }
    piece.split(/[ \t\r\n]+/).forEach((part, index) => {
      if (index > 0) end();
      if (part !== '') current.push(part);
    });
  }
  end();
  return words;
}

/** The text once for each way in which its choices may fall; holes that stay are not known at all. */
export function variantsOf(text: Text): readonly Text[] {
  const count = Math.min(maxVariants, choicesIn(text));
  return Array.from({ length: count }, (_unused, index) => chosen(text, index));
}

const choicesIn = (text: Text): number =>
  text.reduce((most, piece) => {
    if (typeof piece === 'string' || piece.kind === 'unknown') return most;
    if (piece.kind === 'shell') return Math.max(most, choicesIn(piece.code));
    return Math.max(most, piece.options.length, ...piece.options.map(choicesIn));
  }, 1);

/** The text where each choice falls on the option at `index`, or on its last one. */
function chosen(text: Text, index: number): Text {
  if (text.every((piece) => typeof piece === 'string' || piece.kind === 'unknown')) return text;
  return joinTexts(
    text.map((piece): Text => {
      if (typeof piece === 'string' || piece.kind === 'unknown') return [piece];
      if (piece.kind === 'shell') return [{ kind: 'shell', code: chosen(piece.code, index) }];
      return chosen(piece.options[Math.min(index, piece.options.length - 1)] ?? emptyText, index);
    }),
  );
}

/** A choice between texts; one text where they are all the same. */
export function choiceOf(texts: readonly Text[]): Text {
  if (texts.length === 1) return texts[0] ?? emptyText;
  const options = [...new Map(texts.map((text) => [JSON.stringify(text), text])).values()].slice(0, maxVariants);
  return options.length === 1 ? (options[0] ?? emptyText) : [{ kind: 'choice', options }];
}

/** The text as a word: what is not known is a null piece, named as a shell variable so that a person can read it. */
export function wordOfText(text: Text): Word {
  return joinWords(
    text.map((piece) => {
      if (typeof piece === 'string') return staticWord(piece);
      if (piece.kind === 'choice') return wordOfText(piece.options[0] ?? emptyText);
      return dynamicWord(piece.kind === 'shell' ? `$(${showText(piece.code)})` : `$${piece.name}`);
    }),
  );
}

/** A word that came in from outside, as a text. */
export function textOfWord(word: Word, name: string): Text {
  if (word.kind === 'static') return known(word.value);
  return joinTexts(piecesOf(word).map((piece) => (piece === null ? unknownText(name) : known(piece))));
}

export const showText = (text: Text): string => showWord(wordOfText(text));

/** Shell code, and what stands for the pieces of it that are not known. */
interface ShellText {
  readonly code: string;
  readonly assignments: readonly Assignment[];
}

/**
 * A text without choices as shell code: what a command prints becomes a substitution that the walk follows by itself,
 * what is not known becomes a variable that is set to nothing known. Quotes are closed and opened around both.
 */
export function shellText(text: Text): ShellText {
  const quotes = new Quotes();
  const assignments = new Map<string, Assignment>();
  let code = '';
  for (const piece of text) {
    if (typeof piece === 'string') {
      quotes.read(piece);
      code += piece;
      continue;
    }
    const expression = expressionOf(piece, assignments);
    code += quotes.inSingle ? `'"${expression}"'` : expression;
  }
  return { code, assignments: [...assignments.values()] };
}

function expressionOf(hole: Hole, assignments: Map<string, Assignment>): string {
  if (hole.kind === 'choice') return '';
  if (hole.kind === 'shell') {
    const inner = shellText(hole.code);
    if (parseScript(inner.code).complete) {
      for (const each of inner.assignments) assignments.set(each.name, each);
      return `$(${inner.code}${inner.code.includes('#') ? '\n' : ''})`;
    }
  }
  const name = hole.kind === 'shell' ? 'output' : hole.name.replace(/\W/g, '_').replace(/^(?=\d|$)/, '_');
  assignments.set(name, { name, value: dynamicWord(`$${name}`) });
  return `\${${name}}`;
}

/** Which quotes are open behind the shell code that was read so far. */
class Quotes {
  #open: '"' | "'" | '#' | undefined;
  #before = '\n';

  get inSingle(): boolean {
    return this.#open === "'";
  }

  read(code: string): void {
    for (let at = 0; at < code.length; at += 1) {
      const character = code[at] as string;
      const before = this.#before;
      this.#before = character;
      if (this.#open === '#') {
        if (character === '\n') this.#open = undefined;
      } else if (this.#open === "'") {
        if (character === "'") this.#open = undefined;
      } else if (character === '\\') at += 1;
      else if (this.#open === '"') {
        if (character === '"') this.#open = undefined;
      } else if (character === '"' || character === "'") this.#open = character;
      else if (character === '#' && /[\s;&|(]/.test(before)) this.#open = '#';
    }
  }
}
