// General: the language's own objects, node:path, node:os, node:util, buffers, and code that is made of text.
import { textOfBase64 } from '../../../../model/base64.ts';
import { dynamicWord, knownPrefix, mapText, staticWord, textOf } from '../../../../model/word.ts';
import { normalizePath } from '../../../../resolve/paths.ts';
import {
  type Arguments,
  concat,
  joinPaths,
  knownText,
  list,
  table,
  taintOf,
  text,
  unknown,
  type Value,
  wordOf,
} from '../../value.ts';
import { environmentVariable } from '../members.ts';
import type { Run } from '../run.ts';
import { Scope } from '../scope.ts';
import {
  eachChoice,
  either,
  entryOf,
  functionOf,
  isListing,
  made,
  markListed,
  nothing,
  ofData,
  setEntry,
} from '../values.ts';
import { type JsApi, type JsApiTable, same } from './api.ts';

const noArguments: Arguments = { positional: [], named: new Map() };
const firstOf: JsApi = (call) => call.positional[0] ?? nothing;
const textOnly: JsApi = (call) => (call.positional[0] === undefined ? text('') : concat([call.positional[0]]));

/** Each of the values that the first argument may be. */
const ofEach =
  (change: (value: Value, call: Arguments, run: Run) => Value): JsApi =>
  (call, run) =>
    call.positional[0] === undefined ? undefined : eachChoice(call.positional[0], (value) => change(value, call, run));

const joins =
  (anew: boolean): JsApi =>
  (call, run) => {
    const at = call.positional.findIndex((value) => eachChoice(value, (each) => each) !== value);
    if (at >= 0)
      return eachChoice(call.positional[at] as Value, (each) => joinedPath(call.positional.with(at, each), anew, run));
    return joinedPath(call.positional, anew, run);
  };

function joinedPath(parts: readonly Value[], anew: boolean, run: Run): Value {
  if (parts.length === 0) return text(run.cwd ?? run.context.cwd);
  const joined = joinPaths(parts, anew);
  const word = wordOf(joined);
  const isRelative =
    anew && !/^[/~]/.test(knownPrefix(word)) && (word.kind === 'static' || (word.known[0] ?? null) !== null);
  const full = isRelative && parts.length > 0 ? joinPaths([text(run.cwd ?? run.context.cwd), joined]) : joined;
  const known = knownText(full);
  const plain = known === undefined || known === '' ? full : text(normalizePath(known), taintOf(full));
  return parts.some(isListing) ? markListed(plain) : plain;
}

const folderOf = ofEach((value) =>
  cut(value, (path) => path.replace(/\/*[^/]*\/*$/, '') || (path.startsWith('/') ? '/' : '.')),
);
const nameOf = ofEach((value, call) => {
  const ending = knownText(call.positional[1]) ?? '';
  return cut(value, (path) => {
    const name = path.replace(/\/+$/, '').replace(/^.*\//s, '');
    return ending !== '' && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
  });
});
const cut = (value: Value, change: (path: string) => string): Value => {
  const known = knownText(value);
  return known === undefined
    ? text(dynamicWord(`${show(value)}`), taintOf(value))
    : text(change(known), taintOf(value));
};
const show = (value: Value): string => {
  const word = wordOf(value);
  return word.kind === 'static' ? word.value : word.source;
};

const parsesJson: JsApi = (call, run, name) => {
  const value = run.content(call.positional[0] ?? nothing);
  const known = knownText(value);
  if (known === undefined) return unknown(`${name}(...)`, taintOf(value));
  try {
    return ofData(JSON.parse(known));
  } catch {
    return unknown(`${name}(...)`);
  }
};

const printsJson: JsApi = (call) => {
  const [value] = call.positional;
  const known = knownText(value);
  if (known !== undefined && !/^(true|false|null|undefined|-?\d+)$/.test(known)) return text(JSON.stringify(known));
  return text(wordOf(value), taintOf(value));
};

const entries: JsApi = (call) => {
  const [value] = call.positional;
  if (value?.kind !== 'table') return unknown('Object.entries(...)');
  return list(
    [...value.entries].map(([key, entry]) => list([text(key), entry])),
    value.complete,
  );
};
const keys: JsApi = (call) => {
  const [value] = call.positional;
  return value?.kind === 'table'
    ? list(
        [...value.entries.keys()].map((key) => text(key)),
        value.complete,
      )
    : unknown('Object.keys(...)');
};
const values: JsApi = (call) => {
  const [value] = call.positional;
  return value?.kind === 'table' ? list([...value.entries.values()], value.complete) : unknown('Object.values(...)');
};
const assigns: JsApi = (call) => {
  const [target, ...others] = call.positional;
  if (target?.kind !== 'table') return target;
  for (const other of others)
    if (other.kind === 'table') for (const [key, entry] of other.entries) setEntry(target, key, entry);
  return target;
};

/** `Buffer.from(text, 'base64')`, `atob(text)`: decoded where it is known, else marked as decoded. */
const decodes = (encoding: string | undefined, value: Value): Value => {
  if (encoding !== 'base64' && encoding !== 'hex' && encoding !== 'base64url') return value;
  const known = knownText(value);
  if (known === undefined) return unknown('(decoded text)', 'decoded');
  return text(decoded(known, encoding));
};

/** Node passes over what is no digit of the encoding. */
function decoded(encoded: string, encoding: string): string {
  if (encoding !== 'hex') return textOfBase64(encoded.replace(/[^\w+/-]/g, '')) ?? '';
  const bytes = (encoded.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16));
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** Text that runs as code. What nobody knows is opaque; what came over the network or was decoded is a flow. */
const evaluates =
  (at: number): JsApi =>
  (call, run, name) => {
    const given = call.positional[at];
    if (given === undefined) return undefined;
    const value = run.content(given);
    const taint = taintOf(value);
    if (taint !== undefined) run.recorder.record(name, { kind: 'flow', from: taint, to: 'interpreter' });
    const known = knownText(value);
    if (known !== undefined) return run.code(known, new Scope(run.journal));
    if (taint === undefined)
      run.recorder.record(name, { kind: 'opaque', detail: `${name} runs text that is not known` });
    return unknown(`${name}(...)`);
  };

/** `new Function('a', 'body')` is a function of that body. */
const makesFunction: JsApi = (call, run, name) =>
  functionOf({
    kind: 'native',
    call: () => evaluates(Math.max(call.positional.length - 1, 0))(call, run, name),
  });

/** `new Promise((resolve) => ...)` is what it is resolved with. */
const promises: JsApi = (call, run) => {
  const results: Value[] = [];
  const settle = functionOf({
    kind: 'native',
    call: (given) => {
      results.push(given.positional[0] ?? nothing);
      return nothing;
    },
  });
  if (call.positional[0] !== undefined)
    run.call(
      call.positional[0],
      { positional: [settle, functionOf({ kind: 'native', call: () => nothing })], named: new Map() },
      'Promise',
    );
  return results.length === 0 ? unknown('Promise') : either(results);
};

const later: JsApi = (call, run) => {
  const callback = call.positional.find((value) => value.kind === 'function');
  if (callback !== undefined) run.call(callback, noArguments, 'later');
  return unknown('(a timer)');
};

const urls: JsApi = (call) => {
  const [path, base] = call.positional;
  if (path === undefined || base === undefined || /^[a-z]+:/.test(knownPrefix(wordOf(path)))) return path;
  const start = wordOf(base);
  const folder = mapText(start, (piece) =>
    /^[a-z]+:\/\/[^/]*$/.test(piece) ? `${piece}/` : piece.replace(/[^/]*$/, ''),
  );
  const relative = mapText(wordOf(path), (piece, at) => (at === 0 ? piece.replace(/^\.?\//, '') : piece));
  return concat([text(folder), text(relative)]);
};

const withoutScheme: JsApi = (call) => {
  const [value] = call.positional;
  return value === undefined
    ? undefined
    : text(mapText(wordOf(value), (piece, at) => (at === 0 ? piece.replace(/^file:(\/\/)?/, '') : piece)));
};

const home = (run: Run): Value => {
  const value = environmentVariable('HOME', run);
  return knownText(value) === 'undefined' ? text('~') : value;
};
const temporary = (run: Run): Value => {
  const known = knownText(environmentVariable('TMPDIR', run));
  return text(known === undefined || known === 'undefined' ? '/tmp' : known.replace(/(?<=.)\/$/, ''));
};

/** Variables of a `.env` file that are not set yet. Source: dotenv's own documentation. */
const loadsVariables: JsApi = (call, run) => {
  const given = entryOf(call.positional[0], 'path');
  const path = wordText(run.path(joinPaths([text(run.context.cwd), given ?? text('.env')])));
  const content = path === undefined ? undefined : run.context.readFile(path);
  for (const line of content?.split('\n') ?? []) {
    const parts = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line.slice(0, 4000));
    if (parts === null || run.env.has(parts[1] ?? '') || run.context.variable(parts[1] ?? '') !== undefined) continue;
    run.env.set(parts[1] ?? '', staticWord((parts[2] ?? '').replace(/^(["'`])(.*)\1.*$/, '$2')));
  }
  return undefined;
};
const wordText = (value: Value): string | undefined => textOf(wordOf(value));

const sets: JsApi = (call, run, name) => {
  const [items] = call.positional;
  return items?.kind === 'list' ? items : items === undefined ? list([]) : made(name, call) && run.content(items);
};

export const generalApis: JsApiTable = {
  ...same('path.join', joins(false)),
  ...same('path.resolve', joins(true)),
  ...same(
    'path.normalize path.toNamespacedPath structuredClone util.promisify util.callbackify Promise.resolve Object.freeze Object.seal Array.from es6-promisify pify util.types Buffer.concat TextDecoder().decode',
    firstOf,
  ),
  'Object.fromEntries': (call) => {
    const [given] = call.positional;
    if (given?.kind !== 'list') return unknown('Object.fromEntries(...)');
    const pairs = given.items.flatMap((item) =>
      item.kind === 'list' && item.items[1] !== undefined
        ? [[knownText(item.items[0]) ?? '', item.items[1]] as const]
        : [],
    );
    return table(new Map(pairs), given.complete);
  },
  ...same('path.dirname', folderOf),
  ...same('path.basename', nameOf),
  'path.extname': (call) => {
    const known = knownText(call.positional[0]);
    return known === undefined ? undefined : text(/[^/.](\.[^./]*)$/.exec(known)?.[1] ?? '');
  },
  ...same('os.tmpdir temp-dir tempy.root', (_call, run) => temporary(run)),
  ...same('os.homedir untildify.home', (_call, run) => home(run)),
  ...same('Promise.all Promise.allSettled Promise.race Promise.any', firstOf),
  Promise: promises,
  ...same(
    'setTimeout setInterval setImmediate queueMicrotask process.nextTick process.on process.once timers.setTimeout',
    later,
  ),
  'JSON.parse': parsesJson,
  'JSON.stringify': printsJson,
  'Object.entries': entries,
  'Object.keys': keys,
  'Object.values': values,
  'Object.assign': assigns,
  Set: sets,
  'Array.of': (call) => list(call.positional),
  ...same('String encodeURI decodeURI url.parse Number parseInt Boolean', textOnly),
  ...same('encodeURIComponent decodeURIComponent', textOnly),
  URL: urls,
  'url.URL': urls,
  ...same('url.fileURLToPath Bun.fileURLToPath', withoutScheme),
  'url.pathToFileURL': (call) =>
    call.positional[0] === undefined ? undefined : concat([text('file://'), call.positional[0]]),
  ...same('Buffer.from buffer.Buffer.from Buffer', (call) =>
    decodes(knownText(call.positional[1]), call.positional[0] ?? nothing),
  ),
  atob: (call) => decodes('base64', call.positional[0] ?? nothing),
  ...same('eval vm.runInThisContext vm.runInNewContext vm.runInContext vm.Script vm.compileFunction', evaluates(0)),
  Function: makesFunction,
  ...same('Deno.env.get', (call, run) => {
    const name = knownText(call.positional[0]);
    return name === undefined ? undefined : environmentVariable(name, run);
  }),
  'dotenv.config': loadsVariables,
  'dotenv.load': loadsVariables,
  'process.loadEnvFile': (call, run, name) =>
    loadsVariables(
      {
        positional: call.positional[0] === undefined ? [] : [table(new Map([['path', call.positional[0]]]))],
        named: new Map(),
      },
      run,
      name,
    ),
  'module.createRequire': () => ({ kind: 'name', name: 'require' }),
  ...same('console.log console.error console.warn console.info console.table console.debug', () => nothing),
};
