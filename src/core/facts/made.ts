// Made paths: what the same command line makes, fills anew or has made again, so that deleting it loses nothing.
import type { Invocation } from '../model/invocation.ts';
import { own } from '../model/table.ts';
import { knownPrefix, piecesOf, staticWord, textOf, type Word } from '../model/word.ts';
import { absolutePath, normalizePath } from '../resolve/paths.ts';
import type { FileEffect } from './effect.ts';
import { relocations } from './effects/copy.ts';
import { effectReaders } from './file.ts';

interface Made {
  /** Index of the first invocation that made it anew. */
  readonly first: number;
  readonly last: number;
  /** It is a link: what is behind it was there before. */
  readonly linked: boolean;
  /** Indices of all that made it. */
  readonly by: readonly number[];
}

/** Everything the invocations make, so that deleting it again in the same line is seen for what it is. */
export class MadePaths {
  readonly #at = new Map<string, Made>();
  readonly #calls: readonly Invocation[];
  /** Index of the first invocation that may move anything anywhere. */
  readonly #firstMove: number;

  constructor(calls: readonly Invocation[]) {
    this.#calls = calls;
    this.#firstMove = calls.findIndex(mayMove);
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
          linked: call.name === 'ln' || before?.linked === true,
          by: [...(before?.by ?? []), index].slice(-20),
        });
      }
    });
  }

  /** Made before it is deleted; or a single file that is filled anew, or used again, afterwards. */
  has({ path, recursive = false }: FileEffect, call: Invocation, at: number): boolean {
    const key = keyOf(path, call.cwd);
    if (key === undefined) return false;
    if (call.rebuilds?.has(key)) return true;
    const made = this.#at.get(key);
    const isBehind = textOf(path)?.endsWith('/') === true && made?.linked === true;
    if (made !== undefined && !isBehind && (made.first < at || (!recursive && made.last > at))) return true;
    const parent = this.#at.get(key.slice(0, Math.max(key.lastIndexOf('/'), 0)));
    if (parent !== undefined && !parent.linked && parent.first < at) return true;
    return !recursive && (this.#lockedAgain(key, at) || this.#madeAgain(key, at));
  }

  /** Whether something was moved, linked or mounted there before: what stands there now says nothing then. */
  appears(path: Word, call: Invocation, at: number): boolean {
    const text = textOf(path)?.replace(/\/?[^/]*[*?[].*$/s, '');
    const key = text === undefined ? undefined : (keyOf(staticWord(text || '.'), call.cwd) ?? '');
    const moved = [...this.#at].some(
      ([made, { by }]) =>
        (key === undefined || `${made}/`.startsWith(`${key}/`) || `${key}/`.startsWith(`${made}/`)) &&
        by.some((index) => index < at && movers.has(this.#calls[index]?.name ?? '')),
    );
    return moved || (this.#firstMove >= 0 && this.#firstMove < at);
  }

  /** Where what now stands in a temporary folder stood before the same line moved or linked it there. */
  cameFrom(path: Word, call: Invocation, at: number): Word | undefined {
    const text = textOf(path);
    const key = text === undefined ? undefined : keyOf(path, call.cwd);
    if (text === undefined || key === undefined) return undefined;
    for (const earlier of this.#calls
      .slice(0, at)
      .filter(({ host }) => host.kind === call.host.kind)
      .reverse()) {
      for (const { source, destination, isLink } of relocations(earlier)) {
        const to = keyOf(destination, earlier.cwd);
        const from = absolutePath(source, earlier.cwd);
        if (to === undefined || from === undefined || !`${key}/`.startsWith(`${to}/`)) continue;
        // Of a link, only what is behind it was there before.
        if (isLink && key === to && !text.endsWith('/')) continue;
        return staticWord(`${from}${key.slice(to.length)}`, path.glob || (key === to && source.glob));
      }
    }
    return undefined;
  }

  /** Whether the line has made a copy of the file before. */
  copied(path: Word, call: Invocation, at: number): boolean {
    const key = keyOf(path, call.cwd);
    return (
      key !== undefined &&
      this.#calls
        .slice(0, at)
        .some(
          (earlier) =>
            (earlier.name === 'cp' || earlier.name === 'gcp') &&
            earlier.args.slice(0, -1).some((word) => keyOf(word, earlier.cwd) === key),
        )
    );
  }

  /** Whether another file was moved to the same name before. */
  isMovedTo(path: Word, call: Invocation, at: number): boolean {
    return this.makersOf(path, call.cwd, at).some(({ name }) => name === 'mv' || name === 'gmv');
  }

  /** Whether the line makes the path by something else than moving files to it. */
  isMadeOtherwise(path: Word, call: Invocation, at: number): boolean {
    return this.makersOf(path, call.cwd, at).some(({ name }) => name !== 'mv' && name !== 'gmv');
  }

  /** The invocations before this place that filled the path; for `<(...)`, those that stand in it. */
  makersOf(path: Word, cwd: Word, at: number): readonly Invocation[] {
    const substituted = /^\/dev\/fd\/guard-(\d+)$/.exec(textOf(path) ?? '')?.[1];
    if (substituted !== undefined) return this.#calls.slice(Number(substituted), at);
    const key = keyOf(path, cwd);
    const by = key === undefined ? [] : (this.#at.get(key)?.by ?? []);
    return by.filter((index) => index < at).flatMap((index) => this.#calls.slice(index, index + 1));
  }

  /** Behind the deletion of a lock file its own package manager installs: that writes the file anew. */
  #lockedAgain(key: string, at: number): boolean {
    const makers = own(lockMakers, key.slice(key.lastIndexOf('/') + 1));
    if (makers === undefined) return false;
    return this.#calls
      .slice(at + 1)
      .some(
        ({ name, args }) =>
          makers.test(name ?? '') &&
          args.every((word) => !/^(--help|-h|--version)$/.test(textOf(word) ?? '')) &&
          (args.length === 0 || args.some((word) => installs.test(textOf(word) ?? ''))),
      );
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

const lockMakers: Readonly<Record<string, RegExp>> = {
  'package-lock.json': /^npm$/,
  'npm-shrinkwrap.json': /^npm$/,
  'yarn.lock': /^yarn$/,
  'pnpm-lock.yaml': /^pnpm$/,
  'bun.lock': /^bun$/,
  'bun.lockb': /^bun$/,
  'Cargo.lock': /^cargo$/,
  'Gemfile.lock': /^bundle$/,
  'poetry.lock': /^poetry$/,
  'uv.lock': /^uv$/,
  'composer.lock': /^composer$/,
};
const installs = /^(i|install|add|update|upgrade|lock|sync|build|check|test|run|generate-lockfile)$/;

const movers = new Set(['mv', 'gmv', 'ln', 'mount']);

/** What may put anything anywhere: mounts, and programs in other languages that move files. */
const mayMove = (call: Invocation): boolean =>
  /^(mount|sshfs|bindfs|rename|mmv)$/.test(call.name ?? '') ||
  (call.effect !== undefined && /rename|move|link/i.test(call.effect.via));

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
  if (call.effect?.kind === 'write') made.push(call.effect.path);
  for (const { operator, target } of call.redirections) if (operator[0] !== '<') made.push(target);
  return made;
}
