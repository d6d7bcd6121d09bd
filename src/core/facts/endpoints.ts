// Endpoints: further URLs at which a known service speaks, named in the configuration (a proxy, a mirror, a test server).
import type { HttpRequest } from '../model/fact.ts';
import { staticWord, textOf, type Word } from '../model/word.ts';

/** URLs by service: `{ railway: ['http://127.0.0.1:4000/graphql/v2'] }`. */
export type Endpoints = Readonly<Record<string, readonly string[]>>;

/** The host by which rules know each service that may be named there. */
export const serviceHosts: Readonly<Record<string, string>> = {
  railway: 'backboard.railway.com',
};

/** The request's host, or that of the service whose endpoint it calls. */
export function serviceHost(request: Pick<HttpRequest, 'url' | 'host'>, endpoints: Endpoints): Word {
  const url = textOf(request.url);
  if (url === undefined) return request.host;
  for (const [service, urls] of Object.entries(endpoints)) {
    const host = serviceHosts[service];
    if (
      host !== undefined &&
      urls.some(
        (endpoint) =>
          url === endpoint || url.startsWith(`${endpoint.replace(/\/$/, '')}/`) || url.startsWith(`${endpoint}?`),
      )
    ) {
      return staticWord(host);
    }
  }
  return request.host;
}
