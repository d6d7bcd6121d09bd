// Who may mint a permit. A permit is what `run` accepts, so whoever makes one decides.
import ts from 'typescript';
import { compile, type Sources, type Violation, violationAt, walk } from './sources.ts';

const owner = 'src/core/model/verdict.ts';
const minters = ['src/core/decide/', 'src/confirm/'];

/** Uses of `mintPermit`, and casts to `Permit`, outside the places that may decide. */
export function permitViolations(sources: Sources): Violation[] {
  const { files } = compile(sources);
  return files.flatMap((file) => {
    const found: Violation[] = [];
    const mayMint = file.fileName === owner || minters.some((folder) => file.fileName.startsWith(folder));
    walk(file, (node) => {
      if (!mayMint && namesMint(node)) found.push(violationAt(node, 'uses mintPermit'));
      if (file.fileName !== owner && castsToPermit(node)) found.push(violationAt(node, 'makes a Permit by a cast'));
    });
    return found;
  });
}

/** A call, an import under any name, a re-export, a property of a namespace import. */
const namesMint = (node: ts.Node): boolean =>
  (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === 'mintPermit';

function castsToPermit(node: ts.Node): boolean {
  if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return false;
  let casts = isPermit(node.type);
  walk(node.type, (inner) => {
    casts ||= isPermit(inner);
  });
  return casts;
}

const isPermit = (node: ts.Node): boolean =>
  ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && node.typeName.text === 'Permit';
