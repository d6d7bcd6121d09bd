// File facts: what happens to which files, from programs and from redirections, with the place of each.
import { effects } from '../generated/effects.ts';
import type { FileFact, FileOperation } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import { showWord, textOf, type Word } from '../model/word.ts';
import { absolutePath, normalizePath } from '../resolve/paths.ts';
import type { EffectReader, FileEffect } from './effect.ts';
import { natureOf, type Surroundings, zoneOf } from './place.ts';

const readerOf = new Map<string, EffectReader[]>();
for (const effect of effects as readonly EffectReader[]) {
  for (const name of effect.names) readerOf.set(name, [...(readerOf.get(name) ?? []), effect]);
}

/** Everything the invocations make, so that deleting it again in the same line is seen for what it is. */
export class MadePaths {
  readonly #at = new Map<string, { first: number; last: number }>();

  constructor(calls: readonly Invocation[]) {
    calls.forEach((call, index) => {
      for (const path of madeBy(call)) {
        const key = keyOf(path, call.cwd);
        if (key !== undefined) this.#at.set(key, { first: this.#at.get(key)?.first ?? index, last: index });
      }
    });
  }

  /** Made before it is deleted, or (a single file) filled anew afterwards. */
  has(path: Word, cwd: Word, at: number, recursive: boolean): boolean {
    const key = keyOf(path, cwd);
    if (key === undefined) return false;
    const made = this.#at.get(key);
    if (made !== undefined) return made.first < at || (!recursive && made.last > at);
    const parent = key.slice(0, key.lastIndexOf('/'));
    const folder = parent === '' ? undefined : this.#at.get(parent);
    return folder !== undefined && folder.first < at;
  }
}

const keyOf = (path: Word, cwd: Word): string | undefined => {
  const text = textOf(path);
  if (text === undefined) return path.kind === 'dynamic' && path.source.startsWith('$') ? path.source : undefined;
  return absolutePath(path, cwd) ?? normalizePath(text);
};

function madeBy(call: Invocation): Word[] {
  const made = (readerOf.get(call.name ?? '') ?? []).flatMap((reader) => reader.makes?.(call) ?? []);
  for (const { operator, target } of call.redirections) if (operator[0] !== '<') made.push(target);
  return made;
}

/** The file facts of one invocation. `at` is its place among all of the command line. */
export function fileFacts(call: Invocation, home: string | undefined, made: MadePaths, at: number): FileFact[] {
  const surroundings: Surroundings = { cwd: call.cwd, home };
  const effects = [...(readerOf.get(call.name ?? '') ?? []).flatMap((reader) => reader.read(call)), ...redirected(call)];
  const several = effects.filter(({ op }) => op === 'delete').length > 1;
  return effects.map((effect) => fileFact(effect, call, surroundings, made, at, several));
}

function fileFact(effect: FileEffect, call: Invocation, surroundings: Surroundings, made: MadePaths, at: number, several: boolean): FileFact {
  const { op, path, recursive = false, asks = false } = effect;
  return {
    kind: 'file',
    invocation: call,
    op,
    path,
    zone: zoneOf(path, surroundings),
    nature: natureOf(path, surroundings),
    recursive,
    many: effect.many ?? (path.glob || path.kind === 'dynamic' || several),
    asks,
    recreated: op === 'delete' && made.has(path, call.cwd, at, recursive),
    via: call.name === '' || call.name === undefined ? '>' : call.name,
  };
}

/** Commands that print nothing: `> file` behind one of them only empties the file. */
const silent = new Set(['', ':', 'true']);

function redirected(call: Invocation): FileEffect[] {
  return call.redirections
    .filter(({ operator }) => operator === '>' || operator === '>|' || operator === '&>')
    .map(({ target }) => ({ op: emptiesWith(call) ? 'truncate' : ('overwrite' as FileOperation), path: target }));
}

function emptiesWith(call: Invocation): boolean {
  if (call.name === undefined) return false;
  if (silent.has(call.name)) return true;
  const shown = call.args.map(showWord);
  return (call.name === 'cat' && shown.length === 1 && shown[0] === '/dev/null') || (call.name === 'echo' && shown[0] === '-n' && (shown[1] ?? '') === '');
}
