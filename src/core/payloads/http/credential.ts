// The credential that a request would send: where vendors expect one.
import { textOfBase64 } from '../../model/base64.ts';
import type { HttpRequest } from '../../model/fact.ts';
import { textOf, type Word } from '../../model/word.ts';
import { queryValue, splitUrl } from './url.ts';
import { dropStart, flat, hole, isBlank, partOf, unflat } from './words.ts';

export interface RequestCredential {
  /** The secret itself: the token, or the password of `user:password` (the user where there is no password). */
  readonly value: Word;
  /** The header's name as vendors write it, or `?name` for a query parameter. */
  readonly header: string;
  /** What stands in front of the secret in an Authorization header. */
  readonly scheme: 'Bearer' | 'Basic' | 'Token' | undefined;
}

/** Headers that hold a key by itself, as vendors write them. */
const keyHeaders = [
  'Project-Access-Token',
  'X-API-Key',
  'Api-Key',
  'apikey',
  'PRIVATE-TOKEN',
  'JOB-TOKEN',
  'X-Auth-Token',
  'X-Auth-Key',
  'X-Access-Token',
  'X-Vault-Token',
  'X-Shopify-Access-Token',
  'X-Hasura-Admin-Secret',
];

const keyParameters = ['access_token', 'token', 'api_key', 'apikey', 'key', 'private_token'];

/** The credential of a request, or undefined where it shows none. Authorization comes before keys, keys before the query. */
export function credentialOf(request: HttpRequest): RequestCredential | undefined {
  const authorization = request.headers.get('authorization');
  if (authorization !== undefined && flat(authorization) !== '') return fromAuthorization(authorization);
  for (const header of keyHeaders) {
    const value = request.headers.get(header.toLowerCase());
    if (value !== undefined && flat(value) !== '') return { value, header, scheme: undefined };
  }
  const { query } = splitUrl(request.url);
  for (const name of keyParameters) {
    const value = queryValue(query, [name]);
    if (value !== undefined && flat(value) !== '') return { value, header: `?${name}`, scheme: undefined };
  }
  return undefined;
}

function fromAuthorization(word: Word): RequestCredential {
  const header = 'Authorization';
  const match = /^(bearer|basic|token)[ \t]+/i.exec(flat(word));
  if (match?.[1] === undefined) return { value: word, header, scheme: undefined };
  const rest = dropStart(word, match[0].length);
  const name = match[1].toLowerCase();
  if (name !== 'basic') return { value: rest, header, scheme: name === 'bearer' ? 'Bearer' : 'Token' };
  return { value: isBlank(rest) ? rest : basicSecret(rest), header, scheme: 'Basic' };
}

function basicSecret(encoded: Word): Word {
  const text = textOf(encoded);
  const pair = text === undefined ? flat(encoded) : textOfBase64(text)?.replaceAll(hole, '');
  if (pair === undefined) return encoded;
  const colon = pair.indexOf(':');
  const secret = colon < 0 || colon === pair.length - 1 ? pair.replace(/:$/, '') : pair.slice(colon + 1);
  return secret.includes(hole) ? partOf(encoded, secret) : unflat(secret, secret);
}
