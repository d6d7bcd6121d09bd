// PowerShell's own cmdlets: their aliases, their parameters, and what they do. Source: the Microsoft.PowerShell.* modules' reference.
import { dynamicWord, joinWords, knownPrefix, mapText, staticWord, textOf, type Word } from '../../../model/word.ts';
import { httpRequest } from '../../http/request.ts';
import { bodyOf, headersOf } from '../api.ts';
import { windowsPath } from '../batch/environment.ts';
import { knownText, list, named, taintOf, text, unknown, type Value, wordOf } from '../value.ts';
import { type Bound, isSet, type Runtime } from './model.ts';

export interface Cmdlet {
  /** Parameters with a value; those in front of `|` can be given by position. */
  readonly parameters: string;
  readonly switches?: string;
  run(bound: Bound, runtime: Runtime, name: string): Value | undefined;
}

/** Of a path with backslashes the same with slashes, seen from where the script stands. */
function pathOf(value: Value | undefined, { folder }: Runtime): Word {
  const path = windowsPath(wordOf(value));
  const isRelative = !/^([/~]|[A-Za-z]+:)/.test(knownPrefix(path)) && knownPrefix(path) !== '';
  const whole = folder !== undefined && isRelative ? joinWords([folder, staticWord('/'), path]) : path;
  const isPattern = whole.kind === 'static' && /[*?[]/.test(whole.value);
  return isPattern || path.glob ? { ...whole, glob: true } : whole;
}

const valuesOf = (value: Value | undefined): readonly Value[] =>
  value === undefined ? [] : value.kind === 'list' ? value.items.flatMap(valuesOf) : [value];

const given = (bound: Bound, ...names: readonly string[]): Value | undefined =>
  names.map((name) => bound.named.get(name)).find((value) => value !== undefined);

/** The paths that a cmdlet is given, or that come through the pipe. */
const pathsOf = (bound: Bound): readonly Value[] =>
  valuesOf(given(bound, 'path', 'literalpath', 'filepath') ?? bound.input);

/** What only asks, or only says what it would do. */
const isHarmless = (bound: Bound): boolean => isSet(bound, 'whatif') || isSet(bound, 'confirm');

const registry = /^(registry::|hk(lm|cu|cr|u|cc|ey_\w+)(:|$|\/))/i;
/** Drives whose entries are gone with the process anyway. */
const ownDrives = /^(env|variable|function|alias|temp):/i;

function removeItem(bound: Bound, runtime: Runtime, name: string): undefined {
  if (isHarmless(bound)) return;
  for (const value of pathsOf(bound)) {
    const path = pathOf(value, runtime);
    const start = knownPrefix(path);
    if (ownDrives.test(start)) continue;
    const recursive = isSet(bound, 'recurse');
    if (registry.test(start))
      runtime.recorder.record(name, {
        kind: 'words',
        words: [staticWord('reg'), staticWord('delete'), path, staticWord('/f')],
      });
    else
      runtime.recorder.record(name, {
        kind: 'file',
        op: 'delete',
        path: narrowed(path, bound),
        recursive,
        many: path.glob || bound.named.has('include'),
      });
  }
}

/** `-Include *.log` and `-Filter *.log`: only names of that end. */
function narrowed(path: Word, bound: Bound): Word {
  const pattern = knownText(given(bound, 'filter', 'include'));
  const ending = pattern === undefined ? undefined : /^\*(\.\w+)$/.exec(pattern)?.[1];
  if (ending === undefined || path.kind !== 'static') return path;
  return dynamicWord(`${path.value}: ${pattern}`, [`${path.value.replace(/\/?\*?$/, '')}/`, null, ending], true);
}

const writes =
  (...names: readonly string[]) =>
  (bound: Bound, runtime: Runtime, name: string): undefined => {
    if (isHarmless(bound)) return;
    const appends = name === 'Add-Content' || isSet(bound, 'append');
    const written = given(bound, 'value', 'inputobject') ?? bound.input;
    for (const value of valuesOf(given(bound, ...names)))
      runtime.recorder.record(name, {
        kind: 'write',
        path: pathOf(value, runtime),
        text: written === undefined ? undefined : wordOf(written),
        appends,
      });
  };

const clears = (bound: Bound, runtime: Runtime, name: string): undefined => {
  if (isHarmless(bound)) return;
  for (const value of pathsOf(bound)) {
    const path = pathOf(value, runtime);
    runtime.recorder.record(name, { kind: 'file', op: 'truncate', path, recursive: false, many: path.glob });
  }
};

/** The same as another program does it. */
const asCommand =
  (...front: readonly string[]) =>
  (bound: Bound, runtime: Runtime, name: string): undefined => {
    if (isHarmless(bound)) return;
    const [sources, target] = [pathsOf(bound), given(bound, 'destination', 'newname')];
    if (sources.length === 0 || target === undefined) return;
    const words = [
      ...front.map((word) => staticWord(word)),
      ...sources.map((each) => pathOf(each, runtime)),
      pathOf(target, runtime),
    ];
    runtime.recorder.record(name, { kind: 'words', words });
  };

/** All that is in the folders, or below them; with `-Include bin, obj` what has such a name. */
function children(bound: Bound, runtime: Runtime): Value {
  const paths = pathsOf(bound).map((value) => pathOf(value, runtime));
  const asked = valuesOf(given(bound, 'filter', 'include')).map(knownText);
  const patterns = asked.length === 0 ? ['*'] : asked;
  const folders = paths.length === 0 ? [runtime.folder ?? staticWord('.')] : paths;
  return list(folders.flatMap((path) => patterns.map((pattern) => text(childOf(path, pattern ?? '*')))));
}

function childOf(path: Word, pattern: string): Word {
  if (path.kind === 'static' && path.glob && pattern === '*') return path;
  const ending = /^[^*?[]+$/.test(pattern) ? `/${pattern}` : /\*(\.\w+)$/.exec(pattern)?.[1];
  const start = joinWords([mapText(path, (piece) => piece.replace(/\/?\*$/, '')), staticWord('/')]);
  const pieces = start.kind === 'static' ? [start.value, null] : [...start.known, null];
  const what = ending?.startsWith('/') ? ending.slice(1) : 'files';
  return dynamicWord(`(${what} in ${knownPrefix(path)})`, ending === undefined ? pieces : [...pieces, ending], true);
}

function requests(bound: Bound, { recorder }: Runtime, name: string): Value {
  const url = given(bound, 'uri');
  const body = given(bound, 'body', 'form', 'infile');
  const method = given(bound, 'method', 'custommethod');
  const request = httpRequest({
    method: method === undefined ? 'GET' : wordOf(method),
    url: wordOf(url),
    headers: headersOf(given(bound, 'headers')),
    body: bodyOf(body ?? bound.input),
    defaultScheme: 'http',
  });
  if (request !== undefined) recorder.record(name, { kind: 'http', request });
  const file = given(bound, 'outfile');
  if (file !== undefined)
    recorder.record(name, { kind: 'write', path: windowsPath(wordOf(file)), text: undefined, appends: false });
  return unknown(name, 'http');
}

function startProcess(bound: Bound, { recorder }: Runtime, name: string): undefined {
  const program = given(bound, 'filepath');
  if (program === undefined) return;
  const words = valuesOf(given(bound, 'argumentlist')).flatMap((value) => argumentsOf(value));
  const cwd = given(bound, 'workingdirectory');
  recorder.record(name, {
    kind: 'words',
    words: [wordOf(program), ...words],
    ...(cwd === undefined ? {} : { cwd: windowsPath(wordOf(cwd)) }),
  });
}

/** One text that holds several arguments is split at blanks outside of quotes. */
export function argumentsOf(value: Value): readonly Word[] {
  const known = knownText(value);
  if (known === undefined) return [wordOf(value)];
  return [...known.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)].map(([word]) => staticWord(word.replaceAll('"', '')));
}

function query(bound: Bound, { recorder, context }: Runtime, name: string): Value {
  const file = given(bound, 'inputfile');
  const path = file === undefined ? undefined : textOf(windowsPath(wordOf(file)));
  const read =
    path === undefined
      ? undefined
      : context.readFile(path.startsWith('/') ? path : `${textOf(context.cwd) ?? ''}/${path}`);
  const statement = given(bound, 'query') ?? (read === undefined ? undefined : text(read));
  const [server, database] = [
    knownText(given(bound, 'serverinstance')) ?? 'localhost',
    knownText(given(bound, 'database')) ?? '',
  ];
  const connection = given(bound, 'connectionstring');
  if (statement !== undefined)
    recorder.record(name, {
      kind: 'sql',
      text: wordOf(statement),
      dialect: 'mssql',
      connection:
        connection === undefined
          ? staticWord(`mssql://${server.replace(/\\.*$/, '')}/${database}`)
          : wordOf(connection),
    });
  return unknown(name);
}

const readsFile = (bound: Bound, { context }: Runtime): Value => {
  const [first] = pathsOf(bound);
  const path = first === undefined ? undefined : textOf(windowsPath(wordOf(first)));
  const cwd = textOf(context.cwd);
  const absolute = path?.startsWith('/')
    ? path
    : cwd?.startsWith('/') && path !== undefined
      ? `${cwd}/${path}`
      : undefined;
  const found = absolute === undefined ? undefined : context.readFile(absolute);
  return found === undefined ? unknown(`Get-Content ${path ?? ''}`.trim()) : text(found);
};

const passes = (bound: Bound): Value | undefined => bound.input;

/** `ForEach-Object { ... }`: once for each thing that is known, or once for all of them. */
function forEach(bound: Bound, runtime: Runtime): Value | undefined {
  const items = valuesOf(bound.input);
  const blocks = [...bound.named.values(), ...bound.rest].filter((value) => value.kind === 'function');
  const topics = items.length === 0 || items.length > 64 ? [unknown('$_', taintOf(bound.input))] : items;
  const results = topics.flatMap((topic) => blocks.map((block) => runtime.apply(block, [], topic)));
  return results.length === 0 ? bound.input : list(results);
}

const runsBlocks = (bound: Bound, runtime: Runtime): Value => {
  const [block] = [...bound.named.values(), ...bound.rest].filter((value) => value.kind === 'function');
  const result = runtime.apply(block, valuesOf(given(bound, 'argumentlist')));
  return result;
};

const joinsPath = (bound: Bound): Value => {
  const parts = [...valuesOf(given(bound, 'path')), ...valuesOf(given(bound, 'childpath')), ...bound.rest].map(
    (value) => windowsPath(wordOf(value)),
  );
  return text(
    joinWords(
      parts.map((part, at) => (at < parts.length - 1 ? mapText(part, (piece) => piece.replace(/\/$/, '')) : part)),
      '/',
    ),
  );
};

function splitsPath(bound: Bound): Value {
  const path = textOf(windowsPath(wordOf(given(bound, 'path', 'literalpath') ?? bound.input)))?.replace(/\/$/, '');
  if (path === undefined) return unknown('Split-Path');
  if (isSet(bound, 'leaf')) return text(path.slice(path.lastIndexOf('/') + 1));
  return text(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
}

const goes = (bound: Bound, runtime: Runtime): undefined => {
  const path = given(bound, 'path', 'literalpath');
  if (path !== undefined) runtime.folder = pathOf(path, runtime);
};

const files = 'path | literalpath filter include exclude stream credential encoding';
const common = { switches: 'recurse force' };

/** By name in lower case. */
export const cmdlets: Readonly<Record<string, Cmdlet>> = {
  'remove-item': { parameters: files, ...common, run: removeItem },
  'clear-content': { parameters: files, ...common, run: clears },
  'set-content': {
    parameters: `path value | literalpath filter encoding stream`,
    switches: 'force nonewline passthru asbytestream',
    run: writes('path', 'literalpath'),
  },
  'add-content': {
    parameters: `path value | literalpath filter encoding stream`,
    switches: 'force nonewline',
    run: writes('path', 'literalpath'),
  },
  'out-file': {
    parameters: 'filepath encoding | literalpath inputobject width',
    switches: 'append force noclobber nonewline',
    run: writes('filepath', 'literalpath'),
  },
  'export-csv': {
    parameters: 'path delimiter | literalpath encoding inputobject',
    switches: 'append force notypeinformation',
    run: writes('path'),
  },
  'tee-object': {
    parameters: 'filepath | literalpath inputobject variable',
    switches: 'append',
    run: writes('filepath'),
  },
  'move-item': { parameters: `path destination | literalpath filter`, ...common, run: asCommand('mv', '--') },
  'rename-item': { parameters: `path newname | literalpath`, ...common, run: asCommand('mv', '--') },
  'copy-item': {
    parameters: `path destination | literalpath filter include exclude tosession fromsession`,
    ...common,
    run: asCommand('cp', '-r', '--'),
  },
  'get-childitem': {
    parameters: 'path filter | literalpath include exclude depth attributes',
    switches: 'recurse force name file directory hidden',
    run: children,
  },
  'get-item': {
    parameters: files,
    switches: 'force',
    run: (bound, runtime) => list(pathsOf(bound).map((value) => text(pathOf(value, runtime)))),
  },
  'get-content': {
    parameters: 'path | literalpath totalcount tail encoding delimiter readcount',
    switches: 'raw wait',
    run: readsFile,
  },
  'resolve-path': {
    parameters: 'path | literalpath',
    run: (bound) => given(bound, 'path', 'literalpath') ?? bound.input,
  },
  'join-path': { parameters: 'path childpath | additionalchildpath', switches: 'resolve', run: joinsPath },
  'split-path': {
    parameters: 'path | literalpath',
    switches: 'leaf parent qualifier noqualifier leafbase extension',
    run: splitsPath,
  },
  'get-location': { parameters: '', run: (_bound, { folder, context }) => text(folder ?? context.cwd) },
  'set-location': { parameters: 'path | literalpath stackname', run: goes },
  'push-location': { parameters: 'path | literalpath stackname', run: goes },
  'invoke-webrequest': {
    parameters:
      'uri | method custommethod headers body form infile outfile contenttype credential timeoutsec useragent websession sessionvariable token authentication proxy maximumredirection',
    switches: 'usebasicparsing usedefaultcredentials skipcertificatecheck passthru',
    run: requests,
  },
  'invoke-restmethod': {
    parameters:
      'uri | method custommethod headers body form infile outfile contenttype credential timeoutsec useragent websession sessionvariable token authentication proxy maximumredirection',
    switches: 'usebasicparsing usedefaultcredentials skipcertificatecheck',
    run: requests,
  },
  'invoke-expression': {
    parameters: 'command',
    run: (bound, runtime, name) => runtime.evaluateText(given(bound, 'command') ?? bound.input, name),
  },
  'invoke-command': {
    parameters: 'scriptblock | computername session credential argumentlist filepath hostname vmname containerid',
    switches: 'asjob',
    run: runsBlocks,
  },
  'start-job': { parameters: 'scriptblock | name argumentlist filepath credential', run: runsBlocks },
  'start-threadjob': { parameters: 'scriptblock | name argumentlist filepath', run: runsBlocks },
  'measure-command': { parameters: 'expression', run: runsBlocks },
  'start-process': {
    parameters:
      'filepath argumentlist | workingdirectory verb credential windowstyle redirectstandardoutput redirectstandarderror redirectstandardinput',
    switches: 'wait nonewwindow passthru',
    run: startProcess,
  },
  'invoke-sqlcmd': {
    parameters: 'query | serverinstance database inputfile connectionstring username password querytimeout',
    switches: 'trustservercertificate encryptconnection',
    run: query,
  },
  'foreach-object': { parameters: 'process | begin end parallel throttlelimit membername', run: forEach },
  'where-object': { parameters: 'filterscript value | property', run: passes },
  'select-object': {
    parameters: 'property | first last skip index expandproperty excludeproperty',
    switches: 'unique',
    run: passes,
  },
  'sort-object': { parameters: 'property', switches: 'descending unique', run: passes },
  'out-string': { parameters: 'width', switches: 'stream', run: passes },
  'convertto-json': {
    parameters: 'inputobject | depth',
    switches: 'compress',
    run: (bound) => given(bound, 'inputobject') ?? bound.input,
  },
  'write-output': {
    parameters: 'inputobject',
    switches: 'noenumerate',
    run: (bound) => given(bound, 'inputobject') ?? bound.input,
  },
  'new-object': {
    parameters: 'typename argumentlist | property comobject',
    switches: 'strict',
    run: (bound) =>
      named(`${(knownText(given(bound, 'typename')) ?? '').toLowerCase().replace(/^system\./, '')}()`, {
        positional: valuesOf(given(bound, 'argumentlist')),
        named: new Map(),
      }),
  },
  'get-date': { parameters: 'date | format', run: () => unknown('Get-Date') },
};
