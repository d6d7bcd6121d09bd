// A configuration file's content with the line of every value: what the JSON and YAML readers return and the schema reads.

export type Scalar = string | number | boolean | null;

export type Tree =
  | { readonly kind: 'scalar'; readonly value: Scalar; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly Tree[]; readonly line: number }
  | { readonly kind: 'map'; readonly entries: readonly TreeEntry[]; readonly line: number };

export interface TreeEntry {
  readonly key: string;
  /** Where the key stands. */
  readonly line: number;
  readonly value: Tree;
}

/** Bounds for a file that nobody wrote by hand: nesting, and values once aliases are expanded. */
export const maxDepth = 32;
export const maxNodes = 20_000;

/** A file with nothing in it says nothing. */
export const emptyTree: Tree = { kind: 'map', entries: [], line: 1 };
