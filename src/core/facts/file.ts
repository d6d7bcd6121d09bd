// File facts: what happens to which files, from programs and from redirections, with the place of each.
import { effects } from '../generated/effects.ts';
import type { FileFact, FileOperation, Nature, Zone } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import { showWord } from '../model/word.ts';
import type { EffectReader, FileEffect } from './effect.ts';
import type { MadePaths } from './made.ts';
import { natureOf, type Surroundings, zoneOf } from './place.ts';

const readerOf = new Map<string, EffectReader[]>();
for (const effect of effects as readonly EffectReader[]) {
  for (const name of effect.names) readerOf.set(name, [...(readerOf.get(name) ?? []), effect]);
}

/** The readers that know what a program does to files. */
export const effectReaders = (call: Invocation): readonly EffectReader[] => readerOf.get(call.name ?? '') ?? [];

/** The file facts of one invocation. `at` is its place among all of the command line. */
export function fileFacts(call: Invocation, home: string | undefined, made: MadePaths, at: number): FileFact[] {
  const surroundings: Surroundings = { cwd: call.cwd, home };
  const effects = [...effectReaders(call).flatMap((reader) => reader.read(call)), ...redirected(call)];
  const several = effects.filter(({ op, mild }) => op === 'delete' && !mild).length > 1;
  return effects.flatMap((effect) => {
    const zone = zoneOf(effect.path, surroundings);
    const nature = natureOf(effect.path, surroundings);
    if (effect.mild && !matters(effect, zone, nature)) return [];
    return [fileFact(effect, zone, nature, call, made.has(effect, call, at), several)];
  });
}

/** What a mild effect must hit to count: guard's own files, a home or the whole system moved away. */
const matters = ({ op }: FileEffect, zone: Zone, nature: Nature): boolean =>
  nature === 'guard' || (op === 'delete' && (zone === 'root' || zone === 'home'));

function fileFact(
  effect: FileEffect,
  zone: Zone,
  nature: Nature,
  call: Invocation,
  recreated: boolean,
  several: boolean,
): FileFact {
  const { op, path, recursive = false, asks = false } = effect;
  return {
    kind: 'file',
    invocation: call,
    op,
    path,
    zone,
    nature,
    recursive,
    many: effect.many ?? (op === 'delete' && (path.glob || path.kind === 'dynamic' || several)),
    asks,
    recreated: op === 'delete' && recreated,
    via: call.name === '' || call.name === undefined ? '>' : call.name,
  };
}

/** Commands that print nothing: `> file` behind one of them only empties the file. */
const silent = new Set([':', 'true']);

function redirected(call: Invocation): FileEffect[] {
  return call.redirections.flatMap(({ operator, target }): FileEffect[] => {
    if (operator === '>>' || operator === '&>>') return [{ op: 'overwrite', path: target, mild: true }];
    if (operator[0] === '<') return [];
    const op: FileOperation = emptiesWith(call) ? 'truncate' : 'overwrite';
    return [{ op, path: target }];
  });
}

function emptiesWith(call: Invocation): boolean {
  // `< a > b` without a command copies in some shells.
  if (call.name === undefined || call.redirections.some(({ operator }) => operator === '<')) return false;
  // A redirection of a whole group has no text of its own: what the group prints is in its commands.
  if (call.name === '') return /^[\d\s]*[>&]/.test(call.source);
  if (silent.has(call.name)) return true;
  const shown = call.args.map(showWord);
  if (call.name === 'cat') return shown.length === 1 && shown[0] === '/dev/null';
  if (call.name === 'printf') return shown.length === 1 && shown[0] === '';
  return call.name === 'echo' && shown[0] === '-n' && (shown[1] ?? '') === '';
}
