// Lines: on which line of a script a command stands, for messages.
import type { Origin, OriginStep } from '../../model/invocation.ts';
import type { WalkContext } from './context.ts';

/** Where the lines of the last text begin: a script asks for each of its commands. */
let known: { readonly text: string; readonly starts: readonly number[] } = { text: '', starts: [0] };

/** 1-based line of a place in a text. */
export function lineAt(text: string, at: number): number {
  if (known.text !== text) known = { text, starts: startsOf(text) };
  let low = 0;
  let high = known.starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((known.starts[middle] as number) <= at) low = middle;
    else high = middle;
  }
  return low + 1;
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Works on one command of a script: all that comes of it has the line on which it stands in its origin. */
export function onLine<T>(walk: WalkContext, at: number, work: () => T): T {
  const { origin, source } = walk.frame;
  const last = origin.at(-1) as OriginStep;
  if (last.kind !== 'script' || last.line !== undefined) return work();
  const located = [...origin.slice(0, -1), { ...last, line: lineAt(source, at) }] as unknown as Origin;
  walk.frame = { ...walk.frame, origin: located };
  try {
    return work();
  } finally {
    // The command may have changed the rest of the frame (`exec <file`).
    walk.frame = { ...walk.frame, origin };
  }
}
