// APIs of values: builtins, decoding, dynamic code, and functions that call functions.
import { textOfBase64 } from '../../../../model/base64.ts';
import { showWord } from '../../../../model/word.ts';
import { type Arguments, list, table, taintOf, text, unknown, type Value, wordOf } from '../../value.ts';
import { attributeOf, variable } from '../access.ts';

import { callEach, callValue, standardInput } from '../calls.ts';
import { importModule } from '../imports.ts';
import { literalOf, none } from '../literals.ts';
import type { Run } from '../run.ts';
import { ownValue, type Scope } from '../scope.ts';
import { setEntry } from '../targets.ts';
import { each, incomplete, type PythonApi, type PythonApis } from './api.ts';
import { writeTo } from './files.ts';

/** `exec(code)`: the text runs where it stands. Code that was fetched or decoded is a flow as well. */
const executes: PythonApi = (call, run, via, scope) => {
  const code = compiled(call.positional[0]);
  if (code === undefined || scope === undefined) return none;
  const taint = taintOf(code);
  if (taint !== undefined) run.recorder.record(via, { kind: 'flow', from: taint, to: 'interpreter' });
  const known = literalOf(code);
  if (known !== undefined) runText(known, scope, run);
  else if (via === 'exec' && taint === undefined)
    run.recorder.record(via, { kind: 'opaque', detail: `the code of exec is not known: ${showWord(wordOf(code))}` });
  return unknown('');
};

/** Effects of code in a string are reported where the string is executed. */
function runText(source: string, scope: Scope, run: Run): void {
  if (run.depth >= 20) return;
  run.depth += 1;
  const { line } = run.recorder;
  run.within(line, () => run.parts.execute(source, scope, run));
  run.depth -= 1;
}

/** `compile(text, ...)` is its text. */
const compiled = (value: Value | undefined): Value | undefined =>
  value?.kind === 'name' && value.name === 'compile()' ? value.made?.positional[0] : value;

/** base64 and its kin: the text behind it where that is known, and always that it was decoded. */
const decodes =
  (decode: (known: string) => string | undefined): PythonApi =>
  (call) => {
    const known = literalOf(call.positional[0]);
    const result = known === undefined ? undefined : decode(known);
    return result === undefined ? unknown('', taintOf(call.positional[0]) ?? 'decoded') : text(result, 'decoded');
  };

const base64 = (known: string): string | undefined => (known.length > 1_000_000 ? undefined : textOfBase64(known));

const hex = (known: string): string | undefined => {
  const plain = known.replace(/\s+/g, '');
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(plain)) return undefined;
  return new TextDecoder().decode(Uint8Array.from(plain.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
};

const rot13 = (known: string): string =>
  known.replace(/[A-Za-z]/g, (letter) => {
    const code = letter.charCodeAt(0);
    const base = code < 97 ? 65 : 97;
    return String.fromCharCode(((code - base + 13) % 26) + base);
  });

/** `codecs.decode(text, 'rot13')`. */
const codecs: PythonApi = (call, run, name) => {
  const encoding = literalOf(call.positional[1])?.toLowerCase().replace(/[-_]/g, '') ?? '';
  if (encoding === 'rot13') return decodes(rot13)(call, run, name);
  if (encoding.startsWith('base64')) return decodes(base64)(call, run, name);
  return decodes(encoding.startsWith('hex') ? hex : () => undefined)(call, run, name);
};

/** `getattr(os, 'system')`; an instance of a library by name. */
const getsAttribute: PythonApi = (call, run) => {
  const [holder, key, otherwise] = call.positional;
  const name = literalOf(key);
  if (holder === undefined || name === undefined) return unknown('');
  const value = attributeOf(holder, name, run);
  return value.kind === 'unknown' && otherwise !== undefined ? unknown('') : value;
};

const setsAttribute: PythonApi = (call, run) => {
  const [holder, key, value] = call.positional;
  const name = literalOf(key);
  if (holder?.kind === 'table' && value !== undefined) setEntry(holder, name, value);
  if (holder?.kind === 'name' && name !== undefined && value !== undefined)
    run.attributes.get(holder)?.set(name, value);
  return none;
};

/** `__import__('a.b')` gives `a`; `import_module` what was asked for. */
const imports: PythonApi = (call, run, name, scope) => {
  const path = literalOf(call.positional[0]);
  const known = name === '__import__' ? path?.split('.')[0] : path;
  return known === undefined || scope === undefined ? unknown('') : importModule(known, scope, run);
};

/** `globals()['name']`: the names of the place where it stands. */
const names: PythonApi = (call, run, _name, scope) => {
  const [holder] = call.positional;
  const held = holder === undefined ? undefined : run.attributes.get(holder);
  if (held !== undefined) return table(held);
  if (holder !== undefined) return holder;
  return scope === undefined ? unknown('') : table(new Map(scope.entries()), false);
};

const prints: PythonApi = (call, run) => {
  const file = call.named.get('file');
  if (file !== undefined) writeTo(file, call.positional[0] ?? text(''), run, 'print');
  return none;
};

const asList: PythonApi = (call) => {
  const [value] = call.positional;
  if (value === undefined) return list([]);
  if (value.kind === 'list') return list([...value.items], value.complete);
  if (value.kind === 'table')
    return list(
      [...value.entries.keys()].map((key) => text(key)),
      value.complete,
    );
  return incomplete([]);
};

const asTable: PythonApi = (call) => {
  const [value] = call.positional;
  const entries = new Map<string, Value>(value?.kind === 'table' ? value.entries : []);
  for (const [name, each] of call.named) entries.set(name, each);
  return table(entries, value === undefined || (value.kind === 'table' && value.complete));
};

const sameValue: PythonApi = (call) => call.positional[0];
const callsFirst: PythonApi = (call, run) => {
  const [callee, ...rest] = call.positional;
  return callee === undefined ? none : callValue(callee, { positional: rest, named: new Map() }, run);
};

const callsSecond: PythonApi = (call, run, name, scope) =>
  callsFirst({ ...call, positional: call.positional.slice(1) }, run, name, scope);

/** `Thread(target=work, args=(path,))`. */
const startsThread: PythonApi = (call, run) => {
  const target = call.named.get('target') ?? call.positional[1];
  const given = call.named.get('args');
  const kwargs = call.named.get('kwargs');
  if (target !== undefined)
    callValue(
      target,
      {
        positional: given?.kind === 'list' ? given.items : [],
        named: new Map(kwargs?.kind === 'table' ? kwargs.entries : []),
      },
      run,
    );
  return undefined;
};

const maps: PythonApi = (call, run) => {
  const [callee, over] = call.positional;
  return callee === undefined || over === undefined ? unknown('') : callEach(callee, over, run);
};

const enumerates: PythonApi = (call) => {
  const [over] = call.positional;
  if (over?.kind !== 'list') return incomplete([list([unknown('index'), unknown('')])]);
  return list(
    over.items.map((item, at) => list([over.complete ? text(String(at)) : unknown('index'), item])),
    over.complete,
  );
};

const zips: PythonApi = (call) => {
  const lists = call.positional.map((value) => (value.kind === 'list' ? value : undefined));
  if (lists.length === 0 || lists.some((value) => value === undefined))
    return incomplete([list(call.positional.map(() => unknown('')))]);
  const length = Math.min(...lists.map((value) => value?.items.length ?? 0), 10_000);
  return list(
    Array.from({ length }, (_unused, at) => list(lists.map((value) => value?.items[at] ?? unknown('')))),
    lists.every((value) => value?.complete),
  );
};

const partial: PythonApi = (call) => {
  const [callee, ...positional] = call.positional;
  return callee === undefined ? none : ownValue({ type: 'partial', callee, positional, named: call.named });
};

/** `os.environ.get(name, otherwise)`. */
const readsVariable: PythonApi = (call, run) => {
  const name = literalOf(call.positional[0]);
  const held = name === undefined ? undefined : variable(run, name);
  if (held !== undefined) return held;
  return call.positional[1] ?? unknown(name === undefined ? '' : `$${name}`);
};

const counts: PythonApi = (call) => {
  const [value] = call.positional;
  const length =
    value?.kind === 'list' && value.complete
      ? value.items.length
      : value?.kind === 'text'
        ? literalOf(value)?.length
        : undefined;
  return length === undefined ? unknown('') : text(String(length));
};

const converts: PythonApi = (call) => {
  const [value] = call.positional;
  return value?.kind === 'text' ? value : unknown('', taintOf(value));
};

const dumps: PythonApi = (call) => (call.positional[0] === undefined ? unknown('') : asJson(call.positional[0]));
const asJson = (value: Value): Value => text(wordOf(value), taintOf(value));

const loads: PythonApi = (call) => {
  const known = literalOf(call.positional[0]);
  if (known === undefined || known.length > 100_000) return unknown('', taintOf(call.positional[0]));
  try {
    return fromJson(JSON.parse(known));
  } catch {
    return unknown('');
  }
};

function fromJson(data: unknown): Value {
  if (Array.isArray(data)) return list(data.map(fromJson));
  if (typeof data === 'object' && data !== null)
    return table(new Map(Object.entries(data).map(([name, each]) => [name, fromJson(each)])));
  return text(String(data));
}

/** A script that another one runs: `runpy.run_path(path)`. */
const runsPath: PythonApi = (call, run, via) => {
  const path = call.positional[0];
  if (path !== undefined) run.recorder.record(via, { kind: 'words', words: [wordOf(text('python3')), wordOf(path)] });
  return unknown('');
};

const addsFolder: PythonApi = (call, run) => {
  const path = run.absolute(call.positional.at(-1));
  if (path !== undefined) run.folders.push(path);
  return none;
};

export const valueApis: PythonApis = {
  ...each('exec eval execfile', executes),
  ...each(
    'base64.b64decode base64.urlsafe_b64decode base64.standard_b64decode base64.decodebytes base64.decodestring binascii.a2b_base64',
    decodes(base64),
  ),
  ...each('bytes.fromhex bytearray.fromhex binascii.unhexlify binascii.a2b_hex base64.b16decode', decodes(hex)),
  ...each(
    'zlib.decompress gzip.decompress bz2.decompress lzma.decompress marshal.loads base64.b32decode base64.b85decode base64.a85decode',
    decodes(() => undefined),
  ),
  'codecs.decode': codecs,
  getattr: getsAttribute,
  setattr: setsAttribute,
  ...each('__import__ importlib.import_module importlib.__import__', imports),
  ...each('globals locals vars', names),
  print: prints,
  ...each('list tuple set sorted iter', asList),
  reversed: (call) => {
    const [value] = call.positional;
    return value?.kind === 'list' ? list(value.items.toReversed(), value.complete) : incomplete([]);
  },
  ...each('dict os.environ.copy', asTable),
  ...each('str bytes repr int float', converts),
  ...each(
    'os.fsencode copy.copy copy.deepcopy tqdm.tqdm tqdm.auto.tqdm rich.progress.track asyncio.run asyncio.get_event_loop().run_until_complete textwrap.dedent inspect.cleandoc sqlalchemy.orm.aliased next',
    sameValue,
  ),
  len: counts,
  map: maps,
  filter: (call) => call.positional[1],
  enumerate: enumerates,
  zip: zips,
  range: () => incomplete([unknown('')]),
  ...each('input raw_input', () => unknown('')),
  ...each('functools.partial functools.partialmethod', partial),
  ...each('threading.Thread multiprocessing.Process threading.Timer', startsThread),
  ...each(
    'concurrent.futures.**.submit asyncio.to_thread contextlib.**.callback **.addCleanup **.call_soon',
    callsFirst,
  ),
  ...each('weakref.finalize **.run_in_executor **.call_later', callsSecond),
  ...each('functools.reduce', (call, run) => {
    const [callee, over] = call.positional;
    if (callee === undefined || over?.kind !== 'list') return unknown('');
    for (const item of over.items.slice(0, 64))
      callValue(callee, { positional: [call.positional[2] ?? unknown(''), item], named: new Map() }, run);
    return unknown('');
  }),
  ...each('itertools.starmap multiprocessing.**.starmap', (call, run) => {
    const [callee, over] = call.positional;
    if (callee === undefined || over?.kind !== 'list') return unknown('');
    const results = over.items
      .slice(0, 64)
      .map((item) =>
        callValue(callee, { positional: item.kind === 'list' ? item.items : [item], named: new Map() }, run),
      );
    return incomplete(results);
  }),
  ...each(
    'concurrent.futures.**.map multiprocessing.**.map multiprocessing.**.imap multiprocessing.**.imap_unordered',
    maps,
  ),
  'atexit.register': (call, run) => {
    const [callee, ...rest] = call.positional;
    if (callee !== undefined) run.atEnd(() => callValue(callee, { positional: rest, named: new Map() }, run));
    return callee;
  },
  ...each('os.getenv os.environ.get', readsVariable),
  'os.environ.update': (call, run) => {
    for (const [name, value] of [...entriesOf(call), ...call.named])
      if (value.kind === 'text') run.recorder.assignments.push({ name, value: value.word });
    return none;
  },
  'json.dumps': dumps,
  'json.loads': loads,
  ...each('runpy.run_path runpy.run_module', runsPath),
  ...each('sys.path.insert sys.path.append', addsFolder),
  ...each('sys.stdin.read sys.stdin.buffer.read', (_call, run) => standardInput(run)),
  ...each('itertools.chain itertools.chain.from_iterable', (call) =>
    list(
      call.positional.flatMap((value) => (value.kind === 'list' ? value.items : [])),
      false,
    ),
  ),
};

const entriesOf = (call: Arguments): Iterable<[string, Value]> =>
  call.positional[0]?.kind === 'table' ? call.positional[0].entries : [];
