// The command line that HTTPie and xh share: [METHOD] URL [ITEM...]. See httpie.io/docs/cli, Request items.
import type { HttpBody, HttpRequest } from '../../model/fact.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { unknownMethod } from './client.ts';
import { encodeField, type FormField, multipartBody, multipartType, urlencodedBody, urlencodedType } from './form.ts';
import { jsonText, newObject, setMember } from './json.ts';
import { optionTable, readArguments } from './options.ts';
import { addDefaultHeader, httpRequest } from './request.ts';
import { type Content, fileContent, type Source, stdinContent } from './source.ts';
import { addQuery } from './url.ts';
import { dropStart, flat, hole, isBlank, mapKnown, partOf } from './words.ts';

/** Both programs' options; where they differ (`-x`, `-m`) it changes nothing that is sent. */
const itemOptions = optionTable({
  valued: `
    auth auth-type bearer boundary cert cert-key ciphers default-scheme format-options history-print http-version
    interface max-headers max-redirects output pretty print proxy raw resolve response-charset response-mime session
    session-read-only ssl style timeout unix-socket verify`,
  switches: `
    all body check-status chunked compress continue curl curl-long debug download follow form headers help https
    ignore-netrc ignore-stdin ipv4 ipv6 json meta multipart native-tls offline path-as-is quiet sorted stream traceback
    unsorted verbose version`,
  short: `
    j=json f=form x=compress s=style p=print h=headers b=body m=meta v=verbose P=history-print S=stream o=output
    d=download c=continue q=quiet a=auth A=auth-type F=follow I=ignore-stdin 4=ipv4 6=ipv6`,
});

type BodyType = 'json' | 'form' | 'multipart';

interface Settings {
  readonly positionals: Word[];
  readonly values: Map<string, Word>;
  readonly switches: Set<string>;
  type: BodyType;
}

/**
 * Reads one call of HTTPie or xh.
 *
 * @param scheme of a URL that names none
 */
export function readItemCall(call: Invocation, world: World, scheme: string): readonly HttpRequest[] {
  const source: Source = { call, world };
  const settings = readSettings(call);
  const { switches, values } = settings;
  if (['help', 'version', 'offline', 'curl', 'curl-long'].some((name) => switches.has(name))) return [];
  const { method, url, items } = splitPositionals(settings.positionals);
  if (url === undefined) return [];
  const collected = collectItems(items, source);
  const headers = collected.headers;
  const body = bodyOf(settings, collected, source, headers);
  setAuthorization(values, headers);
  const request = httpRequest({
    method: method ?? (body.kind === 'none' ? 'GET' : 'POST'),
    url: collected.queries.reduce(addQuery, localUrl(url)),
    headers,
    body,
    defaultScheme: switches.has('https') ? 'https' : (textOf(values.get('default-scheme')) ?? scheme),
    user: bearerType(values) ? undefined : values.get('auth'),
  });
  return request === undefined ? [] : [request];
}

function readSettings(call: Invocation): Settings {
  const settings: Settings = { positionals: [], values: new Map(), switches: new Set(), type: 'json' };
  for (const argument of readArguments(call.args, itemOptions)) {
    if (argument.kind === 'positional') settings.positionals.push(argument.word);
    else if (argument.negated) settings.switches.delete(argument.name);
    else if (argument.value !== undefined) settings.values.set(argument.name, argument.value);
    else if (argument.name === 'json' || argument.name === 'form' || argument.name === 'multipart')
      settings.type = argument.name;
    else settings.switches.add(argument.name);
  }
  return settings;
}

/** The first word is the method where it holds letters alone and another word follows. */
function splitPositionals(words: readonly Word[]): {
  readonly method: Word | string | undefined;
  readonly url: Word | undefined;
  readonly items: readonly Word[];
} {
  const [first, second] = words;
  if (first === undefined || second === undefined) return { method: undefined, url: first, items: [] };
  if (/^[a-z]+$/i.test(flat(first))) return { method: first, url: second, items: words.slice(2) };
  // `http $METHOD https://...`: an unknown word in front of what can only be a URL is a method.
  const isMethod = isBlank(first) && /^(?:https?:\/\/|:\d|:\/|\/)/i.test(flat(second));
  if (isMethod) return { method: unknownMethod, url: second, items: words.slice(2) };
  return { method: undefined, url: first, items: words.slice(1) };
}

/** `:3000/x` and `:/x` are on localhost; `://` in front (HTTPie 3) is left away. */
function localUrl(url: Word): Word {
  const text = flat(url);
  if (text.startsWith('://')) return dropStart(url, 3);
  const shorthand = /^:(?!:)(\d*|\0)(?=[/?]|$)/.exec(text);
  if (shorthand === null) return url;
  const rest = dropStart(url, shorthand[1] === '' ? 1 : 0);
  return joinWords([staticWord('localhost'), rest]);
}

const separators = [':=@', '==@', '==', ':=', '=@', ':@', ':', '=', '@', ';'] as const;
type Separator = (typeof separators)[number];

interface Item {
  readonly key: Word;
  readonly separator: Separator;
  readonly value: Word;
}

/** The earliest separator counts, the longest where several start there; a backslash takes a character's meaning away. */
function readItem(word: Word): Item | undefined {
  const text = flat(word);
  let key = '';
  for (let at = 0; at < text.length; at += 1) {
    const separator = separators.find((candidate) => text.startsWith(candidate, at));
    if (separator !== undefined && (separator !== ';' || at === text.length - 1)) {
      return { key: partOf(word, key), separator, value: dropStart(word, at + separator.length) };
    }
    if (text.charAt(at) === '\\' && at + 1 < text.length) at += 1;
    key += text.charAt(at);
  }
  return undefined;
}

interface Collected {
  readonly headers: Map<string, Word>;
  readonly queries: Word[];
  /** Data items: text, or JSON text where `raw`. */
  readonly data: { readonly key: Word; readonly content: Content; readonly raw: boolean }[];
  /** `@file` of its own: the whole body. */
  whole: Content | undefined;
  /** A file field: the form becomes multipart. */
  files: boolean;
}

function collectItems(items: readonly Word[], source: Source): Collected {
  const collected: Collected = { headers: new Map(), queries: [], data: [], whole: undefined, files: false };
  for (const word of items) {
    const item = readItem(word);
    if (item !== undefined) addItem(item, collected, source);
  }
  return collected;
}

function addItem({ key, separator, value }: Item, collected: Collected, source: Source): void {
  const content = (): Content =>
    separator.endsWith('@') ? fileContent(homePath(value, source), source) : { kind: 'text', text: value };
  switch (separator) {
    case ':':
    case ':@':
    case ';': {
      const text = content();
      const name = flat(key).toLowerCase();
      if (text.kind === 'text' && name !== '' && !name.includes(hole)) collected.headers.set(name, text.text);
      break;
    }
    case '==':
    case '==@': {
      const text = content();
      const known = text.kind === 'text' ? text.text : dynamicWord(`<${text.detail}>`);
      collected.queries.push(joinWords([mapKnown(key, encodeField), staticWord('='), mapKnown(known, encodeField)]));
      break;
    }
    case '=':
    case '=@':
    case ':=':
    case ':=@':
      collected.data.push({ key, content: content(), raw: separator.startsWith(':') });
      break;
    case '@':
      if (flat(key) === '') collected.whole = content();
      else {
        collected.files = true;
        collected.data.push({ key, content: { kind: 'text', text: dynamicWord(`<${flat(value)}>`) }, raw: false });
      }
  }
}

/** HTTPie expands `~` itself. */
function homePath(path: Word, { call }: Source): Word {
  const home = call.env.get('HOME');
  return flat(path).startsWith('~/') && home !== undefined ? joinWords([home, dropStart(path, 1)]) : path;
}

function bodyOf(settings: Settings, collected: Collected, source: Source, headers: Map<string, Word>): HttpBody {
  const raw = settings.values.get('raw');
  const whole =
    raw === undefined
      ? (collected.whole ?? pipedBody(settings, collected, source))
      : ({ kind: 'text', text: raw } as const);
  if (whole !== undefined) {
    addDefaultHeader(headers, 'content-type', settings.type === 'json' ? 'application/json' : urlencodedType);
    return whole;
  }
  if (collected.data.length === 0) return { kind: 'none' };
  const unread = collected.data.map(({ content }) => content).find((content) => content.kind === 'unread');
  if (unread !== undefined) return unread;
  const fields = collected.data.map(({ key, content, raw: json }) => ({ name: key, value: textIn(content), json }));
  if (settings.type === 'json' && !collected.files) {
    addDefaultHeader(headers, 'content-type', 'application/json');
    return { kind: 'text', text: jsonBody(fields) };
  }
  const multipart = settings.type === 'multipart' || collected.files;
  addDefaultHeader(headers, 'content-type', multipart ? multipartType : urlencodedType);
  return { kind: 'text', text: multipart ? multipartBody(fields) : urlencodedBody(fields) };
}

const textIn = (content: Content): Word =>
  content.kind === 'text' ? content.text : dynamicWord(`<${content.detail}>`);

/** Standard input is the body wherever it is no terminal, even an empty one, unless an item holds data. */
function pipedBody({ switches }: Settings, collected: Collected, source: Source): Content | undefined {
  const terminal = source.call.stdin.kind === 'inherited';
  return terminal || switches.has('ignore-stdin') || collected.data.length > 0 ? undefined : stdinContent(source);
}

function jsonBody(fields: readonly (FormField & { readonly json: boolean })[]): Word {
  const root = newObject();
  for (const { name, value, json } of fields)
    setMember(root, flat(name), { kind: json ? 'json' : 'string', text: value });
  return jsonText(root);
}

const bearerType = (values: ReadonlyMap<string, Word>): boolean => textOf(values.get('auth-type')) === 'bearer';

function setAuthorization(values: ReadonlyMap<string, Word>, headers: Map<string, Word>): void {
  const token = values.get('bearer') ?? (bearerType(values) ? values.get('auth') : undefined);
  if (token !== undefined) headers.set('authorization', joinWords([staticWord('Bearer '), token]));
}
