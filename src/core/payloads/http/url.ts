// URLs as words: scheme, host, port, path and query, with unknown pieces kept where they stand.
import { joinWords, showWord, staticWord, type Word } from '../../model/word.ts';
import { cutWord, flat, hole, isBlank, partOf, unflat } from './words.ts';

interface UrlParts {
  /** Lower case; undefined where it is not known. */
  readonly scheme: string | undefined;
  /** Lower case, decoded, without port, user, brackets and trailing dot. IPv4 addresses have four decimal parts. */
  readonly host: Word;
  readonly port: Word | undefined;
  /** Starts with `/`; segments decoded, `//`, `/./`, `/../` and a last `/` removed. */
  readonly path: Word;
  readonly query: Word | undefined;
  /** `user:password` in front of the host, as written. */
  readonly userinfo: Word | undefined;
  /** The URL with a scheme, without user and fragment. */
  readonly href: Word;
}

/**
 * Splits a URL as HTTP clients do: the scheme may be missing, one to three slashes may follow it. An unknown piece is
 * taken for what it looks like: `https://$HOST/v1` has an unknown host and the path `/v1`, `$API/v1` an unknown host
 * and a path that ends in `/v1`. Never throws.
 */
export function splitUrl(url: Word, defaultScheme = 'http'): UrlParts {
  const whole = withoutFragment(flat(url).trim());
  const { scheme, rest } = cutScheme(whole, defaultScheme);
  const end = rest.search(/[/?]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const behind = end < 0 ? '' : rest.slice(end);
  const at = authority.lastIndexOf('@');
  const address = authority.slice(at + 1);
  const { host, port } = cutPort(address);
  const question = behind.indexOf('?');
  const rawPath = question < 0 ? behind : behind.slice(0, question);
  const part = (text: string, shown: string) => unflat(text, showWord(partOf(url, shown)));
  return {
    scheme,
    host: part(normalHost(host), host === '' ? address : host),
    port: port === undefined ? undefined : partOf(url, port),
    path: part(
      mayHoldPath(address, rawPath, scheme) ? hole + normalPath(rawPath, '') : normalPath(rawPath, '/'),
      rawPath,
    ),
    query: question < 0 ? undefined : partOf(url, behind.slice(question + 1)),
    userinfo: at < 0 ? undefined : partOf(url, authority.slice(0, at)),
    href: unflat(`${scheme === undefined ? '' : `${scheme}://`}${address}${behind}`, showWord(url)),
  };
}

/** The URL with `query` behind what it asks already. */
export function addQuery(url: Word, query: Word): Word {
  const base = cutWord(url, '#')?.[0] ?? url;
  if (flat(query) === '') return base;
  const text = flat(base);
  const separator = !text.includes('?') ? '?' : text.endsWith('?') || text.endsWith('&') ? '' : '&';
  return joinWords([base, staticWord(separator), query]);
}

/** The value of the first of `names` in a query or an urlencoded body, decoded. */
export function queryValue(query: Word | undefined, names: readonly string[]): Word | undefined {
  if (query === undefined || isBlank(query)) return undefined;
  for (const pair of flat(query).split('&')) {
    const equals = pair.indexOf('=');
    if (equals < 0 || !names.includes(decodeText(pair.slice(0, equals)).toLowerCase())) continue;
    const raw = pair.slice(equals + 1);
    return unflat(decodeText(raw.replaceAll('+', ' ')), showWord(partOf(query, raw)));
  }
  return undefined;
}

/** Percent-decodes what can be decoded and leaves the rest as it is. */
export function decodeText(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      const decoded = decodeURIComponent(run);
      return decoded.includes(hole) ? run : decoded;
    } catch {
      return run;
    }
  });
}

function withoutFragment(text: string): string {
  const at = text.indexOf('#');
  return at < 0 ? text : text.slice(0, at);
}

/** The scheme, and what stands behind it and its slashes. */
function cutScheme(
  text: string,
  defaultScheme: string,
): { readonly scheme: string | undefined; readonly rest: string } {
  const web = /^(https?):\/{1,3}/i.exec(text);
  if (web?.[1] !== undefined) return { scheme: web[1].toLowerCase(), rest: text.slice(web[0].length) };
  const other = /^([^/?#:]{1,64}):\/\//.exec(text);
  if (other?.[1] !== undefined) {
    const scheme = other[1].includes(hole) ? undefined : other[1].toLowerCase();
    return { scheme, rest: text.slice(other[0].length) };
  }
  return { scheme: text.startsWith(hole) ? undefined : defaultScheme, rest: text.replace(/^\/{2}/, '') };
}

function cutPort(address: string): { readonly host: string; readonly port: string | undefined } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(address);
  if (bracketed) return { host: (bracketed[1] ?? '').replace(/%.*$/s, ''), port: bracketed[2] };
  const colon = address.lastIndexOf(':');
  return colon < 0
    ? { host: address, port: undefined }
    : { host: address.slice(0, colon), port: address.slice(colon + 1) };
}

function normalHost(host: string): string {
  const text = decodeText(host).toLowerCase().replace(/\.$/, '');
  return ipv4(text) ?? text;
}

/** `127.1`, `0x7f.0.0.1` and `2130706433` are addresses; clients read them as the C library does (inet_aton). */
function ipv4(host: string): string | undefined {
  const parts = host.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(?:0x[0-9a-f]{1,8}|[0-9]{1,11})$/.test(part))) return undefined;
  const numbers = parts.map((part) => (/^0[0-7]+$/.test(part) ? Number.parseInt(part, 8) : Number(part)));
  const last = numbers.pop() ?? 0;
  if (numbers.some((number) => number > 255) || last >= 256 ** (4 - numbers.length)) return undefined;
  const value = numbers.reduce((sum, number, index) => sum + number * 256 ** (3 - index), last);
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** An unknown piece at the end of the address may hold a part of the path, unless it clearly is a host or a port. */
function mayHoldPath(address: string, rawPath: string, scheme: string | undefined): boolean {
  if (!address.endsWith(hole)) return false;
  if (address === hole) return scheme === undefined || rawPath === '';
  return rawPath === '' || /[a-z0-9\]]\0$/i.test(address);
}

function normalPath(text: string, root: string): string {
  const segments: string[] = [];
  for (const raw of text.split('/')) {
    const decoded = decodeText(raw);
    const segment = decoded.includes('/') ? raw : decoded;
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.length === 0 ? root : `/${segments.join('/')}`;
}
