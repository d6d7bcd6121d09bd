// The text of a Ruby program by its byte offsets, as the parser counts them.
import type { Location, Node } from '@ruby/prism/src/nodes.js';

export class SourceText {
  /** Absolute path of a module; undefined for the program itself. */
  readonly file: string | undefined;
  /** Absolute path of the text, where it stands in a file. */
  readonly path: string | undefined;
  readonly text: string;
  /** It was handed to `eval`. */
  readonly isEvaluated: boolean;
  readonly #bytes: Uint8Array;
  /** Byte offsets at which lines start. */
  readonly #lines: readonly number[];

  constructor(text: string, path: string | undefined, file: string | undefined, isEvaluated = false) {
    this.isEvaluated = isEvaluated;
    this.text = text;
    this.path = path;
    this.file = file;
    this.#bytes = new TextEncoder().encode(text);
    const lines = [0];
    for (let at = this.#bytes.indexOf(10); at >= 0; at = this.#bytes.indexOf(10, at + 1)) lines.push(at + 1);
    this.#lines = lines;
  }

  /** 1-based. */
  lineOf({ location }: { readonly location: Location }): number {
    let [low, high] = [0, this.#lines.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lines[middle] ?? 0) <= location.startOffset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** What stands there, on one line and cut at 80 characters. */
  show(node: Node): string {
    const { startOffset, length } = node.location;
    const bytes = this.#bytes.subarray(startOffset, startOffset + Math.min(length, 320));
    return new TextDecoder().decode(bytes).replace(/\s+/g, ' ').slice(0, 80);
  }
}
