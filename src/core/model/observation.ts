// Observations: what core wants to know of the world, and what came back. Core plans, the outside fulfils.
import type { Language } from './code.ts';

/**
 * A question about the world. Few and primitive on purpose: what an answer *means* is core's business.
 * Every query is read-only; those marked `live` leave this machine and are only asked where lookups are on.
 */
export type Query =
  /** The text of a file, absolute path. At most 1 MiB. */
  | { readonly kind: 'file'; readonly path: string }
  /** One file inside a zip archive, its bytes as Latin-1 text. At most 8 MiB. */
  | { readonly kind: 'zip-entry'; readonly path: string; readonly entry: string }
  /** What a path is, symbolic links followed. */
  | { readonly kind: 'path'; readonly path: string }
  /** Names in a folder, at most 1,000. */
  | { readonly kind: 'folder'; readonly path: string }
  /** What stands at a path itself: a link is not followed, the folders in front of it are. */
  | { readonly kind: 'entry'; readonly path: string }
  /** What the paths hold together, counted: everything below folders, links not followed. Bounded. */
  | { readonly kind: 'survey'; readonly paths: readonly string[] }
  /** What git says of paths that stand in one repository. Nothing of the repository's is run, nothing is written. */
  | { readonly kind: 'git-paths'; readonly paths: readonly string[] }
  /** What a repository holds that is nowhere else. `path` is its working tree. */
  | { readonly kind: 'repository'; readonly path: string }
  /** When the agent that calls was started. */
  | { readonly kind: 'session' }
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

export type ReaderName = 'sql' | 'graphql' | 'yaml' | 'ini' | 'toml' | Language;

export type Answer =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'path';
      readonly type: 'file' | 'folder' | 'other';
      readonly real: string;
      readonly executable: boolean;
    }
  | { readonly kind: 'names'; readonly names: readonly string[]; readonly complete: boolean }
  | ({ readonly kind: 'entry' } & Entry)
  | ({ readonly kind: 'survey' } & Survey)
  | ({ readonly kind: 'git-paths' } & GitPaths)
  | ({ readonly kind: 'repository' } & RepositoryState)
  /** Milliseconds since the epoch. */
  | { readonly kind: 'time'; readonly at: number }
  | { readonly kind: 'found'; readonly path: string; readonly line: number }
  | { readonly kind: 'http'; readonly status: number; readonly body: string }
  | { readonly kind: 'reader'; readonly reader: unknown }
  /** `name` as the system calls it (`ssh`), `command` with its arguments, cut at 500 characters. */
  | { readonly kind: 'process'; readonly name: string; readonly command: string }
  /** It is known that there is nothing: no such file, no such program, no place that holds the secret. */
  | { readonly kind: 'absent' }
  /** It could not be found out: permission, binary content, too large, timed out, lookups off. */
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly detail: string };

/** One path, as `lstat` sees it. */
export interface Entry {
  readonly type: 'file' | 'folder' | 'link' | 'other';
  /** The same path with every link in front of its last name followed. */
  readonly real: string;
  /** Where a link leads in the end; undefined where it leads nowhere, and for what is no link. */
  readonly leadsTo: string | undefined;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch; undefined where the file system does not keep it. */
  readonly born: number | undefined;
  /** Mount points at the path or below it that hold files (kernel and memory file systems left out). */
  readonly mounts: readonly string[];
}

export interface Survey {
  /** Files with something in them, devices and sockets among them. Empty files, links and folders count nothing. */
  readonly files: number;
  /** False where a bound was reached or something could not be read; `files` is then the least. */
  readonly complete: boolean;
  /** When the oldest of all that is there was made; undefined where that is not known of each. */
  readonly born: number | undefined;
  /** Folders that hold a `.git`, the surveyed ones included. */
  readonly repositories: readonly string[];
  /** Paths of the first files, absolute. */
  readonly names: readonly string[];
}

/** Of what is below the asked paths. Lists hold absolute paths and are cut at 200. */
export interface GitPaths {
  /** The working tree. */
  readonly root: string;
  /** Files that git keeps. */
  readonly tracked: number;
  /** Of these, how many differ from the last commit. */
  readonly modified: number;
  readonly untracked: readonly string[];
  readonly ignored: readonly string[];
  /** Whether other repositories are embedded. */
  readonly submodules: boolean;
  readonly complete: boolean;
}

export interface RepositoryState {
  /** Files that differ from the last commit, untracked ones included. */
  readonly uncommitted: number;
  /** Commits of branches that no remote-tracking branch holds. */
  readonly unpushed: number;
  readonly stashed: boolean;
}

export type FailureReason =
  | 'unreadable'
  | 'binary'
  /** Text with NUL bytes in it, of which shells make something. */
  | 'mixed'
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
