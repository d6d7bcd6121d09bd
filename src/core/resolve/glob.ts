// Shell patterns on known text: `*`, `?`, `[...]`. Linear: the matcher backtracks to the last star only.

/** Whether the whole text matches the pattern. */
export function matchesPattern(text: string, pattern: string): boolean {
  let at = 0;
  let position = 0;
  let starPattern = -1;
  let starText = 0;
  while (at < text.length) {
    const step = position < pattern.length ? stepOf(pattern, position) : undefined;
    if (step !== undefined && pattern[position] === '*') {
      starPattern = position;
      starText = at;
      position += 1;
    } else if (step?.accepts(text[at] as string)) {
      position += step.length;
      at += 1;
    } else if (starPattern >= 0) {
      position = starPattern + 1;
      starText += 1;
      at = starText;
    } else return false;
  }
  while (pattern[position] === '*') position += 1;
  return position === pattern.length;
}

interface Step {
  readonly length: number;
  accepts(character: string): boolean;
}

function stepOf(pattern: string, at: number): Step {
  const character = pattern[at] as string;
  if (character === '?') return { length: 1, accepts: () => true };
  if (character === '\\' && at + 1 < pattern.length) {
    const literal = pattern[at + 1];
    return { length: 2, accepts: (given) => given === literal };
  }
  if (character === '[') {
    const end = pattern.indexOf(']', at + 2);
    if (end > 0) return { length: end - at + 1, accepts: bracket(pattern.slice(at + 1, end)) };
  }
  return { length: 1, accepts: (given) => given === character };
}

function bracket(content: string): (character: string) => boolean {
  const negated = content[0] === '!' || content[0] === '^';
  const set = negated ? content.slice(1) : content;
  return (character) => {
    for (let at = 0; at < set.length; at += 1) {
      const high = set[at + 2];
      if (set[at + 1] === '-' && high !== undefined) {
        if (character >= (set[at] as string) && character <= high) return !negated;
        at += 2;
      } else if (set[at] === character) return !negated;
    }
    return negated;
  };
}

/** `${text#pattern}` and its kin, on known text. */
export function removePattern(text: string, operator: '#' | '##' | '%' | '%%', pattern: string): string {
  const lengths = Array.from({ length: text.length + 1 }, (_, length) => length);
  const longestFirst = operator === '##' || operator === '%%';
  if (longestFirst) lengths.reverse();
  const prefix = operator[0] === '#';
  for (const length of lengths) {
    const piece = prefix ? text.slice(0, length) : text.slice(text.length - length);
    if (matchesPattern(piece, pattern)) return prefix ? text.slice(length) : text.slice(0, text.length - length);
  }
  return text;
}

/** `*.py[co]` as `*.pyc` and `*.pyo`: a pattern with each choice of single letters written out, where there are few. */
export function writtenOut(pattern: string): readonly string[] {
  const set = /\[([\w@,]{1,6})\]/.exec(pattern);
  if (set === null) return [pattern];
  const [whole, letters = ''] = set;
  const rest = pattern.slice(set.index + whole.length);
  return [...letters].map((letter) => pattern.slice(0, set.index) + letter + rest);
}
