// HTTP and GraphQL facts: the requests that HTTP clients, and tools with a command for raw requests, would send.
import { clients } from '../generated/clients.ts';
import type { Fact, GraphqlFact, HttpFact, HttpRequest } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import type { GraphqlReader } from '../model/reader.ts';
import { textOf } from '../model/word.ts';
import { graphqlOf, looksLikeGraphql } from '../payloads/http/body.ts';
import { credentialOf } from '../payloads/http/credential.ts';
import { socketRequests } from '../payloads/http/raw.ts';
import { type Endpoints, serviceHost } from './endpoints.ts';
import { isLocalHost } from './local-host.ts';
import { toolRequests } from './tools.ts';

/** Requests of an HTTP client, or of a tool that sends what it is given, with the GraphQL fields inside them. */
export function httpFacts(call: Invocation, world: World, endpoints: Endpoints): Fact[] {
  const requests = clients.get(call.name ?? '')[0]?.read(call, world) ?? toolRequests(call, world);
  return requestFacts([...requests, ...socketRequests(call, world)], call, world, endpoints);
}

/** The facts of requests that an invocation sends. */
export function requestFacts(
  requests: readonly HttpRequest[],
  call: Invocation,
  world: World,
  endpoints: Endpoints,
): Fact[] {
  return requests.flatMap((request) => {
    const method = methodOf(request);
    const http: HttpFact = {
      kind: 'http',
      invocation: call,
      ...request,
      method,
      host: serviceHost(request, endpoints),
    };
    return looksLikeGraphql(request) ? [http, ...graphqlFacts(http, world)] : [http];
  });
}

/** Headers by which a POST asks to be taken for another method, for clients that can send nothing else. */
const overrides = ['x-http-method-override', 'x-http-method', 'x-method-override'];

function methodOf({ method, headers }: HttpRequest): string {
  const given = overrides.map((name) => textOf(headers.get(name))).find((text) => text !== undefined && text !== '');
  return given === undefined || method === 'GET' || method === 'HEAD' ? method : given.toUpperCase();
}

function graphqlFacts(http: HttpFact, world: World): Fact[] {
  const answer = world.ask({ kind: 'reader', language: 'graphql' });
  if (answer?.kind !== 'reader') return [];
  const reading = graphqlOf(http, answer.reader as GraphqlReader);
  if (reading.kind === 'none') return [];
  if (reading.kind === 'invalid') {
    // What a server on this machine is asked for is the developer's own business.
    if (isLocalHost(http.host)) return [];
    const { invocation } = http;
    const code = {
      reason: 'unread-body' as const,
      detail: reading.detail,
      origin: invocation.origin,
      source: invocation.source,
      invocation,
    };
    return [{ kind: 'opaque', code, invocation }];
  }
  const credential = credentialOf(http);
  return reading.fields.map(
    (field): GraphqlFact => ({
      kind: 'graphql',
      invocation: http.invocation,
      ...field,
      host: http.host,
      url: http.url,
      credential: credential?.value,
      header: credential?.header,
    }),
  );
}
