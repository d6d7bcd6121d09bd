// Invocations: the simple commands that would run, each with all that decides what it does.
import type { CodeEffect } from './code.ts';
import type { Span } from './script.ts';
import type { Word } from './word.ts';

/** One step of the way from what was typed to what runs. The last step is the nearest to the invocation. */
export interface OriginStep {
  readonly kind:
    | 'command-line'
    | 'script'
    | 'stdin'
    | 'launcher'
    | 'substitution'
    | 'function'
    | 'alias'
    | 'variable'
    | 'unexplained';
  /** What a person recognises: a path, a launcher's name, a function's name. */
  readonly label: string;
  /** 1-based line in that text, where there is one. */
  readonly line: number | undefined;
}
export type Origin = readonly [OriginStep, ...OriginStep[]];

export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

/** Where standard input comes from. */
export type Stdin =
  | { readonly kind: 'inherited' }
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: Word }
  | { readonly kind: 'file'; readonly path: Word }
  /** Output of the invocations before the pipe; `text` where it is known what they print. */
  | { readonly kind: 'pipe'; readonly from: readonly Invocation[]; readonly text: Word | undefined };

export interface Redirection {
  readonly operator: '>' | '>>' | '<' | '<>' | '>|' | '&>' | '&>>';
  readonly descriptor: number;
  readonly target: Word;
}

/** A folder of this machine, and the absolute path under which it is seen inside. */
export interface Mount {
  readonly source: Word;
  readonly target: string;
}

/** Where a command runs: on this machine, or inside something that a launcher reaches. */
export type Host =
  | { readonly kind: 'local' }
  | { readonly kind: 'ssh'; readonly destination: Word; readonly config: Word | undefined }
  | {
      readonly kind: 'container';
      readonly engine: string;
      readonly name: Word | undefined;
      /** Folders of this machine that are seen inside, and the folder from which it was started. */
      readonly mounts?: { readonly folder: Word; readonly points: readonly Mount[] };
      /** It was just made from its image, and sees nothing from outside: what is lost in it is nobody's. */
      readonly fresh?: boolean;
    }
  | {
      readonly kind: 'pod';
      readonly name: Word | undefined;
      readonly context: Word | undefined;
      readonly namespace: Word | undefined;
    };

/** Variables that the invocation would see. Reading one that is not known gives a dynamic word; unset gives undefined. */
export interface Variables {
  get(name: string): Word | undefined;
  /** The names that are known to be set, in no order. */
  names(): readonly string[];
  /** Whether the text itself gave the name a value, rather than whoever started the shell. */
  assigns?(name: string): boolean;
}

export interface Invocation {
  /** Base name of the program (`/bin/rm` is `rm`); undefined where the word is dynamic. */
  readonly name: string | undefined;
  /** The program as written. */
  readonly program: Word;
  readonly args: readonly Word[];
  /** `A=1 cmd`: the assignments in front. */
  readonly assignments: readonly Assignment[];
  readonly redirections: readonly Redirection[];
  readonly stdin: Stdin;
  /** Absolute where it is known. */
  readonly cwd: Word;
  /** `self`, `root`, or a name. */
  readonly user: string;
  readonly host: Host;
  readonly env: Variables;
  readonly origin: Origin;
  /** Where it stands in the text that the last origin step names. */
  readonly span: Span;
  /** What stands there, for messages. */
  readonly source: string;
  /** Paths that the task file it stands in can make again: deleting them loses nothing. */
  readonly rebuilds?: ReadonlySet<string>;
  /** What a program in another language does at one place of its text; such an invocation has no program and no words. */
  readonly effect?: CodeEffect;
}

/** Something that would run and that could not be read: it is asked about where a rule says so. */
export interface OpaqueCode {
  readonly reason:
    | 'dynamic-program'
    | 'dynamic-code'
    /** Code that a known program prints, which is not known before it runs. */
    | 'generated-code'
    | 'unreadable-script'
    | 'missing-script'
    | 'syntax'
    | 'too-deep'
    | 'unread-stdin'
    | 'unread-body'
    /** A program, or a task file, in a language that could not be read. */
    | 'unread-program'
    /** The evaluation itself failed. */
    | 'error';
  /** One clause for a person: what was not readable and why. */
  readonly detail: string;
  readonly origin: Origin;
  readonly source: string;
  /** The invocation that would run it, where there is one. */
  readonly invocation: Invocation | undefined;
}
