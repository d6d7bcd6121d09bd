// Trees: the parse tree of JavaScript and TypeScript text, made on demand and kept for the last few texts.
import type { SyntaxNode, Tree as SyntaxTree } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { parseWithin } from '../parse.ts';

/** One text that is read: the program itself, a module of it, or code that it evaluates. */
export interface Source {
  readonly text: string;
  /** Absolute path of a module; undefined for the program's own text. */
  readonly file: string | undefined;
  /** Line of the program that a text without lines of its own stands on. */
  readonly line: number | undefined;
}

/** A node of the tree. Comments are left out. */
export class Node {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly tree: Tree;
  readonly #syntax: SyntaxNode;
  #children: readonly Node[] | undefined;

  constructor(syntax: SyntaxNode, tree: Tree) {
    this.name = syntax.name;
    this.from = syntax.from;
    this.to = syntax.to;
    this.tree = tree;
    this.#syntax = syntax;
  }

  get children(): readonly Node[] {
    if (this.#children === undefined) {
      const found: Node[] = [];
      for (let child = this.#syntax.firstChild; child !== null; child = child.nextSibling) {
        if (child.name !== 'LineComment' && child.name !== 'BlockComment') found.push(new Node(child, this.tree));
      }
      this.#children = found;
    }
    return this.#children;
  }

  get text(): string {
    return this.tree.text.slice(this.from, this.to);
  }

  /** The first child of one of these names. */
  child(...names: readonly string[]): Node | undefined {
    return this.children.find(({ name }) => names.includes(name));
  }

  has(name: string): boolean {
    return this.children.some((child) => child.name === name);
  }

  /** The child that stands behind the first child of this name. */
  after(name: string): Node | undefined {
    const at = this.children.findIndex((child) => child.name === name);
    return at < 0 ? undefined : this.children[at + 1];
  }

  /** Children that are no punctuation, keywords or type annotations. */
  get parts(): readonly Node[] {
    return this.children.filter(({ name }) => isPart(name));
  }
}

const annotations = new Set(['TypeAnnotation', 'TypeArgList', 'TypeParamList', 'Decorator', 'Optional', 'Privacy']);
const bare = new Set(['this', 'super', 'null', 'ForSpec']);
/** Punctuation and keywords have names in lower case, or none of letters. */
const isPart = (name: string): boolean => (/^[A-Z]/.test(name) || bare.has(name)) && !annotations.has(name);

const assignments = /\.([\w$]+)\s?(?:\*\*|\|\||&&|\?\?|<<|>>>?|[-+*/%|&^])?=(?![=>])/g;

export class Tree {
  readonly text: string;
  /** Places where the text is not of the language. */
  readonly errors: number;
  /** Which bound ended the parse before the end of the text. */
  readonly bound: string | undefined;
  readonly top: Node;
  #lines: readonly number[] | undefined;
  #assigned: ReadonlySet<string> | undefined;

  constructor(text: string, syntax: SyntaxNode, errors: number, bound: string | undefined) {
    this.text = text;
    this.errors = errors;
    this.bound = bound;
    this.top = new Node(syntax, this);
  }

  /** Names of members that the text assigns to anywhere. */
  get assigned(): ReadonlySet<string> {
    this.#assigned ??= new Set([...this.text.matchAll(assignments)].map(([, name = '']) => name));
    return this.#assigned;
  }

  /** 1-based line of a place. */
  line(at: number): number {
    this.#lines ??= lineStarts(this.text);
    let [low, high] = [0, this.#lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lines[middle] as number) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

const keptTexts = 64;
const keptCharacters = 1_048_576;
const trees = new Map<string, Tree>();

/** The tree of a text. One analysis reads the same text several times, so the last few are kept. */
export function treeOf(text: string): Tree {
  const known = trees.get(text);
  if (known !== undefined) return known;
  const tree = parsed(text);
  trees.set(text, tree);
  let characters = [...trees.keys()].reduce((sum, key) => sum + key.length, 0);
  for (const key of trees.keys()) {
    if (trees.size <= 1 || (trees.size <= keptTexts && characters <= keptCharacters)) break;
    trees.delete(key);
    characters -= key.length;
  }
  return tree;
}

/** JSX and casts in angle brackets exclude each other; the reading with fewer errors counts. */
const dialects = ['ts jsx', 'ts'].map((dialect) => parser.configure({ dialect }));

function parsed(text: string): Tree {
  const readings: Tree[] = [];
  for (const dialect of dialects) {
    const { tree, bound } = parseWithin(dialect, text);
    readings.push(new Tree(text, tree.topNode, errorsIn(tree), bound));
    if (readings.at(-1)?.errors === 0) break;
  }
  return readings.reduce((best, each) => (each.errors < best.errors ? each : best));
}

function errorsIn(tree: SyntaxTree): number {
  let errors = 0;
  const cursor = tree.cursor();
  do if (cursor.type.isError) errors += 1;
  while (cursor.next());
  return errors;
}
