// Hits: a file fact as what really stands there makes it. Where nothing can be found out it stays what its text says.
import type { FileFact, Nature, Zone } from '../../model/fact.ts';
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { absolutePath } from '../../resolve/paths.ts';
import type { FileEffect } from '../effect.ts';
import type { MadePaths } from '../made.ts';
import { natureOf, zoneOf } from '../place.ts';
import { evidenceFor } from './evidence.ts';
import { answerOf, type Ground } from './ground.ts';
import { type Judgement, lossOfDeletion, lossOfUnpacking, lossOfWriting, unseen } from './loss.ts';
import { type Standing, standingOf } from './standing.ts';

export { type Ground, isCalledRebuildable } from './ground.ts';

/** What of the command line a fact stands in. */
export interface Setting {
  readonly home: string | undefined;
  readonly made: MadePaths;
  readonly at: number;
  readonly ground: Ground;
}

type There = Extract<Standing, { kind: 'there' }>;

/** The fact with what it would really hit. */
export function seen(fact: FileFact, effect: FileEffect, setting: Setting): FileFact[] {
  const { host } = fact.invocation;
  if (host.kind !== 'local') return unlooked(fact, effect);
  if (effect.needsFolder) return movedOntoOne(fact, setting);
  if (fact.op === 'delete') return isWorthALook(fact) ? seenDeletion(fact, setting) : [fact];
  if (fact.op !== 'overwrite' && fact.op !== 'truncate') return [fact];
  return isWorthKeeping(fact) ? seenWriting(fact, effect, setting) : unlooked(fact, effect);
}

/** What only a look could show to matter says nothing without one. */
const unlooked = (fact: FileFact, { edits, needsFolder, uncertain }: FileEffect): FileFact[] =>
  (edits || needsFolder || uncertain) && fact.nature !== 'guard' ? [] : [fact];

const lossless = (fact: FileFact, effect: FileEffect): FileFact[] =>
  unlooked(fact, effect).map((each) => ({ ...each, loss: 'nothing' }));

/** Natures whose deletion no rule asks about, unless it turns out to be something else. */
const remade: ReadonlySet<Nature> = new Set(['build', 'cache', 'scratch', 'log']);
const deletionZones: ReadonlySet<Zone> = new Set([
  'project',
  'workdir',
  'parent',
  'home-entry',
  'elsewhere',
  'system',
  'temp',
]);

function isWorthALook({ zone, nature, recursive, asks, recreated }: FileFact): boolean {
  if (!deletionZones.has(zone) || nature === 'guard' || asks || recreated) return false;
  // A single file that can be made again, or that is temporary, is not worth a look at the disk.
  return recursive || (zone !== 'temp' && !remade.has(nature));
}

function seenDeletion(fact: FileFact, setting: Setting): FileFact[] {
  const { ground, made, at } = setting;
  const { cwd } = fact.invocation;
  const standing = standingOf(wholeOf(fact), cwd, false, ground);
  if (standing === undefined) return [fact];
  const appears = made.appears(fact.path, fact.invocation, at);
  if (standing.kind === 'nothing') return appears ? [fact] : [{ ...fact, loss: 'nothing' }];
  const placed = replaced(fact, standing, setting);
  if (appears || !isWorthALook(placed) || placed.zone === 'temp' || placed.zone === 'system') return [placed];
  if (remade.has(placed.nature)) return placed.nature === 'build' ? believed(placed, standing, ground) : [placed];
  return judged(placed, lossOfDeletion(standing.paths, ground));
}

/** What find walks over includes the names with a leading dot, which the pattern that stands for it leaves out. */
function wholeOf({ path, via }: FileFact): Word {
  const text = textOf(path);
  if (!path.glob || text === undefined || !/^g?find$/.test(via)) return path;
  return staticWord(text.replace(/\/\*$/, '') || '/');
}

/** The fact at the place that the path really leads to. A mounted disk is not a part of the project. */
function replaced(fact: FileFact, { real, mounts }: There, { home, ground }: Setting): FileFact {
  if (real === undefined && mounts.length === 0) return fact;
  const hit = { ...unseen, real, mounts };
  const path = staticWord(real ?? textOf(fact.path) ?? '', fact.path.glob);
  const cwd = realFolder(fact.invocation.cwd, ground);
  const led =
    real === undefined ? fact : { ...fact, zone: zoneOf(path, { cwd, home }), nature: natureOf(path, { cwd, home }) };
  const isOther = mounts.length > 0 && led.nature !== 'build' && led.zone !== 'system';
  if (!isOther) return { ...led, hit };
  return { ...led, hit, zone: 'elsewhere', nature: led.nature === 'scratch' ? 'folder' : led.nature };
}

/** The folder with its links followed, for comparing it with real paths. */
function realFolder(cwd: Word, ground: Ground): Word {
  const path = textOf(cwd);
  if (path === undefined || !path.startsWith('/')) return cwd;
  const answer = answerOf(ground, { kind: 'path', path }, 'path');
  return answer === undefined ? cwd : staticWord(answer.real);
}

/** A folder named like build output: believed where something shows that it is, else git is asked what it holds. */
function believed(fact: FileFact, { paths, entry }: There, ground: Ground): FileFact[] {
  const [path] = paths;
  if (!fact.recursive || entry?.type !== 'folder' || path === undefined) return [fact];
  const evidence = evidenceFor(path, ground);
  if (evidence === undefined || evidence === 'shown') return [fact];
  const judgement = lossOfDeletion(paths, ground, path);
  if (judgement.kind === 'nothing') return [{ ...fact, loss: 'nothing' }];
  const { loss, hit, nature } = judgement;
  const isUnnamed = loss === 'work' && evidence === 'missing' && !(hit.inGit && holdsTracked(paths, ground));
  if (loss === undefined || nature === 'build' || isUnnamed) return [fact];
  return judged({ ...fact, nature: 'folder' }, judgement);
}

const holdsTracked = (paths: readonly string[], ground: Ground): boolean =>
  (answerOf(ground, { kind: 'git-paths', paths }, 'git-paths')?.tracked ?? 0) > 0;

function judged(fact: FileFact, judgement: Judgement): FileFact[] {
  if (judgement.kind === 'nothing') return (fact.hit?.mounts.length ?? 0) > 0 ? [fact] : [{ ...fact, loss: 'nothing' }];
  const { loss, nature, hit } = judgement;
  const before = fact.hit ?? unseen;
  const isPlain = fact.nature === 'folder' || fact.nature === 'plain';
  return [
    {
      ...fact,
      loss,
      nature: nature !== undefined && isPlain ? nature : fact.nature,
      hit: { ...hit, real: before.real, mounts: before.mounts },
    },
  ];
}

const writingZones: ReadonlySet<Zone> = new Set(['project', 'workdir', 'parent', 'home-entry', 'elsewhere', 'system']);

const isWorthKeeping = ({ zone, nature }: FileFact): boolean =>
  writingZones.has(zone) && !remade.has(nature) && nature !== 'guard' && nature !== 'program';

function seenWriting(fact: FileFact, effect: FileEffect, setting: Setting): FileFact[] {
  const inFolder = movedInside(fact, effect, setting);
  if (inFolder !== undefined && !isWorthKeeping(inFolder)) return unlooked(fact, effect);
  const written = inFolder ?? fact;
  const { path: word, invocation } = written;
  const standing = word.glob ? undefined : standingOf(word, invocation.cwd, effect.replaces !== true, setting.ground);
  if (standing === undefined) return unlooked(fact, effect);
  if (standing.kind === 'nothing')
    return setting.made.appears(word, invocation, setting.at) ? unlooked(fact, effect) : lossless(fact, effect);
  return seenFile(written, standing, effect, setting);
}

/** The fact of the file that is written in a folder, under the name that it brings along. */
function movedInside(fact: FileFact, { entry }: FileEffect, { home, ground }: Setting): FileFact | undefined {
  const { cwd } = fact.invocation;
  // A folder behind a link is written into, whatever the program does with other links.
  const folder = entry === undefined || fact.path.glob ? undefined : standingOf(fact.path, cwd, true, ground);
  if (entry === undefined || folder?.kind !== 'there' || folder.entry?.type !== 'folder') return undefined;
  const path = joinWords([fact.path, staticWord('/'), entry]);
  return { ...fact, path, zone: zoneOf(path, { cwd, home }), nature: natureOf(path, { cwd, home }) };
}

function seenFile(fact: FileFact, standing: There, effect: FileEffect, setting: Setting): FileFact[] {
  const { ground, made, at } = setting;
  const [path] = standing.paths;
  if (standing.entry === undefined || path === undefined) return unlooked(fact, effect);
  const placed = replaced(fact, standing, setting);
  const { type, size, born } = standing.entry;
  if (!isWorthKeeping(placed)) return unlooked(placed, effect);
  if (type === 'folder')
    return effect.unpacks ? judged(placed, lossOfUnpacking(path, ground)) : unlooked(placed, effect);
  if (type !== 'file' || size === 0 || made.copied(fact.path, fact.invocation, at)) return lossless(placed, effect);
  const [written = placed] = judged(placed, lossOfWriting(path, born, ground));
  if (written.loss === undefined) return unlooked(written, effect);
  return [effect.edits && written.loss === 'work' ? { ...written, loss: 'edited' } : written];
}

/** Several files moved to a name that is no folder: they write over each other, or only the last one stays. */
function movedOntoOne(fact: FileFact, { ground, made, at }: Setting): FileFact[] {
  const { path, invocation } = fact;
  if (absolutePath(path, invocation.cwd) === undefined || made.isMadeOtherwise(path, invocation, at)) return [];
  const standing = standingOf(path, invocation.cwd, true, ground);
  return standing?.kind === 'nothing' ? [{ ...fact, loss: 'each-other', hit: unseen }] : [];
}
