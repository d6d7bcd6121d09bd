// PowerShell's quoting: escapes with the backtick, and where quoted texts end. Source: about_Quoting_Rules, about_Special_Characters.

const letters: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
  '0': '\0',
  '\n': '',
};

/** What a backtick and the character behind it stand for. */
export const escaped = (character: string): string => letters[character] ?? character;

/** The end of a text between single quotes, of which two stand for one. */
export function endOfSingle(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (!isSingle(text[at])) continue;
    if (!isSingle(text[at + 1])) return at;
    at += 1;
  }
  return text.length;
}

/** Typographic quotes count as well. */
export const isSingle = (character: string | undefined): boolean =>
  character !== undefined && /['\u2018\u2019\u201a\u201b]/.test(character);
export const isDouble = (character: string | undefined): boolean =>
  character !== undefined && /["\u201c\u201d\u201e]/.test(character);
