// The body of a recipe: its lines, and the expressions between braces in them.
import { joinTexts, known, type Text } from '../tasks/text.ts';
import type { Recipe } from './justfile.ts';
import { evaluate, type Values } from './tokens.ts';

/** The lines of a recipe without their common indentation and without blank ones around them. */
export function indented({ body }: Recipe): readonly { readonly text: string; readonly line: number }[] {
  const first = body.find(({ text }) => text.trim() !== '');
  const width = first === undefined ? 0 : first.text.length - first.text.trimStart().length;
  const lines = body.map(({ text, line }) => ({
    text: text.slice(0, width).trim() === '' ? text.slice(width) : text.trimStart(),
    line,
  }));
  const start = lines.findIndex(({ text }) => text.trim() !== '');
  return start < 0 ? [] : lines.slice(start);
}

/** A backslash at the end of a line continues the command; comments are the shell's. */
export function joinedLines(
  lines: readonly { readonly text: string; readonly line: number }[],
): readonly { readonly text: string; readonly line: number }[] {
  const joined: { text: string; line: number }[] = [];
  let isOpen = false;
  for (const { text, line } of lines) {
    const last = joined.at(-1);
    if (isOpen && last !== undefined) last.text += `\n${text}`;
    else if (text.trim() !== '') joined.push({ text: text.trimStart(), line });
    isOpen = text.endsWith('\\');
  }
  return joined;
}

/** `{{expression}}`; four braces stand for two. */
export function interpolated(text: string, values: Values): Text {
  const pieces: Text[] = [];
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('{{', at);
    if (start < 0) break;
    if (text.startsWith('{{{{', start)) {
      pieces.push(known(`${text.slice(at, start)}{{`));
      at = start + 4;
      continue;
    }
    const end = endOfExpression(text, start + 2);
    if (end < 0) break;
    pieces.push(known(text.slice(at, start)), evaluate(text.slice(start + 2, end), values));
    at = end + 2;
  }
  return joinTexts([...pieces, known(text.slice(at))]);
}

/** Where `}}` closes an expression: not within a string, and not the braces of a condition. */
function endOfExpression(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === "'" || character === '"' || character === '`') {
      const close = text.indexOf(character, at + 1);
      if (close > 0) at = close;
    } else if (depth === 0 && text.startsWith('}}', at)) return at;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
  }
  return -1;
}
