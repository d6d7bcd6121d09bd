// Code on standard input: what an interpreter runs that was given neither code nor a file.
import type { Language } from '../model/code.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { staticWord, type Word } from '../model/word.ts';
import type { Inner } from './launcher.ts';
import { stdinText } from './output.ts';

/** The program that comes in, where it is known; a terminal gives none. */
export function codeOnStdin(
  call: Invocation,
  language: Language,
  positionals: readonly Word[],
  world: World,
): readonly Inner[] {
  if (call.stdin.kind === 'inherited' || call.stdin.kind === 'none') return [];
  const inner = {
    kind: 'program',
    language,
    positionals,
    label: `${call.name} on stdin`,
    stdin: { kind: 'none' },
  } as const;
  const text = stdinText(call.stdin, call, world);
  if (text !== undefined) return [{ ...inner, code: { text } }];
  if (call.stdin.kind === 'file') return [{ ...inner, code: { path: call.stdin.path } }];
  const detail = `${call.name} runs what standard input says; its text is not known`;
  return [{ kind: 'opaque', reason: 'unread-stdin', detail }];
}

/** What stands behind the letters of a cluster of options: `-e'code'`, `-r./setup`. */
export const behind = (word: Word, start: number): Word =>
  word.kind === 'static'
    ? staticWord(word.value.slice(start))
    : { ...word, known: word.known.map((piece, at) => (at === 0 ? (piece?.slice(start) ?? null) : piece)) };
