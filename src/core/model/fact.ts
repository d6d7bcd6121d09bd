// Facts: typed statements about what an invocation does. Rules speak of facts and of nothing else.
import type { LibraryCall } from './code.ts';
import type { Invocation, OpaqueCode } from './invocation.ts';
import type { Word } from './word.ts';

interface FactBase {
  readonly invocation: Invocation;
}

/** What was called, read by the program's own argv grammar. Every invocation with a known name has one. */
export interface CommandFact extends FactBase {
  readonly kind: 'command';
  /** Base name of the program, without `.exe`. */
  readonly name: string;
  /** The known positionals up to the first unknown one, subcommand aliases resolved: `['volume', 'delete', 'pg-data']`. */
  readonly subcommand: readonly string[];
  /** Flags by their canonical spelling (`--force`, never `-f` where the grammar knows both); the value is undefined for switches. */
  readonly flags: ReadonlyMap<string, Word | undefined>;
  /** All words that are neither flags nor their values; the subcommand's words stand first. */
  readonly positionals: readonly Word[];
  /** True where the call only prints what it would do, or its help. */
  readonly inert: boolean;
}

export type FileOperation = 'delete' | 'overwrite' | 'truncate' | 'chmod' | 'chown' | 'format';

/** The part of the machine that a path lies in. */
export type Zone =
  | 'root' // `/` itself or `/*`
  | 'system' // /etc, /usr, /bin, /boot, /lib, /var (without its caches), /opt, /System, C:\Windows ...
  | 'home' // a home folder itself, or all that is in it
  | 'home-entry' // a folder or file below a home folder, outside the working directory
  | 'temp' // /tmp, /var/tmp, $TMPDIR, mktemp
  | 'device' // /dev/...
  | 'workdir' // the working directory itself, or all that is in it (`.`, `*`, `./*`)
  | 'project' // below the working directory
  | 'parent' // the working directory's parents, `..`
  | 'elsewhere' // an absolute path that is none of these
  | 'unknown'; // depends on something that is not known

/** What a path is by its name. */
export type Nature =
  | 'build' // can be made again: node_modules, dist, target, __pycache__, *.o
  | 'cache'
  | 'scratch' // named like something temporary: tmp*, test_*, debug*
  | 'log'
  | 'vcs' // .git, .svn, .hg
  | 'backup' // *.bak, *.dump, backups/
  | 'database' // *.sqlite, *.db, pgdata
  | 'data' // archives, documents, media, sheets, models
  | 'source' // files that people write
  | 'secret' // keys, credentials
  | 'state' // terraform.tfstate and the like
  | 'program' // what the system itself runs: /bin, /usr/bin, shared libraries
  | 'guard' // what guard itself stands on: its config, state, rules, launchers, the agents' settings
  | 'folder' // a folder (or what looks like one) with no further meaning
  | 'plain'; // a file with no further meaning

/**
 * What would be lost, by what really stands there. A rule that does not ask for it speaks of `work`, of `repository`
 * and of all whose loss is not known.
 */
export type Loss =
  | 'nothing' // nothing is there, or nothing but empty files and folders, or only a link
  | 'committed' // git keeps every file as it is: one command brings it back
  | 'session' // made since the agent was started
  | 'edited' // changed in place, so that most of it stays
  | 'each-other' // files that are moved to one name write over each other
  | 'repository' // a repository with work that is nowhere else
  | 'work'; // not kept by git, or changed since

/** What really stands at a path, as far as it was looked at. */
export interface Hit {
  /** The path with all links followed; undefined where it is the path itself. */
  readonly real: string | undefined;
  /** Files with something in them; undefined where they were not counted. */
  readonly files: number | undefined;
  /** Whether there may be more. */
  readonly more: boolean;
  /** How many of them git does not keep as they are; undefined where git was not asked or keeps nothing here. */
  readonly unsaved: number | undefined;
  readonly inGit: boolean;
  /** Mount points that would be reached. */
  readonly mounts: readonly string[];
  /** What a repository among it holds that is nowhere else. */
  readonly repository:
    | { readonly path: string; readonly uncommitted: number; readonly unpushed: number; readonly stashed: boolean }
    | undefined;
}

export interface FileFact extends FactBase {
  readonly kind: 'file';
  readonly op: FileOperation;
  readonly path: Word;
  readonly zone: Zone;
  readonly nature: Nature;
  readonly recursive: boolean;
  /** Several files by a pattern, a search or a list. */
  readonly many: boolean;
  /** The program asks for each file itself (`rm -i`, `find -ok`). */
  readonly asks: boolean;
  /** The same command line made this path, or puts it back. */
  readonly recreated: boolean;
  /** The program that does it: rm, find, rsync, shred ... */
  readonly via: string;
  /** Undefined where nobody looked, or nothing could be found out. */
  readonly loss: Loss | undefined;
  readonly hit: Hit | undefined;
}

/** A call of a library by a program in another language. */
export interface CallFact extends FactBase, LibraryCall {
  readonly kind: 'call';
}

export type SqlDialect = 'postgres' | 'mysql' | 'sqlite' | 'mssql' | 'generic';

/** One statement of SQL text. */
export interface SqlStatement {
  readonly op: 'drop' | 'truncate' | 'delete' | 'update' | 'alter-drop' | 'replace' | 'meta' | 'dynamic' | 'other';
  /** `database`, `schema`, `table`, `column` ...; for `meta` the meta-command, for `other` the first keyword. */
  readonly object: string;
  /** Names as written, without quotes. Empty where there are none. */
  readonly names: readonly string[];
  /** For delete and update: whether a WHERE limits it. True where the question does not arise. */
  readonly limited: boolean;
  readonly cascade: boolean;
  /** The statement's own text, one line, cut at 200 characters. */
  readonly text: string;
}

export interface SqlFact extends FactBase, SqlStatement {
  readonly kind: 'sql';
  readonly dialect: SqlDialect;
}

/** One field at the root of a GraphQL operation. */
export interface GraphqlField {
  readonly operation: 'query' | 'mutation' | 'subscription';
  /** The field's own name, not its alias. */
  readonly field: string;
  /** Arguments with variables filled in; a value that is not known is a dynamic word. Nested values are JSON text. */
  readonly arguments: Readonly<Record<string, Word>>;
}

export interface GraphqlFact extends FactBase, GraphqlField {
  readonly kind: 'graphql';
  readonly host: Word;
  /** The endpoint as a URL. */
  readonly url: Word;
  /** The credential that would be sent. */
  readonly credential: Word | undefined;
  readonly header: string | undefined;
}

/** One HTTP request. */
export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  readonly url: Word;
  readonly host: Word;
  /** Starts with `/`, without query. */
  readonly path: Word;
  readonly headers: ReadonlyMap<string, Word>;
  readonly body: HttpBody;
}

export type HttpBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: Word }
  /** Body comes from a file that could not be read, or is not known. */
  | { readonly kind: 'unread'; readonly detail: string };

export interface HttpFact extends FactBase, HttpRequest {
  readonly kind: 'http';
}

export type GitOperation =
  | 'discard-worktree' // reset --hard, checkout/restore of paths, checkout -f
  | 'clean' // untracked files
  | 'force-push'
  | 'delete-remote-ref'
  | 'mirror-push'
  | 'delete-branch' // -D
  | 'delete-tag'
  | 'drop-stash'
  | 'rewrite-history' // filter-branch, filter-repo
  | 'expire-reflog'
  | 'delete-ref'
  | 'remove-files' // git rm
  | 'remove-worktree'
  | 'deinit-submodule';

export interface GitFact extends FactBase {
  readonly kind: 'git';
  readonly op: GitOperation;
  /** Paths, refs or stash names that it names; empty means all. */
  readonly names: readonly Word[];
  readonly remote: Word | undefined;
  readonly forced: boolean;
}

/** Something flows from one place into another: `curl | sh` is http to shell. */
export interface FlowFact extends FactBase {
  readonly kind: 'flow';
  readonly from: 'http' | 'decoded' | 'file' | 'secret' | 'unknown';
  readonly to: 'shell' | 'interpreter' | 'device' | 'http' | 'database';
}

/** A variable that changes what tools dare to do. */
export interface EnvFact extends FactBase {
  readonly kind: 'env';
  readonly name: string;
  readonly value: Word;
}

export interface OpaqueFact {
  readonly kind: 'opaque';
  readonly code: OpaqueCode;
  readonly invocation: Invocation | undefined;
}

export type Fact =
  | CommandFact
  | FileFact
  | SqlFact
  | GraphqlFact
  | HttpFact
  | GitFact
  | FlowFact
  | EnvFact
  | CallFact
  | OpaqueFact;
