// What the gates share: the project's files, and their syntax as the TypeScript compiler reads it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The project's folder. */
export const root = normalize(join(dirname(fileURLToPath(import.meta.url)), '../..'));

/** File texts by path relative to the project, with `/`. Gates are functions of these, so a test can plant a file. */
export type Sources = ReadonlyMap<string, string>;

/** Something a gate found: where, and what is wrong with it. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** `src/core/x.ts:3: imports node:fs`, one per violation. */
export const show = (violations: readonly Violation[]): string[] =>
  violations.map(({ path, line, message }) => `${path}:${line}: ${message}`);

/** Every file that is committed or could be: tracked, or new and not ignored. */
export function repositoryFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(list.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).sort();
}

/** The TypeScript files below a folder, those made by the build included. */
export function sourcesBelow(folder: string): Sources {
  const generated = ts.sys
    .readDirectory(join(root, folder), ['.ts'])
    .map((path) => path.slice(root.length).replace(/^\//, ''));
  return readAll(generated.sort());
}

const readAll = (paths: readonly string[]): Sources =>
  new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));

/**
 * The compiler's view of some texts: names are bound, nothing but these texts is read, so a name without a declaration
 * is a global.
 */
export function compile(sources: Sources): { files: readonly ts.SourceFile[]; checker: ts.TypeChecker } {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    noLib: true,
    noResolve: true,
    types: [],
    allowImportingTsExtensions: true,
    noEmit: true,
  };
  const parsed = new Map(
    [...sources].map(([path, text]) => [
      path,
      ts.createSourceFile(path, text, { languageVersion: ts.ScriptTarget.ES2022 }, true),
    ]),
  );
  const host: ts.CompilerHost = {
    getSourceFile: (path) => parsed.get(path),
    getDefaultLibFileName: () => 'lib.d.ts',
    getCurrentDirectory: () => '',
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (path) => parsed.has(path),
    readFile: (path) => sources.get(path),
    writeFile: () => undefined,
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return { files: [...parsed.values()], checker: program.getTypeChecker() };
}

/** Visits every node below a node. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  ts.forEachChild(node, (child) => {
    visit(child);
    walk(child, visit);
  });
}

/** A violation at a node. */
export function violationAt(node: ts.Node, message: string): Violation {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return { path: file.fileName, line: line + 1, message };
}

/** A module that a file names, in whatever form: import, export from, `import()`, `import('x').Type`, `require`. */
export interface ImportedModule {
  readonly node: ts.Node;
  readonly specifier: string;
  readonly dynamic: boolean;
}

/** Every module that a file names. A name that is not a literal is given as `undefined text`. */
export function importsOf(file: ts.SourceFile): ImportedModule[] {
  const found: ImportedModule[] = [];
  walk(file, (node) => {
    const named = moduleName(node);
    if (named === undefined) return;
    const text = ts.isStringLiteralLike(named.name) ? named.name.text : 'undefined text';
    found.push({ node, specifier: text, dynamic: named.dynamic });
  });
  return found;
}

function moduleName(node: ts.Node): { name: ts.Node; dynamic: boolean } | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
    return { name: node.moduleSpecifier, dynamic: false };
  }
  if (ts.isExternalModuleReference(node)) return { name: node.expression, dynamic: false };
  if (ts.isImportTypeNode(node)) {
    return { name: ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument, dynamic: false };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return { name: node.arguments[0] ?? node, dynamic: true };
  }
  return undefined;
}

/** The project file that a relative specifier names; undefined for a package. */
export const importedPath = (from: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : undefined;
