// APIs of HTTP: requests, httpx, aiohttp, urllib, urllib3, http.client and gql.
import { knownPrefix, mapText, staticWord, type Word } from '../../../../model/word.ts';
import { httpRequest } from '../../../http/request.ts';
import { argument, bodyOf, headersOf, option } from '../../api.ts';
import { type Arguments, concat, joinPaths, named, table, text, unknown, type Value, wordOf } from '../../value.ts';
import { literalOf, none } from '../literals.ts';
import type { Run } from '../run.ts';
import { heldTable } from '../targets.ts';
import { each, type PythonApi, type PythonApis } from './api.ts';

interface Sent {
  readonly method: Value | string;
  readonly url: Value | undefined;
  readonly headers?: readonly (Value | undefined)[];
  readonly body?: Value | undefined;
  readonly user?: Word | undefined;
}

function send({ method, url, headers = [], body, user }: Sent, run: Run, via: string): Value {
  const merged = new Map(headers.flatMap((each) => [...headersOf(each)]));
  const request = httpRequest({
    method: typeof method === 'string' ? method : wordOf(method),
    url: wordOf(url),
    headers: merged,
    body: bodyOf(body),
    user,
  });
  if (request !== undefined) run.recorder.record(via, { kind: 'http', request });
  return unknown('', 'http');
}

/** What a session or client was given for all its requests. */
function sessionOf(call: Arguments, run: Run): { base?: Value; headers?: Value; user?: Word | undefined } {
  const { receiver } = call;
  if (receiver?.kind !== 'name' || receiver.made === undefined) return {};
  const base = receiver.made.named.get('base_url') ?? run.attributes.get(receiver)?.get('base_url');
  const first = receiver.made.positional[0];
  const auth = run.attributes.get(receiver)?.get('auth') ?? receiver.made.named.get('auth');
  const start = base ?? (first?.kind === 'text' ? first : undefined);
  return {
    ...(start === undefined ? {} : { base: start }),
    headers: heldTable(receiver, 'headers', run),
    user: userOf(auth),
  };
}

/** `auth=('user', 'password')`. */
const userOf = (auth: Value | undefined): Word | undefined =>
  auth?.kind === 'list' && auth.items.length === 2 ? wordOf(concat(auth.items, ':')) : undefined;

/** `Session.request(method, url)` and its short forms. */
const requests =
  (method: string | undefined): PythonApi =>
  (call, run, via) => {
    const at = method === undefined ? 1 : 0;
    const { base, headers, user } = sessionOf(call, run);
    const given = argument(call, at, 'url');
    const url =
      base === undefined || given === undefined || /^https?:/.test(knownPrefix(wordOf(given)))
        ? given
        : joinUrl(base, given);
    const isForm = method === 'POST' || method === 'PUT' || method === 'PATCH';
    const body = ['json', 'data', 'content'].map((name) => option(call, name)).find((value) => value !== undefined);
    return send(
      {
        method: method ?? argument(call, 0, 'method') ?? unknown('method'),
        url,
        headers: [headers, call.named.get('headers')],
        body: body ?? (isForm ? call.positional[at + 1] : undefined),
        user: userOf(call.named.get('auth')) ?? user,
      },
      run,
      via,
    );
  };

const joinUrl = (base: Value, path: Value): Value => {
  const below =
    path.kind === 'text'
      ? text(mapText(path.word, (piece, at) => (at === 0 ? piece.replace(/^\/+/, '') : piece)))
      : path;
  return joinPaths([base, below], false);
};

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

/** All methods of what is called like this. */
const clients = (...owners: readonly string[]): PythonApis =>
  Object.fromEntries(
    owners.flatMap((owner) => [
      ...methods.map((method) => [`${owner}.${method}`, requests(method.toUpperCase())] as const),
      [`${owner}.request`, requests(undefined)] as const,
      [`${owner}.stream`, requests(undefined)] as const,
    ]),
  );

/** `urllib.request.urlopen(url or Request, data)`. */
const opensUrl: PythonApi = (call, run, via) => {
  const target = argument(call, 0, 'url');
  const made = target?.kind === 'name' && /\.Request\(\)$/.test(target.name) ? target.made : undefined;
  const from = made ?? call;
  const data = argument(from, 1, 'data') ?? argument(call, 1, 'data');
  const added = target === undefined ? undefined : run.attributes.get(target)?.get('headers');
  const method =
    option(from, 'method') ?? (target === undefined ? undefined : run.attributes.get(target)?.get('method'));
  return send(
    {
      method: method ?? (data === undefined ? 'GET' : 'POST'),
      url: argument(from, 0, 'url') ?? argument(from, 0, 'fullurl'),
      headers: [argument(from, 2, 'headers'), added],
      body: data,
    },
    run,
    via,
  );
};

/** `request.add_header(name, value)`. */
const addsHeader: PythonApi = (call, run) => {
  const name = literalOf(call.positional[0]);
  if (call.receiver?.kind !== 'name' || name === undefined || call.positional[1] === undefined) return none;
  const held = heldTable(call.receiver, 'headers', run);
  if (held.kind === 'table') (held.entries as Map<string, Value>).set(name, call.positional[1]);
  return none;
};

/** `HTTPSConnection(host).request(method, path, body, headers)`. */
const connectionRequest: PythonApi = (call, run, via) => {
  const host = call.receiver?.kind === 'name' ? call.receiver.made?.positional[0] : undefined;
  const scheme = call.receiver?.kind === 'name' && call.receiver.name.includes('HTTPS') ? 'https://' : 'http://';
  const path = argument(call, 1, 'url') ?? text('/');
  return send(
    {
      method: argument(call, 0, 'method') ?? 'GET',
      url: concat([text(scheme), host ?? unknown('host'), path]),
      headers: [argument(call, 3, 'headers')],
      body: argument(call, 2, 'body'),
    },
    run,
    via,
  );
};

/** `PoolManager().request(method, url, body=, fields=, headers=)`. */
const poolRequest: PythonApi = (call, run, via) =>
  send(
    {
      method: argument(call, 0, 'method') ?? 'GET',
      url: argument(call, 1, 'url'),
      headers: [option(call, 'headers')],
      body: call.named.get('body') ?? call.named.get('json') ?? call.named.get('fields'),
    },
    run,
    via,
  );

/** gql: a document that a client sends to the URL of its transport. */
const executesGraphql: PythonApi = (call, run, via) => {
  const client = call.receiver?.kind === 'name' ? call.receiver.made : undefined;
  const transport = client?.named.get('transport') ?? client?.positional[0];
  const made = transport?.kind === 'name' ? transport.made : undefined;
  const document = argument(call, 0, 'document') ?? argument(call, 0, 'request');
  const query = document?.kind === 'name' ? document.made?.positional[0] : document;
  const variables = call.named.get('variable_values') ?? call.positional[1];
  const url = made === undefined ? undefined : (argument(made, 0, 'url') ?? made.named.get('endpoint'));
  if (query === undefined || url === undefined) return unknown('', 'http');
  const body = table(
    new Map([['query', query], ...(variables === undefined ? [] : [['variables', variables] as const])]),
  );
  return send({ method: 'POST', url, headers: [made?.named.get('headers')], body }, run, via);
};

export const httpApis: PythonApis = {
  ...clients('requests', 'requests.Session()', 'requests.session()', 'requests.sessions.Session()', 'requests.api'),
  ...clients('httpx', 'httpx.Client()', 'httpx.AsyncClient()', 'cloudscraper.create_scraper()'),
  ...clients(
    'aiohttp',
    'aiohttp.ClientSession()',
    'requests_html.HTMLSession()',
    'requests_toolbelt.sessions.BaseUrlSession()',
  ),
  ...each('urllib.request.urlopen urllib2.urlopen urllib.urlopen six.moves.urllib.request.urlopen', opensUrl),
  ...each('urllib.request.Request().add_header urllib2.Request().add_header', addsHeader),
  ...each('urllib.request.urlretrieve urllib.urlretrieve wget.download', (call, run, via) => {
    const path = argument(call, 1, 'filename') ?? call.named.get('out');
    if (path !== undefined)
      run.recorder.record(via, {
        kind: 'words',
        words: [staticWord('curl'), staticWord('-o'), wordOf(path), wordOf(call.positional[0])],
      });
    return unknown('');
  }),
  ...each(
    'http.client.HTTPSConnection().request http.client.HTTPConnection().request httplib.HTTPSConnection().request',
    connectionRequest,
  ),
  ...each('urllib3.PoolManager().request urllib3.request urllib3.ProxyManager().request', poolRequest),
  'httplib2.Http().request': (call, run, via) =>
    send(
      {
        method: argument(call, 1, 'method') ?? 'GET',
        url: argument(call, 0, 'uri'),
        headers: [argument(call, 3, 'headers')],
        body: argument(call, 2, 'body'),
      },
      run,
      via,
    ),
  'gql.gql': (call) => named('gql.document', call),
  ...each('gql.Client().execute gql.Client().execute_async gql.Client().execute_sync', executesGraphql),
};

/** Attributes of sessions that the program changes in place: `session.headers.update(...)`. */
export const heldTables: ReadonlySet<string> = new Set([
  'requests.Session().headers',
  'requests.session().headers',
  'httpx.Client().headers',
  'httpx.AsyncClient().headers',
  'aiohttp.ClientSession().headers',
]);
