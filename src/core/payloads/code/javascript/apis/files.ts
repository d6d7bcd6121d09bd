// Files: node:fs, fs-extra, rimraf, del and their kin, Deno and Bun. Source: the libraries' own documentation.
import { dynamicWord, knownPrefix, textOf, type Word } from '../../../../model/word.ts';
import { isOn, option } from '../../api.ts';
import { type Arguments, joinPaths, knownText, list, text, unknown, type Value, wordOf } from '../../value.ts';
import { absoluteOf } from '../paths.ts';
import type { Run } from '../run.ts';
import { fileContent, isListing, listing, markListed } from '../values.ts';
import { type JsApi, type JsApiTable, removePath, runWords, same } from './api.ts';

const removes =
  (recursive: boolean | 'option', glob = false): JsApi =>
  (call, run, name) => {
    removePath(
      call.positional[0],
      recursive === 'option' ? isOn(option(call, 'recursive')) : recursive,
      name,
      run,
      glob,
    );
    return undefined;
  };

/** Patterns as del has them: `!dist/keep` leaves out. */
const removesPatterns: JsApi = (call, run, name) => {
  if (isOn(option(call, 'dryRun'))) return undefined;
  const given = call.positional[0];
  const patterns = given?.kind === 'list' ? given.items : given === undefined ? [] : [given];
  for (const pattern of patterns)
    if (!knownPrefix(wordOf(pattern)).startsWith('!')) removePath(pattern, true, name, run, true);
  return undefined;
};

/** An empty folder is removed, or with an option all that is in it. */
const removesFolder: JsApi = (call, run, name) => {
  if (isOn(option(call, 'recursive'))) removePath(call.positional[0], true, name, run);
  else runWords(['rmdir', pathWord(call.positional[0], run)], name, run);
  return undefined;
};

const empties: JsApi = (call, run, name) => {
  const [folder] = call.positional;
  if (folder !== undefined) removePath(joinPaths([folder, text('*')]), true, name, run, true);
  return undefined;
};

const pathWord = (value: Value | undefined, run: Run): Word =>
  value === undefined ? dynamicWord('(nothing)') : wordOf(run.path(value));

/** A command that does the same: what is known of it counts here too. */
const likeCommand =
  (words: readonly string[], ...at: readonly number[]): JsApi =>
  (call, run, name) => {
    runWords([...words, ...at.map((each) => pathWord(call.positional[each], run))], name, run);
    return undefined;
  };

const truncates: JsApi = (call, run, name) => {
  run.recorder.record(name, {
    kind: 'file',
    op: 'truncate',
    path: pathWord(call.positional[0], run),
    recursive: false,
    many: isListing(call.positional[0]),
  });
  return undefined;
};

const writes =
  (appends: boolean, content: (call: Arguments) => Value | undefined = (call) => call.positional[1]): JsApi =>
  (call, run, name) => {
    const written = content(call);
    const flag = knownText(option(call, 'flag') ?? option(call, 'flags'));
    const isAppended = appends || flag?.startsWith('a') === true || isOn(option(call, 'append'));
    if (!isAppended && knownText(written) === '') return truncates(call, run, name);
    run.recorder.record(name, {
      kind: 'write',
      path: pathWord(call.positional[0], run),
      text: written === undefined ? undefined : wordOf(run.content(written)),
      appends: isAppended,
    });
    return undefined;
  };

/** `open(path, 'w')` empties what is there; a handle knows its path. */
const opens: JsApi = (call, run, name) => {
  const flag = knownText(call.positional[1]) ?? '';
  if (/^w/.test(flag)) {
    run.recorder.record(name, {
      kind: 'write',
      path: pathWord(call.positional[0], run),
      text: undefined,
      appends: false,
    });
  }
  return undefined;
};

const jsonText = (call: Arguments): Value | undefined =>
  call.positional[1] === undefined ? undefined : text(wordOf(call.positional[1]));

/** The text of a file, looked up where something is made of it. */
const reads: JsApi = (call, run, name) => {
  const path = absoluteOf(call.positional[0], run);
  return path === undefined ? unknown(`${name}(...)`) : fileContent(path, `${name}(${path})`);
};
const readsJson: JsApi = (call, run, name) => {
  const content = reads(call, run, name);
  return content === undefined
    ? undefined
    : run.callMethod({ kind: 'name', name: 'JSON' }, 'parse', { positional: [content], named: new Map() });
};

/** All that stands in a folder: one entry for all. */
const lists: JsApi = (call, run) => {
  const folder = call.positional[0];
  const shown = folder === undefined ? '…' : (textOf(wordOf(run.path(folder))) ?? '…');
  return listing(markListed(text(dynamicWord(`(each entry of ${shown})`))));
};

/** What a pattern finds: its fixed pieces, with unknown ones where its wildcards are. */
const finds: JsApi = (call) => {
  const patterns = call.positional[0]?.kind === 'list' ? call.positional[0].items : call.positional.slice(0, 1);
  const base = option(call, 'cwd');
  const found = patterns
    .filter((pattern) => !knownPrefix(wordOf(pattern)).startsWith('!'))
    .map((pattern) => matchOf(pattern, base));
  const [first] = found;
  return found.length === 1 && first !== undefined ? listing(first) : list(found, false);
};

function matchOf(pattern: Value, base: Value | undefined): Value {
  const known = knownText(pattern);
  if (known === undefined) return markListed(text(dynamicWord('(each match)')));
  const pieces = known.split(/[*?]+(?:\/[*?]+)*|\{[^}]*\}|\[[^\]]*\]/);
  if (pieces.length === 1) return text(known);
  const word = dynamicWord(
    known,
    pieces.flatMap((piece, at) => (at === 0 ? [piece] : [null, piece])).filter((piece) => piece !== ''),
  );
  const full = base === undefined ? text(word) : joinPaths([base, text(word)]);
  return markListed(full);
}

const temporary = (call: Arguments): Value => {
  const prefix = call.positional[0];
  return prefix === undefined ? text(dynamicWord('(a temporary folder)', ['/tmp/', null])) : joinedUnknown(prefix);
};
const joinedUnknown = (prefix: Value): Value => {
  const word = wordOf(prefix);
  const known = word.kind === 'static' ? [word.value, null] : [...word.known, null];
  return text(
    dynamicWord(
      `${word.kind === 'static' ? word.value : word.source}XXXXXX`,
      known.filter((piece, at) => piece !== null || known[at - 1] !== null),
    ),
  );
};
const ownTemporary: JsApi = () => text(dynamicWord('(a temporary path)', ['/tmp/', null]));

const chmods: JsApi = (call, run, name) => {
  const mode = Number(knownText(call.positional[1]) ?? Number.NaN);
  const given = Number.isNaN(mode)
    ? 'u+rw'
    : /^[0-7]{3,4}$/.test(String(mode)) && mode > 511
      ? String(mode)
      : mode.toString(8);
  runWords(['chmod', given, pathWord(call.positional[0], run)], name, run);
  return undefined;
};

const makesFolder = likeCommand(['mkdir', '-p'], 0);
const moves = likeCommand(['mv'], 0, 1);
const copies = likeCommand(['cp', '-r'], 0, 1);

export const fileApis: JsApiTable = {
  ...same('fs.rm Deno.remove', removes('option')),
  ...same('fs.unlink', removes(false)),
  'fs.rmdir': removesFolder,
  ...same('fs.truncate Deno.truncate', truncates),
  ...same(
    'fs.writeFile fs.createWriteStream Deno.writeTextFile Deno.writeFile Bun.write write-file-atomic write-file-atomic.sync',
    writes(false),
  ),
  'fs.createWriteStream': writes(false, () => undefined),
  'fs.appendFile': writes(true),
  ...same('fs.rename Deno.rename fs-extra.move move-file', moves),
  ...same('fs.cp fs.copyFile fs-extra.copy Deno.copyFile cpy', copies),
  ...same('fs.symlink Deno.symlink', likeCommand(['ln', '-s'], 0, 1)),
  ...same('fs.chmod Deno.chmod', chmods),
  ...same(
    'fs.mkdir fs-extra.ensureDir fs-extra.mkdirp fs-extra.mkdirs mkdirp mkdirp.mkdirp mkdirp.sync make-dir make-dir.makeDirectory Deno.mkdir',
    makesFolder,
  ),
  ...same('fs-extra.ensureFile fs-extra.createFile', likeCommand(['touch'], 0)),
  ...same('fs.open Deno.open', opens),
  ...same('fs.readFile Deno.readTextFile Deno.readFile', reads),
  ...same('fs-extra.readJson fs-extra.readJSON', readsJson),
  ...same('fs.readdir fs.opendir Deno.readDir', lists),
  ...same(
    'fs.glob glob glob.glob glob.sync glob.globSync glob.globStream fast-glob fast-glob.sync fast-glob.glob fast-glob.async globby globby.globby globby.globbySync globby.sync tinyglobby.glob tinyglobby.globSync zx.glob zx.globby',
    finds,
  ),
  ...same('fs.mkdtemp Deno.makeTempDir', temporary),
  ...same(
    'tempy.temporaryDirectory tempy.temporaryFile tempy.directory tempy.file tmp.dirSync tmp.fileSync tmp.tmpNameSync tmp-promise.dir tmp-promise.file zx.tmpdir zx.tmpfile Deno.makeTempFile',
    ownTemporary,
  ),
  ...same('fs.realpath Deno.realPath', (call) => call.positional[0]),
  ...same('fs-extra.remove fs-jetpack.remove sander.rimraf', removes(true)),
  ...same('fs-extra.emptyDir fs-extra.emptydir', empties),
  ...same('fs-extra.outputFile', writes(false)),
  ...same('fs-extra.outputJson fs-extra.outputJSON fs-extra.writeJson fs-extra.writeJSON', writes(false, jsonText)),
  ...same(
    'rimraf rimraf.rimraf rimraf.native rimraf.manual rimraf.moveRemove rimraf.sync rimraf.native.sync rimraf.nativeSync',
    removes(true, true),
  ),
  ...same('del del.deleteAsync del.delete del.sync zx.del', removesPatterns),
  // The trash keeps what is moved there.
  trash: () => undefined,
  'Bun.file': (call, _run, name) => ({ kind: 'name', name: `${name}()`, made: call }),
  ...same('Bun.file().delete Bun.file().unlink', (call, run, name) => {
    removePath(call.receiver?.kind === 'name' ? call.receiver.made?.positional[0] : undefined, false, name, run);
    return undefined;
  }),
  'fs.open().truncate': (call, run, name) =>
    truncates(
      { positional: call.receiver?.kind === 'name' ? (call.receiver.made?.positional ?? []) : [], named: new Map() },
      run,
      name,
    ),
};
