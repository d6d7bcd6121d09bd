// Brace expansions: `{a,b}` and `{1..3}` split into their alternatives. What stands between the commas stays as it was read.
import type { WordNode, WordPart } from '../model/script.ts';
import { type Context, spanOf } from './context.ts';

/** A brace expansion's content in order: unquoted characters one by one, and whole parts that were read already. */
export type BraceItem =
  | {
      readonly type: 'character';
      readonly value: string;
      readonly escaped: boolean;
      readonly pos: number;
      readonly end: number;
    }
  | { readonly type: 'part'; readonly part: WordPart; readonly pos: number; readonly end: number };

/** Ranges with more values than this are not listed. */
const maxRange = 1_000;
const maxRangeText = 64;

/** The characters of raw unquoted text that starts at `pos`; a backslash and what it escapes are one item. */
export function characterItems(raw: string, pos: number): BraceItem[] {
  const items: BraceItem[] = [];
  for (let at = 0; at < raw.length; at++) {
    const escaped = raw[at] === '\\' && at + 1 < raw.length;
    const start = pos + at;
    if (escaped) at++;
    const value = escaped && raw[at] === '\n' ? '' : (raw[at] ?? '');
    items.push({ type: 'character', value, escaped, pos: start, end: pos + at + 1 });
  }
  return items;
}

/** Items as word parts; balanced braces among them become brace parts where bash would expand them. */
export function partsOfItems(items: readonly BraceItem[], context: Context): WordPart[] {
  context.tree.budget.node(items.length);
  const closers = matchBraces(items);
  const parts: WordPart[] = [];
  let literal = '';
  const flush = () => {
    if (literal !== '') parts.push({ type: 'literal', value: literal });
    literal = '';
  };
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    const close = closers.get(at);
    const brace = close === undefined ? undefined : bracePart(items.slice(at, close + 1), context);
    if (brace !== undefined && close !== undefined) {
      flush();
      parts.push(brace);
      at = close;
    } else if (item?.type === 'part') {
      flush();
      parts.push(item.part);
    } else if (item !== undefined) literal += item.value;
  }
  flush();
  return parts;
}

/** The brace expansion that the items are, braces included; undefined where bash would leave them as they are. */
function bracePart(items: readonly BraceItem[], context: Context): WordPart | undefined {
  const inner = items.slice(1, -1);
  const span = { pos: items[0]?.pos ?? 0, end: items.at(-1)?.end ?? 0 };
  const source = context.text.slice(span.pos, span.end);
  const segments = splitAtCommas(inner);
  if (segments.length > 1) {
    const read = () => segments.map((segment) => alternative(segment, context));
    return { type: 'brace', alternatives: context.tree.budget.nested(read), source };
  }
  const range = rangeValues(inner);
  if (range === undefined) return undefined;
  context.tree.budget.node(range.length);
  const word = (value: string): WordNode => ({
    type: 'word',
    parts: [{ type: 'literal', value }],
    span: spanOf(span, context),
    source: value,
  });
  return { type: 'brace', alternatives: range === 'too-many' ? undefined : range.map(word), source };
}

function alternative(segment: Segment, context: Context): WordNode {
  context.tree.budget.node();
  return {
    type: 'word',
    parts: partsOfItems(segment.items, context),
    span: spanOf(segment, context),
    source: context.text.slice(segment.pos, segment.end),
  };
}

interface Segment {
  readonly items: readonly BraceItem[];
  readonly pos: number;
  readonly end: number;
}

const isCharacter = (item: BraceItem | undefined, value: string): boolean =>
  item?.type === 'character' && !item.escaped && item.value === value;

/** Index of every opening brace that has a closing one, to that one's. */
function matchBraces(items: readonly BraceItem[]): ReadonlyMap<number, number> {
  const closers = new Map<number, number>();
  const open: number[] = [];
  items.forEach((item, at) => {
    if (isCharacter(item, '{')) open.push(at);
    else if (isCharacter(item, '}')) {
      const start = open.pop();
      if (start !== undefined) closers.set(start, at);
    }
  });
  return closers;
}

function splitAtCommas(items: readonly BraceItem[]): readonly Segment[] {
  const closers = matchBraces(items);
  const segments: Segment[] = [];
  let start = 0;
  const push = (end: number) => {
    const slice = items.slice(start, end);
    const pos = slice[0]?.pos ?? items[end]?.pos ?? items[end - 1]?.end ?? 0;
    segments.push({ items: slice, pos, end: slice.at(-1)?.end ?? pos });
  };
  for (let at = 0; at < items.length; at++) {
    at = closers.get(at) ?? at;
    if (!isCharacter(items[at], ',')) continue;
    push(at);
    start = at + 1;
  }
  push(items.length);
  return segments;
}

/** Values of `1..5`, `a..e`, `01..10..2`; undefined where the items are no range. */
function rangeValues(items: readonly BraceItem[]): readonly string[] | 'too-many' | undefined {
  if (items.length > maxRangeText || items.some((item) => item.type === 'part' || item.escaped)) return undefined;
  const text = items.map((item) => (item.type === 'character' ? item.value : '')).join('');
  const match = /^(?:([+-]?\d+)\.\.([+-]?\d+)|([a-zA-Z])\.\.([a-zA-Z]))(?:\.\.([+-]?\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, low, high, first = '', last = '', step] = match;
  if (low !== undefined && high !== undefined) return numbers(low, high, step);
  return (
    sequence(first.charCodeAt(0), last.charCodeAt(0), step)?.map((code) => String.fromCharCode(code)) ?? 'too-many'
  );
}

function numbers(low: string, high: string, step: string | undefined): readonly string[] | 'too-many' {
  const padded = [low, high].some((end) => /^[+-]?0\d/.test(end));
  const width = padded ? Math.max(low.length, high.length) : 0;
  const values = sequence(Number(low), Number(high), step);
  return values?.map((value) => pad(value, width)) ?? 'too-many';
}

const pad = (value: number, width: number): string =>
  value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');

function sequence(from: number, to: number, step: string | undefined): number[] | undefined {
  const size = Math.abs(Number(step ?? 1)) || 1;
  const count = Math.floor(Math.abs(to - from) / size) + 1;
  if (!(count <= maxRange) || !Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return undefined;
  const direction = to < from ? -size : size;
  return Array.from({ length: count }, (_, index) => from + index * direction);
}
