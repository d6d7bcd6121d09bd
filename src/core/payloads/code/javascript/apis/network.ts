// Network: fetch, axios, got, ky, undici, superagent, node:http and GraphQL clients. Source: the libraries' own documentation.
import { joinWords, knownPrefix, mapText, staticWord } from '../../../../model/word.ts';
import { httpRequest } from '../../../http/request.ts';
import { bodyOf, headersOf } from '../../api.ts';
import { type Arguments, concat, knownText, table, text, unknown, type Value, wordOf } from '../../value.ts';
import type { Run } from '../run.ts';
import { entryOf, isNothing } from '../values.ts';
import { type JsApi, type JsApiTable, same } from './api.ts';

interface Parts {
  readonly method: Value | string | undefined;
  readonly url: Value | undefined;
  readonly headers?: Value | undefined;
  readonly body?: Value | undefined;
}

const answer = (via: string): Value => unknown(`${via}(...)`, 'http');

/** Notes a request; its answer is of the network. */
function send({ method, url, headers, body }: Parts, via: string, run: Run): Value {
  // Without a host there is nobody to send to: such a page is not a program of its own.
  if (url === undefined || /^\.{0,2}\/(?!\/)/.test(knownPrefix(wordOf(url)))) return answer(via);
  const request = httpRequest({
    method: method === undefined ? 'GET' : typeof method === 'string' ? method : wordOf(method),
    url: wordOf(url),
    headers: headersOf(headers),
    body: bodyOf(body === undefined || isNothing(body) ? undefined : run.content(body)),
  });
  if (request !== undefined) run.recorder.record(via, { kind: 'http', request });
  return answer(via);
}

/** A URL below the base that an instance was made with. */
function below(base: Value | undefined, url: Value | undefined): Value | undefined {
  if (base === undefined || (url !== undefined && /^https?:/.test(knownPrefix(wordOf(url))))) return url;
  if (url === undefined) return base;
  const start = mapText(wordOf(base), (piece) => piece.replace(/\/+$/, ''));
  const end = mapText(wordOf(url), (piece, at) => (at === 0 ? piece.replace(/^\/+/, '') : piece));
  return text(joinWords([start, staticWord('/'), end]));
}

/** Options of the instance that a method was called on, and of those that it was made from. */
function inherited(receiver: Value | undefined, ...names: readonly string[]): Value | undefined {
  for (let at = receiver; at?.kind === 'name'; at = at.made?.receiver) {
    for (const given of at.made?.positional ?? []) {
      const found = entryOf(given, ...names);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Headers of the instance below those of the request. */
function headersFor(receiver: Value | undefined, own: Value | undefined): Value | undefined {
  const base = inherited(receiver, 'headers');
  if (base?.kind !== 'table' || own?.kind !== 'table') return own ?? base;
  return table(new Map([...base.entries, ...own.entries]), base.complete && own.complete);
}

const baseNames = ['baseURL', 'prefixUrl', 'baseUrl', 'prefix', 'url'] as const;

/** `fetch(url, {method, headers, body})`, and `fetch(new Request(...))`. */
const fetches: JsApi = (call, run, name) => {
  const [first, second] = call.positional;
  const made = first?.kind === 'name' && first.name === 'Request()' ? first.made : undefined;
  const url = made?.positional[0] ?? first;
  const options = second ?? made?.positional[1];
  return send(
    {
      method: entryOf(options, 'method'),
      url: below(inherited(call.receiver, 'prefixUrl'), url),
      headers: headersFor(call.receiver, entryOf(options, 'headers')),
      body: entryOf(options, 'body', 'json', 'form'),
    },
    name,
    run,
  );
};

/** `got.delete(url, options)`, `axios.get(url, options)`. */
const verb =
  (method: string): JsApi =>
  (call, run, name) => {
    const [url, options] = call.positional;
    return send(
      {
        method,
        url: below(baseOf(call, run), url),
        headers: headersFor(call.receiver, entryOf(options, 'headers')),
        body: entryOf(options, 'data', 'json', 'body', 'form'),
      },
      name,
      run,
    );
  };

const baseOf = (call: Arguments, run: Run): Value | undefined =>
  inherited(call.receiver, ...baseNames) ?? run.properties.get('axios.defaults.baseURL');

/** `axios.post(url, data, options)`. */
const verbWithData =
  (method: string): JsApi =>
  (call, run, name) => {
    const [url, data, options] = call.positional;
    return send(
      {
        method,
        url: below(baseOf(call, run), url),
        headers: headersFor(call.receiver, entryOf(options, 'headers')),
        body: data,
      },
      name,
      run,
    );
  };

/** `axios({method, url, data})`, `axios(url, options)`, `got(url, options)`. */
const configured: JsApi = (call, run, name) => {
  const [first, second] = call.positional;
  const options = first?.kind === 'table' ? first : second;
  const url = first?.kind === 'table' ? entryOf(first, 'url', 'uri') : first;
  const base = entryOf(options, 'baseURL', 'prefixUrl') ?? baseOf(call, run);
  return send(
    {
      method: entryOf(options, 'method'),
      url: below(base, url),
      headers: headersFor(call.receiver, entryOf(options, 'headers')),
      body: entryOf(options, 'data', 'json', 'body', 'form'),
    },
    name,
    run,
  );
};

/** A request that further calls add to: sent when the program has been read. */
class Open {
  readonly headers = new Map<string, Value>();
  readonly body: Value[] = [];
}
const open = new WeakMap<Arguments, Open>();

function later(call: Arguments, parts: (state: Open) => Parts, via: string, run: Run): Value {
  const state = new Open();
  const { line, file } = run.recorder;
  open.set(call, state);
  run.pending.push(() => {
    Object.assign(run.recorder, { line, file });
    send(parts(state), via, run);
  });
  return { kind: 'name', name: 'http.request()', made: call };
}

const headersIn = (state: Open, given: Value | undefined): Value =>
  table(new Map([...(given?.kind === 'table' ? given.entries : []), ...state.headers]), false);
const bodyIn = (state: Open): Value | undefined => {
  const [only] = state.body;
  return state.body.length > 1 ? concat(state.body) : only;
};

/** `http.request(url, options)`, `https.request({hostname, path, method})`. */
const nodeRequest: JsApi = (call, run, name) => {
  const [first, second] = call.positional;
  const options = first?.kind === 'table' ? first : second;
  const scheme = name.startsWith('https') ? 'https' : 'http';
  const url = first?.kind === 'table' ? urlOf(first, scheme) : first;
  const method = /\.get$/.test(name) ? 'GET' : entryOf(options, 'method');
  return later(
    call,
    (state) => ({ method, url, headers: headersIn(state, entryOf(options, 'headers')), body: bodyIn(state) }),
    name,
    run,
  );
};

function urlOf(options: Value, scheme: string): Value {
  const host = entryOf(options, 'hostname', 'host') ?? text('localhost');
  const port = entryOf(options, 'port');
  const path = entryOf(options, 'path') ?? text('/');
  return concat([text(`${scheme}://`), host, ...(port === undefined ? [] : [text(':'), port]), path]);
}

const stateOf = (call: Arguments): Open | undefined =>
  call.receiver?.kind === 'name' && call.receiver.made !== undefined ? open.get(call.receiver.made) : undefined;

const addsBody: JsApi = (call) => {
  const [given] = call.positional;
  if (given !== undefined && given.kind !== 'function') stateOf(call)?.body.push(given);
  return call.receiver;
};
const addsHeader: JsApi = (call) => {
  const [name, value] = call.positional;
  const known = knownText(name);
  if (known !== undefined && value !== undefined) stateOf(call)?.headers.set(known, value);
  if (name?.kind === 'table') for (const [key, each] of name.entries) stateOf(call)?.headers.set(key, each);
  return call.receiver;
};

/** `superagent.delete(url).set(name, value).send(body)`. */
const built =
  (method: string): JsApi =>
  (call, run, name) =>
    later(
      call,
      (state) => ({ method, url: call.positional[0], headers: headersIn(state, undefined), body: bodyIn(state) }),
      name,
      run,
    );

/** `octokit.request('DELETE /repos/{owner}/{repo}', {owner, repo})`. */
const octokitRequest: JsApi = (call, run, name) => {
  const [route, given] = call.positional;
  const [, method, path] = /^([A-Z]+)\s+(\/\S*)/.exec(knownText(route) ?? '') ?? [];
  if (method === undefined || path === undefined) return undefined;
  const pieces = path
    .split(/\{(\w+)\}/)
    .map((piece, at) => (at % 2 === 0 ? text(piece) : (entryOf(given, piece) ?? unknown(piece))));
  return send({ method, url: concat([text('https://api.github.com'), ...pieces]), body: given }, name, run);
};

/** A GraphQL document with its variables, posted to where the client was made for. */
function postDocument(
  url: Value | undefined,
  document: Value | undefined,
  variables: Value | undefined,
  call: Arguments,
  via: string,
  run: Run,
): Value {
  if (document === undefined) return answer(via);
  const body = table(
    new Map([['query', document], ...(variables === undefined ? [] : ([['variables', variables]] as const))]),
  );
  const headers = headersFor(call.receiver, undefined);
  return send({ method: 'POST', url: url ?? unknown('the endpoint of the client'), headers, body }, via, run);
}

const graphqlRequest: JsApi = (call, run, name) => {
  const [first, second, third] = call.positional;
  if (first?.kind === 'table')
    return postDocument(
      entryOf(first, 'url'),
      entryOf(first, 'document', 'query'),
      entryOf(first, 'variables'),
      call,
      name,
      run,
    );
  return postDocument(first, second, third, call, name, run);
};

/** `client.request(document, variables)`, `client.mutation(document, variables)`. */
const clientRequest: JsApi = (call, run, name) => {
  const [first, variables] = call.positional;
  const url = endpointOf(call.receiver);
  if (first?.kind !== 'table') return postDocument(url, first, variables, call, name, run);
  const document = entryOf(first, 'mutation', 'query', 'document');
  return postDocument(url, document, entryOf(first, 'variables'), call, name, run);
};

/** Where a client was made for: a text, an option, or an option of the link that it was given. */
function endpointOf(receiver: Value | undefined): Value | undefined {
  const given = receiver?.kind === 'name' ? receiver.made?.positional[0] : undefined;
  if (given === undefined || given.kind === 'text') return given;
  const direct = entryOf(given, 'uri', 'url', 'endpoint');
  const link = entryOf(given, 'link');
  return direct ?? (link?.kind === 'name' ? endpointOf(link) : undefined);
}

const verbs = (roots: string, table_: Readonly<Record<string, (method: string) => JsApi>>): JsApiTable =>
  Object.fromEntries(
    roots
      .split(' ')
      .flatMap((root) =>
        Object.entries(table_).flatMap(([name, api]) =>
          [root, `${root}.create()`, `${root}.extend()`].map((each) => [`${each}.${name}`, api(methods[name] ?? name)]),
        ),
      ),
  );
const methods: Readonly<Record<string, string>> = { del: 'DELETE' };
const plain = { get: verb, delete: verb, del: verb, head: verb, options: verb, post: verb, put: verb, patch: verb };
const axiosVerbs = { ...plain, post: verbWithData, put: verbWithData, patch: verbWithData };
const axiosRoots = 'axios zx.axios axios.Axios()';
const gotRoots = 'got got.got ky ky.ky wretch needle undici';

export const networkApis: JsApiTable = {
  ...same(
    'fetch node-fetch undici.fetch cross-fetch cross-fetch.fetch isomorphic-fetch zx.fetch bun.fetch undici.request undici.stream',
    fetches,
  ),
  ...verbs(axiosRoots, axiosVerbs),
  ...verbs(gotRoots, plain),
  ...verbs(
    'superagent request superagent.agent()',
    Object.fromEntries(Object.keys(plain).map((name) => [name, built])),
  ),
  ...same(
    'axios axios.request axios.create() axios.create().request got got.got ky got.extend() ky.create() ky.extend() request needle',
    configured,
  ),
  ...same('http.request https.request http.get https.get', nodeRequest),
  ...same('http.request().write http.request().end http.request().send', addsBody),
  ...same('http.request().setHeader http.request().set http.request().auth', addsHeader),
  ...same(
    'http.request().on http.request().once http.request().setTimeout http.request().query http.request().type http.request().accept',
    (call, run) => {
      const callback = call.positional.find((each) => each.kind === 'function');
      if (callback !== undefined)
        run.call(callback, { positional: [unknown('response', 'http')], named: new Map() }, 'on');
      return call.receiver;
    },
  ),
  ...same('graphql-request graphql-request.request graphql-request.rawRequest', graphqlRequest),
  ...same(
    'graphql-request.GraphQLClient().request graphql-request.GraphQLClient().rawRequest @apollo/client.ApolloClient().mutate @apollo/client.ApolloClient().query ' +
      '@apollo/client/core.ApolloClient().mutate @apollo/client/core.ApolloClient().query apollo-client.ApolloClient().mutate apollo-boost().mutate ' +
      '@urql/core.createClient().mutation @urql/core.createClient().query urql.createClient().mutation urql.Client().mutation @urql/core.Client().mutation',
    clientRequest,
  ),
  Headers: (call) => call.positional[0],
  ...same(
    '@octokit/rest.Octokit().request @octokit/core.Octokit().request octokit.Octokit().request @octokit/request.request',
    octokitRequest,
  ),
};
