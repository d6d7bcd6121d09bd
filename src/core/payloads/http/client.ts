// What a reader of one HTTP client is: an invocation of it to the requests that it would send.
import type { HttpRequest } from '../../model/fact.ts';
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';

export interface HttpClient {
  /** Program names that this reader understands. */
  readonly names: readonly string[];
  /**
   * The requests in the order in which they would be sent. Files that the client would read (bodies, configuration,
   * lists of URLs) are asked of the world; what cannot be read makes a body `unread`, never empty. Header names are in
   * lower case, and headers that the client adds because of its options are among them. Calls that send nothing
   * (`--help`, `--offline`, `ftp://`) give no request. Never throws.
   */
  read(call: Invocation, world: World): readonly HttpRequest[];
}

/** The method of a request whose method is not known. */
export const unknownMethod = 'UNKNOWN';

/** More requests than this by one invocation are summed up in one that could be anything. */
export const maxRequests = 500;
