// HTTP: curl handles, stream contexts, Guzzle, Symfony's HttpClient and Laravel's Http.
import { knownPrefix, type Word } from '../../../../model/word.ts';
import { httpRequest, readHeader } from '../../../http/request.ts';
import { bodyOf, headersOf } from '../../api.ts';
import { concat, named, table, text, unknown, type Value, wordOf } from '../../value.ts';
import { itemsIn, keyOf } from '../arrays.ts';
import type { Call } from '../calls.ts';
import type { Php } from '../interpreter.ts';
import type { LibraryApi, LibraryApis } from '../library.ts';
import { literal, no, none, truthOf, yes } from '../model.ts';

export const isUrl = (value: Value): boolean => value.kind === 'text' && /^https?:\/\//.test(knownPrefix(value.word));

interface Request {
  readonly method: Value | string;
  readonly url: Value;
  readonly headers: ReadonlyMap<string, Word>;
  readonly body: Value | undefined;
}

/** Notes a request; its answer is not known, and came over the network. */
function send({ method, url, headers, body }: Request, php: Php, via: string): Value {
  const request = httpRequest({
    method: typeof method === 'string' ? method : wordOf(method),
    url: wordOf(url),
    headers,
    body: bodyOf(body === none ? undefined : body),
  });
  if (request !== undefined) php.record(via, { kind: 'http', request });
  return unknown(via, 'http');
}

/** Headers as a table, as lines in a list, or as lines of one text. */
function headersIn(value: Value | undefined): ReadonlyMap<string, Word> {
  if (value?.kind === 'table') return headersOf(value);
  const headers = new Map<string, Word>();
  const known = literal(value);
  const lines = known === undefined ? itemsIn(value) : known.split(/\r?\n/).map((line) => text(line));
  for (const line of lines) readHeader(wordOf(line), headers);
  return headers;
}

const entryOf = (value: Value | undefined, name: string): Value | undefined =>
  value?.kind === 'table' ? value.entries.get(name) : undefined;

/** `file_get_contents($url, false, stream_context_create(['http' => ['method' => 'DELETE']]))`. */
export function fetchPage(url: Value, context: Value | undefined, php: Php, via: string): Value {
  const options = context?.kind === 'name' ? entryOf(context.made?.positional[0], 'http') : undefined;
  const method = entryOf(options, 'method') ?? 'GET';
  return send(
    { method, url, headers: headersIn(entryOf(options, 'header')), body: entryOf(options, 'content') },
    php,
    via,
  );
}

// curl.

const handle: LibraryApi = ({ given, php }) => {
  const made = named('curl()', { positional: given.positional, named: new Map() });
  const [url] = given.positional;
  if (url !== undefined && url !== none) php.stateOf(made)?.set('CURLOPT_URL', url);
  return made;
};

const setsOption: LibraryApi = ({ given, php }) => {
  const [curl, option, value] = given.positional;
  const name = keyOf(option);
  const state = php.stateOf(curl);
  if (state !== undefined && name !== undefined && value !== undefined) php.branches.set(state, name, value);
  return yes;
};

const setsOptions: LibraryApi = ({ given, php }) => {
  const [curl, options] = given.positional;
  const state = php.stateOf(curl);
  if (state !== undefined && options?.kind === 'table')
    for (const [name, value] of options.entries) php.branches.set(state, name, value);
  return yes;
};

/** The method that curl would use. Source: curl_setopt in the PHP manual. */
function curlMethod(state: ReadonlyMap<string, Value>): Value | string {
  const custom = state.get('CURLOPT_CUSTOMREQUEST');
  if (custom !== undefined && custom !== none) return custom;
  const isOn = (name: string): boolean => {
    const value = state.get(name);
    return value !== undefined && value !== none && value !== no && truthOf(value) !== false;
  };
  if (isOn('CURLOPT_POST') || state.has('CURLOPT_POSTFIELDS')) return 'POST';
  if (isOn('CURLOPT_PUT') || isOn('CURLOPT_UPLOAD')) return 'PUT';
  return isOn('CURLOPT_NOBODY') ? 'HEAD' : 'GET';
}

const executes: LibraryApi = ({ given, php }, via) => {
  const state = php.stateOf(given.positional[0]);
  const url = state?.get('CURLOPT_URL');
  if (state === undefined || url === undefined) return unknown(via, 'http');
  const body = state.get('CURLOPT_POSTFIELDS');
  return send({ method: curlMethod(state), url, headers: headersIn(state.get('CURLOPT_HTTPHEADER')), body }, php, via);
};

// Clients: an instance with what all its requests share.

const clients =
  /^(?:GuzzleHttp\\)?Client\(\)$|^Symfony\\Component\\HttpClient\\HttpClient\(\)$|^HttpClient\(\)$|^Http(?:\(\))?$/;
const verbs = /^(get|post|put|patch|delete|head|options)(Async)?$/;

/** A path below the base that the client was made with. */
function below(base: Value | undefined, path: Value): Value {
  if (base === undefined || isUrl(path)) return path;
  const root = literal(base)?.replace(/\/$/, '');
  const start = path.kind === 'text' ? knownPrefix(path.word) : '';
  return concat([root === undefined ? base : text(root), ...(start.startsWith('/') ? [] : [text('/')]), path]);
}

const optionsOf = (receiver: Value | undefined): Value | undefined =>
  receiver?.kind === 'name' ? (receiver.made?.positional[0] ?? table(receiver.made?.named ?? new Map())) : undefined;

/** A request of a client; undefined where the call is none. */
export function httpCall(base: string, call: Call, via: string): Value | undefined {
  if (!clients.test(base)) return undefined;
  const { name, given, php, receiver } = call;
  if (base.startsWith('Http') && !base.startsWith('HttpClient')) return facadeCall(call, via);
  const shared = optionsOf(receiver);
  const isGeneral = /^request(Async)?$/.test(name);
  const verb = verbs.exec(name)?.[1];
  if (!isGeneral && verb === undefined) return undefined;
  const [first, ...rest] = given.positional;
  const [url, options] = isGeneral ? rest : [first, ...rest];
  const set = options ?? table(given.named);
  const headers = new Map([...headersIn(entryOf(shared, 'headers')), ...headersIn(entryOf(set, 'headers'))]);
  const body = entryOf(set, 'json') ?? entryOf(set, 'body') ?? entryOf(set, 'form_params');
  const method = isGeneral ? (first ?? 'GET') : (verb ?? 'get');
  return send({ method, url: below(entryOf(shared, 'base_uri'), url ?? text('')), headers, body }, php, via);
}

/** Laravel's Http: what is set on the way is kept for the request. */
function facadeCall({ name, given, php, receiver }: Call, via: string): Value | undefined {
  const before =
    receiver?.kind === 'name' ? (receiver.made?.named ?? new Map<string, Value>()) : new Map<string, Value>();
  const [first, second] = given.positional;
  const verb = verbs.exec(name)?.[1];
  if (verb === undefined && name !== 'send') {
    const next = new Map(before);
    const headers = before.get('headers');
    const known = headers?.kind === 'table' ? headers.entries : new Map<string, Value>();
    if (name === 'baseUrl' && first !== undefined) next.set('base', first);
    if (name === 'withToken' && first !== undefined)
      next.set('headers', table(new Map([...known, ['Authorization', concat([text('Bearer '), first])]])));
    if (name === 'withHeaders' && first?.kind === 'table')
      next.set('headers', table(new Map([...known, ...first.entries])));
    return named('Http()', { positional: [], named: next });
  }
  const isSend = name === 'send';
  const body = isSend ? entryOf(given.positional[2], 'json') : verb === 'get' || verb === 'head' ? undefined : second;
  const url = below(before.get('base'), (isSend ? second : first) ?? text(''));
  return send(
    { method: isSend ? (first ?? 'GET') : (verb ?? 'get'), url, headers: headersIn(before.get('headers')), body },
    php,
    via,
  );
}

export const httpApis: LibraryApis = {
  curl_init: handle,
  curl_setopt: setsOption,
  curl_setopt_array: setsOptions,
  curl_exec: executes,
  curl_multi_add_handle: (call, via) =>
    executes({ ...call, given: { ...call.given, positional: call.given.positional.slice(1) } }, via),
  stream_context_create: ({ given }) => named('context()', { positional: given.positional, named: new Map() }),
};
