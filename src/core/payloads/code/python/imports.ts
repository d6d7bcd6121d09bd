// Imports: names of libraries by their qualified names; local modules are read, and their top level runs.
import { textOf } from '../../../model/word.ts';
import { named, unknown, type Value } from '../value.ts';
import { knownPackages } from './packages.ts';
import type { Run } from './run.ts';
import { type Module, moduleOf, ownOf, ownValue, type Scope } from './scope.ts';
import { commaGroups, type Node, sourceOf } from './syntax.ts';

/** `import a.b as c, d` and `from ..a import (b as c)`. */
export function importNames(node: Node, scope: Scope, run: Run): void {
  const [keyword, ...parts] = node.children;
  if (keyword?.name === 'import') {
    for (const group of commaGroups(parts)) importWhole(group, scope, run);
    return;
  }
  const at = parts.findIndex((each) => each.name === 'import');
  if (at < 0) return;
  const path = parts.slice(0, at).map(sourceOf).join('');
  const wanted = parts.slice(at + 1).filter((each) => each.name !== '(' && each.name !== ')');
  for (const group of commaGroups(wanted)) importFrom(path, group, scope, run);
}

function importWhole(group: readonly Node[], scope: Scope, run: Run): void {
  const as = group.findIndex((each) => each.name === 'as');
  const path = (as < 0 ? group : group.slice(0, as)).map(sourceOf).join('');
  const [root = path] = path.split('.');
  const whole = importModule(path, scope, run);
  const alias = as < 0 ? undefined : group[as + 1];
  if (alias !== undefined) scope.set(sourceOf(alias), whole);
  else scope.set(root, path === root ? whole : importModule(root, scope, run));
}

function importFrom(path: string, group: readonly Node[], scope: Scope, run: Run): void {
  const [first] = group;
  const name = sourceOf(first);
  if (first === undefined || name === '') return;
  const holder = importModule(path, scope, run);
  const own = ownOf(holder);
  if (name === '*') {
    if (own?.type === 'module') for (const [each, value] of own.module.scope.entries()) scope.set(each, value);
    else if (holder.kind === 'name')
      for (const each of starNames[holder.name] ?? []) scope.set(each, named(`${holder.name}.${each}`));
    return;
  }
  const as = group.findIndex((each) => each.name === 'as');
  const alias = sourceOf(as < 0 ? first : group[as + 1]);
  scope.set(alias, memberOf(holder, path, name, scope, run));
}

function memberOf(holder: Value, path: string, name: string, scope: Scope, run: Run): Value {
  const own = ownOf(holder);
  if (own?.type === 'module') {
    const held = own.module.scope.own(name);
    if (held !== undefined) return held;
  }
  const whole = path.endsWith('.') ? `${path}${name}` : `${path}.${name}`;
  if (own?.type === 'module' || path.startsWith('.')) return importModule(whole, scope, run);
  return named(canonical(whole));
}

/** What `from os import *` brings, as far as the tables of APIs know it. */
const starNames: Readonly<Record<string, readonly string[]>> = {
  os: ['remove', 'unlink', 'system', 'popen', 'environ', 'path', 'listdir', 'walk', 'rename', 'truncate', 'getenv'],
  shutil: ['rmtree', 'move', 'copy', 'copytree'],
  subprocess: ['run', 'call', 'check_call', 'check_output', 'Popen', 'getoutput'],
  pathlib: ['Path', 'PurePath', 'PosixPath'],
  glob: ['glob', 'iglob'],
};

/** Modules that are known under several names. */
const sameModules: Readonly<Record<string, string>> = {
  posix: 'os',
  nt: 'os',
  posixpath: 'os.path',
  pathlib2: 'pathlib',
  subprocess32: 'subprocess',
  psycopg2cffi: 'psycopg2',
  MySQLdb: 'pymysql',
  mariadb: 'pymysql',
};

/** The name under which the tables know something. */
function canonical(path: string): string {
  const at = path.indexOf('.');
  const root = at < 0 ? path : path.slice(0, at);
  const same = Object.hasOwn(sameModules, root) ? sameModules[root] : undefined;
  return same === undefined ? path : `${same}${at < 0 ? '' : path.slice(at)}`;
}

/** A module: a local one by its text, any other one by its name. */
export function importModule(path: string, scope: Scope, run: Run): Value {
  const root = path.split('.')[0] ?? '';
  if (root !== '' && knownPackages.has(root)) return named(canonical(path));
  const from = moduleOf(scope);
  const module = from === undefined ? undefined : localModule(path, from, run);
  if (module !== undefined) return ownValue({ type: 'module', module });
  return path.startsWith('.') ? unknown(path) : named(canonical(path));
}

/** The local module that a dotted name stands for. Packages on the way run as well. */
function localModule(path: string, from: Module, run: Run): Module | undefined {
  const dots = /^\.*/.exec(path)?.[0].length ?? 0;
  const names = path
    .slice(dots)
    .split('.')
    .filter((name) => name !== '');
  let found: Module | undefined;
  for (const start of dots > 0 ? [folderAbove(from, dots)] : roots(run)) {
    if (start === undefined) continue;
    let folder = start;
    found = names.length === 0 ? readModule(`${folder}/__init__.py`, '__init__', run) : undefined;
    for (const [at, name] of names.entries()) {
      const isLast = at === names.length - 1;
      found =
        readModule(`${folder}/${name}/__init__.py`, name, run) ??
        (isLast ? readModule(`${folder}/${name}.py`, name, run) : undefined);
      folder = `${folder}/${name}`;
    }
    if (found !== undefined) return found;
  }
  return found;
}

/** Where Python looks for modules of the project: beside the program, in the working directory, or where it was installed from. */
function roots(run: Run): readonly (string | undefined)[] {
  const { path } = run.context;
  const cwd = textOf(run.context.cwd);
  const beside = path === undefined ? undefined : path.slice(0, path.lastIndexOf('/'));
  const given =
    textOf(run.context.variable('PYTHONPATH'))
      ?.split(':')
      .filter((each) => each.startsWith('/')) ?? [];
  const source = cwd === undefined ? undefined : `${cwd}/src`;
  return [...new Set([beside, cwd, ...given, ...run.folders, source].filter((each) => each !== undefined))].map(
    (each) => each?.replace(/\/+$/, ''),
  );
}

function folderAbove(from: Module, dots: number): string | undefined {
  let folder = from.path;
  for (let step = 0; step < dots && folder !== undefined; step += 1) {
    const at = folder.lastIndexOf('/');
    folder = at < 0 ? undefined : folder.slice(0, at);
  }
  return folder;
}

function readModule(path: string, name: string, run: Run): Module | undefined {
  const before = run.modules.get(path);
  if (before !== undefined) return before;
  const source = run.context.readFile(path);
  if (source === undefined || !run.recorder.module()) return undefined;
  const scope = run.scope();
  const module: Module = { name, path, file: path, scope };
  scope.module = module;
  run.modules.set(path, module);
  const { line, file } = run.recorder;
  run.parts.execute(source, scope, run);
  run.recorder.line = line;
  run.recorder.file = file;
  return module;
}
