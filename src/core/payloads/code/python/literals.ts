// Literals: strings with their prefixes and escapes, and the two ways of formatting them.
import { dynamicWord, piecesOf, textOf, type Word } from '../../../model/word.ts';
import { concat, list, text, unknown, type Value, wordOf } from '../value.ts';
import { type Node, sourceOf } from './syntax.ts';

/** None, True and False as the kit writes them: bodies of requests are JSON. */
export const none: Value = text('null');
export const isNone = (value: Value | undefined): boolean => literalOf(value) === 'null';

/** The text of a value that is wholly known; a pattern that stands for several files is not. */
export function literalOf(value: Value | undefined): string | undefined {
  if (value?.kind !== 'text' || value.word.glob) return undefined;
  return textOf(value.word);
}

export const isNumber = (value: Value | undefined): boolean => /^-?\d+(\.\d+)?$/.test(literalOf(value) ?? '');

/** Whether a value counts as true; undefined where that is not known. */
export function truthOf(value: Value): boolean | undefined {
  if (value.kind === 'function') return true;
  if (value.kind === 'list') return value.items.length > 0 ? true : value.complete ? false : undefined;
  if (value.kind === 'table') return value.entries.size > 0 ? true : value.complete ? false : undefined;
  const known = literalOf(value);
  return known === undefined ? undefined : !/^(false|null|0|)$/.test(known);
}

interface Quoted {
  readonly prefix: string;
  /** Where the content starts and ends in the source. */
  readonly start: number;
  readonly end: number;
}

function quotedAt(node: Node): Quoted {
  const source = sourceOf(node);
  const prefix = /^[A-Za-z]{0,3}/.exec(source)?.[0] ?? '';
  const rest = source.slice(prefix.length);
  const width = /^("""|''')/.test(rest) ? 3 : 1;
  const closed = rest.length >= width * 2 && rest.endsWith(rest.slice(0, width));
  return {
    prefix: prefix.toLowerCase(),
    start: node.from + prefix.length + width,
    end: node.to - (closed ? width : 0),
  };
}

/** The value of a `String` node. */
export function stringValue(node: Node): Value {
  const { prefix, start, end } = quotedAt(node);
  const content = node.source.slice(start, end);
  return text(prefix.includes('r') ? content : unescaped(content));
}

/** The value of a `FormatString` node; `evaluate` gives the values of what stands in braces. */
export function formatValue(node: Node, evaluate: (node: Node) => Value): Value {
  const { prefix, start, end } = quotedAt(node);
  const plain = (from: number, to: number): Value => {
    const content = node.source.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}');
    return text(prefix.includes('r') ? content : unescaped(content));
  };
  const pieces: Value[] = [];
  let at = start;
  for (const child of node.children) {
    if (child.name !== 'FormatReplacement') continue;
    const expression = child.children.find((each) => each.name !== '{');
    pieces.push(plain(at, child.from));
    if (expression !== undefined) pieces.push(formatted(evaluate(expression), child, expression));
    at = child.to;
  }
  pieces.push(plain(at, end));
  return concat(pieces);
}

/** Paddings and number formats are not computed. */
function formatted(value: Value, replacement: Node, expression: Node): Value {
  const spec = replacement.children.find((each) => each.name === 'FormatSpec');
  return spec === undefined || sourceOf(spec) === ':' ? shown(value) : unknown(sourceOf(expression));
}

/** A value inside of a text: collections are not written out as Python writes them. */
const shown = (value: Value): Value =>
  value.kind === 'list' || value.kind === 'table' ? unknown('a collection') : value;

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

function unescaped(content: string): string {
  if (!content.includes('\\')) return content;
  return content.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (whole, x?: string, u?: string, long?: string, octal?: string, single?: string) => {
      const hex = x ?? u ?? long;
      if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
      if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
      return simpleEscapes[single ?? ''] ?? whole;
    },
  );
}

const codePoint = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** `'rm %s' % name`, `'%(dir)s/x' % {'dir': d}`. */
export function percentFormat(format: Value, given: Value): Value {
  const pattern = literalOf(format);
  if (pattern === undefined) return concat([format], '');
  const items = given.kind === 'list' ? given.items : [given];
  let next = 0;
  const pieces = pattern.split(/(%(?:\(\w+\))?[-+ #0]{0,4}[\d*.]{0,6}[A-Za-z%])/);
  return concat(
    pieces.map((piece, index): Value => {
      if (index % 2 === 0) return text(piece);
      if (piece === '%%') return text('%');
      const name = /^%\((\w+)\)/.exec(piece)?.[1];
      const value = name === undefined ? items[next++] : given.kind === 'table' ? given.entries.get(name) : undefined;
      return value === undefined || !/[sdi]$/.test(piece) ? unknown(piece) : shown(value);
    }),
  );
}

/** `'rm {}'.format(name)`, `'{dir}/x'.format(dir=d)`. */
export function braceFormat(
  format: string,
  positional: readonly Value[],
  named: ReadonlyMap<string, Value>,
  isComplete = true,
): Value {
  let next = 0;
  const pieces = format.split(/(\{\{|\}\}|\{[^{}]{0,200}\})/);
  return concat(
    pieces.map((piece, index): Value => {
      if (index % 2 === 0) return text(piece);
      if (piece === '{{' || piece === '}}') return text(piece[0] as string);
      const key = /^\{(\w*)(![rs])?(:)?\}$/.exec(piece)?.[1];
      if (key === undefined || !isComplete) return unknown(piece.slice(1, -1));
      const value = key === '' ? positional[next++] : /^\d+$/.test(key) ? positional[Number(key)] : named.get(key);
      return value === undefined ? unknown(piece.slice(1, -1)) : shown(value);
    }),
  );
}

/** A value as text where it is one, or a piece that is not known. */
export const asText = (value: Value): Value =>
  value.kind === 'text'
    ? value
    : unknown(showSource(wordOf(value)), value.kind === 'unknown' ? value.taint : undefined);

const showSource = (word: Word): string => (word.kind === 'static' ? word.value : word.source);

/** `f'rm -rf {path}'.split()`: the words, each with what is known of it. */
export function splitPieces(value: Value | undefined): Value {
  if (value?.kind !== 'text' || value.word.kind === 'static') return list([], false);
  const words: (string | null)[][] = [[]];
  for (const piece of piecesOf(value.word)) {
    if (piece === null) words.at(-1)?.push(null);
    else
      piece.split(/\s+/).forEach((part, at) => {
        if (at > 0) words.push([]);
        if (part !== '') words.at(-1)?.push(part);
      });
  }
  return list(
    words
      .filter((word) => word.length > 0)
      .map((word) => text(word.includes(null) ? dynamicWord('…', word) : (word[0] as string))),
  );
}
