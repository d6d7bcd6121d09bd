// A local server that speaks Railway's public API over HTTP, keeps its state in memory and logs every request.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  type DocumentNode,
  execute,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { pocketos } from './fixture.ts';
import { type Caller, root } from './resolvers.ts';
import { schema } from './schema.ts';
import { purge, type State, type Token, type Volume } from './state.ts';

/** One request that reached the server. */
export interface LoggedRequest {
  readonly operation: 'query' | 'mutation' | 'subscription' | 'unreadable';
  /** Root fields by their own names, fragments spread, in order. */
  readonly fields: readonly string[];
  /** The last four characters of the credential, whether or not it is one of ours. */
  readonly tokenLast4: string | undefined;
  readonly header: 'Authorization' | 'Project-Access-Token' | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const path = '/graphql/v2';
const maximumBody = 1 << 20;

export class RailwayServer {
  readonly #server: Server;
  readonly #initial: () => State;
  #state: State;
  #skew = 0;
  #requests: LoggedRequest[] = [];

  private constructor(initial: () => State) {
    this.#initial = initial;
    this.#state = initial();
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        send(response, 500, failure(error instanceof Error ? error.message : 'Internal Server Error'));
      });
    });
  }

  /** Starts on a free port of the loopback interface. */
  static async start(initial: () => State = pocketos): Promise<RailwayServer> {
    const started = new RailwayServer(initial);
    await new Promise<void>((resolve, reject) => {
      started.#server.once('error', reject);
      started.#server.listen(0, '127.0.0.1', resolve);
    });
    return started;
  }

  /** The endpoint's URL. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${path}`;
  }

  /** What came in since the last reset. */
  get requests(): readonly LoggedRequest[] {
    return this.#requests;
  }

  /** A volume as long as Railway lists it; undefined once it is deleted. */
  volume(name: string): Volume | undefined {
    const volumes = this.#state.projects.flatMap((project) => project.volumes);
    return volumes.find((each) => each.name === name && each.instances.some((one) => one.deletedAt === undefined));
  }

  /** Puts the starting state back and forgets the requests. */
  reset(): void {
    this.#state = this.#initial();
    this.#requests = [];
    this.#skew = 0;
  }

  /** Lets time go by; what was deleted longer than the grace period ago is gone then. */
  advance(hours: number): void {
    this.#skew += hours * 3_600_000;
    purge(this.#state, this.#now());
  }

  /**
   * What the link in Railway's mail does: brings a deleted volume back while it is kept. Its backups stay gone.
   * False where there is nothing left to bring back.
   */
  restore(volumeId: string): boolean {
    purge(this.#state, this.#now());
    const volumes = this.#state.projects.flatMap((project) => project.volumes);
    const instances = volumes.find(({ id }) => id === volumeId)?.instances ?? [];
    for (const instance of instances) instance.deletedAt = undefined;
    return instances.length > 0;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #now(): number {
    return Date.now() + this.#skew;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== path) return send(response, 404, failure('Not Found'));
    if (request.method !== 'POST') return send(response, 405, failure('Method Not Allowed'));
    const body = await text(request);
    const credential = credentialOf(request);
    const read = body.length > maximumBody ? undefined : readBody(body);
    this.#requests.push({ ...describe(read), ...credential.shown, at: this.#now() });
    if (read === undefined) return send(response, 400, failure('Problem processing request'));
    purge(this.#state, this.#now());
    const token = this.#state.tokens.find(credential.matches);
    await this.#answer(response, read, { state: this.#state, token, now: this.#now() });
  }

  /** Railway answers 200 with `errors` for what is not allowed, 400 for what is not a valid document. */
  async #answer(response: ServerResponse, { document, variables, operationName }: Body, caller: Caller) {
    const problems = validate(schema, document);
    if (problems.length > 0) return send(response, 400, { errors: problems.map((problem) => problem.toJSON()) });
    const result = await execute({
      schema,
      document,
      rootValue: root,
      contextValue: caller,
      variableValues: variables,
      operationName,
    });
    const errors = result.errors?.map((error) => ({
      ...error.toJSON(),
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
      traceId: '4815162342',
    }));
    send(response, 200, errors === undefined ? { data: result.data } : { errors, data: result.data ?? null });
  }
}

interface Body {
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown> | undefined;
  readonly operationName: string | undefined;
}

function readBody(body: string): Body | undefined {
  try {
    const { query, variables, operationName } = JSON.parse(body) as Record<string, unknown>;
    if (typeof query !== 'string') return undefined;
    return {
      document: parse(query),
      variables: (variables as Record<string, unknown> | null) ?? undefined,
      operationName: typeof operationName === 'string' ? operationName : undefined,
    };
  } catch (error) {
    if (error instanceof GraphQLError || error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function describe(body: Body | undefined): Pick<LoggedRequest, 'operation' | 'fields'> {
  const operation = body === undefined ? undefined : getOperationAST(body.document, body.operationName);
  if (body === undefined || !operation) return { operation: 'unreadable', fields: [] };
  const fragments = new Map(
    body.document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment.selectionSet]),
  );
  return { operation: operation.operation, fields: rootFields(operation.selectionSet, fragments, new Set()) };
}

function rootFields(
  set: SelectionSetNode | undefined,
  fragments: ReadonlyMap<string, SelectionSetNode>,
  seen: ReadonlySet<string>,
): string[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, fragments, seen);
    const name = selection.name.value;
    return seen.has(name) ? [] : rootFields(fragments.get(name), fragments, new Set([...seen, name]));
  });
}

interface Credential {
  readonly shown: Pick<LoggedRequest, 'tokenLast4' | 'header'>;
  matches(token: Token): boolean;
}

function credentialOf({ headers }: IncomingMessage): Credential {
  const project = headers['project-access-token'];
  if (typeof project === 'string') {
    return {
      shown: { tokenLast4: project.slice(-4), header: 'Project-Access-Token' },
      matches: (token) => token.kind === 'project' && token.value === project,
    };
  }
  const bearer = headers.authorization?.startsWith('Bearer ') ? headers.authorization.slice(7).trim() : undefined;
  return {
    shown: { tokenLast4: bearer?.slice(-4), header: bearer === undefined ? undefined : 'Authorization' },
    matches: (token) => token.kind !== 'project' && token.value === bearer,
  };
}

const failure = (message: string) => ({ errors: [{ message }], data: null });

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
