// APIs of files: what os, shutil, pathlib and their kin do to paths.

import type { FileOperation } from '../../../../model/fact.ts';
import { dynamicWord, knownPrefix, showWord, staticWord, type Word } from '../../../../model/word.ts';
import { argument, option } from '../../api.ts';
import { type Arguments, joinPaths, list, named, text, unknown, type Value, wordOf } from '../../value.ts';
import { nameOf, parentOf, temporary } from '../access.ts';
import { literalOf, none } from '../literals.ts';
import type { Run } from '../run.ts';
import { below, each, incomplete, type PythonApi, type PythonApis, runsAs, standsForMany } from './api.ts';

/** A file operation on the path at a place, or on what the method is called on. */
const changes =
  (op: FileOperation, at: number | 'receiver', recursive = false, name = 'path'): PythonApi =>
  (call, run, via) => {
    const path = at === 'receiver' ? call.receiver : argument(call, at, name);
    if (path !== undefined) change(op, path, recursive, run, via);
    return none;
  };

function change(op: FileOperation, target: Value, recursive: boolean, run: Run, via: string): void {
  const path = wordOf(target);
  run.recorder.record(via, { kind: 'file', op, path, recursive, many: standsForMany(path, run) });
}

/** `os.rename(a, b)`, `shutil.move(a, b)`, `path.rename(b)`: as `mv` does it. */
export const moves: PythonApi = (call, run, via) => transfer('mv', [], call, run, via);
const copies: PythonApi = (call, run, via) => transfer('cp', [], call, run, via);
const copiesTree: PythonApi = (call, run, via) => transfer('cp', ['-r'], call, run, via);

function transfer(program: string, options: readonly string[], call: Arguments, run: Run, via: string): Value {
  const [first, second] = [argument(call, 0, 'src'), argument(call, 1, 'dst')];
  const isMethod = call.receiver?.kind === 'text' || call.receiver?.kind === 'unknown';
  const [from, to] = isMethod ? [call.receiver, first] : [first, second];
  if (from !== undefined && to !== undefined) runsAs([program, ...options, wordOf(from), wordOf(to)], run, via);
  return to ?? unknown('');
}

/** `os.truncate(path, 0)`: shorter than it was. */
const truncates: PythonApi = (call, run, via) => {
  const length = literalOf(call.positional[1]);
  const [path] = call.positional;
  if (path !== undefined && (length === undefined || length === '0')) change('truncate', path, false, run, via);
  return none;
};

const isWriting = (mode: string): boolean => /[wax]/.test(mode);

/** `open(path, mode)`. What is written to it comes to stand in the file. */
const opens =
  (at: number | 'receiver'): PythonApi =>
  (call, run, via) => {
    const path = at === 'receiver' ? call.receiver : argument(call, at, 'file');
    const mode = literalOf(argument(call, at === 'receiver' ? 0 : at + 1, 'mode')) ?? 'r';
    if (isWriting(mode) && path !== undefined) write(path, undefined, mode.includes('a'), run, via);
    return named('open()', { positional: [path ?? unknown('path'), text(mode)], named: new Map() });
  };

function write(path: Value, written: Value | undefined, appends: boolean, run: Run, via: string): void {
  run.recorder.record(via, {
    kind: 'write',
    path: wordOf(path),
    text: written === undefined ? undefined : textWord(written),
    appends,
  });
}

/** What comes to stand in a file: of collections only that it is not known. */
const textWord = (value: Value): Word =>
  value.kind === 'text' ? value.word : dynamicWord(showWord(wordOf(value)).slice(0, 80));

/** Writes to a handle that `open` gave. */
export function writeTo(handle: Value | undefined, written: Value, run: Run, via: string): void {
  if (handle?.kind !== 'name' || handle.name !== 'open()') return;
  const [path, mode] = handle.made?.positional ?? [];
  if (path !== undefined && isWriting(literalOf(mode) ?? 'r')) write(path, written, true, run, via);
}

const writesHandle: PythonApi = (call, run) => {
  writeTo(call.receiver, call.positional[0] ?? unknown(''), run, 'write');
  return unknown('');
};

/** `open(path, 'w').close()`: nothing was written in between, so the file is empty. */
const closesHandle: PythonApi = (call, run) => {
  const [path, mode] = call.receiver?.kind === 'name' ? (call.receiver.made?.positional ?? []) : [];
  if (path !== undefined && literalOf(mode)?.includes('w'))
    change('truncate', path, false, run, 'open(..., "w").close');
  return none;
};

const writesText: PythonApi = (call, run, via) => {
  if (call.receiver !== undefined) write(call.receiver, call.positional[0] ?? option(call, 'data'), false, run, via);
  return unknown('');
};

/** The file of a pattern: known as a pattern where it names one folder, else as something below its folder. */
function matching(pattern: Value | undefined): Value {
  const known = literalOf(pattern);
  if (pattern?.kind !== 'text') return incomplete([unknown('glob')]);
  if (known === undefined) return incomplete([pattern]);
  if (!/[*?[]/.test(known)) return incomplete([pattern]);
  const at = known.indexOf('**');
  if (at < 0) return incomplete([text(staticWord(known, true))]);
  return incomplete([text(dynamicWord(known, pieces(known)))]);
}

/** The known pieces of a pattern. */
function pieces(pattern: string): readonly (string | null)[] {
  const parts = pattern.split(/(?:\*\*\/)?(?:\*+|\?|\[[^\]]*\])/);
  return parts.flatMap((part, at) => [...(at > 0 ? [null] : []), ...(part === '' ? [] : [part])]);
}

const globs: PythonApi = (call) => {
  const root = option(call, 'root_dir');
  const [pattern] = call.positional;
  return matching(root === undefined || pattern === undefined ? pattern : joinPaths([root, pattern]));
};

const pathGlobs =
  (recursive: boolean): PythonApi =>
  (call) => {
    const [pattern] = call.positional;
    const known = literalOf(pattern);
    if (known === undefined || call.receiver === undefined) return incomplete([below(call.receiver, 'path')]);
    const inner = recursive ? `**/${known}` : known;
    const root = literalOf(call.receiver);
    if (root === undefined) return incomplete([below(call.receiver, inner, /^\*+(\.\w+)$/.exec(known)?.[1])]);
    return matching(joinPaths([text(root === '.' && recursive ? './' : root), text(inner)]));
  };

/** `os.walk(root)`: the folders below it, with names of which nothing is known. */
const walks: PythonApi = (call) => {
  const root = argument(call, 0, 'top') ?? call.receiver;
  return incomplete([list([below(root, 'folder'), incomplete([unknown('folder')]), incomplete([unknown('file')])])]);
};

const iterates: PythonApi = (call) => incomplete([below(call.receiver ?? call.positional[0], 'path')]);

const makesTemporary: PythonApi = (call) => {
  const folder = option(call, 'dir');
  return folder === undefined ? temporary() : below(folder, 'tempfile');
};

const samePath: PythonApi = (call) => call.receiver ?? call.positional[0];

const expandsUser: PythonApi = (call, run) => {
  const path = call.receiver ?? call.positional[0];
  const known = literalOf(path);
  const home = run.context.variable('HOME');
  if (known === undefined || home === undefined || !/^~(\/|$)/.test(known)) return path;
  return known === '~' ? text(home) : joinPaths([text(home), text(known.slice(2))]);
};

const absolutePath: PythonApi = (call, run) => {
  const path = call.receiver ?? call.positional[0];
  if (path?.kind !== 'text') return path;
  return joinPaths([text(run.cwd), path]);
};

const joins: PythonApi = (call) => joinPaths(call.positional.map(pathPart));
const joinsBelow: PythonApi = (call) => joinPaths([call.receiver ?? text('.'), ...call.positional].map(pathPart));
const pathPart = (value: Value): Value => (value.kind === 'text' ? value : unknown(showWord(wordOf(value))));

const renamesLast =
  (make: (base: string, given: string) => string): PythonApi =>
  (call) => {
    const [known, given] = [literalOf(call.receiver), literalOf(call.positional[0])];
    if (known === undefined || given === undefined) return joinPaths([parentOf(call.receiver), unknown('name')]);
    return text(make(known, given));
  };

/** `path.with_suffix('.part')`: of a path that is known in part, its folder and the new end are. */
const withEnding: PythonApi = (call, run, name) => {
  const end = literalOf(call.positional[0]);
  if (call.receiver?.kind !== 'text' || literalOf(call.receiver) !== undefined || end === undefined)
    return renamesLast((base, given) => `${base.replace(/\.[^./]*$/, '')}${given}`)(call, run, name);
  const folder = knownPrefix(wordOf(parentOf(call.receiver)));
  return text(
    dynamicWord(showWord(wordOf(call.receiver)), [
      ...(folder === '' ? [] : [`${folder.replace(/\/*$/, '')}/`]),
      null,
      end,
    ]),
  );
};

export const fileApis: PythonApis = {
  ...each('os.remove os.unlink', changes('delete', 0)),
  ...each('shutil.rmtree distutils.dir_util.remove_tree fs.rmtree', changes('delete', 0, true)),
  ...each('send2trash.send2trash os.rmdir os.removedirs', () => none),
  ...each('os.rename os.renames os.replace shutil.move', moves),
  ...each('shutil.copy shutil.copy2 shutil.copyfile', copies),
  ...each('shutil.copytree distutils.dir_util.copy_tree', copiesTree),
  'os.truncate': truncates,
  ...each('open io.open codecs.open gzip.open bz2.open lzma.open file', opens(0)),
  'open().write': writesHandle,
  'open().writelines': writesHandle,
  'open().close': closesHandle,
  ...each('glob.glob glob.iglob', globs),
  'os.walk': walks,
  'os.listdir': () => incomplete([unknown('name')]),
  'os.scandir': (call) =>
    incomplete([
      named('os.DirEntry()', { positional: [below(call.positional[0] ?? text('.'), 'entry')], named: new Map() }),
    ]),
  'os.path.join': joins,
  ...each('os.path.abspath os.path.realpath', absolutePath),
  ...each('os.path.normpath os.fspath os.fsdecode os.path.normcase', samePath),
  'os.path.expanduser': expandsUser,
  'os.path.dirname': (call) => parentOf(call.positional[0]),
  'os.path.basename': (call) => nameOf(call.positional[0]),
  'os.getcwd': (_call, run) => text(run.cwd),
  'os.getcwdb': (_call, run) => text(run.cwd),
  'pathlib.Path.cwd': (_call, run) => text(run.cwd),
  'pathlib.Path.home': (_call, run) => home(run),
  ...each('os.chdir os.fchdir', (call, run) => {
    const path = argument(call, 0, 'path');
    if (path !== undefined) run.changeFolder(path);
    return none;
  }),
  ...each('pathlib.Path pathlib.PurePath pathlib.PosixPath pathlib.PurePosixPath', (call) =>
    call.positional.length === 0 ? text('.') : joinPaths(call.positional.map(pathPart)),
  ),
  ...each('tempfile.mkdtemp tempfile.mktemp tempfile.gettempdir', makesTemporary),
  'tempfile.mkstemp': (call, run, name) => list([unknown('descriptor'), makesTemporary(call, run, name) ?? none]),
  '**.unlink': (call, run, via) => {
    if (call.positional.length === 0) return changes('delete', 'receiver')(call, run, via);
    return none;
  },
};

const home = (run: Run): Value => {
  const known = run.context.variable('HOME');
  return known === undefined ? text('~') : text(known);
};

/** Methods of pathlib on paths. */
export const pathMethods: ReadonlyMap<string, PythonApi> = new Map<string, PythonApi>(
  Object.entries({
    unlink: changes('delete', 'receiver'),
    rmtree: changes('delete', 'receiver', true),
    rmdir: () => none,
    rename: moves,
    write_text: writesText,
    write_bytes: writesText,
    open: opens('receiver'),
    read_text: (call) => readOf(call.receiver),
    read_bytes: (call) => readOf(call.receiver),
    glob: pathGlobs(false),
    rglob: pathGlobs(true),
    walk: walks,
    iterdir: iterates,
    joinpath: joinsBelow,
    resolve: absolutePath,
    absolute: absolutePath,
    expanduser: expandsUser,
    as_posix: samePath,
    with_name: (call, run, name) =>
      literalOf(call.positional[0]) === undefined
        ? renamesLast((base) => base)(call, run, name)
        : joinPaths([parentOf(call.receiver), call.positional[0] as Value]),
    with_suffix: withEnding,
    with_stem: renamesLast((base, given) => base.replace(/[^/]*?(\.[^./]*)?$/, `${given}$1`)),
    copy: copies,
    move: moves,
  } satisfies Record<string, PythonApi>),
);

const readOf = (path: Value | undefined): Value =>
  named('open().read()', {
    positional: [],
    named: new Map(),
    receiver: named('open()', { positional: [path ?? unknown('path')], named: new Map() }),
  });
