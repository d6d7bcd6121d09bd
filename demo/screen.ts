// A screen of a terminal, as far as a prompt uses one: text, colours, cursor moves, erasing. Shows what a person would see.

interface Cell {
  readonly character: string;
  /** SGR parameters in force: `1;31`; empty for plain text. */
  readonly style: string;
}

const blank: Cell = { character: ' ', style: '' };

/** Control sequences (ECMA-48 8.3): CSI with parameters, OSC up to its end, other escapes of one character. */
const sequence =
  /^\x1b(?:\[([0-9;?]{0,32})[ -/]{0,4}([@-~])|\][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)|[()][0-9A-Za-z]|[=>78A-Z])/;

export class Screen {
  readonly #columns: number;
  #rows: Cell[][] = [[]];
  #row = 0;
  #column = 0;
  #style = '';
  #rest = '';

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Takes what a program wrote; a sequence that is cut in two is waited for. */
  write(text: string): void {
    let input = this.#rest + text;
    while (input !== '') {
      if (input.startsWith('\x1b')) {
        const match = sequence.exec(input);
        if (match === null && input.length < 64) break;
        if (match !== null) this.#control(match[2], match[1] ?? '');
        input = input.slice(match?.[0].length ?? 1);
      } else {
        const character = String.fromCodePoint(input.codePointAt(0) ?? 0);
        this.#put(character);
        input = input.slice(character.length);
      }
    }
    this.#rest = input;
  }

  /** The rows up to the last that is not empty, without colours. */
  get text(): string {
    return this.lines(false).join('\n');
  }

  lines(color: boolean): string[] {
    const lines = this.#rows.map((row) => showRow(row, color));
    while (lines.at(-1) === '') lines.pop();
    return lines;
  }

  #put(character: string): void {
    if (character === '\n') this.#moveTo(this.#row + 1, this.#column);
    else if (character === '\r') this.#column = 0;
    else if (character === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (character >= ' ') {
      if (this.#column >= this.#columns) this.#moveTo(this.#row + 1, 0);
      const row = this.#current;
      while (row.length < this.#column) row.push(blank);
      row[this.#column] = { character, style: this.#style };
      this.#column += 1;
    }
  }

  get #current(): Cell[] {
    const row = this.#rows[this.#row] ?? [];
    this.#rows[this.#row] = row;
    return row;
  }

  #moveTo(row: number, column: number): void {
    this.#row = Math.max(0, row);
    this.#column = Math.max(0, column);
    while (this.#rows.length <= this.#row) this.#rows.push([]);
  }

  #control(final: string | undefined, parameters: string): void {
    const [first = 0, second = 0] = parameters.split(';').map((part) => Number.parseInt(part, 10) || 0);
    const count = Math.max(1, first);
    switch (final) {
      case 'm':
        this.#style = nextStyle(this.#style, parameters);
        break;
      case 'A':
        this.#moveTo(this.#row - count, this.#column);
        break;
      case 'B':
        this.#moveTo(this.#row + count, this.#column);
        break;
      case 'C':
        this.#column += count;
        break;
      case 'D':
        this.#column = Math.max(0, this.#column - count);
        break;
      case 'G':
        this.#column = count - 1;
        break;
      case 'H':
        this.#moveTo(count - 1, Math.max(1, second) - 1);
        break;
      case 'K':
        this.#eraseLine(first);
        break;
      case 'J':
        this.#eraseScreen(first);
        break;
    }
  }

  #eraseLine(how: number): void {
    const row = this.#current;
    if (how === 0) row.length = Math.min(row.length, this.#column);
    else row.fill(blank, 0, how === 1 ? this.#column + 1 : row.length);
  }

  #eraseScreen(how: number): void {
    if (how === 0) {
      this.#eraseLine(0);
      this.#rows.length = this.#row + 1;
    } else if (how >= 2) this.#rows = this.#rows.map(() => []);
  }
}

/** Colours add up until a reset; chalk and inquirer close what they open. */
const nextStyle = (style: string, parameters: string): string => {
  if (parameters === '' || parameters === '0') return '';
  const closing: Readonly<Record<string, readonly string[]>> = {
    22: ['1', '2'],
    23: ['3'],
    24: ['4'],
    27: ['7'],
    39: foregrounds,
    49: backgrounds,
  };
  const dropped = closing[parameters];
  if (dropped === undefined) return style === '' ? parameters : `${style};${parameters}`;
  return style
    .split(';')
    .filter((part) => !dropped.includes(part))
    .join(';');
};

const range = (from: number) => Array.from({ length: 8 }, (_, index) => String(from + index));
const foregrounds = [...range(30), ...range(90)];
const backgrounds = [...range(40), ...range(100)];

function showRow(row: readonly Cell[], color: boolean): string {
  const end = row.findLastIndex(({ character, style }) => character !== ' ' || (color && style !== ''));
  let style = '';
  let line = '';
  for (const cell of Array.from(row.slice(0, end + 1), (each) => each ?? blank)) {
    if (color && cell.style !== style) {
      line += `\x1b[0m${cell.style === '' ? '' : `\x1b[${cell.style}m`}`;
      style = cell.style;
    }
    line += cell.character;
  }
  return style === '' ? line : `${line}\x1b[0m`;
}
