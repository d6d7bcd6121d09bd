// Perl's core modules and common libraries: files, processes, HTTP clients and databases, by their qualified names.
import { textOfBase64 } from '../../../model/base64.ts';
import type { HttpRequest, SqlDialect } from '../../../model/fact.ts';
import { dynamicWord, knownPrefix, staticWord, textOf, type Word } from '../../../model/word.ts';
import { httpRequest } from '../../http/request.ts';
import { bodyOf, recordShell } from '../api.ts';
import { type Arguments, knownText, list, named, text, unknown, type Value, wordOf } from '../value.ts';
import { asCommand, type Builtin, deletes, joined, none, runs, runsBehind, runsReference } from './builtins.ts';
import { below, itemsOf, type Runtime, tableOf } from './model.ts';

/** `remove_tree(@folders, {keep_root => 1})`: options stand last. */
const removesTrees: Builtin = (given, runtime, name) => {
  const paths = given.flatMap((value) => (value.kind === 'list' ? itemsOf(value) : [value]));
  // rmtree($folder, $verbose, $safe): numbers are no folders.
  const folders = paths.filter((value) => value.kind !== 'table' && !/^[01]$/.test(knownText(value) ?? ''));
  return deletes(true)(folders, runtime, name);
};

/** Calls the sub for something below each folder. */
const finds: Builtin = (given, runtime) => {
  const [wanted, ...folders] = given;
  const code = wanted?.kind === 'table' ? (wanted.entries.get('wanted') ?? wanted.entries.get('process')) : wanted;
  for (const folder of folders.slice(0, 64)) {
    const path = below(wordOf(folder));
    runtime.apply(code, [], path);
  }
  return undefined;
};

const decodes: Builtin = ([value]) => {
  const packed = knownText(value);
  const decoded = packed === undefined ? undefined : textOfBase64(packed);
  return decoded === undefined ? unknown('decode_base64(...)', 'decoded') : text(decoded, 'decoded');
};

/** Functions by the names under which modules export them; a sub of the program of the same name comes first. */
export const functions: Readonly<Record<string, Builtin>> = {
  remove_tree: removesTrees,
  rmtree: removesTrees,
  'File::Path::remove_tree': removesTrees,
  'File::Path::rmtree': removesTrees,
  'File::Remove::remove': removesTrees,
  move: asCommand('mv', '--'),
  mv: asCommand('mv', '--'),
  copy: asCommand('cp', '--'),
  cp: asCommand('cp', '--'),
  'File::Copy::move': asCommand('mv', '--'),
  'File::Copy::copy': asCommand('cp', '--'),
  dirmove: asCommand('mv', '--'),
  find: finds,
  finddepth: finds,
  'File::Find::find': finds,
  'File::Find::finddepth': finds,
  open2: runsBehind(2),
  open3: runsBehind(3),
  'IPC::Open3::open3': runsBehind(3),
  'IPC::Open2::open2': runsBehind(2),
  run3: runsReference,
  run: runsReference,
  'IPC::Run::run': runsReference,
  'IPC::Cmd::run': (given, runtime, name) => {
    const command = tableOf(given);
    return runsReference(
      [(command.kind === 'table' ? command.entries.get('command') : undefined) ?? text('')],
      runtime,
      name,
    );
  },
  capture: runs,
  capturex: runs,
  systemx: runs,
  runx: runs,
  readpipe: runs,
  decode_base64: decodes,
  'MIME::Base64::decode_base64': decodes,
  catfile: joined,
  catdir: joined,
  dirname: ([value]) => folderOf(value),
  basename: ([value]) => lastOf(value),
  'File::Basename::dirname': ([value]) => folderOf(value),
  'File::Basename::basename': ([value]) => lastOf(value),
  getcwd: (_given, { context }) => text(context.cwd),
  cwd: (_given, { context }) => text(context.cwd),
  tempdir: () => text(dynamicWord('tempdir()', ['/tmp/', null])),
  tempfile: () => list([named('handle'), text(dynamicWord('tempfile()', ['/tmp/', null]))]),
  abs_path: ([value]) => value,
  realpath: ([value]) => value,
  rel2abs: ([value]) => value,
  path: ([value]) => named('Path::Tiny()', { ...none, positional: [value ?? unknown('path')] }),
  file: (given) => named('Path::Tiny()', { ...none, positional: [joined(given)] }),
  dir: (given) => named('Path::Tiny()', { ...none, positional: [joined(given)] }),
  // LWP::Simple
  get: (given, runtime) => sent('GET', given[0], [], runtime, 'LWP::Simple::get'),
  getstore: ([url, file], runtime, name) => {
    sent('GET', url, [], runtime, name);
    runtime.recorder.record(name, { kind: 'write', path: wordOf(file), text: undefined, appends: false });
    return undefined;
  },
};

const folderOf = (value: Value | undefined): Value => {
  const known = knownText(value);
  if (known === undefined) return unknown('dirname(...)');
  return text(known.includes('/') ? known.slice(0, known.lastIndexOf('/')) || '/' : '.');
};
const lastOf = (value: Value | undefined): Value => {
  const known = knownText(value);
  return known === undefined ? unknown('basename(...)') : text(known.replace(/\/+$/, '').split('/').at(-1) ?? '');
};

/** A method of a library: what it is called on, and the list it was given. */
export type Method = (on: Value, given: readonly Value[], runtime: Runtime, name: string) => Value | undefined;

/** One request; `rest` holds headers as keys and values, `Content` among them. */
function sent(
  method: Value | string,
  url: Value | undefined,
  rest: readonly Value[],
  { recorder }: Runtime,
  via: string,
): Value {
  const [first] = rest;
  const isTable = first?.kind === 'table' || first?.kind === 'list';
  const options = tableOf(isTable ? rest.slice(1) : rest);
  const entries = options.kind === 'table' ? options.entries : new Map<string, Value>();
  const nested = first?.kind === 'table' ? first.entries : undefined;
  const given = nested?.get('headers') ?? entries.get('headers');
  const fields = given?.kind === 'table' ? given.entries : entries;
  const headers = new Map(
    [...fields]
      .filter(([name]) => !/^:?content(_|$)/i.test(name))
      .map(([name, value]) => [name.toLowerCase().replaceAll('_', '-'), wordOf(value)]),
  );
  const body =
    nested?.get('content') ??
    nested?.get('json') ??
    entries.get('Content') ??
    entries.get('json') ??
    (isTable && nested?.has('headers') !== true ? first : undefined);
  const request: HttpRequest | undefined = httpRequest({
    method: typeof method === 'string' ? method : wordOf(method),
    url: wordOf(url),
    headers,
    body: bodyOf(body),
  });
  if (request !== undefined) recorder.record(via, { kind: 'http', request });
  return unknown(`${via}(...)`, 'http');
}

const sends =
  (method: string): Method =>
  (_on, [url, ...rest], runtime, name) =>
    sent(method, url, rest, runtime, name);

/** `$ua->request(HTTP::Request->new('DELETE', $url))`, `$http->request('DELETE', $url, {...})`. */
const requests: Method = (_on, given, runtime, name) => {
  const [first, url, ...rest] = given;
  if (first?.kind !== 'name') return sent(first ?? unknown('method'), url, rest, runtime, name);
  const [method, target, , body] = first.made?.positional ?? [];
  const isShort = knownText(target) === undefined && /^[A-Z]+$/.test(first.name.split('::').at(-1)?.slice(0, -2) ?? '');
  if (isShort) return sent(first.name.split('::').at(-1)?.slice(0, -2) ?? '', method, [], runtime, name);
  return sent(method ?? unknown('method'), target, body === undefined ? [] : [text('Content'), body], runtime, name);
};

const clientMethods: Readonly<Record<string, Method>> = {
  get: sends('GET'),
  head: sends('HEAD'),
  post: sends('POST'),
  put: sends('PUT'),
  patch: sends('PATCH'),
  delete: sends('DELETE'),
  del: sends('DELETE'),
  DELETE: sends('DELETE'),
  PUT: sends('PUT'),
  POST: sends('POST'),
  post_form: sends('POST'),
  request: requests,
  simple_request: requests,
};

const dialects: readonly (readonly [RegExp, SqlDialect])[] = [
  [/^dbi:pg/i, 'postgres'],
  [/^dbi:(mysql|mariadb)/i, 'mysql'],
  [/^dbi:sqlite/i, 'sqlite'],
  [/^dbi:(odbc|sybase)/i, 'mssql'],
];

/** The data source that a handle was connected with. */
function sourceOfHandle(on: Value): Word | undefined {
  for (let each: Value | undefined = on; each?.kind === 'name'; each = each.made?.receiver)
    if (each.name === 'DBI.connect()') return wordOf(each.made?.positional[0]);
  return undefined;
}

/** `dbi:Pg:dbname=orders;host=db1` as a URL; of SQLite the file. */
function connectionOf(source: Word, dialect: SqlDialect): Word | undefined {
  const known = textOf(source);
  if (known === undefined) return undefined;
  const part = (name: RegExp) => name.exec(known)?.[1];
  const database = part(/(?:dbname|database|db)=([^;]+)/i) ?? /^dbi:\w+:([^;=]+)$/i.exec(known)?.[1] ?? '';
  if (dialect === 'sqlite') return staticWord(database);
  const host = part(/host(?:name)?=([^;]+)/i) ?? 'localhost';
  const port = part(/port=(\d+)/i);
  return staticWord(`${dialect}://${host}${port === undefined ? '' : `:${port}`}/${database}`);
}

function queried(on: Value, statement: Value | undefined, { recorder }: Runtime, via: string): Value {
  const source = sourceOfHandle(on);
  const dialect =
    dialects.find(([pattern]) => pattern.test(source === undefined ? '' : knownPrefix(source)))?.[1] ?? 'generic';
  const connection = source === undefined ? undefined : connectionOf(source, dialect);
  recorder.record(via, { kind: 'sql', text: wordOf(statement), dialect, connection });
  return unknown(`${via}(...)`);
}

const queries: Method = (on, [statement], runtime, name) =>
  statement?.kind === 'name' ? undefined : queried(on, statement, runtime, name);
const handleMethods: Readonly<Record<string, Method>> = {
  do: queries,
  selectall_arrayref: queries,
  selectrow_array: queries,
  selectcol_arrayref: queries,
  selectall_hashref: queries,
  selectrow_hashref: queries,
  prepare: (on, given) => named('DBI.prepare()', { ...none, positional: given, receiver: on }),
  prepare_cached: (on, given) => named('DBI.prepare()', { ...none, positional: given, receiver: on }),
  clone: (on) => on,
};

const pathOf = (on: Value): Value => (on.kind === 'name' ? on.made?.positional[0] : undefined) ?? unknown('path');
const pathMethods: Readonly<Record<string, Method>> = {
  remove: (on, _given, runtime, name) => deletes(false)([pathOf(on)], runtime, name),
  remove_tree: (on, _given, runtime, name) => deletes(true)([pathOf(on)], runtime, name),
  rmtree: (on, _given, runtime, name) => deletes(true)([pathOf(on)], runtime, name),
  move: (on, given, runtime, name) => asCommand('mv', '--')([pathOf(on), ...given], runtime, name),
  child: (on, given) => named('Path::Tiny()', { ...none, positional: [joined([pathOf(on), ...given])] }),
  file: (on, given) => named('Path::Tiny()', { ...none, positional: [joined([pathOf(on), ...given])] }),
  subdir: (on, given) => named('Path::Tiny()', { ...none, positional: [joined([pathOf(on), ...given])] }),
  children: (on) => named('Path::Tiny()', { ...none, positional: [below(wordOf(pathOf(on)))] }),
  stringify: (on) => pathOf(on),
  parent: (on) => named('Path::Tiny()', { ...none, positional: [folderOf(pathOf(on))] }),
  spew: (on, given, { recorder }, name) => {
    const written = given.filter((value) => value.kind !== 'table');
    recorder.record(name, {
      kind: 'write',
      path: wordOf(pathOf(on)),
      text: wordOf(written.length === 1 ? written[0] : undefined),
      appends: false,
    });
    return on;
  },
};

const executes: Method = (on, _given, runtime, name) =>
  on.kind === 'name' ? queried(on, on.made?.positional[0], runtime, name) : undefined;

/** Methods by the class of what they are called on; an instance is named by what made it. */
const methods: readonly (readonly [RegExp, Readonly<Record<string, Method>>])[] = [
  [
    /^(LWP::UserAgent|HTTP::Tiny|Mojo::UserAgent|REST::Client|WWW::Mechanize|Furl|HTTP::Client)\.new\(\)$/,
    clientMethods,
  ],
  [/^DBI\.connect(_cached)?\(\)$/, handleMethods],
  [/^DBI\.prepare\(\)$/, { execute: executes }],
  [/^Path::Tiny\(\)$/, pathMethods],
];

const makers = /^(new|connect|connect_cached|new_with_traits)$/;

/** Calls a method of a library; undefined where nothing is known of it. */
export function callMethod(on: Value, given: readonly Value[], runtime: Runtime, name: string): Value | undefined {
  if (on.kind === 'name') {
    const method = methods.find(([pattern]) => pattern.test(on.name))?.[1][name];
    return method?.(on, given, runtime, `${on.name.replace(/\.\w+\(\)$/, '')}->${name}`);
  }
  const className = knownText(on);
  if (className !== undefined && /^[A-Z][\w:]*$/.test(className)) return ofClass(className, given, runtime, name);
  // A handle that the program was given: its statements show what it is.
  const statement = knownText(given[0]) ?? knownPrefix(wordOf(given[0]));
  if (/^\s*(drop|truncate|delete|update|insert|alter|create|select)\s/i.test(statement)) {
    const method = handleMethods[name];
    return method?.(on, given, runtime, `DBI->${name}`);
  }
  return undefined;
}

function ofClass(className: string, given: readonly Value[], runtime: Runtime, name: string): Value | undefined {
  if (className.startsWith('File::Spec')) return functions[name]?.(given, runtime, name);
  if (className === 'File::Temp') return named('File::Temp.new()');
  if (!makers.test(name)) return functions[`${className}::${name}`]?.(given, runtime, name);
  const made: Arguments = { ...none, positional: given };
  return named(`${className}.${name}()`, made);
}

/** `HTTP::Request::Common`: `DELETE($url)` only makes a request. */
export const commonRequest = (name: string, given: readonly Value[]): Value | undefined =>
  /^(GET|POST|PUT|DELETE|PATCH|HEAD)$/.test(name) && given.length > 0
    ? named(`HTTP::Request::Common::${name}()`, { ...none, positional: given })
    : undefined;

/** Shell code between backticks; its output is not known. */
export function runsCommand(value: Value, { recorder }: Runtime): Value {
  recordShell(value, none, recorder, 'qx');
  return unknown('`...`', /\b(curl|wget)\b/.test(knownPrefix(wordOf(value))) ? 'http' : undefined);
}
