// Syntax: Python text as a light tree. The only importer of the parser; the last few trees are kept by their text.
import type { TreeCursor } from '@lezer/common';
import { parser } from '@lezer/python';
import { parseWithin } from '../parse.ts';

/** A node of the tree. Tokens (`def`, `,`, `.`) are nodes without children; comments are left out. */
export interface Node {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** 1-based. */
  readonly line: number;
  readonly children: readonly Node[];
  /** The whole text of the program. */
  readonly source: string;
}

export interface Tree {
  readonly root: Node;
  /** Whether the parser had to pass over so much that this is hardly Python. */
  readonly broken: boolean;
  /** Which bound ended the parse before the end of the text. */
  readonly bound: string | undefined;
}

const kept = new Map<string, Tree>();
const mostKept = 12;
const mostCharacters = 1_048_576;

/** The tree of a text. The parser recovers from errors, so there always is one. */
export function parsePython(source: string): Tree {
  const before = kept.get(source);
  if (before !== undefined) return before;
  const tree = treeOf(source);
  kept.set(source, tree);
  let characters = [...kept.keys()].reduce((sum, key) => sum + key.length, 0);
  for (const key of kept.keys()) {
    if (kept.size <= 1 || (kept.size <= mostKept && characters <= mostCharacters)) break;
    kept.delete(key);
    characters -= key.length;
  }
  return tree;
}

interface Draft extends Node {
  readonly children: Node[];
}

/** Copies the parser's tree without recursion: what is nested deeply must not end the reading here. */
function treeOf(source: string): Tree {
  const { tree, bound } = parseWithin(parser, source);
  const cursor = tree.cursor();
  const lines = new LineCounter(source);
  const root = nodeAt(cursor, source, lines);
  const open: Draft[] = [root];
  let errors = 0;
  let nodes = 0;
  while (open.length > 0) {
    if (cursor.firstChild()) {
      open.push(nodeAt(cursor, source, lines));
      continue;
    }
    for (let isLast = true; isLast && open.length > 0; ) {
      const closed = open.pop() as Draft;
      nodes += 1;
      if (closed.name === '⚠') errors += 1;
      if (isKept(closed)) open.at(-1)?.children.push(closed);
      isLast = open.length === 0 || !cursor.nextSibling();
      if (!isLast) open.push(nodeAt(cursor, source, lines));
      else if (open.length > 0) cursor.parent();
    }
  }
  return { root, broken: errors * 4 > nodes && errors > 2, bound };
}

const isKept = ({ name, children }: Node): boolean => name !== 'Comment' && (name !== '⚠' || children.length > 0);

const nodeAt = (cursor: TreeCursor, source: string, lines: LineCounter): Draft => ({
  name: cursor.name,
  from: cursor.from,
  to: cursor.to,
  line: lines.at(cursor.from),
  children: [],
  source,
});

/** Counts lines up to places that come in rising order. */
class LineCounter {
  readonly #source: string;
  #line = 1;
  #next: number;

  constructor(source: string) {
    this.#source = source;
    this.#next = source.indexOf('\n');
  }

  at(place: number): number {
    while (this.#next >= 0 && this.#next < place) {
      this.#line += 1;
      this.#next = this.#source.indexOf('\n', this.#next + 1);
    }
    return this.#line;
  }
}

export const sourceOf = (node: Node | undefined): string =>
  node === undefined ? '' : node.source.slice(node.from, node.to);

/** The first child of that name. */
export const childOf = (node: Node, name: string): Node | undefined => node.children.find((each) => each.name === name);

/** Whether a node is a token rather than something with a meaning of its own. */
const tokens = new Set(['(', ')', '[', ']', '{', '}', ',', ':', ';', '.', '⚠', 'At']);
export const isToken = (node: Node): boolean => tokens.has(node.name);

/** The children without brackets and commas. */
export const partsOf = (node: Node): readonly Node[] => node.children.filter((each) => !isToken(each));

/** Children in groups that the commas between them divide. */
export function commaGroups(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const groups: Node[][] = [[]];
  for (const node of nodes) {
    if (node.name === ',') groups.push([]);
    else groups.at(-1)?.push(node);
  }
  return groups.filter((group) => group.length > 0);
}

/** Whether a node of one of these names stands anywhere below, functions and classes defined there left aside. */
export function contains(node: Node, names: ReadonlySet<string>): boolean {
  return node.children.some(
    (child) =>
      names.has(child.name) ||
      (child.name !== 'FunctionDefinition' && child.name !== 'LambdaExpression' && contains(child, names)),
  );
}
