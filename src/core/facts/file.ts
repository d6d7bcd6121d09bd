// File facts: what happens to which files, from programs and from redirections, with the place of each.
import { effects } from '../generated/effects.ts';
import type { FileFact, FileOperation, Nature, Zone } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import { knownPrefix, showWord, textOf, type Word } from '../model/word.ts';
import { hostPath } from '../resolve/mounts.ts';
import type { EffectReader, FileEffect } from './effect.ts';
import { movesOneTo } from './effects/copy.ts';
import { type Ground, isCalledRebuildable, seen } from './hit/index.ts';
import type { MadePaths } from './made.ts';
import { natureOf, type Surroundings, zoneOf } from './place.ts';

/** The readers that know what a program does to files. */
export const effectReaders = (call: Invocation): readonly EffectReader[] => effects.get(call.name ?? '');

/** The file facts of one invocation. `at` is its place among all of the command line. */
export function fileFacts(call: Invocation, made: MadePaths, at: number, ground: Ground): FileFact[] {
  const effects = [...effectReaders(call).flatMap((reader) => reader.read(call)), ...redirected(call)];
  const several = effects.filter(({ op, mild }) => op === 'delete' && !mild).length > 1;
  const via = call.name === '' || call.name === undefined ? '>' : call.name;
  return [
    ...effects.flatMap((effect) => placed(effect, via, call, made, at, ground, several)),
    ...overEachOther(call, via, made, at, ground),
  ];
}

/** The same for one effect that a program in another language has. */
export const fileFactOf = (
  effect: FileEffect,
  via: string,
  call: Invocation,
  made: MadePaths,
  at: number,
  ground: Ground,
): FileFact[] => placed(effect, via, call, made, at, ground, false);

/** The fact of one effect, where it matters at all. */
function placed(
  effect: FileEffect,
  via: string,
  call: Invocation,
  made: MadePaths,
  at: number,
  ground: Ground,
  several: boolean,
): FileFact[] {
  const outside = onThisMachine(effect, call);
  if (outside !== undefined) return placed(outside.effect, via, outside.call, made, at, ground, several);
  if (call.host.kind === 'container' && call.host.fresh === true) return [];
  const home = textOf(call.env.get('HOME'));
  const surroundings: Surroundings = { cwd: call.cwd, home };
  const zone = zoneOf(effect.path, surroundings);
  const nature = configured(effect.path, zone, natureOf(effect.path, surroundings), ground);
  const before =
    effect.op === 'delete' && !effect.mild && zone === 'temp' ? made.cameFrom(effect.path, call, at) : undefined;
  if (before !== undefined) return placed({ ...effect, path: before }, via, call, made, at, ground, several);
  if (effect.mild && !matters(effect, zone, nature)) return [];
  const fact = fileFact(effect, via, zone, nature, call, made.has(effect, call, at), several);
  return seen(fact, effect, { home, made, at, ground });
}

/** What happens inside a container under a folder of this machine happens to that folder. */
function onThisMachine(effect: FileEffect, call: Invocation): { effect: FileEffect; call: Invocation } | undefined {
  const path = hostPath(effect.path, call.cwd, call.host);
  if (path === undefined || call.host.kind !== 'container' || call.host.mounts === undefined) return undefined;
  return { effect: { ...effect, path }, call: { ...call, host: { kind: 'local' }, cwd: call.host.mounts.folder } };
}

/** What the user's configuration calls rebuildable is that, inside of a project and where no name says otherwise. */
function configured(path: Word, zone: Zone, nature: Nature, { rebuildable }: Ground): Nature {
  if (zone !== 'project' || nature === 'guard' || nature === 'vcs') return nature;
  return isCalledRebuildable(textOf(path) ?? knownPrefix(path), rebuildable) ? 'build' : nature;
}

/** One more file that the line moves to a name that it has already moved another one to. */
function overEachOther(call: Invocation, via: string, made: MadePaths, at: number, ground: Ground): FileFact[] {
  const target = movesOneTo(call);
  if (target === undefined || !made.isMovedTo(target, call, at)) return [];
  return placed({ op: 'overwrite', path: target, many: true, needsFolder: true }, via, call, made, at, ground, false);
}

/** What a mild effect must hit to count: guard's own files, a home or the whole system moved away, a file that is edited and would be missed. */
const matters = ({ op, edits }: FileEffect, zone: Zone, nature: Nature): boolean =>
  nature === 'guard' || (edits && valued.has(nature)) || (op === 'delete' && (zone === 'root' || zone === 'home'));

const valued: ReadonlySet<Nature> = new Set(['data', 'database', 'backup', 'secret', 'state']);

function fileFact(
  effect: FileEffect,
  via: string,
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
    via,
    loss: undefined,
    hit: undefined,
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
