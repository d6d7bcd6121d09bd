// Script files: what is run or sourced by its path, from the disk, from standard input, or as the line itself wrote it.
import type { Invocation, OriginStep } from '../../model/invocation.ts';
import { joinWords, knownPrefix, piecesOf, showWord, staticWord, type Word } from '../../model/word.ts';
import { isInstalled, isShellScript, mayRun, standardInput } from '../conventions.ts';
import type { Inner } from '../launcher.ts';
import { localPath } from '../mounts.ts';
import { fileText, stdinText } from '../output.ts';
import { shebangOf } from '../program.ts';
import { descriptorPath } from '../reading.ts';
import type { Scope } from '../scope.ts';
import type { WrittenFile } from '../state.ts';
import { nestedFile, report, type WalkContext } from './context.ts';
import { followText } from './shell-code.ts';
import { writtenKey } from './written-files.ts';

type ScriptFile = Extract<Inner, { kind: 'file' }>;

/** A script on disk, or one that this command line wrote before. */
export function followFile(walk: WalkContext, inner: ScriptFile, call: Invocation, scope: Scope): Word | undefined {
  const key = writtenKey(inner.path, scope.cwd);
  if (walk.openFiles.has(key)) return undefined;
  const { positionals } = scope;
  if (inner.same !== true) scope.name = inner.path;
  if (inner.same !== true || inner.positionals.length > 0) scope.positionals = inner.positionals;
  scope.setWord('BASH_SOURCE', inner.path);
  const output = followContent(walk, inner, key, call, scope);
  // A sourced file that was given positionals had them for itself.
  if (inner.same === true && inner.positionals.length > 0) scope.positionals = positionals;
  return output;
}

function followContent(
  walk: WalkContext,
  inner: ScriptFile,
  key: string,
  call: Invocation,
  scope: Scope,
): Word | undefined {
  const step = stepOf(inner);
  if (standardInput.has(key)) return followStdin(walk, call, step, scope);
  const input = scope.descriptor(descriptorPath(inner.path) ?? '')?.input;
  if (input !== undefined) return followStdin(walk, { ...call, stdin: input }, step, scope);
  const written = scope.shared.written.get(key);
  if (written !== undefined) return followWritten(walk, inner, key, written, call, scope);
  const path = localPath(inner.path, scope.cwd, call.host);
  if (path === undefined) return reportUnknown(walk, inner, call);
  const answer = walk.world.ask({ kind: 'file', path });
  if (answer?.kind === 'text') {
    const { text } = answer;
    if (inner.program && !isShellScript(text)) return followInterpreted(walk, text, path, inner, call, scope);
    walk.bounds.countWritten(text);
    return nestedFile(walk, key, step, () => walk.code(text, scope));
  }
  // Of a name without a slash that is not here, the shell looks along PATH.
  if (answer?.kind === 'absent' && !inner.program && !knownPrefix(inner.path).includes('/')) {
    return walk.invokeWords([inner.path, ...inner.positionals], call, scope);
  }
  if (answer?.kind === 'failed' && mayRun(answer.reason, inner.program === true)) {
    report(walk, 'unreadable-script', `${path}: ${answer.detail}`, call);
  }
  return undefined;
}

const stepOf = ({ path }: ScriptFile): OriginStep => ({ kind: 'script', label: showWord(path), line: undefined });

/** What the same command line wrote, behind what stood in the file before where it was appended. */
function followWritten(
  walk: WalkContext,
  inner: ScriptFile,
  key: string,
  written: WrittenFile,
  call: Invocation,
  scope: Scope,
): Word | undefined {
  const before = written.appended ? fileText(inner.path, call, walk.world) : undefined;
  const text = written.text && joinWords(before === undefined ? [written.text] : [before, written.text]);
  if (text !== undefined) return nestedFile(walk, key, stepOf(inner), () => followText(walk, text, call, scope));
  const reason = key.startsWith('/dev/fd/guard-') ? 'unread-stdin' : 'unreadable-script';
  const detail = `${showWord(inner.path)} is written and run by the same command line; its text is not known`;
  report(walk, reason, detail, call);
  return undefined;
}

/** A script of another language that is called by its path: its first line names the interpreter. */
function followInterpreted(
  walk: WalkContext,
  text: string,
  path: string,
  inner: ScriptFile,
  call: Invocation,
  scope: Scope,
): Word | undefined {
  const interpreter = shebangOf(text);
  // What a package manager installed is known by its name, not by its source.
  if (interpreter === undefined || isInstalled(path)) return undefined;
  const words = [...interpreter.map((word) => staticWord(word)), inner.path, ...inner.positionals];
  return nestedFile(walk, path, stepOf(inner), () => walk.invokeWords(words, call, scope));
}

/** `bash /dev/stdin`, `. /dev/stdin`: the text that comes in is the script. */
function followStdin(walk: WalkContext, call: Invocation, step: OriginStep, scope: Scope): Word | undefined {
  const text = stdinText(call.stdin, call, walk.world);
  if (text !== undefined) return nestedFile(walk, step.label, step, () => followText(walk, text, call, scope));
  const detail = `${showWord(call.program)} runs what standard input says; its text is not known`;
  report(walk, 'unread-stdin', detail, call);
  return undefined;
}

function reportUnknown(walk: WalkContext, { path, program }: ScriptFile, call: Invocation): undefined {
  if (path.kind === 'dynamic' && !program && knownPrefix(path) === '') {
    // Of `"$DIR/setup.sh"` the name at least is known.
    const isNamed = piecesOf(path).some((piece) => piece !== null) || /\$\(|`/.test(path.source);
    const detail = `${showWord(path)} is run as a script; which file that is is not known`;
    report(walk, isNamed ? 'missing-script' : 'dynamic-code', detail, call);
  }
  return undefined;
}
