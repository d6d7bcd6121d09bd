// curl's URL globbing: `{a,b}`, `[1-3]`, `[a-f:2]`. See curl(1), URL.
import { showWord, type Word } from '../../../model/word.ts';
import { flat, hole, unflat } from '../words.ts';

/** Sets and ranges with more results than this become one URL with an unknown piece in their place. */
const maxUrls = 64;

/** The URLs that a word with sets and ranges stands for. A pattern that curl refuses stays as it is. */
export function expandUrl(url: Word): readonly Word[] {
  const parts = patterns(flat(url));
  const count = parts.reduce((product, part) => product * part.length, 1);
  if (count > maxUrls)
    return [unflat(parts.map((part) => (part.length === 1 ? part[0] : hole)).join(''), showWord(url))];
  const texts = parts.reduce<string[]>((heads, part) => heads.flatMap((head) => part.map((tail) => head + tail)), ['']);
  return texts.map((text) => unflat(text, showWord(url)));
}

/** The text as a list of alternatives, one after the other. */
function patterns(text: string): readonly (readonly string[])[] {
  const parts: (readonly string[])[] = [];
  const nextOf = finder(text);
  let literal = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && '{}[]'.includes(text.charAt(at + 1)) && at + 1 < text.length) {
      at += 1;
      literal += text.charAt(at);
      continue;
    }
    const close = character === '{' ? '}' : character === '[' ? ']' : undefined;
    const end = close === undefined ? -1 : nextOf(close, at);
    const inside = end < 0 ? '' : text.slice(at + 1, end);
    const alternatives = inside === '' ? undefined : character === '{' ? inside.split(',') : range(inside);
    if (alternatives === undefined) literal += character;
    else {
      parts.push([literal], alternatives);
      literal = '';
      at = end;
    }
  }
  return [...parts, [literal]];
}

/** `indexOf` for rising positions that never looks at a stretch twice. */
function finder(text: string): (character: string, from: number) => number {
  const found = new Map<string, number>();
  return (character, from) => {
    let at = found.get(character) ?? text.indexOf(character);
    if (at >= 0 && at <= from) at = text.indexOf(character, from + 1);
    found.set(character, at);
    return at;
  };
}

/** `1-3`, `001-100`, `a-f`, with a step behind `:`; undefined where it is none (an IPv6 address). */
function range(inside: string): readonly string[] | undefined {
  const match = /^(?:([a-z])-([a-z])|([A-Z])-([A-Z])|(\d{1,9})-(\d{1,9}))(?::(\d{1,9}))?$/.exec(inside);
  if (match === null) return undefined;
  const step = Math.max(1, Number(match[7] ?? '1'));
  const numeric = match[5] !== undefined;
  const from = match[1] ?? match[3] ?? match[5] ?? '';
  const to = match[2] ?? match[4] ?? match[6] ?? '';
  const [low, high] = numeric ? [Number(from), Number(to)] : [from.charCodeAt(0), to.charCodeAt(0)];
  const width = numeric && from.startsWith('0') ? from.length : 0;
  const values: string[] = [];
  // One more than can be listed is enough to know that there are too many.
  for (let value = low; value <= high && values.length <= maxUrls; value += step) {
    values.push(numeric ? String(value).padStart(width, '0') : String.fromCharCode(value));
  }
  return values.length === 0 ? undefined : values;
}
