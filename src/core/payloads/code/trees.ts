// Trees: the last few parse trees by their text, for one analysis reads the same texts several times.

/** The same parser, which gives back the tree that it made before where it still has it. */
export function remembering<Tree>(parse: (text: string) => Tree, most = 8): (text: string) => Tree {
  const trees = new Map<string, Tree>();
  return (text) => {
    const known = trees.get(text);
    if (known !== undefined) return known;
    const tree = parse(text);
    const oldest = trees.size >= most ? trees.keys().next().value : undefined;
    if (oldest !== undefined) trees.delete(oldest);
    trees.set(text, tree);
    return tree;
  };
}
