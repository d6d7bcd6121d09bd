// Written files: what the command line itself writes to files and into `>(...)`, for what reads or runs it later.
import type { Invocation, Stdin } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { joinWords, showWord, staticWord, type Word } from '../../model/word.ts';
import { fileText, outputOf } from '../output.ts';
import { absolutePath } from '../paths.ts';
import type { Scope } from '../scope.ts';
import { filesWrittenBy, worldWith } from '../written.ts';
import { limits } from './bounds.ts';
import { nested, type Sink, type WalkContext, within } from './context.ts';

/** The name under which a written file is found again: its path, as absolute as it can be made. */
export const writtenKey = (path: Word, cwd: Word): string =>
  absolutePath(path, cwd) ?? showWord(path).replace(/^\.\//, '');

/** Remembers what the command line itself writes to files, so that running them later is followed. */
export function recordWritten(walk: WalkContext, call: Invocation, followed: Word | undefined, scope: Scope): void {
  for (const { operator, descriptor, target } of call.redirections) {
    if (operator[0] === '<' || descriptor === 2) continue;
    write(walk, target, rawOutput(call, worldNow(walk, scope)) ?? followed, operator === '>>', scope, call);
  }
  const read = (path: Word) => textNow(walk, path, call, scope);
  for (const { path, text, appends } of filesWrittenBy(call, read, walk.world)) {
    write(walk, path, text, appends, scope, call);
  }
}

export function write(
  walk: WalkContext,
  path: Word,
  text: Word | undefined,
  appends: boolean,
  scope: Scope,
  by?: Invocation,
): void {
  const key = writtenKey(path, scope.cwd);
  const sink = walk.sinks.get(key);
  if (sink !== undefined) feed(walk, sink, { kind: 'pipe', from: by === undefined ? [] : [by], text });
  const { written } = scope.shared;
  const before = appends ? written.get(key) : undefined;
  const joined = before?.text !== undefined && text !== undefined ? joinWords([before.text, text]) : text;
  const isFollowed = joined === undefined || showWord(joined).length <= limits.text / 4;
  written.set(key, { text: isFollowed ? joined : undefined, appended: before?.appended ?? appends });
}

/** What comes in is known once something writes to the path that is given back. */
export function addSink(walk: WalkContext, sink: Sink): Word {
  const path = `/dev/fd/guard-out-${walk.sinks.size}`;
  walk.sinks.set(path, sink);
  return staticWord(path);
}

/** Follows what reads behind `>(...)`, where it stands, with what is written into it. */
export function feed(walk: WalkContext, sink: Sink, stdin: Stdin): void {
  sink.fed = true;
  within(walk, sink.frame, () => nested(walk, sink.step, { stdin }, () => walk.script(sink.script, sink.scope.fork())));
}

/** The world for what programs print: of a file that the line wrote, they print what it wrote there. */
export const worldNow = ({ world }: WalkContext, { shared }: Scope): World =>
  shared.written.size === 0 ? world : worldWith(shared.written, world, 'exact');

/** What stands in a file at this point: as the command line wrote it, else as it is on disk. */
function textNow(walk: WalkContext, path: Word, call: Invocation, scope: Scope): Word | undefined {
  const written = scope.shared.written.get(writtenKey(path, scope.cwd));
  return written === undefined ? fileText(path, call, walk.world) : written.text;
}

/** What a call prints, its own redirection left aside. */
const rawOutput = (call: Invocation, world: World): Word | undefined => outputOf({ ...call, redirections: [] }, world);
