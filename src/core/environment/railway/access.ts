// Whom guard may ask about Railway, and with what: Railway's own hosts and those that the policy names, no others.
import type { GraphqlFact } from '../../model/fact.ts';
import type { Policy } from '../../model/policy.ts';
import { showWord, textOf, type Word } from '../../model/word.ts';
import { type Access, found, type Lookup, unknown } from './api.ts';

const hosts = ['backboard.railway.com', 'backboard.railway.app'];

/** Where Railway's command line tool sends its requests. */
const cliEndpoint = 'https://backboard.railway.com/graphql/v2';

const off = (): Lookup<never> => unknown('lookups are off', 'lookups: false in the configuration');

/** The access that a request carries; a lookup takes the same way with the same credential. */
export function accessOfRequest(fact: GraphqlFact, policy: Policy): Lookup<Access> {
  const url = textOf(fact.url);
  if (url === undefined)
    return unknown(`the address ${showWord(fact.url)} is not known before the command runs`, 'the command');
  const endpoint = endpointOf(url, policy);
  if (endpoint === undefined) return unknown('not a host of Railway: nothing was asked there', 'the command');
  if (!policy.lookups) return off();
  return accessWith(endpoint, fact.header, fact.credential);
}

/** The access that Railway's tool has with a token from its variables or its configuration. */
export function accessOfTool(
  policy: Policy,
  token: { readonly header: string; readonly value: Word } | undefined,
): Lookup<Access> {
  if (!policy.lookups) return off();
  return accessWith(cliEndpoint, token?.header, token?.value);
}

function accessWith(url: string, header: string | undefined, credential: Word | undefined): Lookup<Access> {
  if (credential === undefined) return unknown('no Railway token is known: nothing was asked', 'the command');
  const value = textOf(credential);
  if (value === undefined) {
    return unknown(`the token ${showWord(credential)} is not known before the command runs`, 'the command');
  }
  if (!/^[\x21-\x7e]+(?: [\x21-\x7e]+)?$/.test(value)) {
    return unknown('what stands in the place of the token is none', 'the command');
  }
  if (header?.toLowerCase() === 'project-access-token') {
    return found({ url, headers: { 'project-access-token': value }, token: 'project' });
  }
  const authorization = value.includes(' ') ? value : `Bearer ${value}`;
  return found({ url, headers: { authorization }, token: 'bearer' });
}

/** The endpoint to ask where a command speaks to `url`; undefined where that is nobody guard may ask. */
function endpointOf(url: string, policy: Policy): string | undefined {
  const parsed = parseUrl(url);
  if (parsed === undefined || parsed.username !== '' || parsed.password !== '') return undefined;
  if (hosts.includes(parsed.hostname) && parsed.port === '') return `https://${parsed.hostname}/graphql/v2`;
  return (policy.endpoints.railway ?? []).find((endpoint) => parseUrl(endpoint)?.origin === parsed.origin);
}

function parseUrl(text: string): URL | undefined {
  const withScheme = text.includes('://') ? text : `http://${text}`;
  const parsed = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? parsed : undefined;
}
