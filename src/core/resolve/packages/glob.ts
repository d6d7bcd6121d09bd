// Patterns of package managers: names and folders of packages, names of scripts.
import { matchesPattern as matchesSegment } from '../glob.ts';

/** Whether a text matches a pattern in which `*` stands for anything but the separator, and `**` for anything. */
export function matchesPattern(text: string, pattern: string, separator = '/'): boolean {
  return alternativesOf(pattern).some((each) => {
    const patterns = each.split(separator).slice(0, mostSegments);
    // `build:**` is what stands below `build`, not `build` itself.
    return matchSegments(text.split(separator), patterns.at(-1) === '**' ? [...patterns, '*'] : patterns);
  });
}

const mostSegments = 16;

function matchSegments(texts: readonly string[], patterns: readonly string[]): boolean {
  // States that are reached after each segment: at most one for each segment of the pattern.
  let states = new Set(afterStars([0], patterns));
  for (const text of texts) {
    const next: number[] = [];
    for (const at of states) {
      const pattern = patterns[at];
      if (pattern === '**') next.push(at);
      else if (pattern !== undefined && matchesSegment(text, pattern)) next.push(at + 1);
    }
    states = new Set(afterStars(next, patterns));
  }
  return states.has(patterns.length);
}

/** `**` also stands for nothing. */
function afterStars(states: readonly number[], patterns: readonly string[]): readonly number[] {
  return states.flatMap((state) => {
    const reached = [state];
    for (let at = state; patterns[at] === '**'; at += 1) reached.push(at + 1);
    return reached;
  });
}

/** `{a,b}/*` as its alternatives; braces within braces are left as they are. */
function alternativesOf(pattern: string): readonly string[] {
  const open = pattern.indexOf('{');
  const close = pattern.indexOf('}', open);
  if (open < 0 || close < 0) return [pattern];
  const rest = alternativesOf(pattern.slice(close + 1)).slice(0, 32);
  return pattern
    .slice(open + 1, close)
    .split(',')
    .slice(0, 32)
    .flatMap((each) => rest.map((tail) => pattern.slice(0, open) + each + tail));
}
