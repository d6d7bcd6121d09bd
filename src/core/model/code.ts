// Programs in other languages: what a text in Python, JavaScript and the like would do, in terms that facts are made of.
import type { FileOperation, FlowFact, HttpRequest, SqlDialect } from './fact.ts';
import type { Assignment } from './invocation.ts';
import type { Word } from './word.ts';

export const languages = ['python', 'javascript', 'php', 'ruby', 'perl', 'awk', 'powershell', 'batch'] as const;
export type Language = (typeof languages)[number];

/** A call of a library that drops, empties or deletes: an ORM, an SDK. Rules say which of them matter. */
export interface LibraryCall {
  /** Package as it is imported: `sqlalchemy`, `mongoose`, `@aws-sdk/client-s3`, `active_record`. */
  readonly library: string;
  /** The function or method: `drop_all`, `deleteMany`, `DeleteBucketCommand`. */
  readonly name: string;
  /** What it is called on, as a person would name it: a model, a table, a bucket. */
  readonly receiver: Word | undefined;
  /** Positional arguments; literal objects and lists as JSON text. */
  readonly arguments: readonly Word[];
  /** Named arguments, and the entries of literal objects among the positional ones. */
  readonly options: ReadonlyMap<string, Word>;
  /** Whether some condition limits what it hits: `deleteMany({})` and `Model.objects.all().delete()` are not limited. */
  readonly limited: boolean;
}

/** What a program does at one place of its text. */
export type CodeAction =
  /** A command as a list of words, without a shell. */
  | {
      readonly kind: 'words';
      readonly words: readonly Word[];
      readonly cwd?: Word;
      readonly assignments?: readonly Assignment[];
      readonly stdin?: Word;
    }
  /** Shell code. */
  | {
      readonly kind: 'shell';
      readonly text: Word;
      readonly cwd?: Word;
      readonly assignments?: readonly Assignment[];
      readonly stdin?: Word;
    }
  /** `many`: several files by a pattern, a search or a loop. */
  | {
      readonly kind: 'file';
      readonly op: FileOperation;
      readonly path: Word;
      readonly recursive: boolean;
      readonly many: boolean;
    }
  /** A file is made or filled; `text` where it is known what comes to stand in it. */
  | { readonly kind: 'write'; readonly path: Word; readonly text: Word | undefined; readonly appends: boolean }
  | { readonly kind: 'http'; readonly request: HttpRequest }
  /** `connection` is a URL or a file where the program says where it connects to. */
  | {
      readonly kind: 'sql';
      readonly text: Word;
      readonly dialect: SqlDialect;
      readonly connection: Word | undefined;
    }
  | ({ readonly kind: 'call' } & LibraryCall)
  | { readonly kind: 'flow'; readonly from: FlowFact['from']; readonly to: FlowFact['to'] }
  /** Code in this or another language, given as text. */
  | { readonly kind: 'code'; readonly language: Language; readonly text: Word }
  /** Something runs that cannot be read: one clause for a person. */
  | { readonly kind: 'opaque'; readonly detail: string };

/** The API that did it (`shutil.rmtree`), and where: file as the program was named, undefined for the text itself. */
export type CodeEffect = CodeAction & {
  readonly via: string;
  /** 1-based. */
  readonly line: number;
  /** Absolute path of a local module that the effect stands in; undefined for the program's own text. */
  readonly file: string | undefined;
};

/** What a program can see. Everything that is not known is a dynamic word, or undefined. */
export interface CodeContext {
  /** Arguments behind the program's own name. */
  readonly args: readonly Word[];
  readonly cwd: Word;
  /** Absolute path of the program, where it stands in a file. */
  readonly path: string | undefined;
  /** A variable of the environment: undefined where it is known to be unset. */
  variable(name: string): Word | undefined;
  /** Standard input, where its text is known. */
  readonly stdin: Word | undefined;
  /**
   * The text of a file by absolute path, for imports and for data that code is made from; undefined where there is none
   * or it is not known yet (the program is then read again).
   */
  readFile(path: string): string | undefined;
}

export interface CodeReader {
  /**
   * The effects of running the text, in order. What is only defined and never called has none. Never throws; text that
   * makes no sense is passed over piece by piece. Work is bounded; reaching a bound is an `opaque` effect that says which.
   */
  read(text: string, context: CodeContext): readonly CodeEffect[];
}

/** Stands in the text of a program for each piece that is not known: a name that no program defines. */
export const unknownPiece = 'guard_unknown';
