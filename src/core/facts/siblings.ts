// Siblings: what a folder is, by what goes together with it. A `bin` that is deleted with the `obj` beside it is what .NET builds into.
import type { Fact, FileFact } from '../model/fact.ts';
import { piecesOf } from '../model/word.ts';

const isDeletion = (fact: Fact): fact is FileFact => fact.kind === 'file' && fact.op === 'delete';

/** Known pieces of the path as one text; what is not known is a NUL. */
const shapeOf = ({ path }: FileFact): string =>
  piecesOf(path)
    .map((piece) => piece ?? '\0')
    .join('')
    .replace(/\/$/, '');

/** The same facts; a `bin` of which nothing else is known is build output where the `obj` beside it goes too. */
export function withBuildOutput(facts: readonly Fact[]): Fact[] {
  const shapes = new Set(facts.filter(isDeletion).map(shapeOf));
  return facts.map((fact) => {
    if (!isDeletion(fact) || fact.nature !== 'folder' || fact.loss !== undefined) return fact;
    const shape = shapeOf(fact);
    const isOutput = /(^|\/)bin$/.test(shape) && shapes.has(`${shape.slice(0, -3)}obj`);
    return isOutput ? { ...fact, nature: 'build' } : fact;
  });
}
