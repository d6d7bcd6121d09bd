// File effects: what programs do to files, one file per program under effects/, found by listing the folder.
import type { FileOperation } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import type { Word } from '../model/word.ts';

export interface FileEffect {
  readonly op: FileOperation;
  readonly path: Word;
  readonly recursive?: boolean;
  /** Several files by a search or a list, where the path itself does not show it. */
  readonly many?: boolean;
  readonly asks?: boolean;
  /** The name that is written where the path turns out to be a folder. */
  readonly entry?: Word;
  /** A link at the path is replaced; it is not followed. */
  readonly replaces?: boolean;
  /** Counts only where a look shows that something stands there. */
  readonly uncertain?: boolean;
  /** Changes the file in place: what it does not touch stays. Counts only where somebody would miss the file. */
  readonly edits?: boolean;
  /** Writes files into a folder whose names are not known. */
  readonly unpacks?: boolean;
  /** Several files go there: where that is no folder, they write over each other. Counts only where that is known. */
  readonly needsFolder?: boolean;
  /** Loses nothing by itself (a file moved, edited, appended to): counts only where it hits guard's own files or a whole home or system. */
  readonly mild?: boolean;
}

export interface EffectReader {
  readonly names: readonly string[];
  /** What the call would do to files; an empty list where it would only print. */
  read(call: Invocation): readonly FileEffect[];
  /** Paths that the call makes or fills anew, so that deleting them in the same line loses nothing. */
  makes?(call: Invocation): readonly Word[];
}
