// Connection URLs of databases: hosts, port and database, with unknown pieces kept where they stand. Passwords stay inside.
import type { Word } from '../model/word.ts';
import { flat, hole, unflat } from '../payloads/http/words.ts';

export interface Connection {
  /** Lower case, without `jdbc:`. */
  readonly scheme: string;
  /** Host names without ports, `a,b` where there are several; undefined where the URL names none. */
  readonly host: Word | undefined;
  /** Of the first host. */
  readonly port: string | undefined;
  readonly database: Word | undefined;
}

/** Splits a URL such as `postgresql://app:secret@db.acme.com:5432/orders?sslmode=require`; undefined where it is none. */
export function readConnection(word: Word): Connection | undefined {
  const text = flat(word)
    .trim()
    .replace(/^jdbc:/i, '');
  const colon = text.indexOf(':');
  const scheme = text.slice(0, Math.max(colon, 0)).toLowerCase();
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) return undefined;
  const rest = text.slice(colon + 1);
  if (scheme === 'file' || scheme.startsWith('sqlite')) return ofFile(scheme, rest);
  if (!rest.startsWith('//')) return undefined;
  const end = rest.slice(2).search(/[/?;#]/);
  const authority = end < 0 ? rest.slice(2) : rest.slice(2, end + 2);
  const behind = end < 0 ? '' : rest.slice(end + 2);
  const { hosts, port } = splitHosts(authority.slice(authority.lastIndexOf('@') + 1));
  const parameters = parametersOf(behind);
  const host = hosts || parameters.get('host') || '';
  const path = behind.startsWith('/') ? (behind.slice(1).split(/[?;#]/)[0] ?? '') : '';
  const database =
    path || parameters.get('databasename') || parameters.get('database') || parameters.get('dbname') || '';
  return {
    scheme,
    host: wordOf(decoded(host)),
    port: port ?? parameters.get('port'),
    database: wordOf(decoded(database)),
  };
}

const ofFile = (scheme: string, rest: string): Connection => ({
  scheme,
  host: undefined,
  port: undefined,
  database: wordOf(filePath(scheme, rest.split('?')[0] ?? '')),
});

/** `file:///srv/app.db` is absolute; `sqlite:///app.db` is not, with a fourth slash it is. */
function filePath(scheme: string, text: string): string {
  if (scheme === 'file') return text.replace(/^\/\/(?=\/)/, '');
  return text.replace(/^\/\/\/(?=\/)/, '').replace(/^\/{2,3}(?=[^/])/, '');
}

/** `db1:5432,db2:5432`, `[::1]:5432`. */
export function splitHosts(text: string): { readonly hosts: string; readonly port: string | undefined } {
  const pairs = text.split(',').map((each) => /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(each.trim()));
  const hosts = pairs
    .map((pair, index) => (pair === null ? (text.split(',')[index] ?? '') : (pair[1] ?? '')))
    .join(',');
  return { hosts: hosts.toLowerCase(), port: pairs[0]?.[2] || undefined };
}

/** `?host=/var/run/postgresql`, `;databaseName=orders`. */
function parametersOf(text: string): ReadonlyMap<string, string> {
  const pairs = text.split(/[?&;]/).slice(1);
  return new Map(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [pair.toLowerCase(), ''] : [pair.slice(0, equals).toLowerCase(), pair.slice(equals + 1)];
    }),
  );
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const wordOf = (text: string): Word | undefined => (text === '' ? undefined : unflat(text, text.replaceAll(hole, '…')));
