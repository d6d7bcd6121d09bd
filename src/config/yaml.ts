// Reads YAML 1.2 into a Tree. Data only: no tags, no merge keys, no second document, aliases up to a bound.
import { type Alias, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { ConfigError } from './error.ts';
import { emptyTree, maxDepth, maxNodes, type Scalar, type Tree, type TreeEntry } from './tree.ts';

type Document = ReturnType<typeof parseDocument>;

/** Throws ConfigError. An empty text, or one of comments alone, is an empty map. */
export function readYaml(text: string, file: string): Tree {
  const lines = new LineCounter();
  const document = parse(text, file, lines);
  const [problem] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (problem)
    throw new ConfigError(file, lines.linePos(problem.pos[0]).line, `expected YAML: ${firstLine(problem.message)}`);
  if (document.directives?.yaml.version !== '1.2')
    throw new ConfigError(file, 1, 'expected YAML 1.2; take the %YAML line out');
  if (document.contents === null) return emptyTree;
  return new Reader(document, file, lines).read(document.contents, 0);
}

function parse(text: string, file: string, lineCounter: LineCounter): Document {
  try {
    // uniqueKeys is off because that check is quadratic; the schema reports duplicates with their line.
    // logLevel `silent` would also silence the error about a second document.
    return parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'error', lineCounter });
  } catch (error) {
    throw new ConfigError(
      file,
      undefined,
      `expected YAML: ${error instanceof Error ? firstLine(error.message) : String(error)}`,
    );
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;

class Reader {
  readonly #document: Document;
  readonly #file: string;
  readonly #lines: LineCounter;
  #nodes = 0;

  constructor(document: Document, file: string, lines: LineCounter) {
    this.#document = document;
    this.#file = file;
    this.#lines = lines;
  }

  read(node: Node | null, depth: number): Tree {
    const line = this.#lineOf(node);
    if (++this.#nodes > maxNodes) throw this.#error(line, `expected at most ${maxNodes} values, aliases expanded`);
    if (depth > maxDepth) throw this.#error(line, `expected at most ${maxDepth} levels of nesting`);
    if (node === null) return { kind: 'scalar', value: null, line };
    if (isAlias(node)) return this.read(this.#resolve(node, line), depth + 1);
    if (node.tag !== undefined) throw this.#error(line, `expected plain data; the tag ${node.tag} has no place here`);
    if (isMap(node)) return { kind: 'map', entries: this.#entries(node.items, depth), line };
    if (isSeq(node))
      return { kind: 'list', items: node.items.map((item) => this.read(item as Node | null, depth + 1)), line };
    return { kind: 'scalar', value: this.#scalar(node, line), line };
  }

  #entries(pairs: readonly { key: unknown; value: unknown }[], depth: number): readonly TreeEntry[] {
    return pairs.map(({ key, value }) => {
      const line = this.#lineOf(key);
      if (!isScalar(key) || typeof key.value !== 'string') throw this.#error(line, 'expected a name as key');
      return { key: key.value, line, value: this.read((value ?? null) as Node | null, depth + 1) };
    });
  }

  #scalar(node: Node, line: number): Scalar {
    const value: unknown = isScalar(node) ? node.value : undefined;
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Scalar;
    throw this.#error(line, 'expected text, a number, true or false');
  }

  #resolve(alias: Alias, line: number): Node {
    const target = alias.resolve(this.#document);
    if (target === undefined) throw this.#error(line, 'expected an anchor for this alias further up');
    return target;
  }

  #lineOf(node: unknown): number {
    const offset = (node as Node | null)?.range?.[0];
    return offset === undefined ? 1 : this.#lines.linePos(offset).line;
  }

  #error(line: number, expected: string): ConfigError {
    return new ConfigError(this.#file, line, expected);
  }
}
