// The makefile as it was read: rules with their recipes, by target.
import type { Text } from '../tasks/text.ts';
import type { Definition } from './lines.ts';

export interface RecipeLine {
  /** Not expanded; what stands behind the recipe prefix. */
  readonly text: string;
  readonly line: number;
}

/** The file that something stands in. */
export interface MakefileSource {
  /** As a person names it. */
  readonly label: string;
  /** Absolute where it is known. */
  readonly path: string;
}

export interface Rule {
  /** Words in front of the colon: names, patterns with `%`, and what is not known. */
  readonly targets: readonly Text[];
  readonly prerequisites: readonly Text[];
  /** Prerequisites behind `|`: they are made, but are none of `$^`. */
  readonly orderOnly: readonly Text[];
  /** `targets: pattern: prerequisites`: the pattern that gives each target its stem. */
  readonly pattern: string | undefined;
  recipe: RecipeLine[];
  readonly isDouble: boolean;
  /** Conditions that are not known decide whether it is there. */
  readonly uncertain: boolean;
  readonly source: MakefileSource;
  readonly line: number;
}

/** `target: NAME = value` */
export interface TargetVariable {
  readonly targets: readonly Text[];
  readonly definition: Definition;
  readonly isOverride: boolean;
  readonly isExported: boolean;
  readonly uncertain: boolean;
}

/** A command that runs while the makefile is read. */
export interface ReadingCommand {
  readonly code: Text;
  readonly label: string;
  readonly line: number;
  readonly path: string;
}
