// Scenes: a disk in memory, so that rules show by their examples what they say of what really stands there.
import type { Answer, Query } from '../core/model/observation.ts';

/** What stands at a path of a scene: a file, or a folder with so many files. */
export interface SceneEntry {
  /** A file where nothing else is said. */
  readonly type?: 'file' | 'folder' | 'link';
  /** Where a link leads: absolute. */
  readonly leadsTo?: string;
  /** Files with something in them: 1 for a file, 3 for a folder where nothing is said. */
  readonly files?: number;
  /** Whether it was made since the agent was started. */
  readonly session?: boolean;
  /** What git says of it; without it no repository is there. */
  readonly git?: {
    readonly tracked?: number;
    readonly modified?: number;
    readonly untracked?: number;
    readonly ignored?: number;
  };
  /** That it holds a repository, with what stands nowhere else. */
  readonly repository?: { readonly uncommitted?: number; readonly unpushed?: number; readonly stashed?: boolean };
  /** That another disk is mounted there. */
  readonly mounted?: boolean;
}

/** Entries by absolute path. Folders in front of them are there too, and nothing else is. */
export type Scene = Readonly<Record<string, SceneEntry>>;

const started = 1_000;

/** The answer that a scene gives; undefined for questions that are not about its disk. */
export function answerFromScene(query: Query, scene: Scene): Answer | undefined {
  switch (query.kind) {
    case 'entry':
      return entryAt(query.path, scene);
    case 'path':
      return pathAt(query.path, scene);
    case 'folder':
      return folderAt(query.path, scene);
    case 'survey':
      return surveyOf(query.paths, scene);
    case 'git-paths':
      return gitOf(query.paths, scene);
    case 'repository':
      return repositoryAt(query.path, scene);
    case 'session':
      return { kind: 'time', at: started };
    default:
      return undefined;
  }
}

const typeOf = (entry: SceneEntry): 'file' | 'folder' | 'link' =>
  entry.type ?? (entry.leadsTo === undefined ? 'file' : 'link');
const filesOf = (entry: SceneEntry): number => entry.files ?? (typeOf(entry) === 'folder' ? 3 : 1);
const bornOf = (entry: SceneEntry): number => (entry.session ? started + 1 : 1);

/** An entry, or the folder that others stand below. */
function at(path: string, scene: Scene): SceneEntry | undefined {
  if (Object.hasOwn(scene, path)) return scene[path];
  const prefix = path === '/' ? '/' : `${path}/`;
  return Object.keys(scene).some((each) => each.startsWith(prefix)) ? { type: 'folder' } : undefined;
}

function entryAt(path: string, scene: Scene): Answer {
  const entry = at(path, scene);
  if (entry === undefined) return { kind: 'absent' };
  const mounts = entry.mounted ? [path] : [];
  const { leadsTo } = entry;
  return { kind: 'entry', type: typeOf(entry), real: path, leadsTo, size: filesOf(entry), born: bornOf(entry), mounts };
}

function pathAt(path: string, scene: Scene): Answer {
  const entry = at(path, scene);
  if (entry === undefined) return { kind: 'absent' };
  const type = typeOf(entry) === 'file' ? 'file' : 'folder';
  return { kind: 'path', type, real: entry.leadsTo ?? path, executable: type === 'folder' };
}

function folderAt(path: string, scene: Scene): Answer {
  const prefix = path === '/' ? '/' : `${path}/`;
  const below = Object.keys(scene).filter((each) => each.startsWith(prefix));
  const names = [...new Set(below.map((each) => each.slice(prefix.length).split('/')[0] ?? ''))];
  return at(path, scene) === undefined ? { kind: 'absent' } : { kind: 'names', names, complete: true };
}

const present = (paths: readonly string[], scene: Scene): [string, SceneEntry][] =>
  paths.flatMap((path) => {
    const entry = at(path, scene);
    return entry === undefined ? [] : [[path, entry]];
  });

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

function surveyOf(paths: readonly string[], scene: Scene): Answer {
  const found = present(paths, scene);
  return {
    kind: 'survey',
    files: sum(found.map(([, entry]) => filesOf(entry))),
    complete: true,
    born: found.length === 0 ? undefined : Math.min(...found.map(([, entry]) => bornOf(entry))),
    repositories: found.flatMap(([path, entry]) => (entry.repository === undefined ? [] : [path])),
    names: found.flatMap(([path, entry]) => (typeOf(entry) === 'file' ? [path] : [])),
  };
}

function gitOf(paths: readonly string[], scene: Scene): Answer {
  const states = present(paths, scene).flatMap(([path, { git }]) => (git === undefined ? [] : [{ path, ...git }]));
  const [first] = states;
  if (first === undefined) return { kind: 'absent' };
  const listed = (count: number | undefined, path: string) =>
    Array.from({ length: count ?? 0 }, (_, index) => (index === 0 ? path : `${path}/${index}.md`));
  return {
    kind: 'git-paths',
    root: first.path,
    tracked: sum(states.map(({ tracked = 0 }) => tracked)),
    modified: sum(states.map(({ modified = 0 }) => modified)),
    untracked: states.flatMap(({ untracked, path }) => listed(untracked, path)),
    ignored: states.flatMap(({ ignored, path }) => listed(ignored, path)),
    submodules: false,
    complete: true,
  };
}

function repositoryAt(path: string, scene: Scene): Answer {
  const state = scene[path]?.repository;
  if (state === undefined) return { kind: 'absent' };
  return { kind: 'repository', uncommitted: 0, unpushed: 0, stashed: false, ...state };
}
