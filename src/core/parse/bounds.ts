// The bounds that keep parsing fast: what is refused before the parser sees it, and what reading its tree may cost.

/** Longest text that is parsed, in UTF-16 code units. */
const maxLength = 1_048_576;
/** Brackets of one kind that may be open at once, wherever they stand. The parser re-reads the text once per level. */
const maxOpen = 1_000;
/**
 * Here-document operators on one line and in one text, among them the shifts and streams of code that a here-document
 * holds. The parser's work grows with the square of those that wait for their text.
 */
const maxHeredocsOfLine = 200;
const maxHeredocs = 12_000;
/** Levels of compound commands, substitutions and words in words; everything behind the parser walks recursively. */
const maxDepth = 100;
/** Characters that may be read again for nested scripts and words; about half a second in the worst case. */
const maxReread = 4_000_000;
/** Commands, words and word parts in one tree. */
const maxNodes = 100_000;
/** Round brackets, backticks, and separators in one text: each may be a command or a substitution of its own. */
const maxRound = 100_000;
const maxBackticks = 50_000;
const maxSeparators = 100_000;
const maxLines = 300_000;

/** Thrown where a text is too large or nests too deeply to be read in bounded time. */
export class BoundError extends Error {}

/**
 * Says in one linear pass why a text must not be given to the parser; undefined where it may be.
 * Quoting is not looked at: openers that never close are counted wherever they stand, so that no trick with quotes
 * hides nesting, while a large here-document, whose brackets close, stays below the bound.
 */
export function boundProblem(source: string): { readonly message: string; readonly at: number } | undefined {
  if (source.length > maxLength) return { message: 'larger than 1 MiB', at: maxLength };
  const counter = new OpenerCounter();
  for (let at = 0; at < source.length; at++) {
    const message = counter.count(source.charCodeAt(at), source.charCodeAt(at + 1));
    if (message !== undefined) return { message, at };
  }
  return undefined;
}

/** Counts openers character by character, and says where there are too many. */
class OpenerCounter {
  #round = 0;
  #allRound = 0;
  #curly = 0;
  #square = 0;
  #backticks = 0;
  #heredocs = 0;
  #separators = 0;
  #lines = 0;
  #heredocsOfLine = 0;

  count(code: number, next: number): string | undefined {
    switch (code) {
      case 0x28: // (
        this.#allRound++;
        if (this.#allRound > maxRound) return 'too many commands';
        return ++this.#round > maxOpen ? 'nests too deeply' : undefined;
      case 0x29: // )
        if (this.#round > 0) this.#round--;
        return undefined;
      case 0x7b: // {
        return ++this.#curly > maxOpen ? 'nests too deeply' : undefined;
      case 0x7d: // }
        if (this.#curly > 0) this.#curly--;
        return undefined;
      case 0x24: // $[
        return next === 0x5b && ++this.#square > maxOpen ? 'nests too deeply' : undefined;
      case 0x5d: // ]
        if (this.#square > 0) this.#square--;
        return undefined;
      case 0x60: // `
        return ++this.#backticks > maxBackticks ? 'too many commands' : undefined;
      case 0x3b: // ;
      case 0x26: // &
      case 0x7c: // |
        return ++this.#separators > maxSeparators ? 'too many commands' : undefined;
      case 0x0a:
        this.#heredocsOfLine = 0;
        return ++this.#lines > maxLines ? 'too many commands' : undefined;
      case 0x3c: // << (and <<<, twice)
        return next === 0x3c ? this.#countHeredoc() : undefined;
      default:
        return undefined;
    }
  }

  #countHeredoc(): string | undefined {
    this.#heredocs++;
    this.#heredocsOfLine++;
    const isTooMany = this.#heredocs > maxHeredocs || this.#heredocsOfLine > maxHeredocsOfLine;
    return isTooMany ? 'too many here-documents' : undefined;
  }
}

/** Counts what reading one tree costs and throws `BoundError` where it is too much. */
export class Budget {
  #reread = 0;
  #nodes = 0;
  #depth = 0;

  /** Before a lazy part of the tree is resolved: `text` from `start` to `end` will be read again. */
  reread(text: string, start: number, end: number): void {
    this.#reread += end - start < 1_000 ? end - start : costOf(text, start, end);
    if (this.#reread > maxReread) throw new BoundError('nested too deeply for its size');
  }

  /** Counts `count` commands, words or word parts. */
  node(count = 1): void {
    this.#nodes += count;
    if (this.#nodes > maxNodes) throw new BoundError('too many commands and words');
  }

  /** Runs `read` one level deeper. */
  nested<T>(read: () => T): T {
    this.#depth++;
    if (this.#depth > maxDepth) throw new BoundError('nests too deeply');
    const result = read();
    this.#depth--;
    return result;
  }
}

/**
 * What the parser does to read a stretch again, in characters. It reads the rest once more for every open `${`, and for
 * every here-document those before it; the constants were measured. An escaped `}` does not close, a quoted one may
 * seem to, so the number of all `${` counts a little as well.
 */
function costOf(text: string, start: number, end: number): number {
  let heredocs = 0;
  let parameters = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x3c && text.charCodeAt(at + 1) === 0x3c) heredocs++;
    else if (code === 0x7d && depth > 0) depth--;
    else if (code === 0x24 && text.charCodeAt(at + 1) === 0x7b) {
      parameters++;
      depth++;
      deepest = Math.max(deepest, depth);
    }
  }
  const levels = Math.max(Math.min(deepest, 256) / 4, Math.min(parameters, 256) / 64);
  return (end - start) * Math.max(1, levels) + (heredocs * heredocs) / 64;
}
