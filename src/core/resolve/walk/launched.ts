// Launched code: what a call runs in turn is followed in the surroundings that its launcher gives it.
import type { Invocation, OriginStep } from '../../model/invocation.ts';
import { joinWords, knownPrefix, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { ownShell } from '../conventions.ts';
import type { Inner } from '../launcher.ts';
import { Scope } from '../scope.ts';
import { nested, nestedFile, report, type WalkContext, within } from './context.ts';
import { followProgram } from './programs.ts';
import { followFile } from './script-files.ts';
import { followCode, followPrinted } from './shell-code.ts';

/** Follows one thing that a call runs; what a trap runs waits for the shell's end. */
export function launch(walk: WalkContext, inner: Inner, call: Invocation, scope: Scope): Word | undefined {
  const inside = innerScope(inner, call, scope);
  const label = inner.label ?? call.name ?? showWord(call.program);
  const step: OriginStep = { kind: 'launcher', label, line: undefined };
  const { frame } = walk;
  const { from } = inner;
  const enterInner = () => enter(walk, step, inner, call, inside);
  const follow = () =>
    within(walk, frame, () => (from === undefined ? enterInner() : followTask(walk, from, call, enterInner)));
  if (call.name !== 'trap') return follow();
  walk.traps.push(follow);
  return undefined;
}

/** What is known where it runs: the shell's own state, a copy, or of a process only what is exported. */
function innerScope(inner: Inner, call: Invocation, scope: Scope): Scope {
  const isSame = (inner.kind === 'code' || inner.kind === 'file') && inner.same === true;
  const target = isSame ? scope : ownShell.has(call.name ?? '') ? scope.fork() : scope.forkProcess();
  const inside = inner.freshEnvironment ? Scope.root(undefined, target.cwd) : target;
  if (inner.freshEnvironment) {
    inside.host = scope.host;
    inside.user = scope.user;
  }
  for (const { name, value } of [...call.assignments, ...(inner.assignments ?? [])]) {
    inside.setWord(name, value);
    inside.export(name);
  }
  if (inner.cwd !== undefined) inside.cwd = inner.cwd;
  if (inner.user !== undefined) inside.user = inner.user;
  if (inner.host !== undefined) inside.host = inner.host;
  if (inner.rebuilds !== undefined) inside.rebuilds = inner.rebuilds;
  return inside;
}

/** What stands in a file of tasks. One that runs itself never ends: it is said so, and not followed again. */
function followTask(
  walk: WalkContext,
  { id, label, line }: NonNullable<Inner['from']>,
  call: Invocation,
  enterInner: () => Word | undefined,
): Word | undefined {
  const step: OriginStep = { kind: 'script', label, line };
  if (id === undefined) return nested(walk, step, {}, enterInner);
  if (!walk.openFiles.has(id)) return nestedFile(walk, id, step, enterInner);
  report(walk, 'too-deep', `${label} runs itself`, call);
  return undefined;
}

function enter(walk: WalkContext, step: OriginStep, inner: Inner, call: Invocation, inside: Scope): Word | undefined {
  return nested(walk, step, { stdin: inner.stdin ?? call.stdin }, () => {
    if (call.name === 'bash' && inner.kind !== 'words') followStartup(walk, call, inside);
    return followInner(walk, inner, call, inside);
  });
}

/** The file that a bash which the line starts reads first. Source: bash(1), INVOCATION. */
function followStartup(walk: WalkContext, call: Invocation, scope: Scope): void {
  const path = scope.word('BASH_ENV');
  // Nothing is known of the caller's variables: that is no reason to think that this one is set.
  const unheardOf = path?.kind === 'dynamic' && path.source === '$BASH_ENV';
  if (path === undefined || unheardOf || textOf(path) === '') return;
  const named = knownPrefix(path).includes('/') ? path : joinWords([staticWord('./'), path]);
  followFile(walk, { kind: 'file', path: named, positionals: [], same: true }, call, scope);
}

function followInner(walk: WalkContext, inner: Inner, call: Invocation, scope: Scope): Word | undefined {
  switch (inner.kind) {
    case 'words':
      return walk.invokeWords(inner.words, call, scope);
    case 'code':
      return followCode(walk, inner, call, scope);
    case 'file':
      return followFile(walk, inner, call, scope);
    case 'program':
      return followProgram(walk, inner, call, scope);
    case 'opaque':
      report(walk, inner.reason, inner.detail, call);
      if (inner.reason === 'unread-stdin') followPrinted(walk, call, scope);
      return undefined;
  }
}
