// Launchers: programs that run other programs. Each has one file under launchers/ and hands the inner command back.
import type { Language } from '../model/code.ts';
import type { Assignment, Host, Invocation, OpaqueCode, Stdin } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import type { Word } from '../model/word.ts';

/** What changes on the way in. What is not given stays as it is for the launcher itself. */
export interface Surroundings {
  /** What the origin step is called, `sudo`, `ssh db1`; the launcher's name by default. */
  readonly label?: string;
  /** The file that it stands in, as a person names it: `package.json "db:reset"`, `Makefile`. */
  readonly from?: {
    readonly label: string;
    readonly line: number | undefined;
    /** Tells it from others of that name. What is being followed and comes up again runs itself, and is not followed. */
    readonly id?: string;
  };
  readonly cwd?: Word;
  readonly user?: string;
  readonly host?: Host;
  readonly stdin?: Stdin;
  /** Paths that the task file itself can make again, as absolute paths where the folder is known. */
  readonly rebuilds?: ReadonlySet<string>;
  readonly assignments?: readonly Assignment[];
  /** `env -i`, ssh, containers: none of the caller's variables is there. */
  readonly freshEnvironment?: boolean;
}

export type Inner = Surroundings &
  (
    | { readonly kind: 'words'; readonly words: readonly Word[] }
    /** Shell code as text. `same`: it runs in the calling shell (`eval`), so what it changes stays. */
    | {
        readonly kind: 'code';
        readonly text: Word;
        readonly same?: boolean;
        readonly name?: Word;
        readonly positionals?: readonly Word[];
      }
    /** A shell script on disk. `program`: it was called by path, and may be no shell script at all. */
    | {
        readonly kind: 'file';
        readonly path: Word;
        readonly same?: boolean;
        readonly positionals: readonly Word[];
        readonly program?: boolean;
      }
    /** A program in another language, as text or as a file on disk. */
    | {
        readonly kind: 'program';
        readonly language: Language;
        readonly code: { readonly text: Word } | { readonly path: Word };
        readonly positionals: readonly Word[];
      }
    | { readonly kind: 'opaque'; readonly reason: OpaqueCode['reason']; readonly detail: string }
  );

export interface Launcher {
  readonly names: readonly string[];
  /** What the call would run; an empty list where it runs nothing (`env` alone, `command -v`). */
  unwrap(call: Invocation, world: World): readonly Inner[];
}
