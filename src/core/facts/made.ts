// Made paths: what the same command line makes, fills anew or has made again, so that deleting it loses nothing.
import type { Invocation } from '../model/invocation.ts';
import { knownPrefix, piecesOf, textOf, type Word } from '../model/word.ts';
import { absolutePath, normalizePath } from '../resolve/paths.ts';
import type { FileEffect } from './effect.ts';
import { effectReaders } from './file.ts';

interface Made {
  /** Index of the first invocation that made it anew. */
  readonly first: number;
  readonly last: number;
  /** Indices of all that made it. */
  readonly by: readonly number[];
}

/** Everything the invocations make, so that deleting it again in the same line is seen for what it is. */
export class MadePaths {
  readonly #at = new Map<string, Made>();
  readonly #calls: readonly Invocation[];

  constructor(calls: readonly Invocation[]) {
    this.#calls = calls;
    calls.forEach((call, index) => {
      for (const path of madeBy(call)) {
        const key = keyOf(path, call.cwd);
        // What was moved there is the only copy: deleting it afterwards is a loss.
        const first = call.name === 'mv' ? Number.POSITIVE_INFINITY : index;
        if (key === undefined) continue;
        const before = this.#at.get(key);
        this.#at.set(key, {
          first: Math.min(before?.first ?? first, first),
          last: index,
          by: [...(before?.by ?? []), index].slice(-20),
        });
      }
    });
  }

  /** Made before it is deleted; or a single file that is filled anew, or used again, afterwards. */
  has({ path, recursive = false }: FileEffect, call: Invocation, at: number): boolean {
    const key = keyOf(path, call.cwd);
    if (key === undefined) return false;
    const made = this.#at.get(key);
    if (made !== undefined && (made.first < at || (!recursive && made.last > at))) return true;
    const parent = this.#at.get(key.slice(0, Math.max(key.lastIndexOf('/'), 0)));
    if (parent !== undefined && parent.first < at) return true;
    return !recursive && this.#madeAgain(key, at);
  }

  /** The invocations before this place that filled the path; for `<(...)`, those that stand in it. */
  makersOf(path: Word, cwd: Word, at: number): readonly Invocation[] {
    const substituted = /^\/dev\/fd\/guard-(\d+)$/.exec(textOf(path) ?? '')?.[1];
    if (substituted !== undefined) return this.#calls.slice(Number(substituted), at);
    const key = keyOf(path, cwd);
    const by = key === undefined ? [] : (this.#at.get(key)?.by ?? []);
    return by.filter((index) => index < at).flatMap((index) => this.#calls.slice(index, index + 1));
  }

  /**
   * Behind the deletion a program runs that nobody can look into, and the file is named again: by that program's own
   * code, or by a later command that reads it. So the program makes it.
   */
  #madeAgain(key: string, at: number): boolean {
    const name = key.slice(key.lastIndexOf('/') + 1);
    if (name.length < 3) return false;
    const later = this.#calls.slice(at + 1, at + 40);
    const maker = later.findIndex(canMake);
    return (
      maker >= 0 &&
      later.slice(maker).some((call, index) => !removers.has(call.name ?? '') && names(call, name, index === 0))
    );
  }
}

const removers = new Set(['rm', 'unlink', 'shred', 'git', 'find', 'echo', 'printf']);

/** Programs called by path, interpreters and build tools: they may write any file. */
const canMake = (call: Invocation): boolean =>
  /^\.{0,2}\//.test(knownPrefix(call.program)) ||
  /^(python[\d.]*|node|ruby|perl|php|make|cargo|go|npm|java|dotnet|bash|sh)$/.test(call.name ?? '');

/** Whether the invocation names the file in a word, or (an interpreter) in its code. */
function names(call: Invocation, name: string, isMaker: boolean): boolean {
  const words = call.stdin.kind === 'text' ? [...call.args, call.stdin.text] : call.args;
  return words.some((word) =>
    piecesOf(word).some((piece) => {
      if (piece === null) return false;
      return isMaker
        ? piece.includes(name) && /open\(|write|>|save|dump/.test(piece)
        : piece === name || piece.endsWith(`/${name}`);
    }),
  );
}

/** The path as one text; a word that is not known stands for itself. */
function keyOf(path: Word, cwd: Word): string | undefined {
  const text = textOf(path);
  if (text === undefined) return path.kind === 'dynamic' && path.source.startsWith('$') ? path.source : undefined;
  return absolutePath(path, cwd) ?? normalizePath(text);
}

function madeBy(call: Invocation): Word[] {
  const made = effectReaders(call).flatMap((reader) => reader.makes?.(call) ?? []);
  for (const { operator, target } of call.redirections) if (operator[0] !== '<') made.push(target);
  return made;
}
