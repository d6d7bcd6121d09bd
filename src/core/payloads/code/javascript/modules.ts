// Modules: what importing one gives. Libraries are names; local files are read, within the recorder's budget.
import { textOf } from '../../../model/word.ts';
import { normalizePath } from '../../../resolve/paths.ts';
import { named, table, unknown, type Value } from '../value.ts';
import type { Run } from './run.ts';
import { type Journal, Scope } from './scope.ts';
import { type Node, treeOf } from './tree.ts';
import { ofData, setEntry } from './values.ts';

const builtins =
  /^(fs|path|os|child_process|util|url|https?|http2|vm|crypto|module|process|timers|readline|worker_threads|test|sqlite|net)(\/|$)/;

/** A library by the name that calls of it are known by: `fs.promises` for `node:fs/promises`. */
function libraryName(specifier: string): string {
  const name = specifier.replace(/^(node|npm|jsr):/, '').replace(/(?<=.)@[\^~]?\d[^/]*/, '');
  return builtins.test(name) ? name.replace('/', '.') : name;
}

const isLocal = (specifier: string): boolean => /^(\.{0,2}\/|\.\.?$|file:|@\/|~\/)/.test(specifier);

/** Modules that were read, by path; one that is being read is there with what it exports so far. */
export type Modules = Map<string, Value>;

export function importModule(specifier: string, modules: Modules, run: Run, journal: Journal): Value {
  if (!isLocal(specifier)) return named(libraryName(specifier));
  const candidates = candidatesOf(specifier, run);
  for (const path of candidates) {
    const known = modules.get(path);
    if (known !== undefined) return known;
  }
  for (const path of candidates) {
    const content = /\/node_modules\//.test(path) ? undefined : run.context.readFile(path);
    if (content !== undefined) return readModule(path, content, modules, run, journal);
  }
  return named(specifier);
}

const endings = ['.js', '.ts', '.mjs', '.cjs', '.tsx', '.jsx', '.mts', '.json', '/index.js', '/index.ts'];

/** Where a local module may stand. Source: Node.js, "Modules: all together"; TypeScript, "Module resolution". */
function candidatesOf(specifier: string, run: Run): readonly string[] {
  const path = specifier.replace(/^file:(\/\/)?/, '');
  const bases = path.startsWith('@/') || path.startsWith('~/') ? aliased(path.slice(2), run) : [located(path, run)];
  return bases.flatMap((base) => {
    if (base === undefined) return [];
    if (/\.(json|mts|cts|tsx?|jsx)$/.test(base)) return [base];
    const typed = base.replace(/\.([mc]?)js$/, '.$1ts');
    if (typed !== base) return [base, typed];
    return [...endings.map((ending) => `${base}${ending}`), ...(/\.[cm]?js$/.test(base) ? [base] : [])];
  });
}

const located = (path: string, run: Run): string | undefined => {
  if (path.startsWith('/')) return normalizePath(path);
  const folder = folderOf(run);
  return folder === undefined ? undefined : normalizePath(`${folder}/${path}`);
};

const aliased = (path: string, run: Run): readonly (string | undefined)[] => {
  const root = textOf(run.context.cwd);
  return root?.startsWith('/') ? [normalizePath(`${root}/src/${path}`), normalizePath(`${root}/${path}`)] : [];
};

/** The folder of the text that is being read. */
function folderOf(run: Run): string | undefined {
  const file = run.source.file ?? run.context.path;
  if (file !== undefined) return file.slice(0, Math.max(file.lastIndexOf('/'), 1));
  const cwd = textOf(run.context.cwd);
  return cwd?.startsWith('/') ? cwd : undefined;
}

function readModule(path: string, content: string, modules: Modules, run: Run, journal: Journal): Value {
  if (path.endsWith('.json')) return remember(path, dataOf(content, path), modules);
  if (!run.recorder.module()) return unknown(path);
  run.recorder.count(content);
  const exports = table(new Map(), false) as Extract<Value, { kind: 'table' }>;
  modules.set(path, exports);
  const outer = {
    source: run.source,
    frame: run.frame,
    owner: run.owner,
    line: run.recorder.line,
    file: run.recorder.file,
  };
  Object.assign(run, { source: { text: content, file: path, line: undefined }, frame: emptyFrame(), owner: undefined });
  const value = readTop(content, exports, run, journal);
  Object.assign(run, { source: outer.source, frame: outer.frame, owner: outer.owner });
  Object.assign(run.recorder, { line: outer.line, file: outer.file });
  return remember(path, value, modules);
}

const emptyFrame = () => ({ self: undefined, arguments: [], returns: [] as Value[], yields: [] as Value[] });

function remember(path: string, value: Value, modules: Modules): Value {
  modules.set(path, value);
  return value;
}

function dataOf(content: string, path: string): Value {
  try {
    return ofData(JSON.parse(content));
  } catch {
    return unknown(path);
  }
}

/** Reads the statements of a module; gives back what it exports, in either of the two ways. */
export function readTop(
  content: string,
  exports: Extract<Value, { kind: 'table' }>,
  run: Run,
  journal: Journal,
): Value {
  const scope = new Scope(journal);
  const module = table(new Map<string, Value>([['exports', exports]]), false);
  scope.declare('module', module, true);
  scope.declare('exports', exports);
  const nodes = treeOf(content).top.parts;
  for (const node of nodes) if (node.name === 'ImportDeclaration') readImport(node, scope, run);
  run.statements(nodes, scope);
  let isModule = false;
  for (const node of nodes)
    if (node.name === 'ExportDeclaration') isModule = readExport(node, exports, scope, run) || isModule;
  return isModule || module.kind !== 'table' ? exports : (module.entries.get('exports') ?? exports);
}

/** `import a, {b as c} from 'd'`, `import * as e from 'f'`. */
function readImport(node: Node, scope: Scope, run: Run): void {
  const from = node.child('String');
  if (from === undefined || node.has('type')) return;
  const value = run.module(from.text.slice(1, -1));
  const isWhole = node.has('Star');
  for (const child of node.children) {
    if (child.name === 'VariableDefinition') scope.declare(child.text, isWhole ? value : defaultOf(value, run), true);
    if (child.name === 'ImportGroup')
      readGroup(child, (name, local) => scope.declare(local, named_(value, name, run), true));
  }
}

const named_ = (value: Value, name: string, run: Run): Value =>
  name === 'default' ? defaultOf(value, run) : run.member(value, name);

/** The default export; what `module.exports` is, where there is none. */
const defaultOf = (value: Value, run: Run): Value => {
  if (value.kind !== 'table') return value;
  return value.entries.has('default') ? run.member(value, 'default') : value;
};

/** `{a, b as c}`: pairs of the name there and the name here. */
function readGroup(group: Node, each: (name: string, local: string) => void): void {
  let names: string[] = [];
  const finish = (): void => {
    const [name, local] = names;
    if (name !== undefined) each(name, local ?? name);
    names = [];
  };
  for (const child of group.children) {
    if (child.name === ',') finish();
    else if (/^(VariableName|VariableDefinition|default)$/.test(child.name)) names.push(child.text);
    else if (child.name === 'String') names.push(child.text.slice(1, -1));
  }
  finish();
}

/** Adds what one export declaration exports. */
function readExport(node: Node, exports: Extract<Value, { kind: 'table' }>, scope: Scope, run: Run): boolean {
  const from = node.child('String');
  const group = node.child('ExportGroup');
  if (from !== undefined && (group !== undefined || node.has('Star'))) reExport(node, from, group, exports, run);
  else if (group !== undefined) readGroup(group, (name, as) => setEntry(exports, as, scope.get(name) ?? unknown(name)));
  else if (node.has('default')) setEntry(exports, 'default', defaultExport(node, scope));
  else for (const name of declaredIn(node)) setEntry(exports, name, scope.get(name) ?? unknown(name));
  return true;
}

function defaultExport(node: Node, scope: Scope): Value {
  const [name] = declaredIn(node);
  return scope.get('*default*') ?? (name === undefined ? undefined : scope.get(name)) ?? unknown('default');
}

function reExport(
  node: Node,
  from: Node,
  group: Node | undefined,
  exports: Extract<Value, { kind: 'table' }>,
  run: Run,
): void {
  const value = run.module(from.text.slice(1, -1));
  if (group !== undefined) readGroup(group, (name, as) => setEntry(exports, as, named_(value, name, run)));
  else if (node.has('VariableDefinition')) setEntry(exports, node.child('VariableDefinition')?.text ?? '', value);
  else if (value.kind === 'table') for (const [key, entry] of value.entries) setEntry(exports, key, entry);
}

/** Names that a declaration declares, patterns included. */
function declaredIn(node: Node): readonly string[] {
  return node.parts.flatMap((part): readonly string[] => {
    if (part.name === 'VariableDefinition') return [part.text];
    return /Pattern|PatternProperty|^VariableDeclaration$|^FunctionDeclaration$|^ClassDeclaration$/.test(part.name)
      ? declaredIn(part)
      : [];
  });
}
