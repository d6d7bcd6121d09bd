// curl: its options to the requests it would send. The options themselves stand in curl/options.ts.
import type { HttpBody, HttpRequest } from '../../model/fact.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { type HttpClient, maxRequests, unknownMethod } from './client.ts';
import { type DataMode, dataContent, formField, joinContent, named } from './curl/body.ts';
import { readConfig } from './curl/config.ts';
import { expandUrl } from './curl/glob.ts';
import { curlOptions } from './curl/options.ts';
import { expandVariables, setVariable, type Variables } from './curl/variables.ts';
import { encodeField, type FormField, multipartBody, multipartType, urlencodedType } from './form.ts';
import { type Argument, readArguments } from './options.ts';
import { addDefaultHeader, httpRequest, readHeader } from './request.ts';
import { type Content, fileContent, type Source } from './source.ts';
import { addQuery } from './url.ts';
import { dropStart, flat, isBlank, mapKnown, partOf } from './words.ts';

export const client: HttpClient = { names: ['curl'], read: readCurl };

function readCurl(call: Invocation, world: World): readonly HttpRequest[] {
  const source: Source = { call, world };
  const session: Session = { source, variables: new Map(), operations: [newOperation()], inert: false, configs: [] };
  readAll(readArguments(call.args, curlOptions), session);
  if (session.inert) return [];
  const requests: HttpRequest[] = [];
  for (const operation of session.operations) addRequests(operation, source, requests);
  return requests.length > maxRequests ? [...requests.slice(0, maxRequests), anything('too many URLs')] : requests;
}

/** Everything between two `--next`. */
interface Operation {
  readonly urls: Word[];
  readonly uploads: Word[];
  readonly headers: Map<string, Word>;
  readonly form: FormField[];
  readonly queries: Word[];
  method: Word | undefined;
  data: Content | undefined;
  json: boolean;
  get: boolean;
  head: boolean;
  globOff: boolean;
  user: Word | undefined;
  bearer: Word | undefined;
  target: Word | undefined;
  scheme: Word | undefined;
  /** Why options of this operation are not known. */
  unread: string | undefined;
}

const newOperation = (): Operation => ({
  urls: [],
  uploads: [],
  headers: new Map(),
  form: [],
  queries: [],
  method: undefined,
  data: undefined,
  json: false,
  get: false,
  head: false,
  globOff: false,
  user: undefined,
  bearer: undefined,
  target: undefined,
  scheme: undefined,
  unread: undefined,
});

interface Session {
  readonly source: Source;
  readonly variables: Variables;
  readonly operations: [Operation, ...Operation[]];
  /** It only prints its help or version. */
  inert: boolean;
  /** Configuration files that are being read: one that includes itself ends there. */
  readonly configs: string[];
}

type Handler = (operation: Operation, value: Word, session: Session, on: boolean) => void;

/** Keeps the value. */
const store =
  (key: 'method' | 'user' | 'bearer' | 'target' | 'scheme'): Handler =>
  (operation, value) => {
    operation[key] = value;
  };

const toggle =
  (key: 'get' | 'head' | 'globOff'): Handler =>
  (operation, _value, _session, on) => {
    operation[key] = on;
  };

const data =
  (mode: DataMode): Handler =>
  (operation, value, { source }) => {
    operation.data = joinContent(operation.data, dataContent(value, mode, source), '&');
  };

const form =
  (literal: boolean): Handler =>
  (operation, value, { source }) => {
    operation.form.push(formField(value, literal, source));
  };

const stop: Handler = (_operation, _value, session) => {
  session.inert = true;
};

/** The options that change what is sent; all others are read over. */
const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['request', store('method')],
  ['data', data('text')],
  ['data-ascii', data('text')],
  ['data-binary', data('binary')],
  ['data-raw', data('raw')],
  ['data-urlencode', data('urlencode')],
  ['json', readJson],
  ['form', form(false)],
  ['form-string', form(true)],
  ['get', toggle('get')],
  ['head', toggle('head')],
  ['globoff', toggle('globOff')],
  ['upload-file', readUpload],
  ['user', store('user')],
  ['oauth2-bearer', store('bearer')],
  ['header', readHeaders],
  ['url', readUrl],
  ['url-query', readQuery],
  ['request-target', store('target')],
  ['proto-default', store('scheme')],
  ['next', readNext],
  ['config', readConfigFile],
  ['variable', readVariable],
  ['help', stop],
  ['manual', stop],
  ['version', stop],
]);

function readAll(args: readonly Argument[], session: Session): void {
  for (const argument of args) {
    const operation = session.operations.at(-1) ?? session.operations[0];
    if (argument.kind === 'positional') {
      operation.urls.push(argument.word);
      continue;
    }
    const expands = argument.name.startsWith('expand-');
    const handler = handlers.get(expands ? argument.name.slice('expand-'.length) : argument.name);
    const value = argument.value ?? staticWord('');
    handler?.(operation, expands ? expandVariables(value, session.variables) : value, session, !argument.negated);
  }
}

function readJson(operation: Operation, value: Word, { source }: Session): void {
  operation.json = true;
  operation.data = joinContent(operation.data, dataContent(value, 'binary', source), '');
}

function readUpload(operation: Operation, value: Word): void {
  operation.uploads.push(value);
}

function readNext(_operation: Operation, _value: Word, session: Session): void {
  session.operations.push(newOperation());
}

function readVariable(_operation: Operation, value: Word, { variables, source }: Session): void {
  setVariable(value, variables, source);
}

function readHeaders(operation: Operation, value: Word, { source }: Session): void {
  if (!flat(value).startsWith('@')) {
    readHeader(value, operation.headers);
    return;
  }
  const content = named(dropStart(value, 1), source);
  if (content.kind === 'unread') return;
  for (const line of flat(content.text).split(/\r?\n/)) readHeader(partOf(content.text, line), operation.headers);
}

/** `--url`; since 8.13 `--url @file` names a list of URLs. */
function readUrl(operation: Operation, value: Word, { source }: Session): void {
  if (!flat(value).startsWith('@')) {
    operation.urls.push(value);
    return;
  }
  const content = named(dropStart(value, 1), source);
  if (content.kind === 'unread') {
    operation.unread = content.detail;
    return;
  }
  const lines = flat(content.text).split(/\r?\n/);
  operation.urls.push(...lines.filter((line) => line.trim() !== '').map((line) => partOf(content.text, line.trim())));
}

function readQuery(operation: Operation, value: Word, { source }: Session): void {
  const content: Content = flat(value).startsWith('+')
    ? { kind: 'text', text: dropStart(value, 1) }
    : dataContent(value, 'urlencode', source);
  operation.queries.push(content.kind === 'text' ? content.text : dynamicWord(`<${content.detail}>`));
}

function readConfigFile(operation: Operation, value: Word, session: Session): void {
  const name = flat(value);
  const content = named(value, session.source);
  const text = content.kind === 'text' ? textOf(content.text) : undefined;
  if (text === undefined || session.configs.includes(name) || session.configs.length >= 5) {
    operation.unread = content.kind === 'unread' ? content.detail : 'a part of the configuration is not known';
    return;
  }
  session.configs.push(name);
  readAll(readConfig(text), session);
  session.configs.pop();
}

/** Adds what an operation sends, until there is more than anybody will look at. */
function addRequests(operation: Operation, source: Source, requests: HttpRequest[]): void {
  if (operation.urls.length === 0 && operation.unread !== undefined)
    requests.push(anything(operation.unread, operation));
  const headers = headersOf(operation);
  for (const [index, url] of urlsOf(operation).entries()) {
    if (requests.length > maxRequests) return;
    const upload = operation.uploads[index];
    const body = bodyOf(operation, upload, source);
    for (const one of operation.globOff ? [url] : expandUrl(url)) {
      const request = httpRequest({
        method: methodOf(operation, upload),
        url: fullUrl(one, upload, operation),
        headers,
        body,
        defaultScheme: textOf(operation.scheme),
        user: operation.user,
        target: operation.target,
      });
      if (request !== undefined) requests.push(request);
    }
  }
}

/** A word of which nothing is known may hold options (`$CURL_OPTS`): beside a real URL it is not taken for one. */
function urlsOf({ urls }: Operation): readonly Word[] {
  const named = urls.filter((url) => !isBlank(url));
  return named.length > 0 ? named : urls;
}

function methodOf(operation: Operation, upload: Word | undefined): Word | string {
  if (operation.method !== undefined && textOf(operation.method) !== '') return operation.method;
  if (operation.unread !== undefined) return unknownMethod;
  if (operation.head) return 'HEAD';
  if (operation.get) return 'GET';
  if (operation.data !== undefined || operation.form.length > 0) return 'POST';
  return upload === undefined ? 'GET' : 'PUT';
}

function bodyOf(operation: Operation, upload: Word | undefined, source: Source): HttpBody {
  if (operation.unread !== undefined) return { kind: 'unread', detail: operation.unread };
  if (operation.data !== undefined) return operation.get ? unreadOnly(operation.data) : operation.data;
  if (operation.form.length > 0) return { kind: 'text', text: multipartBody(operation.form) };
  if (upload === undefined) return { kind: 'none' };
  return flat(upload) === '.' ? named(staticWord('-'), source) : uploadContent(upload, source);
}

/** `-G` moves the data into the URL; data that could not be read is reported all the same. */
const unreadOnly = (content: Content): HttpBody => (content.kind === 'unread' ? content : { kind: 'none' });

const uploadContent = (upload: Word, source: Source): Content =>
  flat(upload) === '-' ? named(upload, source) : fileContent(upload, source);

function fullUrl(url: Word, upload: Word | undefined, operation: Operation): Word {
  const queries = [...operation.queries];
  if (operation.get && operation.data !== undefined) {
    queries.push(operation.data.kind === 'text' ? operation.data.text : dynamicWord(`<${operation.data.detail}>`));
  }
  return queries.reduce(addQuery, upload === undefined ? url : uploadUrl(url, upload));
}

/** A URL without a file name gets the name of the uploaded file. */
function uploadUrl(url: Word, upload: Word): Word {
  const path = flat(url).replace(/^[a-z]+:\/\//i, '');
  if (/[?#]/.test(path) || (path.includes('/') && !path.endsWith('/'))) return url;
  const text = flat(upload);
  const name = partOf(upload, text.slice(text.lastIndexOf('/') + 1));
  if (flat(name) === '-' || flat(name) === '.') return url;
  return joinWords([url, staticWord(path.includes('/') ? '' : '/'), mapKnown(name, encodeField)]);
}

/** The headers that were given, and those that curl adds because of the options. */
function headersOf(operation: Operation): ReadonlyMap<string, Word> {
  const headers = new Map(operation.headers);
  if (operation.json) {
    addDefaultHeader(headers, 'content-type', 'application/json');
    addDefaultHeader(headers, 'accept', 'application/json');
  } else if (operation.data !== undefined && !operation.get) addDefaultHeader(headers, 'content-type', urlencodedType);
  else if (operation.form.length > 0) addDefaultHeader(headers, 'content-type', multipartType);
  if (operation.bearer !== undefined && !headers.has('authorization')) {
    headers.set('authorization', joinWords([staticWord('Bearer '), operation.bearer]));
  }
  return headers;
}

/** A request of which nothing is known but what the operation says. */
function anything(detail: string, operation: Operation = newOperation()): HttpRequest {
  const unknown = dynamicWord(`<${detail}>`);
  const method = operation.method === undefined ? undefined : textOf(operation.method);
  return {
    method: method?.toUpperCase() ?? unknownMethod,
    url: unknown,
    host: unknown,
    path: unknown,
    headers: headersOf(operation),
    body: { kind: 'unread', detail },
  };
}
