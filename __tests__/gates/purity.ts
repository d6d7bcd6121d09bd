// The purity of core: which modules and globals it may not touch.
import ts from 'typescript';
import { compile, importedPath, importsOf, type Sources, type Violation, violationAt, walk } from './sources.ts';

/** Packages that some part of core may import: parsers, which take text and give data. */
const parserPackages: readonly { readonly package: string; readonly allowedIn: (path: string) => boolean }[] = [
  { package: 'unbash', allowedIn: (path) => path.startsWith('src/core/parse/') },
  { package: 'graphql', allowedIn: (path) => path === 'src/core/payloads/graphql.ts' },
  { package: '@lezer/python', allowedIn: (path) => path.startsWith('src/core/payloads/code/python/') },
  { package: '@lezer/javascript', allowedIn: (path) => path.startsWith('src/core/payloads/code/javascript/') },
  { package: '@ruby/prism', allowedIn: (path) => path.startsWith('src/core/payloads/code/ruby/') },
  { package: '@lezer/php', allowedIn: (path) => path === 'src/core/payloads/code/php/syntax.ts' },
  { package: '@lezer/common', allowedIn: (path) => path.startsWith('src/core/payloads/code/') },
];

/** Globals that reach the world, the clock or chance, or that run text as code. */
const forbiddenGlobals = new Set([
  ...['process', 'global', 'globalThis', 'require', 'module', '__dirname', '__filename', 'console'],
  ...['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'crypto'],
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'navigator', 'Worker', 'WebAssembly'],
  ...['eval', 'Function'],
]);

/**
 * Everything in files of `src/core` that is not pure.
 *
 * @param sources files of `src/core` by their path
 */
export function purityViolations(sources: Sources): Violation[] {
  const { files, checker } = compile(sources);
  return files.flatMap((file) => [...importViolations(file), ...globalViolations(file, checker)]);
}

function importViolations(file: ts.SourceFile): Violation[] {
  return importsOf(file).flatMap(({ node, specifier, dynamic }) => {
    if (dynamic) return [violationAt(node, `imports ${specifier} dynamically: core is loaded whole`)];
    if (allowedImport(file.fileName, specifier)) return [];
    return [violationAt(node, `imports ${specifier}: core imports core and its parsers only`)];
  });
}

function allowedImport(from: string, specifier: string): boolean {
  const path = importedPath(from, specifier);
  if (path !== undefined) return path.startsWith('src/core/');
  return parserPackages.some(
    (entry) => (specifier === entry.package || specifier.startsWith(`${entry.package}/`)) && entry.allowedIn(from),
  );
}

function globalViolations(file: ts.SourceFile, checker: ts.TypeChecker): Violation[] {
  const found: Violation[] = [];
  walk(file, (node) => {
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      found.push(violationAt(node, 'uses import.meta'));
    }
    if (!ts.isIdentifier(node) || !isReference(node) || isDeclared(node, checker)) return;
    if (forbiddenGlobals.has(node.text)) found.push(violationAt(node, `uses ${node.text}`));
    if (node.text === 'Math' && !isPureMath(node)) found.push(violationAt(node, 'uses Math.random, or may'));
  });
  return found;
}

/** Whether an identifier stands for a value: not a property's name, a declaration's name, a label or a type. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name === node;
  if (ts.isExportSpecifier(parent)) {
    return parent.parent.parent.moduleSpecifier === undefined && (parent.propertyName ?? parent.name) === node;
  }
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return ts.isExpressionWithTypeArguments(parent) || isExpressionChild(node, parent);
}

const isExpressionChild = (node: ts.Identifier, parent: ts.Node): boolean =>
  !('name' in parent && parent.name === node) &&
  !('propertyName' in parent && parent.propertyName === node) &&
  !('label' in parent && parent.label === node) &&
  !ts.isTypeReferenceNode(parent) &&
  !ts.isQualifiedName(parent) &&
  !ts.isTypePredicateNode(parent);

/** Whether the project's own text declares the name; `globalThis` is known to the compiler without a declaration. */
function isDeclared(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  return (symbolOf(node, checker)?.declarations?.length ?? 0) > 0;
}

/** What a name refers to; `{ name }` and `export { name }` declare something of their own, which is not meant. */
function symbolOf(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
  return checker.getSymbolAtLocation(node);
}

/** `Math.max` and the like; anything that could reach `random` by another way is not. */
const isPureMath = ({ parent }: ts.Identifier): boolean =>
  ts.isPropertyAccessExpression(parent) && parent.name.text !== 'random';
