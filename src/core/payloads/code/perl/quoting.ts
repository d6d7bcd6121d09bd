// Perl's quoting: where a quoted text ends, and what its escapes stand for. Source: perlop, "Quote and Quote-like Operators".

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** The place of the delimiter that ends a quoted text which starts at `from`, behind its opening delimiter; brackets nest. */
export function endOfQuoted(text: string, from: number, open: string): number {
  const close = closing[open] ?? open;
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === close) {
      depth -= 1;
      if (depth === 0) return at;
    } else if (character === open) depth += 1;
  }
  return text.length;
}

export const isBracket = (open: string): boolean => open in closing;

/** What stands between single quotes: only the delimiter and the backslash can be escaped. */
export const unescapedSingle = (text: string, open = "'"): string =>
  text.replace(/\\([\s\S])/g, (whole, next: string) =>
    next === '\\' || next === open || next === closing[open] ? next : whole,
  );

const letters: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  e: '\x1b',
  0: '\0',
};

/** One escape of a double-quoted text at `at` (the backslash): what it stands for and its length. */
export function escapeAt(text: string, at: number): { readonly value: string; readonly length: number } {
  const found = /\\(?:x\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/y;
  found.lastIndex = at;
  const [whole = '\\', braced, hex, octal, letter] = found.exec(text) ?? [];
  if (letter !== undefined) {
    // \Q \E \U \L change what follows, which stays as it is here.
    const value = /[QEULul]/.test(letter) ? '' : (letters[letter] ?? letter);
    return { value, length: whole.length };
  }
  const code = Number.parseInt(braced ?? hex ?? octal ?? '0', octal === undefined ? 16 : 8);
  return { value: code <= 0x10ffff ? String.fromCodePoint(code) : '', length: whole.length };
}

/** The end of the variable that is interpolated at `at` (its sigil), with its subscripts; `at` where there is none. */
export function endOfInterpolation(text: string, at: number): number {
  const name = /[$@]\${0,8}(?:\{\^?\w+\}|\{|(?:::)?[A-Za-z_]\w*(?:(?:::|')(?=[A-Za-z_])\w+)*|[0-9]+|[&!0_])/y;
  name.lastIndex = at;
  const found = name.exec(text)?.[0];
  if (found === undefined || (text[at] === '@' && /^@[0-9&!]/.test(found))) return at;
  let end = at + found.length;
  if (found.endsWith('{')) end = Math.min(endOfQuoted(text, end, '{') + 1, text.length);
  for (;;) {
    const arrow = text.startsWith('->', end) && /[[{]/.test(text[end + 2] ?? '') ? 2 : 0;
    const open = text[end + arrow] ?? '';
    const isIndex = open === '[' && /^\[(-?\d+|\$\w+|\$#?\w+)\]/.test(text.slice(end + arrow, end + arrow + 40));
    if (open !== '{' && !isIndex) return end;
    end = Math.min(endOfQuoted(text, end + arrow + 1, open) + 1, text.length);
  }
}
