// Files: FileUtils, File, Dir, IO and what they list, write, move and remove.
import { dynamicWord, joinWords, knownPrefix, staticWord, textOf, type Word } from '../../../../model/word.ts';
import { isOn, option } from '../../api.ts';
import { joinPaths, list, named, text, unknown, type Value, wordOf } from '../../value.ts';
import type { Call } from '../calls.ts';
import type { Ruby } from '../interpreter.ts';
import { callBlock } from '../invoke.ts';
import { eachOf } from '../iteration.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { literal, nil } from '../model.ts';
import { baseName, expandPath, folderName } from '../paths.ts';
import { pathname, plainText, tempPath } from '../plain.ts';
import { fetchPage, isUrl } from './fetch.ts';
import { runsInShell } from './processes.ts';

/** Notes that files are removed. A list stands for each of its items. */
export function deleteFiles(targets: readonly Value[], recursive: boolean, via: string, ruby: Ruby): void {
  for (const target of targets.flatMap((each) => (each.kind === 'list' ? each.items : [each]))) {
    const path = wordOf(plainText(target));
    // Nothing was named, as by an argument that was not given.
    if (textOf(path) === '') continue;
    ruby.record(via, { kind: 'file', op: 'delete', path, recursive, many: path.glob });
  }
}

export function writeFile(path: Value, content: Value | undefined, appends: boolean, via: string, ruby: Ruby): void {
  const known = content === undefined ? undefined : wordOf(plainText(content));
  ruby.record(via, { kind: 'write', path: wordOf(plainText(path)), text: known, appends });
}

/** What a block makes of each of some paths, or the paths themselves. */
function handed(paths: Value, { block, ruby, frame }: Call): Value {
  return block === undefined ? paths : eachOf(paths, ruby, (item) => callBlock(block, [item], ruby), frame);
}

/** `Dir.glob`: each pattern stands for what it matches. */
export function glob(patterns: readonly Value[], base: Value | undefined, call: Call, asPathname = false): Value {
  const items = patterns
    .flatMap((each) => (each.kind === 'list' ? each.items : [each]))
    .map(plainText)
    .map((pattern) => (base === undefined ? pattern : joinPaths([base, pattern])))
    .map((pattern) => globbed(wordOf(pattern)))
    .map((each) => (asPathname ? pathname(each) : each));
  return handed(list(items, false), call);
}

const globbed = (word: Word): Value => {
  const known = textOf(word);
  return text({ ...word, glob: known === undefined || /[*?[{]/.test(known) });
};

/** Any name in a folder, or any path below it. */
export function listFolder(folder: Value, call: Call, whole: boolean): Value {
  const any = text(staticWord('*', true));
  const below = whole ? joinPaths([folder, any]) : any;
  return handed(
    list(
      [whole && call.receiver?.kind === 'name' && call.receiver.name === 'Pathname()' ? pathname(below) : below],
      false,
    ),
    call,
  );
}

const first = (call: Call): Value => plainText(call.given.positional[0] ?? unknown('(nothing)'));

/** Files and lists of files in front; options do not count. */
const paths = ({ given }: Call): readonly Value[] => given.positional.filter((each) => each.kind !== 'table');

const isIdle = (call: Call): boolean => {
  const idle = option(call.given, 'noop');
  return idle !== undefined && isOn(idle);
};

const deletes =
  (recursive: boolean): LibraryApi =>
  (call, via) => {
    if (!isIdle(call))
      deleteFiles(paths(call).slice(0, via.includes('remove_') ? 1 : undefined), recursive, via, call.ruby);
    return nil;
  };

/** Runs as the command of that name would: `FileUtils.mv` as mv. */
const asCommand =
  (...words: readonly string[]): LibraryApi =>
  (call, via) => {
    const given = paths(call).flatMap((each) => (each.kind === 'list' ? each.items : [each]));
    if (isIdle(call) || given.length === 0) return nil;
    const target = given.map((each) => wordOf(plainText(each)));
    call.ruby.record(via, { kind: 'words', words: [...words.map((word) => staticWord(word)), ...target] });
    return given.at(-1) ?? nil;
  };

const changesMode =
  (op: 'chmod' | 'chown', skip: number): LibraryApi =>
  (call, via) => {
    for (const target of paths(call)
      .slice(skip)
      .flatMap((each) => (each.kind === 'list' ? each.items : [each])))
      call.ruby.record(via, { kind: 'file', op, path: wordOf(plainText(target)), recursive: true, many: false });
    return nil;
  };

const fileUtils: Readonly<Record<string, LibraryApi>> = {
  rm: deletes(false),
  rm_f: deletes(false),
  remove: deletes(false),
  remove_file: deletes(false),
  safe_unlink: deletes(false),
  rm_r: deletes(true),
  rm_rf: deletes(true),
  rmtree: deletes(true),
  remove_dir: deletes(true),
  remove_entry: deletes(true),
  remove_entry_secure: deletes(true),
  rmdir: asCommand('rmdir'),
  mv: asCommand('mv'),
  move: asCommand('mv'),
  cp: asCommand('cp'),
  copy: asCommand('cp'),
  cp_r: asCommand('cp', '-r'),
  copy_entry: asCommand('cp', '-r'),
  copy_file: asCommand('cp'),
  install: asCommand('install'),
  ln: asCommand('ln'),
  ln_s: asCommand('ln', '-s'),
  ln_sf: asCommand('ln', '-sf'),
  symlink: asCommand('ln', '-s'),
  mkdir: asCommand('mkdir'),
  mkdir_p: asCommand('mkdir', '-p'),
  makedirs: asCommand('mkdir', '-p'),
  mkpath: asCommand('mkdir', '-p'),
  touch: asCommand('touch'),
  chmod_R: changesMode('chmod', 1),
  chown_R: changesMode('chown', 2),
  cd: changeFolder,
  chdir: changeFolder,
};

/** The functions of FileUtils that stand alone where it is included. */
export const includedFileUtils = fileUtils;

function changeFolder(call: Call): Value {
  const { ruby, block } = call;
  const before = ruby.cwd;
  const to = wordOf(first(call));
  ruby.cwd = ruby.absolute(to);
  if (block === undefined) return nil;
  const result = callBlock(block, [text(to)], ruby);
  ruby.cwd = before;
  return result;
}

/** `File.open`, `open`, `IO.popen`-like texts behind `|`: what a mode says is done with the file. */
export const opensFile: LibraryApi = (call, via) => {
  const { given, ruby, block } = call;
  const path = first(call);
  if (path.kind === 'text' && knownPrefix(path.word).startsWith('|'))
    return runsInShell(text(dropBar(path.word)), ruby, via);
  if (isUrl(path) && !via.startsWith('File')) return fetchPage(path, call, via);
  const mode = literal(given.positional[1]) ?? literal(option(given, 'mode')) ?? 'r';
  const file = named('File()', { positional: [path], named: new Map() });
  if (/^[wa]|\+/.test(mode)) {
    if (mode.startsWith('w')) writeFile(path, text(''), false, via, ruby);
    ruby.stateOf(file)?.set('writes', path);
  }
  return block === undefined ? file : callBlock(block, [file], ruby);
};

const dropBar = (word: Word): Word =>
  word.kind === 'static'
    ? staticWord(word.value.slice(1))
    : dynamicWord(word.source, [(word.known[0] ?? '').slice(1), ...word.known.slice(1)]);

/** Text that a block or a program puts into a file that it opened. */
const puts =
  (newline: boolean): LibraryApi =>
  (call, via) => {
    const path = call.ruby.stateOf(call.receiver)?.get('writes');
    if (path === undefined) return nil;
    for (const each of call.given.positional) {
      const written = plainText(each);
      const word = wordOf(written);
      writeFile(path, newline ? text(joinWords([word, staticWord('\n')])) : written, true, via, call.ruby);
    }
    return nil;
  };

const writes: LibraryApi = (call, via) => {
  const [path, content] = call.given.positional;
  if (path !== undefined)
    writeFile(path, content, literal(option(call.given, 'mode'))?.startsWith('a') ?? false, via, call.ruby);
  return text('0');
};

const deletesEach: LibraryApi = (call, via) => {
  deleteFiles(call.given.positional, false, via, call.ruby);
  return text(String(call.given.positional.length));
};

const truncates: LibraryApi = (call, via) => {
  const path = wordOf(via.startsWith('File#') ? plainText(call.receiver ?? nil) : first(call));
  call.ruby.record(via, { kind: 'file', op: 'truncate', path, recursive: false, many: false });
  return text('0');
};

/** The text of a file; one that is not known says where it comes from. */
const reads: LibraryApi = (call, via) => {
  const path = first(call);
  if (path.kind === 'text' && knownPrefix(path.word).startsWith('|'))
    return runsInShell(text(dropBar(path.word)), call.ruby, via);
  if (isUrl(path)) return fetchPage(path, call, via);
  const known = literal(expandPath(path, undefined, call.ruby));
  const content = known?.startsWith('/') ? call.ruby.context.readFile(known) : undefined;
  return content === undefined ? unknown(call.source) : text(content);
};

const readsLines: LibraryApi = (call, via) => {
  const content = literal(reads(call, via));
  const lines =
    content === undefined
      ? list([], false)
      : list(
          content
            .split('\n')
            .filter((each) => each !== '')
            .map((each) => text(each)),
        );
  return handed(lines, call);
};

const listed =
  (whole: boolean): LibraryApi =>
  (call) =>
    listFolder(first(call), call, whole);

const temporary: LibraryApi = ({ block, ruby }) => {
  const folder = text(dynamicWord('Dir.mktmpdir', ['/tmp/', null]));
  return block === undefined ? folder : callBlock(block, [folder], ruby);
};

const tempFile: LibraryApi = (call) => {
  const file = named('Tempfile()', call.given);
  call.ruby.stateOf(file)?.set('writes', tempPath);
  return call.block === undefined ? file : callBlock(call.block, [file], call.ruby);
};

const joins: LibraryApi = ({ given }) =>
  joinPaths(given.positional.flatMap((each) => (each.kind === 'list' ? each.items : [each])).map(plainText), false);

const scoped = (scope: string, apis: LibraryApis): LibraryApis =>
  Object.fromEntries(Object.entries(apis).map(([name, api]) => [`${scope}.${name}`, api]));

const io: LibraryApis = {
  write: writes,
  binwrite: writes,
  read: reads,
  binread: reads,
  readlines: readsLines,
  foreach: readsLines,
};

export const fileApis: LibraryApis = {
  ...scoped('FileUtils', fileUtils),
  ...scoped('FileUtils::Verbose', fileUtils),
  ...scoped('File', io),
  ...scoped('IO', io),
  'File.delete': deletesEach,
  'File.unlink': deletesEach,
  'File.rename': asCommand('mv'),
  'File.symlink': asCommand('ln', '-s'),
  'File.link': asCommand('ln'),
  'File.truncate': truncates,
  'File.open': opensFile,
  'File.new': opensFile,
  'File.join': joins,
  'File.expand_path': ({ given, ruby }) => expandPath(plainText(given.positional[0] ?? nil), given.positional[1], ruby),
  'File.absolute_path': ({ given, ruby }) =>
    expandPath(plainText(given.positional[0] ?? nil), given.positional[1], ruby),
  'File.realpath': (call) => expandPath(first(call), undefined, call.ruby),
  'File.dirname': (call) => folderName(first(call)),
  'File.basename': (call) => baseName(first(call), call.given.positional[1]),
  'File().path': ({ receiver }) => plainText(receiver ?? nil),
  'File().to_path': ({ receiver }) => plainText(receiver ?? nil),
  'File().truncate': truncates,
  'File().write': puts(false),
  'File().print': puts(false),
  'File().<<': puts(false),
  'File().syswrite': puts(false),
  'File().puts': puts(true),
  'Tempfile().write': puts(false),
  'Tempfile().puts': puts(true),
  'Tempfile().path': () => tempPath,
  'Tempfile.new': tempFile,
  'Tempfile.create': tempFile,
  'Tempfile.open': tempFile,
  'Dir.glob': (call) => glob(call.given.positional, option(call.given, 'base'), call),
  'Dir.[]': (call) => glob(call.given.positional, undefined, call),
  'FileList.[]': (call) => glob(call.given.positional, undefined, call),
  'FileList.new': (call) => glob(call.given.positional, undefined, call),
  'Rake::FileList.[]': (call) => glob(call.given.positional, undefined, call),
  'Rake::FileList.new': (call) => glob(call.given.positional, undefined, call),
  'Dir.children': listed(false),
  'Dir.entries': listed(false),
  'Dir.each_child': listed(false),
  'Dir.foreach': listed(false),
  'Find.find': listed(true),
  'Dir.new': (call) => named('Dir()', { positional: [first(call)], named: new Map() }),
  'Dir.open': (call) => named('Dir()', { positional: [first(call)], named: new Map() }),
  'Dir().each': (call) => listFolder(plainText(call.receiver ?? nil), call, false),
  'Dir().each_child': (call) => listFolder(plainText(call.receiver ?? nil), call, false),
  'Dir().children': (call) => listFolder(plainText(call.receiver ?? nil), call, false),
  'Dir().path': ({ receiver }) => plainText(receiver ?? nil),
  'Dir.mktmpdir': temporary,
  'Dir.tmpdir': () => text('/tmp'),
  'Dir.pwd': ({ ruby }) => text(ruby.folder),
  'Dir.getwd': ({ ruby }) => text(ruby.folder),
  'Dir.home': ({ ruby }) => text(ruby.context.variable('HOME') ?? staticWord('~')),
  'Dir.chdir': changeFolder,
  'Dir.delete': asCommand('rmdir'),
  'Dir.rmdir': asCommand('rmdir'),
  'Dir.unlink': asCommand('rmdir'),
  'Dir.mkdir': asCommand('mkdir'),
  'Pathname.new': (call) => pathname(first(call)),
  Pathname: (call) => pathname(first(call)),
  'Pathname.pwd': ({ ruby }) => pathname(text(ruby.folder)),
  'Pathname.glob': (call) => glob(call.given.positional, undefined, call, true),
};
