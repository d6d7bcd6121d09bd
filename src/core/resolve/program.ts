// Programs: follows a program in another language by the effects that its reader finds.
import { type CodeContext, type CodeEffect, type CodeReader, type Language, unknownPiece } from '../model/code.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { piecesOf, showWord, textOf, type Word } from '../model/word.ts';
import { mayRun } from './conventions.ts';
import type { Inner } from './launcher.ts';
import { localPath } from './mounts.ts';
import { stdinText } from './output.ts';
import { absolutePath } from './paths.ts';
import { readOnce } from './rereading.ts';
import type { Scope } from './scope.ts';

export type ProgramInner = Extract<Inner, { kind: 'program' }>;

/** What a program turned out to be. */
export type ProgramReading =
  | { readonly kind: 'effects'; readonly label: string; readonly text: string; readonly effects: readonly CodeEffect[] }
  | { readonly kind: 'opaque'; readonly reason: 'dynamic-code' | 'unread-program'; readonly detail: string }
  /** There is no such file, it runs elsewhere, or the answers are not there yet. */
  | { readonly kind: 'nothing' };

const nothing: ProgramReading = { kind: 'nothing' };

/** Reads a program with all that it imports. Pure: the reader and the files come through the world. */
export function readProgram(inner: ProgramInner, call: Invocation, scope: Scope, world: World): ProgramReading {
  const source = sourceOf(inner, call, scope, world);
  if ('kind' in source) return source;
  const answer = world.ask({ kind: 'reader', language: inner.language });
  if (answer?.kind === 'failed') return unread(inner.language, answer.detail);
  if (answer?.kind !== 'reader') return nothing;
  const effects = readOnce(answer.reader as CodeReader, source.text, contextOf(inner, source.path, call, scope, world));
  return { kind: 'effects', label: source.label, text: source.text, effects };
}

interface Source {
  readonly text: string;
  readonly label: string;
  readonly path: string | undefined;
}

function sourceOf(inner: ProgramInner, call: Invocation, scope: Scope, world: World): Source | ProgramReading {
  if ('text' in inner.code) return inlineText(inner.code.text, `${inner.language} code`);
  const { path } = inner.code;
  const label = showWord(path);
  const absolute = absolutePath(path, scope.cwd);
  const written = scope.shared.written.get(absolute ?? label.replace(/^\.\//, ''));
  if (written?.text !== undefined && !written.appended) return { ...inlineText(written.text, label), path: absolute };
  if (written !== undefined)
    return unread(inner.language, `${label} is written by the same command line; its text is not known`);
  if (isWhollyUnknown(path))
    return {
      kind: 'opaque',
      reason: 'dynamic-code',
      detail: `which ${inner.language} program ${label} is, is not known`,
    };
  const local = localPath(path, scope.cwd, call.host);
  if (local === undefined) return nothing;
  const answer = world.ask({ kind: 'file', path: local });
  if (answer?.kind === 'text') return { text: answer.text, label, path: absolute };
  return answer?.kind === 'failed' && mayRun(answer.reason, false)
    ? unread(inner.language, `${label}: ${answer.detail}`)
    : nothing;
}

/** Nothing is known of the path; one that a known program prints is as good as that program. */
const isWhollyUnknown = (path: Word): boolean =>
  path.kind === 'dynamic' && path.known.every((piece) => piece === null) && !/\$\(|`/.test(path.source);

const unread = (language: Language, detail: string): ProgramReading => ({
  kind: 'opaque',
  reason: 'unread-program',
  detail: `the ${language} program is not read: ${detail}`,
});

/** Code from the command line; each piece of it that is not known is a name that nothing defines. */
function inlineText(text: Word, label: string): Source | (ProgramReading & { kind: 'opaque' }) {
  const known = textOf(text);
  if (known !== undefined) return { text: known, label, path: undefined };
  const pieces = piecesOf(text);
  if (pieces.some((piece) => piece !== null && /\S/.test(piece)))
    return { text: pieces.map((piece) => piece ?? unknownPiece).join(''), label, path: undefined };
  const detail = `${showWord(text)} is run as ${label}; its text is not known`;
  return { kind: 'opaque', reason: 'dynamic-code', detail };
}

function contextOf(
  inner: ProgramInner,
  path: string | undefined,
  call: Invocation,
  scope: Scope,
  world: World,
): CodeContext {
  return {
    args: inner.positionals,
    cwd: scope.cwd,
    path,
    variable: (name) => scope.word(name),
    stdin: 'text' in inner.code ? undefined : stdinText(call.stdin, call, world),
    readFile(file) {
      const written = scope.shared.written.get(file);
      if (written !== undefined) return textOf(written.text);
      const answer = world.ask({ kind: 'file', path: file });
      return answer?.kind === 'text' ? answer.text : undefined;
    },
  };
}

/** The line of the program that an effect stands on, for messages. */
export function sourceLine(reading: Extract<ProgramReading, { kind: 'effects' }>, effect: CodeEffect): string {
  const line = effect.file === undefined ? reading.text.split('\n', effect.line)[effect.line - 1] : undefined;
  return line === undefined || line.trim() === '' ? `${effect.via}(...)` : line.trim().slice(0, 200);
}

/** The interpreter and its one argument, from the first line of a script that is run by its path. */
export function shebangOf(text: string): readonly string[] | undefined {
  if (!text.startsWith('#!')) return undefined;
  const end = text.indexOf('\n');
  const words = text
    .slice(2, end < 0 ? 256 : Math.min(end, 256))
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return undefined;
  if (!/(^|\/)env$/.test(words[0] as string)) return words;
  const rest = words.slice(1).filter((word) => word !== '-S' && !/^\w+=/.test(word));
  return rest.length === 0 ? undefined : rest;
}
