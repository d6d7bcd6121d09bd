// HTTP: Net::HTTP, open-uri, Faraday, HTTParty, RestClient, http.rb, Excon, Typhoeus and HTTPX.
import { knownPrefix, staticWord, textOf, type Word } from '../../../../model/word.ts';
import { httpRequest } from '../../../http/request.ts';
import { bodyOf, headersOf } from '../../api.ts';
import { concat, joinPaths, named, table, text, unknown, type Value, wordOf } from '../../value.ts';
import type { Call } from '../calls.ts';
import type { Ruby } from '../interpreter.ts';
import { callBlock } from '../invoke.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { literal, nil, no } from '../model.ts';
import { plainText } from '../plain.ts';
import { fetchPage, uri } from './fetch.ts';

type State = ReadonlyMap<string, Value>;

interface Request {
  readonly method: Value | string;
  readonly url: Value;
  readonly headers?: ReadonlyMap<string, Word> | undefined;
  readonly body?: Value | undefined;
}

/** Notes a request; its answer is not known, and came over the network. */
function send({ method, url, headers, body }: Request, ruby: Ruby, via: string): Value {
  const request = httpRequest({
    method: typeof method === 'string' ? method : wordOf(method),
    url: wordOf(plainText(url)),
    headers: headers ?? new Map(),
    body: bodyOf(body === nil || body === undefined ? undefined : plainText(body)),
  });
  if (request !== undefined) ruby.record(via, { kind: 'http', request });
  return unknown(via, 'http');
}

const optionOf = ({ given }: Call, name: string): Value | undefined =>
  given.named.get(name) ??
  given.positional
    .map((each) => (each.kind === 'table' ? each.entries.get(name) : undefined))
    .find((each) => each !== undefined);

/** Named arguments, or a hash, as headers: `'X-Token' => t` without braces is named. */
const headersIn = (value: Value | undefined, { given }: Call): ReadonlyMap<string, Word> =>
  headersOf(value?.kind === 'table' ? value : table(given.named));

// URI.

interface UriParts {
  readonly scheme: Word | undefined;
  readonly host: Word | undefined;
  readonly path: Word | undefined;
}

/** Scheme, host with port, and path of a URL as far as they are known. */
function partsOf(url: Value): UriParts {
  const plain = plainText(url);
  if (plain.kind !== 'text') return { scheme: undefined, host: undefined, path: undefined };
  const known = textOf(plain.word);
  const match = /^(https?):\/\/([^/?#]+)(.*)$/s.exec(known ?? knownPrefix(plain.word));
  if (match === null) return { scheme: undefined, host: undefined, path: undefined };
  const [, scheme = '', host = '', rest = ''] = match;
  if (known === undefined && rest === '') return { scheme: staticWord(scheme), host: undefined, path: undefined };
  const path =
    known === undefined && plain.word.kind === 'dynamic'
      ? { ...plain.word, known: [rest, ...plain.word.known.slice(1)] }
      : staticWord(rest === '' ? '/' : rest);
  return { scheme: staticWord(scheme), host: staticWord(host), path };
}

const part =
  (pick: (parts: UriParts) => Word | undefined): LibraryApi =>
  ({ receiver, source }) => {
    const word = pick(partsOf(receiver ?? nil));
    return word === undefined ? unknown(source) : text(word);
  };

const bareHost = ({ host }: UriParts): Word | undefined => {
  const known = textOf(host);
  return known === undefined ? undefined : staticWord(known.replace(/^[^@]*@/, '').replace(/:\d+$/, ''));
};

const portOf = ({ scheme, host }: UriParts): Word | undefined =>
  host === undefined
    ? undefined
    : staticWord(/:(\d+)$/.exec(textOf(host) ?? '')?.[1] ?? (textOf(scheme) === 'https' ? '443' : '80'));

// Net::HTTP.

/** The start of the URL that a session stands for. */
function sessionUrl(receiver: Value | undefined, ruby: Ruby): Value {
  const made = receiver?.kind === 'name' ? receiver.made : undefined;
  const [host, port] = made?.positional ?? [];
  const secure = ruby.stateOf(receiver)?.get('use_ssl') ?? made?.named.get('use_ssl');
  const known = literal(port);
  const isSecure = known === '443' || (secure !== undefined && secure !== no && secure !== nil);
  const suffix = known === undefined || known === '80' || known === '443' ? '' : `:${known}`;
  return concat([text(`${isSecure ? 'https' : 'http'}://`), plainText(host ?? unknown('$host')), text(suffix)]);
}

/** A path below a session's host; a whole URL stands for itself. */
function below(base: Value, path: Value | undefined): Value {
  const plain = plainText(path ?? text('/'));
  const start = plain.kind === 'text' ? knownPrefix(plain.word) : '';
  if (/^https?:\/\//.test(start)) return plain;
  const host = literal(base)?.replace(/\/$/, '');
  const root = host === undefined ? base : text(host);
  return start.startsWith('/') || plain.kind !== 'text' ? concat([root, plain]) : concat([root, text('/'), plain]);
}

const sessionSends =
  (method: string, hasBody: boolean): LibraryApi =>
  (call, via) => {
    const { given, ruby, receiver } = call;
    const [path, second, third] = given.positional;
    const url = below(sessionUrl(receiver, ruby), path);
    return send(
      { method, url, headers: headersIn(hasBody ? third : second, call), body: hasBody ? second : undefined },
      ruby,
      via,
    );
  };

/** `http.request(Net::HTTP::Delete.new(path))`: what the request was given, and what was set on it since. */
const sessionRequest: LibraryApi = ({ given, ruby, receiver }, via) => {
  const [request, body] = given.positional;
  if (request?.kind !== 'name') return unknown(via, 'http');
  const method = /^Net::HTTP::(\w+)\(\)$/.exec(request.name)?.[1] ?? 'GET';
  const [path, initial] = request.made?.positional ?? [];
  const state: State = ruby.stateOf(request) ?? new Map();
  const set = [...state]
    .filter(([name]) => name.startsWith('header:'))
    .map(([name, value]) => [name.slice(7), wordOf(plainText(value))] as const);
  const headers = new Map([
    ...headersOf(initial?.kind === 'table' ? initial : table(request.made?.named ?? new Map())),
    ...set,
  ]);
  return send(
    { method, url: below(sessionUrl(receiver, ruby), path), headers, body: state.get('body') ?? body },
    ruby,
    via,
  );
};

const opensSession: LibraryApi = (call) => {
  const session = named('Net::HTTP()', { ...call.given });
  return call.block === undefined ? session : callBlock(call.block, [session], call.ruby);
};

const postsForm: LibraryApi = ({ given, ruby }, via) => {
  const [url, form] = given.positional;
  return send({ method: 'POST', url: url ?? nil, body: form }, ruby, via);
};

const posts: LibraryApi = (call, via) => {
  const [url, body, headers] = call.given.positional;
  return send({ method: 'POST', url: url ?? nil, body, headers: headersIn(headers, call) }, call.ruby, via);
};

const gets: LibraryApi = (call, via) => {
  const { given } = call;
  // Net::HTTP.get(host, path) is the older form.
  const [first, path] = given.positional;
  if (path?.kind === 'text')
    return fetchPage(concat([text('http://'), first ?? nil, path]), { ...call, block: undefined }, via);
  return fetchPage(first ?? nil, call, via);
};

// What is set on sessions and requests.

const setsHeader: LibraryApi = ({ receiver, given, ruby }) => {
  const [name, value] = given.positional;
  const known = literal(name)?.toLowerCase();
  if (known !== undefined && value !== undefined) ruby.stateOf(receiver)?.set(`header:${known}`, value);
  return value;
};

const sets =
  (name: string): LibraryApi =>
  ({ receiver, given, ruby }) => {
    const [value] = given.positional;
    if (value !== undefined) ruby.stateOf(receiver)?.set(name, value);
    return value;
  };

const requestClasses = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options'];

const requestApis: LibraryApis = Object.fromEntries(
  requestClasses.flatMap((name) => [
    [`Net::HTTP::${name}().[]=`, setsHeader],
    [`Net::HTTP::${name}().add_field`, setsHeader],
    [`Net::HTTP::${name}().body=`, sets('body')],
    [`Net::HTTP::${name}().set_form_data`, sets('body')],
    [`Net::HTTP::${name}().form_data=`, sets('body')],
  ]),
);

// Clients whose functions are called like methods of HTTP.

interface Style {
  /** Where the body stands: an option, or a position. */
  readonly body: readonly (string | number)[];
  readonly headers: readonly (string | number)[];
}

const pick = (call: Call, places: readonly (string | number)[]): Value | undefined =>
  places
    .map((place) => (typeof place === 'number' ? call.given.positional[place] : optionOf(call, place)))
    .find((value) => value !== undefined && value !== nil);

/** The base of an instance: what it was made with, or what was set on it. */
function baseUrl(receiver: Value | undefined): Value | undefined {
  const made = receiver?.kind === 'name' && receiver.name.endsWith('()') ? receiver.made : undefined;
  if (made === undefined) return undefined;
  const [first] = made.positional;
  const options = first?.kind === 'table' ? first.entries : made.named;
  return (
    options.get('url') ??
    options.get('base_url') ??
    options.get('base_uri') ??
    (first?.kind === 'table' ? undefined : first)
  );
}

const clientSends =
  (method: string, style: Style): LibraryApi =>
  (call, via) => {
    const { given, ruby, receiver, block } = call;
    const [path] = given.positional;
    const base = baseUrl(receiver);
    const body = pick(call, style.body);
    const headers = pick(call, style.headers);
    const made = receiver?.kind === 'name' ? receiver.made : undefined;
    const common = headersOf(made?.named.get('headers'));
    const state = requestBlock(block, ruby);
    const url =
      state.get('url') ??
      (base === undefined ? (path ?? nil) : path === undefined ? base : below(plainText(base), path));
    const set = [...state]
      .filter(([name]) => name.startsWith('header:'))
      .map(([name, value]) => [name.slice(7), wordOf(value)] as const);
    return send(
      { method, url, headers: new Map([...common, ...headersOf(headers), ...set]), body: state.get('body') ?? body },
      ruby,
      via,
    );
  };

/** `conn.delete('/x') { |req| req.body = ...; req.headers['X'] = ... }`. */
function requestBlock(block: Call['block'], ruby: Ruby): State {
  if (block === undefined) return new Map();
  const request = named('HttpRequest()', { positional: [], named: new Map() });
  callBlock(block, [request], ruby);
  return ruby.stateOf(request) ?? new Map();
}

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head'];

const client = (names: readonly string[], style: (method: string) => Style): LibraryApis =>
  Object.fromEntries(
    names.flatMap((name) =>
      methods.map((method) => [`${name}.${method}`, clientSends(method.toUpperCase(), style(method))]),
    ),
  );

const hasBody = (method: string): boolean => !['get', 'delete', 'head'].includes(method);

/** RestClient::Request.execute(method: :delete, url: u, payload: p, headers: h) and its kin. */
const executes: LibraryApi = (call, via) => {
  const { receiver, ruby } = call;
  const named = receiver?.kind === 'name' && receiver.name.endsWith('()') ? receiver.made : call.given;
  const get = (name: string): Value | undefined => named?.named.get(name) ?? optionOf(call, name);
  const url =
    get('url') ?? (receiver?.kind === 'name' ? receiver.made?.positional[0] : undefined) ?? call.given.positional[0];
  return send(
    {
      method: get('method') ?? 'GET',
      url: url ?? nil,
      headers: headersOf(get('headers')),
      body: get('payload') ?? get('body'),
    },
    ruby,
    via,
  );
};

export const httpApis: LibraryApis = {
  URI: ({ given }) => uri(given.positional[0] ?? nil),
  'URI.parse': ({ given }) => uri(given.positional[0] ?? nil),
  'Addressable::URI.parse': ({ given }) => uri(given.positional[0] ?? nil),
  'URI.join': ({ given }) => uri(joinPaths(given.positional.map(plainText), given.positional.length < 2)),
  'URI.open': (call, via) => fetchPage(call.given.positional[0] ?? nil, call, via),
  'URI().open': (call, via) => fetchPage(call.receiver ?? nil, call, via),
  'URI().read': (call, via) => fetchPage(call.receiver ?? nil, call, via),
  'URI().host': part(bareHost),
  'URI().hostname': part(bareHost),
  'URI().port': part(portOf),
  'URI().path': part(({ path }) => path),
  'URI().request_uri': part(({ path }) => path),
  'URI().scheme': part(({ scheme }) => scheme),
  'URI().to_s': ({ receiver }) => plainText(receiver ?? nil),
  'URI.encode_www_form': ({ given }) => text(wordOf(given.positional[0])),
  'Net::HTTP.get': gets,
  'Net::HTTP.get_response': gets,
  'Net::HTTP.get_print': gets,
  'Net::HTTP.post': posts,
  'Net::HTTP.post_form': postsForm,
  'Net::HTTP.new': opensSession,
  'Net::HTTP.start': opensSession,
  'Net::HTTP().start': ({ block, ruby, receiver }) =>
    block === undefined ? receiver : callBlock(block, [receiver ?? nil], ruby),
  'Net::HTTP().use_ssl=': sets('use_ssl'),
  'Net::HTTP().request': sessionRequest,
  'Net::HTTP().get': sessionSends('GET', false),
  'Net::HTTP().delete': sessionSends('DELETE', false),
  'Net::HTTP().head': sessionSends('HEAD', false),
  'Net::HTTP().post': sessionSends('POST', true),
  'Net::HTTP().put': sessionSends('PUT', true),
  'Net::HTTP().patch': sessionSends('PATCH', true),
  ...requestApis,
  'HttpRequest().body=': sets('body'),
  'HttpRequest().url': ({ receiver, given, ruby }) => {
    const [url] = given.positional;
    if (url !== undefined) ruby.stateOf(receiver)?.set('url', url);
    return url;
  },
  'HttpRequest().headers': ({ receiver }) => receiver,
  'HttpRequest().[]=': setsHeader,
  ...client(['Faraday', 'Faraday()'], (method) =>
    hasBody(method) ? { body: [1], headers: [2] } : { body: [], headers: [2] },
  ),
  ...client(['HTTParty', 'Typhoeus', 'HTTPX', 'Excon', 'Excon()'], () => ({
    body: ['body', 'json', 'form'],
    headers: ['headers'],
  })),
  ...client(['RestClient', 'RestClient::Resource()'], (method) =>
    hasBody(method) ? { body: [1], headers: [2] } : { body: [], headers: [1] },
  ),
  ...client(['HTTP', 'HTTP()'], () => ({ body: ['json', 'body', 'form'], headers: ['headers'] })),
  'HTTP.auth': ({ given }) =>
    named('HTTP()', {
      positional: [],
      named: new Map([['headers', table(new Map([['authorization', given.positional[0] ?? nil]]))]]),
    }),
  'HTTP.headers': ({ given }) =>
    named('HTTP()', { positional: [], named: new Map([['headers', given.positional[0] ?? table(given.named)]]) }),
  'RestClient::Request.execute': executes,
  'Typhoeus::Request().run': executes,
  'RestClient::Resource().[]': ({ receiver, given }) =>
    named('RestClient::Resource()', {
      positional: [joinPaths([plainText(baseUrl(receiver) ?? nil), plainText(given.positional[0] ?? text(''))], false)],
      named: receiver?.kind === 'name' ? (receiver.made?.named ?? new Map()) : new Map(),
    }),
};
