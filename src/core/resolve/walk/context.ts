// The context of a walk: what its parts share, where in the script it stands, and how what it finds is recorded.
import type { Invocation, OpaqueCode, Origin, OriginStep, Stdin } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import type { CommandNode, Script } from '../../model/script.ts';
import type { Word } from '../../model/word.ts';
import type { Substitutions } from '../expand.ts';
import type { Inner } from '../launcher.ts';
import type { Scope } from '../scope.ts';
import { type Bounds, limits } from './bounds.ts';

/** What an invocation is judged in: where it came from, and what feeds it. */
export interface Frame {
  readonly origin: Origin;
  readonly stdin: Stdin;
  readonly depth: number;
  /** The text that spans point into. */
  readonly source: string;
}

/** A script that could not be read to its end. */
export interface IncompleteScript {
  readonly script: Script;
  readonly origin: Origin;
}

/** What was found so far, in the order in which it would run. */
export interface Recording {
  readonly invocations: Invocation[];
  readonly opaque: OpaqueCode[];
  readonly incomplete: IncompleteScript[];
  /** Set once a bound is reached; nothing is followed any further. */
  exhausted: OpaqueCode | undefined;
}

/** What reads behind `>(...)`. */
export interface Sink {
  readonly script: Script;
  readonly step: OriginStep;
  readonly scope: Scope;
  readonly frame: Frame;
  fed: boolean;
}

/**
 * One walk, as its parts see it. Commands hold scripts and scripts hold commands: a part that comes back to what
 * stands above it goes through the methods, so that no file imports one that imports it.
 */
export interface WalkContext extends Substitutions {
  readonly world: World;
  readonly bounds: Bounds;
  readonly recording: Recording;
  frame: Frame;
  /** A loop's first round, which only finds out what the body changes. */
  isTrial: boolean;
  /** The highest number that was given to a `{name}>file` or a coprocess. */
  lastDescriptor: number;
  /** Code that runs when the shell ends, with what its variables hold then. */
  readonly traps: (() => void)[];
  /** Scripts and tasks that are being followed: one that comes up again runs itself. */
  readonly openFiles: Set<string>;
  /** Aliases that are being expanded: an alias does not expand itself. */
  readonly openAliases: Set<string>;
  /** What reads behind `>(...)`, by its path. */
  readonly sinks: Map<string, Sink>;

  /** Follows one command of any kind; gives back what it would print, where that is known. */
  node(node: CommandNode, scope: Scope): Word | undefined;
  /** Follows a script that was parsed already. */
  script(script: Script, scope: Scope): Word | undefined;
  /** Runs words as a program does that starts another: past functions and aliases. */
  invokeWords(words: readonly Word[], call: Invocation, scope: Scope): Word | undefined;
  /** Follows what a call runs in turn. */
  launch(inner: Inner, call: Invocation, scope: Scope): Word | undefined;
}

/** Works in a changed frame, and restores the frame. */
export function within<T>(walk: WalkContext, change: Partial<Frame>, work: () => T): T {
  const outer = walk.frame;
  walk.frame = { ...outer, ...change };
  try {
    return work();
  } finally {
    walk.frame = outer;
  }
}

/** Works one step further from the command line; undefined where that is too deep. */
export function nested<T>(
  walk: WalkContext,
  step: OriginStep,
  change: Partial<Pick<Frame, 'stdin'>>,
  work: () => T,
): T | undefined {
  const { depth, origin } = walk.frame;
  if (depth >= limits.depth) return exhaust(walk, `nested deeper than ${limits.depth} levels`);
  return within(walk, { ...change, origin: [...origin, step] as unknown as Origin, depth: depth + 1 }, work);
}

/** The same for what stands in a file or a task, which counts as open meanwhile. */
export function nestedFile(
  walk: WalkContext,
  key: string,
  step: OriginStep,
  work: () => Word | undefined,
): Word | undefined {
  walk.openFiles.add(key);
  try {
    return nested(walk, step, {}, work);
  } finally {
    walk.openFiles.delete(key);
  }
}

/** Records that a call runs something that cannot be followed. */
export function report(walk: WalkContext, reason: OpaqueCode['reason'], detail: string, call: Invocation): void {
  const { origin } = walk.frame;
  walk.recording.opaque.push({ reason, detail, origin, source: call.source, invocation: call });
}

/** The same where no call is to blame. */
export function reportText(walk: WalkContext, reason: OpaqueCode['reason'], detail: string, source: string): void {
  const { origin } = walk.frame;
  walk.recording.opaque.push({ reason, detail, origin, source, invocation: undefined });
}

/** Ends the walk: what is found after the first bound that was reached would say nothing new. */
export function exhaust(walk: WalkContext, detail: string): undefined {
  const { origin, source } = walk.frame;
  walk.recording.exhausted ??= {
    reason: 'too-deep',
    detail,
    origin,
    source: source.slice(0, 200),
    invocation: undefined,
  };
  return undefined;
}
