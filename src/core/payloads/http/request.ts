// Putting a request together from what a client's arguments say.
import type { HttpBody, HttpRequest } from '../../model/fact.ts';
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { unknownMethod } from './client.ts';
import { decodeText, splitUrl } from './url.ts';
import { cutWord, flat, hole, mapKnown, partOf, unflat } from './words.ts';

interface RequestParts {
  readonly method: Word | string;
  readonly url: Word;
  readonly headers: ReadonlyMap<string, Word>;
  readonly body: HttpBody;
  readonly defaultScheme?: string | undefined;
  /** `user:password`; the URL's own is used where there is none. */
  readonly user?: Word | undefined;
  /** Path that is sent instead of the URL's. */
  readonly target?: Word | undefined;
}

/** The request, or undefined where the URL is of another protocol. */
export function httpRequest(parts: RequestParts): HttpRequest | undefined {
  const { scheme, host, path, userinfo, href } = splitUrl(parts.url, parts.defaultScheme);
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return undefined;
  const user = parts.user ?? (userinfo && mapKnown(userinfo, decodeText));
  const headers = new Map(parts.headers);
  if (user !== undefined && !headers.has('authorization')) headers.set('authorization', basicHeader(user));
  const sent = parts.target === undefined ? path : splitUrl(joinWords([staticWord('http://h'), parts.target])).path;
  return { method: methodText(parts.method), url: href, host, path: sent, headers, body: parts.body };
}

/** The method in upper case, as servers that care read it. */
function methodText(method: Word | string): string {
  const text = typeof method === 'string' ? method : textOf(method);
  return text === undefined || text === '' ? unknownMethod : text.toUpperCase();
}

/** `Basic` with the encoded `user:password`; what is not known stays unencoded. */
function basicHeader(user: Word): Word {
  const text = flat(user);
  if (text.includes(hole)) return unflat(`Basic ${hole}`, `Basic ${user.kind === 'dynamic' ? user.source : ''}`);
  const bytes = new TextEncoder().encode(text.includes(':') ? text : `${text}:`);
  return staticWord(`Basic ${btoa(String.fromCharCode(...bytes))}`);
}

/** Reads `Name: value` (and curl's `Name;` for an empty one) into `headers`; the first of a name counts. */
export function readHeader(line: Word, headers: Map<string, Word>): void {
  const cut =
    cutWord(line, ':') ??
    (flat(line).endsWith(';') ? ([partOf(line, flat(line).slice(0, -1)), staticWord('')] as const) : undefined);
  if (cut === undefined) return;
  const name = flat(cut[0]).trim().toLowerCase();
  const value = flat(cut[1])
    .replace(/^[ \t]+/, '')
    .trimEnd();
  if (name === '' || name.includes(hole) || headers.has(name)) return;
  headers.set(name, partOf(cut[1], value));
}

/** Sets a header that the client adds by itself; an empty one of the same name (`-H 'Accept:'`) takes it away. */
export function addDefaultHeader(headers: Map<string, Word>, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, staticWord(value));
}
