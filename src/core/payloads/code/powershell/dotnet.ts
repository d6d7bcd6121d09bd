// .NET as PowerShell reaches it: static methods and instances that delete, write, run, fetch and decode. Source: the .NET API reference.
import { joinWords, staticWord, type Word } from '../../../model/word.ts';
import { httpRequest } from '../../http/request.ts';
import { bodyOf } from '../api.ts';
import { windowsPath, windowsVariable } from '../batch/environment.ts';
import { concat, knownText, list, named, taintOf, text, unknown, type Value, wordOf } from '../value.ts';
import { argumentsOf } from './cmdlets.ts';
import type { Runtime } from './model.ts';

type Method = (given: readonly Value[], runtime: Runtime, name: string, on: Value) => Value | undefined;

const path = (value: Value | undefined): Word => windowsPath(wordOf(value));

const deletes =
  (isFolder: boolean): Method =>
  ([target, flag], { recorder }, name) => {
    const recursive = isFolder && !/^(false|0|)$/i.test(flag === undefined ? '' : (knownText(flag) ?? 'true'));
    // Without its second argument only an empty folder goes.
    if (isFolder && !recursive) return undefined;
    const word = path(target);
    recorder.record(name, { kind: 'file', op: 'delete', path: word, recursive, many: word.glob });
    return undefined;
  };

const writes =
  (appends: boolean): Method =>
  ([target, value], { recorder }, name) => {
    recorder.record(name, {
      kind: 'write',
      path: path(target),
      text: value === undefined ? undefined : wordOf(value),
      appends,
    });
    return undefined;
  };

const moves: Method = ([from, to], { recorder }, name) => {
  recorder.record(name, { kind: 'words', words: [staticWord('mv'), staticWord('--'), path(from), path(to)] });
  return undefined;
};

const decodes: Method = ([value]) => {
  const packed = knownText(value)?.replace(/\s|={1,2}\s*$/g, '');
  if (packed === undefined || !/^[A-Za-z0-9+/]+$/.test(packed) || packed.length % 4 === 1)
    return unknown('FromBase64String', 'decoded');
  return text(atob(packed), 'decoded');
};

/** Bytes, kept as one character each, as text. */
function decoded(bytes: string, encoding: 'utf-8' | 'utf-16le'): string {
  return new TextDecoder(encoding).decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0) & 0xff));
}

const reads =
  (encoding: 'utf-8' | 'utf-16le'): Method =>
  ([value]) => {
    const bytes = knownText(value);
    return bytes === undefined ? unknown('GetString', taintOf(value)) : text(decoded(bytes, encoding), taintOf(value));
  };

const starts: Method = ([program, given], { recorder }, name) => {
  if (program?.kind === 'text')
    recorder.record(name, {
      kind: 'words',
      words: [wordOf(program), ...(given === undefined ? [] : argumentsOf(given))],
    });
  return unknown(name);
};

const combines: Method = (given) => text(joinWords(given.map(path), '/'));

/** By type, without `System.`, and method; both in lower case. */
export const statics: Readonly<Record<string, Method>> = {
  'io.file.delete': deletes(false),
  'io.directory.delete': deletes(true),
  'io.file.move': moves,
  'io.directory.move': moves,
  'io.file.writealltext': writes(false),
  'io.file.writealllines': writes(false),
  'io.file.writeallbytes': writes(false),
  'io.file.appendalltext': writes(true),
  'io.file.create': ([target], runtime, name, on) =>
    writes(false)(target === undefined ? [] : [target], runtime, name, on),
  'io.path.combine': combines,
  'io.path.join': combines,
  'io.path.gettemppath': () => text(windowsVariable('TEMP', '$env:TEMP') ?? ''),
  'io.path.gettempfilename': () =>
    text(joinWords([windowsVariable('TEMP', '$env:TEMP') ?? staticWord(''), staticWord('/tmp.tmp')])),
  'convert.frombase64string': decodes,
  'text.encoding.getstring.utf8': reads('utf-8'),
  'text.encoding.getstring.ascii': reads('utf-8'),
  'text.encoding.getstring.unicode': reads('utf-16le'),
  'diagnostics.process.start': starts,
  'scriptblock.create': ([value]) =>
    named('scriptblock()', { positional: value === undefined ? [] : [value], named: new Map() }),
  'environment.getenvironmentvariable': ([name], { context }) => {
    const known = knownText(name);
    const word = known === undefined ? undefined : (windowsVariable(known, `$env:${known}`) ?? context.variable(known));
    return word === undefined ? unknown('an environment variable') : text(word);
  },
  'string.join': ([separator, ...items]) =>
    concat(
      items.flatMap((item) => (item.kind === 'list' ? item.items : [item])),
      knownText(separator) ?? '',
    ),
  'string.format': (given) => given[0],
};

const fetches =
  (method: string, file = false): Method =>
  ([url, target], { recorder }, name) => {
    const request = httpRequest({
      method,
      url: wordOf(url),
      headers: new Map(),
      body: bodyOf(method === 'GET' ? undefined : target),
    });
    if (request !== undefined) recorder.record(name, { kind: 'http', request });
    if (file) recorder.record(name, { kind: 'write', path: path(target), text: undefined, appends: false });
    return unknown(name, 'http');
  };

/** Where a connection of ADO.NET leads: `Server=db1;Database=orders`. */
function connectionOf(on: Value | undefined): Word | undefined {
  const given = on?.kind === 'name' ? on.made?.positional[0] : undefined;
  const parts = new Map(
    (knownText(given) ?? '').split(';').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()] as const;
    }),
  );
  const server = parts.get('server') ?? parts.get('data source');
  const database = parts.get('database') ?? parts.get('initial catalog') ?? '';
  if (server !== undefined) return staticWord(`mssql://${server.replace(/[\\,].*$/, '')}/${database}`);
  return given === undefined ? undefined : wordOf(given);
}

/** `$command.ExecuteNonQuery()`: its text was set before, or given when it was made. */
const executes: Method = (_given, { recorder }, name, on) => {
  const made = on.kind === 'name' ? on.made : undefined;
  const statement = made?.named.get('commandtext') ?? made?.positional[0];
  const connection = connectionOf(made?.named.get('connection') ?? made?.positional[1] ?? made?.receiver);
  if (statement !== undefined)
    recorder.record(name, { kind: 'sql', text: wordOf(statement), dialect: 'mssql', connection });
  return unknown(name);
};

const command = {
  executenonquery: executes,
  executescalar: executes,
  executereader: executes,
  executenonqueryasync: executes,
};
const connection = {
  createcommand: ((_given, _runtime, _name, on) =>
    named('data.sqlclient.sqlcommand()', { positional: [], named: new Map(), receiver: on })) satisfies Method,
};

/** Methods of instances, by the end of their type's name. */
const instances: Readonly<Record<string, Readonly<Record<string, Method>>>> = {
  'net.webclient()': {
    downloadstring: fetches('GET'),
    downloaddata: fetches('GET'),
    downloadfile: fetches('GET', true),
    uploadstring: ([url, ...rest], runtime, name, on) =>
      rest.length > 1
        ? fetches(knownText(rest[0]) ?? 'POST')([url ?? unknown('url'), ...rest.slice(1)], runtime, name, on)
        : fetches('POST')([url ?? unknown('url'), ...rest], runtime, name, on),
  },
  'data.sqlclient.sqlcommand()': command,
  'microsoft.data.sqlclient.sqlcommand()': command,
  'data.sqlclient.sqlconnection()': connection,
  'microsoft.data.sqlclient.sqlconnection()': connection,
  'net.http.httpclient()': {
    getstringasync: fetches('GET'),
    getasync: fetches('GET'),
    deleteasync: fetches('DELETE'),
    postasync: fetches('POST'),
    putasync: fetches('PUT'),
  },
};

/** A method of a value; undefined where nothing is known of it. */
export function callInstance(on: Value, name: string, given: readonly Value[], runtime: Runtime): Value | undefined {
  if (on.kind === 'name') {
    const method = instances[on.name.toLowerCase()]?.[name];
    if (method !== undefined) return method(given, runtime, name, on);
    if (on.name === 'scriptblock()' && /^invoke/.test(name)) return runtime.apply(on, given);
    if (/^io\.(file|directory)info\(\)$/.test(on.name) && name === 'delete')
      return deletes(on.name.startsWith('io.d'))(
        [on.made?.positional[0] ?? unknown('path'), ...given],
        runtime,
        'Delete',
        on,
      );
  }
  if (on.kind === 'function' && /^invoke/.test(name)) return runtime.apply(on, given);
  const whole = knownText(on);
  const changed = whole === undefined ? undefined : changedText(whole, name, given.map(knownText));
  if (typeof changed === 'string') return text(changed, taintOf(on));
  return changed === undefined ? onFound(on, name, given, runtime) : list(changed.map((each) => text(each)));
}

/** Methods of a text that is known, as what they give back. */
function changedText(
  whole: string,
  name: string,
  [first, second]: readonly (string | undefined)[],
): string | readonly string[] | undefined {
  switch (name) {
    case 'replace':
      return first === undefined || first === '' || second === undefined ? undefined : whole.replaceAll(first, second);
    case 'tolower':
    case 'tolowerinvariant':
      return whole.toLowerCase();
    case 'toupper':
    case 'toupperinvariant':
      return whole.toUpperCase();
    case 'trim':
      return whole.trim();
    case 'tostring':
    case 'trimend':
    case 'trimstart':
      return whole;
    case 'substring':
      return whole.slice(Number(first), second === undefined ? undefined : Number(first) + Number(second));
    case 'split':
      return first === undefined || first === '' ? undefined : whole.split(first).slice(0, 1_000);
    default:
      return undefined;
  }
}

/** `(Get-Item x).Delete()`, `$file.Delete()`: what a search found. */
function onFound(on: Value, name: string, given: readonly Value[], runtime: Runtime): Value | undefined {
  if (name !== 'delete') return undefined;
  for (const each of on.kind === 'list' ? on.items : on.kind === 'text' ? [on] : [])
    deletes(given.length > 0)([each, ...given], runtime, 'Delete', on);
  return undefined;
}
