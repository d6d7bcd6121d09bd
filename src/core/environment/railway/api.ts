// Read-only questions to Railway's public API: the only place that knows its queries. Nothing here can change anything there.
// Names: `src/gql/schema.json` of railwayapp/cli; tokens and headers: https://docs.railway.com/integrations/api
import type { Answer, World } from '../../model/observation.ts';
import type { Evidence } from '../../model/verdict.ts';
import { at, listAt, parseJson, textAt } from '../data.ts';

/** Where to ask and with which credential: the one that the command itself would use. */
export interface Access {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Project tokens see one environment of one project; Bearer tokens see workspaces. */
  readonly token: 'bearer' | 'project';
}

/** What was found, or why it was not. */
export type Lookup<T> =
  | { readonly kind: 'found'; readonly value: T }
  /** `refused` by the API itself: another question may still be answered. */
  | { readonly kind: 'unknown'; readonly why: Evidence; readonly refused: boolean };

export const found = <T>(value: T): Lookup<T> => ({ kind: 'found', value });

export const unknown = (claim: string, source: string, refused = false): Lookup<never> => ({
  kind: 'unknown',
  why: { claim, source },
  refused,
});

const project = `
  id name
  environments { edges { node { id name } } }
  services { edges { node { id name } } }
  volumes { edges { node { id name volumeInstances { edges { node {
    id environmentId serviceId mountPath sizeMB currentSizeMB
  } } } } } }`;

const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** Every question that guard asks Railway, by the field at its root. */
export const queries = {
  apiToken: 'query { apiToken { workspaces { id name } } }',
  me: 'query { me { workspaces { id name } } }',
  projectToken: 'query { projectToken { projectId environmentId } }',
  projects:
    inOneLine(`query ($workspaceId: String, $after: String) { projects(workspaceId: $workspaceId, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { ${project} } } } }`),
  project: inOneLine(`query ($id: String!) { project(id: $id) { ${project} } }`),
  environment: 'query ($id: String!) { environment(id: $id) { projectId } }',
  service: 'query ($id: String!) { service(id: $id) { projectId } }',
  deployment: 'query ($id: String!) { deployment(id: $id) { projectId environmentId serviceId } }',
  volumeInstance: 'query ($id: String!) { volumeInstance(id: $id) { volume { projectId } } }',
  volumeInstanceBackupList:
    'query ($volumeInstanceId: String!) { volumeInstanceBackupList(volumeInstanceId: $volumeInstanceId) { id } }',
} as const;

export type QueryName = keyof typeof queries;

export const sourceOf = (name: QueryName) => `Railway API: ${name}`;

/** Asks one question. The value is what the root field holds. */
export function ask(
  world: World,
  access: Access,
  name: QueryName,
  variables: Readonly<Record<string, string>> = {},
): Lookup<unknown> {
  const answer = world.ask({
    kind: 'live-http',
    method: 'POST',
    url: access.url,
    headers: { 'content-type': 'application/json', ...access.headers },
    body: JSON.stringify({ query: queries[name], variables }),
  });
  return readAnswer(answer, name);
}

function readAnswer(answer: Answer | undefined, name: QueryName): Lookup<unknown> {
  const source = sourceOf(name);
  if (answer === undefined) return unknown(`asked for ${name}, no answer yet`, source);
  if (answer.kind === 'failed') return unknown(failureOf(answer, name), source);
  if (answer.kind !== 'http') return unknown(`asked for ${name}, got no answer`, source);
  const body = parseJson(answer.body);
  const message = textAt(body, 'errors', 0, 'message');
  if (message !== undefined) {
    return unknown(
      `asked for ${name}, the answer was "${message.slice(0, 120)}" (HTTP ${answer.status})`,
      source,
      true,
    );
  }
  if (answer.status !== 200) return unknown(`asked for ${name}, the answer was HTTP ${answer.status}`, source);
  const value = at(body, 'data', name);
  if (value !== undefined && value !== null) return found(value);
  const what = body === undefined ? 'was not JSON' : `held no ${name}`;
  return unknown(`asked for ${name}, the answer ${what}`, source);
}

function failureOf({ reason, detail }: Extract<Answer, { kind: 'failed' }>, name: QueryName): string {
  if (reason === 'off') return 'lookups are off';
  if (reason === 'timeout') return `asked for ${name}, no answer in time`;
  return `asked for ${name}, the request failed: ${detail.slice(0, 120)}`;
}

/** The nodes of a connection (`edges { node }`). */
export const nodesAt = (value: unknown, name: string): readonly unknown[] =>
  listAt(value, name, 'edges').map((edge) => at(edge, 'node'));
