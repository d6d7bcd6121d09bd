// Syntax: PHP text as a light tree. The only importer of the parser; the last few trees are kept by their text.
import type { TreeCursor } from '@lezer/common';
import { parser } from '@lezer/php';
import { parseWithin } from '../parse.ts';

/** A node of the tree. Tokens (`(`, `->`, `if`) are nodes without children; comments are left out. */
export interface Node {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly children: readonly Node[];
  readonly text: SourceText;
}

interface SourceText {
  readonly source: string;
  /** Offsets at which lines start. */
  readonly lines: readonly number[];
}

export interface Tree extends SourceText {
  /** Places where the parser had to pass something over. */
  readonly errors: number;
  /** Which bound ended the parse before the end of the text. */
  readonly bound: string | undefined;
  readonly root: Node;
}

type Draft = { -readonly [Key in keyof Node]: Node[Key] } & { children: Draft[] };

const kept = new Map<string, Tree>();
const mostKept = 12;
const codeParser = parser.configure({ top: 'Program' });

/** The tree of a text: a file with `<?php` somewhere, or (`isCode`) code alone. The parser recovers from errors. */
export function parsePhp(source: string, isCode: boolean): Tree {
  const key = `${isCode ? 'code' : 'file'}:${source}`;
  const before = kept.get(key);
  if (before !== undefined) return before;
  const { tree: parsed, bound } = parseWithin(isCode ? codeParser : parser, source);
  const tree = { ...treeOf(source, parsed.cursor()), bound };
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value as string);
  kept.set(key, tree);
  return tree;
}

/** Copies the parser's tree without recursion: what is nested deeply must not end the reading here. */
function treeOf(source: string, cursor: TreeCursor): Omit<Tree, 'bound'> {
  const lines = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) lines.push(at + 1);
  const text = { source, lines };
  const draft = (): Draft => ({ name: cursor.name, from: cursor.from, to: cursor.to, children: [], text });
  const root = draft();
  let errors = 0;
  const open: Draft[] = [root];
  for (;;) {
    if (cursor.firstChild()) {
      open.push(draft());
      continue;
    }
    for (;;) {
      const closed = open.pop();
      const parent = open.at(-1);
      if (closed === undefined || parent === undefined) return { ...text, errors, root };
      if (closed.name === '⚠') errors += 1;
      if (!closed.name.endsWith('Comment') && (closed.name !== '⚠' || closed.children.length > 0))
        parent.children.push(closed);
      if (cursor.nextSibling()) {
        open.push(draft());
        break;
      }
      cursor.parent();
    }
  }
}

export const textOfNode = (node: Node): string => node.text.source.slice(node.from, node.to);

/** What stands there, on one line and cut at 80 characters. */
export const shown = (node: Node): string => textOfNode(node).slice(0, 320).replace(/\s+/g, ' ').slice(0, 80);

/** 1-based. */
export function lineOf({ from, text: { lines } }: Node): number {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= from) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

export const childOf = (node: Node | undefined, ...names: readonly string[]): Node | undefined =>
  node?.children.find((child) => names.includes(child.name));

/** Tokens and keywords: children that are no part of the meaning by themselves. */
const isToken = (node: Node): boolean =>
  /^[^A-Z]/.test(node.name) ||
  /^(AssignOp|UpdateOp|ArithOp|LogicOp|BitOp|CompareOp|ConcatOp|ControlOp|Visibility|PhpOpen|PhpClose|Attributes)$/.test(
    node.name,
  );

/** Children that are expressions, statements or the like. */
export const partsOf = (node: Node): readonly Node[] =>
  node.children.filter((child) => !isToken(child) || child.name === 'null');

export const operatorOf = (node: Node): string => {
  const token = node.children.find((child) => /Op$|^instanceof$/.test(child.name));
  return token === undefined ? '' : textOfNode(token).toLowerCase();
};
