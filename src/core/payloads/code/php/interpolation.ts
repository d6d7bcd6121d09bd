// Strings: escapes, and what is interpolated in double quotes, heredocs and backticks.
import { concat, text, type Value } from '../value.ts';
import type { Php } from './interpreter.ts';
import type { Frame } from './model.ts';
import { type Node, parsePhp, partsOf, textOfNode } from './syntax.ts';

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  v: '\v',
  e: '\x1b',
  f: '\f',
  $: '$',
  '"': '"',
  '\\': '\\',
  '`': '`',
};

/** `\n`, `\x41`, `\101`, `\u{1F4A3}`. Source: PHP manual, Strings. */
function unescaped(sequence: string): string {
  const code = sequence.slice(1);
  const letter = escapes[code];
  if (letter !== undefined) return letter;
  const number = /^x([0-9A-Fa-f]{1,2})$/.exec(code)?.[1] ?? /^u\{([0-9A-Fa-f]{1,6})\}$/.exec(code)?.[1];
  if (number !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(number, 16), 0x10ffff));
  return /^[0-7]{1,3}$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8) & 0xff) : sequence;
}

const plainEscapes = (raw: string): string =>
  raw.replace(/\\(?:x[0-9A-Fa-f]{1,2}|u\{[0-9A-Fa-f]{1,6}\}|[0-7]{1,3}|[\s\S])/g, unescaped);

/** A string literal in either kind of quotes. */
export function stringOf(node: Node, frame: Frame, php: Php): Value {
  const raw = textOfNode(node);
  if (raw.startsWith("'")) return text(raw.slice(1, -1).replace(/\\(['\\])/g, '$1'));
  if (node.children.length === 0) return text(plainEscapes(raw.slice(1, -1)));
  const { source } = node.text;
  const pieces: Value[] = [];
  let at = node.from + 1;
  for (const child of node.children) {
    if (child.from > at) pieces.push(text(plainEscapes(source.slice(at, child.from))));
    pieces.push(child.name === 'EscapeSequence' ? text(unescaped(textOfNode(child))) : interpolated(child, frame, php));
    at = child.to;
  }
  if (at < node.to - 1) pieces.push(text(plainEscapes(source.slice(at, node.to - 1))));
  return concat(pieces);
}

function interpolated(node: Node, frame: Frame, php: Php): Value {
  if (node.name !== 'Interpolation') return php.evaluate(node, frame);
  const [inner] = partsOf(node);
  // `${name}` is the variable of that name.
  if (inner?.name === 'Name') return frame.variables.get(textOfNode(inner)) ?? php.evaluate(inner, frame);
  return php.evaluate(inner, frame);
}

/** Text with interpolation that stands in other quotes, as if it stood in double ones. */
export function interpolatedText(raw: string, frame: Frame, php: Php): Value {
  const quoted = raw
    .split(/(\{\$[^{}]*\})/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/(?<!\\)"/g, '\\"')))
    .join('');
  const statement = parsePhp(`"${quoted}";`, true).root.children[0];
  const node = statement?.children[0];
  return node?.name === 'String' ? stringOf(node, frame, php) : text(raw);
}

/** `<<<EOT` and `<<<'EOT'`; the closing mark's indentation is taken off every line. */
export function heredocOf(node: Node, frame: Frame, php: Php): Value {
  const raw = textOfNode(node);
  const head = /^<<<[ \t]*(["']?)(\w+)\1[ \t]*\r?\n/.exec(raw);
  if (head === null) return text(raw);
  const [start, quote, mark = ''] = head;
  const end = raw.lastIndexOf(mark);
  const indentation = /[ \t]*$/.exec(raw.slice(0, end))?.[0] ?? '';
  const body = raw
    .slice(start.length, Math.max(end - indentation.length - 1, start.length))
    .split('\n')
    .map((line) => (line.startsWith(indentation) ? line.slice(indentation.length) : line))
    .join('\n');
  return quote === "'" ? text(body) : interpolatedText(body, frame, php);
}
