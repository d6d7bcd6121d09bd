// Hostile text: what a terminal would obey or hide is shown instead, and any text is folded into the lines there are for it.

/** Letters that look like Latin ones. Beside Latin letters in one word they are shown as what they are. */
const lookalikes =
  /\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Armenian}|\p{Script=Cherokee}|\p{Script=Coptic}|\p{Script=Lisu}/u;

/**
 * Characters that are never written to a terminal: controls, formats (bidi, zero width, tags), surrogates, private use,
 * unassigned, separators other than the space, marks that pile up on their neighbours, fillers that show as nothing,
 * and the full-width and mathematical doubles of ASCII.
 */
const hostile =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Mn}\p{Me}\u{115f}\u{1160}\u{2800}\u{3164}\u{ffa0}\u{ff01}-\u{ff5e}\u{1d400}-\u{1d7ff}]|(?! )\p{Zs}/gu;

const word = /[\p{L}\p{N}_]+/gu;

function show(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/** One line of text in which every character that a terminal would obey, hide or confuse is spelled out: `\x1b`, `\u202e`. */
export function escapeText(text: string): string {
  const honest = text.replace(word, (run) =>
    /[A-Za-z]/.test(run) && lookalikes.test(run)
      ? Array.from(run, (c) => (lookalikes.test(c) ? show(c) : c)).join('')
      : run,
  );
  return honest.replace(hostile, show);
}

/** Columns that a character takes: 2 for East Asian wide characters and emoji (Unicode Standard Annex 11). */
function columnsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x1100) return 1;
  const wide =
    code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xa960 && code <= 0xa97c) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f000 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd) ||
    /\p{Emoji_Presentation}/u.test(character);
  return wide ? 2 : 1;
}

/** Columns that escaped text takes on a terminal. */
export const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + columnsOf(character), 0);

/** As much of escaped text as fits, with a mark where something was left out. */
export function clip(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return `${text.slice(0, lengthThatFits(text, width - 1)).trimEnd()}\u2026`;
}

/** The end of escaped text, as much as fits. */
export function clipStart(text: string, width: number): string {
  const characters = Array.from(text);
  let columns = 0;
  const from = characters.findLastIndex((character) => {
    columns += columnsOf(character);
    return columns > width;
  });
  return characters
    .slice(from + 1)
    .join('')
    .trimStart();
}

/** Code units of `text` that fit into `width` columns; at least one character, so that folding always ends. */
function lengthThatFits(text: string, width: number): number {
  let columns = 0;
  let length = 0;
  for (const character of text) {
    columns += columnsOf(character);
    if (columns > width && length > 0) break;
    length += character.length;
  }
  return length;
}

/** Escaped text in lines of `width` columns, broken at spaces where one is near. Nothing is left out. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== '') {
    let length = lengthThatFits(rest, width);
    if (length < rest.length && rest[length] !== ' ') {
      const space = rest.lastIndexOf(' ', length - 1);
      if (space > length / 2) length = space;
    }
    lines.push(rest.slice(0, length).trimEnd());
    rest = rest.slice(length);
    if (rest.startsWith(' ')) rest = rest.slice(1);
  }
  return lines.length === 0 ? [''] : lines;
}

/** Of longer commands only so many characters from each end can ever be on a screen. */
const reach = 8_000;

interface Row {
  readonly text: string;
  readonly continued: boolean;
}

/**
 * A command in at most `limit` lines of `width` columns (both at least 2 and 12): its own lines kept, long ones folded
 * behind a mark, the middle left out with a note of how much it is. Beginning and end always stay visible.
 */
export function foldCommand(command: string, width: number, limit: number): string[] {
  const text = command.replace(/\r?\n$/, '');
  const isVast = text.length > 2 * reach;
  const head = rowsOf(isVast ? text.slice(0, reach) : text, width - 2);
  const tail = isVast ? rowsOf(text.slice(-reach), width - 2) : head;
  if (!isVast && head.length <= limit) return head.map(showRow);
  const above = Math.max(1, Math.ceil((limit - 1) / 2));
  const below = Math.max(0, limit - 1 - above);
  const first = head.slice(0, above);
  const last = below === 0 ? [] : tail.slice(-below);
  const shown = [...first, ...last].reduce((sum, row) => sum + row.text.length, 0);
  const hidden = Math.max(1, text.length - shown);
  return [
    ...first.map(showRow),
    `\u22ee ${clip(`${grouped(hidden)} characters not shown`, width - 2)}`,
    ...last.map(showRow),
  ];
}

const grouped = (count: number): string => count.toLocaleString('en-US');

const showRow = ({ text, continued }: Row): string => `${continued ? '\u250a' : '\u2502'} ${text}`;

const rowsOf = (text: string, width: number): Row[] =>
  text
    .split(/\r?\n/)
    .flatMap((line) => wrap(escapeText(line), width).map((piece, index) => ({ text: piece, continued: index > 0 })));
