// Files: what PHP's own functions, SPL iterators, Symfony's Filesystem and Laravel's File list, write, move and remove.
import { dynamicWord, knownPrefix, staticWord, textOf } from '../../../../model/word.ts';
import { pathFrom } from '../../../../resolve/paths.ts';
import { concat, joinPaths, list, named, text, unknown, type Value, wordOf } from '../../value.ts';
import { itemsIn } from '../arrays.ts';
import type { Call } from '../calls.ts';
import type { Php } from '../interpreter.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { literal, none, yes } from '../model.ts';
import { fetchPage, isUrl } from './http.ts';

const first = ({ given }: Call): Value => given.positional[0] ?? none;
const anyName = text(staticWord('*', true));

/** A path as functions of files take it: an entry of a folder is its path. */
const pathOf = (value: Value): Value =>
  value.kind === 'name' && value.name === 'SplFileInfo()' ? (value.made?.positional[0] ?? value) : value;

/** Notes that files are removed. A list stands for each of its items. */
function deleteFiles(target: Value, recursive: boolean, via: string, php: Php): void {
  for (const each of target.kind === 'list' || target.kind === 'table' ? itemsIn(target) : [target]) {
    const path = wordOf(pathOf(each));
    if (each !== none && textOf(path) !== '')
      php.record(via, { kind: 'file', op: 'delete', path, recursive, many: path.glob });
  }
}

const deletes =
  (recursive: boolean): LibraryApi =>
  (call, via) => {
    deleteFiles(first(call), recursive, via, call.php);
    return yes;
  };

/** Runs as the command of that name would: `rename` as mv. */
const asCommand =
  (...words: readonly string[]): LibraryApi =>
  ({ given, php }, via) => {
    const paths = given.positional
      .slice(0, /^(mkdir|rmdir|touch)$/.test(words[0] ?? '') ? 1 : 2)
      .map((each) => wordOf(pathOf(each)));
    if (paths.length > 0)
      php.record(via, { kind: 'words', words: [...words.map((word) => staticWord(word)), ...paths] });
    return yes;
  };

const writes: LibraryApi = ({ given, php }, via) => {
  const [path, content, flags] = given.positional;
  if (path === undefined) return none;
  // `FILE_APPEND | LOCK_EX` is not computed: flags that are put together are read as appending.
  const appends =
    flags !== undefined && /^(?!LOCK_EX$|0$)/.test(flags.kind === 'name' ? flags.name : (literal(flags) ?? 'both'));
  const written = content === undefined ? undefined : content.kind === 'list' ? concat(content.items) : content;
  php.record(via, {
    kind: 'write',
    path: wordOf(pathOf(path)),
    text: written === undefined ? undefined : wordOf(written),
    appends,
  });
  return unknown(via);
};

/** `fopen`: a file that is opened for writing is emptied, and filled by what follows. */
const opens: LibraryApi = (call, via) => {
  const { given, php } = call;
  const [path, mode, , context] = given.positional;
  if (path === undefined) return none;
  if (isUrl(path)) return fetchPage(path, context, php, via);
  const file = named('file()', { positional: [pathOf(path)], named: new Map() });
  const how = literal(mode) ?? 'r';
  const isStream = /^php:\/\//.test(knownPrefix(wordOf(path)));
  if (/^[waxc]|\+/.test(how) && !isStream) {
    if (how.startsWith('w'))
      php.record(via, { kind: 'write', path: wordOf(pathOf(path)), text: staticWord(''), appends: false });
    php.stateOf(file)?.set('writes', pathOf(path));
  }
  return file;
};

const puts: LibraryApi = ({ given, php }, via) => {
  const [file, content] = given.positional;
  const path = php.stateOf(file)?.get('writes');
  if (path !== undefined && content !== undefined)
    php.record(via, { kind: 'write', path: wordOf(path), text: wordOf(content), appends: true });
  return unknown(via);
};

const truncates: LibraryApi = ({ given, php }, via) => {
  const [file] = given.positional;
  const path = file?.kind === 'name' && file.name === 'file()' ? file.made?.positional[0] : undefined;
  if (path !== undefined)
    php.record(via, { kind: 'file', op: 'truncate', path: wordOf(path), recursive: false, many: false });
  return yes;
};

/** The text of a file, or of a page. */
const reads: LibraryApi = (call, via) => {
  const { given, php, source } = call;
  const [path, , context] = given.positional;
  if (path === undefined) return none;
  if (isUrl(path)) return fetchPage(path, context, php, via);
  const known = literal(path);
  if (known === 'php://stdin') return php.context.stdin === undefined ? unknown(source) : text(php.context.stdin);
  const folder = textOf(php.folder);
  if (known === undefined || (folder === undefined && !known.startsWith('/'))) return unknown(source);
  const content = php.context.readFile(pathFrom(known, folder ?? '/'));
  return content === undefined ? unknown(source) : text(content);
};

const readsLines: LibraryApi = (call, via) => {
  const content = literal(reads(call, via));
  return content === undefined ? list([], false) : list(content.split('\n').map((line) => text(line)));
};

const globs: LibraryApi = (call) => {
  const word = wordOf(first(call));
  const known = textOf(word);
  return list([text({ ...word, glob: known === undefined || /[*?[{]/.test(known) })], false);
};

/** Entries of a folder by their names, or by their whole paths. */
const entry = (folder: Value): Value =>
  named('SplFileInfo()', { positional: [joinPaths([folder, anyName])], named: new Map() });

const folderOf = (value: Value | undefined): Value =>
  value?.kind === 'name' ? (value.made?.positional[0] ?? value) : (value ?? none);

const dirname: LibraryApi = ({ given }) => {
  const [path, levels] = given.positional;
  let known = literal(path);
  if (known === undefined) return path === undefined ? none : concat([path, text('/..')]);
  for (let level = Number(literal(levels) ?? 1); level > 0; level -= 1) {
    const at = known.replace(/\/+$/, '').lastIndexOf('/');
    known = at < 0 ? '.' : at === 0 ? '/' : known.slice(0, at);
  }
  return text(known);
};

const basename: LibraryApi = ({ given }) => {
  const [path, suffix] = given.positional;
  const known = path?.kind === 'text' ? textOf(path.word) : undefined;
  if (known === undefined || path?.kind !== 'text') return undefined;
  const name = known.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const ending = literal(suffix) ?? '';
  return text(
    staticWord(ending !== '' && name.endsWith(ending) ? name.slice(0, -ending.length) : name, path.word.glob),
  );
};

const realpath: LibraryApi = (call) => {
  const path = pathOf(first(call));
  const [known, folder] = [path.kind === 'text' ? textOf(path.word) : undefined, textOf(call.php.folder)];
  return known === undefined || folder === undefined || path.kind !== 'text'
    ? path
    : text(staticWord(pathFrom(known, folder), path.word.glob));
};

/** Laravel's helpers for paths below the application. */
const below =
  (folder: string): LibraryApi =>
  ({ given, php }) =>
    joinPaths([text(php.folder), ...(folder === '' ? [] : [text(folder)]), ...given.positional], false);

const temporary = text(dynamicWord('tempnam', ['/tmp/', null]));
const entryPath: LibraryApi = ({ receiver }) => pathOf(receiver ?? none);

const filesystems = [
  'Symfony\\Component\\Filesystem\\Filesystem()->',
  'Filesystem()->',
  'Illuminate\\Filesystem\\Filesystem()->',
  'File::',
];
const methods: LibraryApis = {
  remove: deletes(true),
  delete: (call, via) => {
    deleteFiles(call.given.positional.length > 1 ? list(call.given.positional) : first(call), false, via, call.php);
    return yes;
  },
  deleteDirectory: deletes(true),
  deleteDirectories: deletes(true),
  cleanDirectory: deletes(true),
  dumpFile: writes,
  put: writes,
  replace: writes,
  rename: asCommand('mv'),
  move: asCommand('mv'),
  moveDirectory: asCommand('mv'),
  copy: asCommand('cp'),
  copyDirectory: asCommand('cp', '-r'),
  mkdir: asCommand('mkdir', '-p'),
  makeDirectory: asCommand('mkdir', '-p'),
  ensureDirectoryExists: asCommand('mkdir', '-p'),
  glob: globs,
  files: ({ given }) => list([entry(given.positional[0] ?? none)], false),
  allFiles: ({ given }) => list([entry(given.positional[0] ?? none)], false),
  directories: ({ given }) => list([joinPaths([given.positional[0] ?? none, anyName])], false),
};

export const fileApis: LibraryApis = {
  unlink: deletes(false),
  rmdir: asCommand('rmdir'),
  rename: asCommand('mv'),
  copy: asCommand('cp'),
  symlink: asCommand('ln', '-s'),
  move_uploaded_file: asCommand('mv'),
  mkdir: asCommand('mkdir', '-p'),
  touch: asCommand('touch'),
  file_put_contents: writes,
  fopen: opens,
  fwrite: puts,
  fputs: puts,
  ftruncate: truncates,
  file_get_contents: reads,
  stream_get_contents: ({ given, source, php }) =>
    given.positional[0]?.kind === 'name' && given.positional[0].name === 'STDIN' && php.context.stdin !== undefined
      ? text(php.context.stdin)
      : unknown(source),
  readfile: reads,
  file: readsLines,
  glob: globs,
  scandir: () => list([anyName], false),
  readdir: () => anyName,
  dir: (call) => named('Directory()', { positional: [first(call)], named: new Map() }),
  'Directory()->read': () => anyName,
  dirname,
  basename,
  realpath,
  getcwd: ({ php }) => text(php.folder),
  chdir: (call) => {
    call.php.cwd = call.php.absolute(wordOf(first(call)));
    return yes;
  },
  sys_get_temp_dir: () => text('/tmp'),
  tempnam: () => temporary,
  tmpfile: () => named('file()', { positional: [temporary], named: new Map() }),
  base_path: below(''),
  app_path: below('app'),
  storage_path: below('storage'),
  public_path: below('public'),
  database_path: below('database'),
  resource_path: below('resources'),
  ...Object.fromEntries(
    filesystems.flatMap((prefix) => Object.entries(methods).map(([name, api]) => [`${prefix}${name}`, api])),
  ),
  'SplFileInfo()->getPathname': entryPath,
  'SplFileInfo()->getRealPath': entryPath,
  'SplFileInfo()->__toString': entryPath,
  'SplFileInfo()->getFilename': () => anyName,
  'SplFileInfo()->getBasename': () => anyName,
};

/** Iterators over folders are lists of what stands in them. */
export const folderIterators: ReadonlySet<string> = new Set([
  'RecursiveIteratorIterator',
  'RecursiveDirectoryIterator',
  'DirectoryIterator',
  'FilesystemIterator',
  'GlobIterator',
  'CallbackFilterIterator',
  'RegexIterator',
  'IteratorIterator',
]);

/** What iterating gives: paths below the folder that the iterator, or the one inside it, was made for. */
export const iterator = (given: Call['given']): Value => {
  const [inner] = given.positional;
  return inner?.kind === 'list' ? inner : list([entry(folderOf(inner))], false);
};
