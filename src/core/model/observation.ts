// Observations: what core wants to know of the world, and what came back. Core plans, the outside fulfils.

/**
 * A question about the world. Few and primitive on purpose: what an answer *means* is core's business.
 * Every query is read-only; those marked `live` leave this machine and are only asked where lookups are on.
 */
export type Query =
  /** The text of a file, absolute path. At most 1 MiB. */
  | { readonly kind: 'file'; readonly path: string }
  /** What a path is, symbolic links followed. */
  | { readonly kind: 'path'; readonly path: string }
  /** Names in a folder, at most 1,000. */
  | { readonly kind: 'folder'; readonly path: string }
  /** The file that a program name would run, by PATH. */
  | { readonly kind: 'program'; readonly name: string; readonly path: string }
  /** A reader of a language, loaded on demand. */
  | { readonly kind: 'reader'; readonly language: ReaderName }
  /** Where a secret stands: files of the workspace and well-known places are searched for it. */
  | { readonly kind: 'secret'; readonly value: string; readonly cwd: string; readonly home: string | undefined }
  /** This machine's name. */
  | { readonly kind: 'hostname' }
  /** The process that accepts TCP connections on a port of this machine. */
  | { readonly kind: 'listener'; readonly port: number }
  /** A read-only HTTP request. Redirects are not followed; answers over 1 MiB are cut off. */
  | {
      readonly kind: 'live-http';
      readonly method: 'GET' | 'POST';
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | undefined;
    };

export type ReaderName = 'sql' | 'graphql' | 'yaml' | 'ini';

export type Answer =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'path';
      readonly type: 'file' | 'folder' | 'other';
      readonly real: string;
      readonly executable: boolean;
    }
  | { readonly kind: 'names'; readonly names: readonly string[]; readonly complete: boolean }
  | { readonly kind: 'found'; readonly path: string; readonly line: number }
  | { readonly kind: 'http'; readonly status: number; readonly body: string }
  | { readonly kind: 'reader'; readonly reader: unknown }
  /** `name` as the system calls it (`ssh`), `command` with its arguments, cut at 500 characters. */
  | { readonly kind: 'process'; readonly name: string; readonly command: string }
  /** It is known that there is nothing: no such file, no such program, no place that holds the secret. */
  | { readonly kind: 'absent' }
  /** It could not be found out: permission, binary content, too large, timed out, lookups off. */
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly detail: string };

export type FailureReason =
  | 'unreadable'
  | 'binary'
  | 'too-large'
  | 'folder'
  | 'not-a-file'
  | 'timeout'
  | 'off'
  | 'error';

/** Answers so far, by `queryKey`. */
export type Answers = ReadonlyMap<string, Answer>;

/** The identity of a query: two queries with one key have one answer. */
export const queryKey = (query: Query): string => JSON.stringify(query);

/** What core asks through. `undefined` means: not answered yet; the question is noted and the analysis will be run again. */
export interface World {
  ask(query: Query): Answer | undefined;
}

/** A world that answers from what is known and notes the rest. */
export class PlannedWorld implements World {
  readonly #answers: Answers;
  readonly #open = new Map<string, Query>();

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  ask(query: Query): Answer | undefined {
    const key = queryKey(query);
    const answer = this.#answers.get(key);
    if (answer === undefined) this.#open.set(key, query);
    return answer;
  }

  /** The questions that had no answer, in the order they were asked. */
  get open(): readonly Query[] {
    return [...this.#open.values()];
  }
}
