// Reads object names: qualified, quoted, in lists.
import type { View } from './token.ts';

const LIMIT = 100;
const stops = new Set('CASCADE RESTRICT ON USING WITH FROM SET WHERE AS OUTPUT OPTION FORCE WAIT NOWAIT'.split(' '));

interface NameList {
  readonly names: readonly string[];
  /** Position behind the list. */
  readonly next: number;
}

/** Names from a position on, separated by commas; quotes removed, parts joined with a dot. */
export function readNames(view: View, from: number): NameList {
  const names: string[] = [];
  let position = from;
  for (;;) {
    const name = readName(view, position);
    if (name === undefined) break;
    if (names.length < LIMIT) names.push(name.text);
    position = name.next;
    if (view.isSymbol(position, '*')) position++;
    if (view.isSymbol(position, '(')) position++;
    if (!view.isSymbol(position, ',')) break;
    position++;
    while (view.word(position) === 'ONLY') position++;
  }
  return { names, next: position };
}

/** One name; undefined where none stands at the position. */
export function readName(view: View, from: number): { readonly text: string; readonly next: number } | undefined {
  const first = view.token(from);
  if (first === undefined || first.kind === 'symbol' || stops.has(first.keyword)) return undefined;
  let text = first.text;
  let position = from + 1;
  for (;;) {
    const joint = view.token(position);
    const part = view.token(position + 1);
    if (joint?.kind === 'symbol' && (joint.text === '.' || joint.text === '@') && part !== undefined) {
      // `db..orders` leaves the schema out.
      text += joint.text + (part.kind === 'symbol' ? '' : part.text);
      position += part.kind === 'symbol' ? 1 : 2;
    } else if (joint?.keyword.startsWith('@') === true && joint.start === view.token(position - 1)?.end) {
      // A MySQL account: app@localhost, 'app'@'%'.
      text += joint.text;
      position++;
      if (joint.text === '@' && part?.start === joint.end) {
        text += part.text;
        position++;
      }
    } else return { text, next: position };
  }
}

/** Skips words that may stand in front of a name. */
export function skipWords(view: View, from: number, words: ReadonlySet<string>): number {
  let position = from;
  while (words.has(view.word(position))) position++;
  return position;
}
