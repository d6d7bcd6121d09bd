// Workspaces: the packages of a repository that package managers and task runners treat as one.
import type { Answer, World } from '../../model/observation.ts';
import type { DataReader } from '../../model/reader.ts';
import { pathFrom } from '../paths.ts';
import { matchesPattern } from './glob.ts';
import { parseJson, textsOf, valueAt } from './json.ts';
import { foldersUp, type Manifest, manifestAt, packageName } from './manifest.ts';

export interface Workspace {
  /** The folder that holds them all. */
  readonly folder: string;
  readonly root: Manifest | undefined;
  readonly members: readonly Manifest[];
}

/** Folders that are listed, and members that are read, of one workspace. */
const bounds = { folders: 1_000, members: 1_000, depth: 5 } as const;

/** The workspace that a folder belongs to; undefined where there is none, or nothing is known yet. */
export function workspaceOf(folder: string, world: World): Workspace | undefined {
  // All levels are asked for at once.
  const places = foldersUp(folder).map((each) => ({ folder: each, patterns: patternsAt(each, world) }));
  const place = places.find(({ patterns }) => patterns !== undefined);
  if (place?.patterns === undefined) return undefined;
  const { patterns } = place;
  const root = manifestAt(place.folder, folder, world);
  const members = foldersMatching(place.folder, patterns, world)
    .slice(0, bounds.members)
    .flatMap((each) => {
      const reading = manifestAt(each, folder, world);
      return reading.kind === 'read' ? [reading.manifest] : [];
    });
  return { folder: place.folder, root: root.kind === 'read' ? root.manifest : undefined, members };
}

/** What the members' folders look like, where the folder is the root of a workspace. */
function patternsAt(folder: string, world: World): readonly string[] | undefined {
  const manifest = manifestAt(folder, folder, world);
  const pnpm = world.ask({ kind: 'file', path: pathFrom('pnpm-workspace.yaml', folder) });
  const lerna = world.ask({ kind: 'file', path: pathFrom('lerna.json', folder) });
  const workspaces = manifest.kind === 'read' ? valueAt(manifest.manifest.data, 'workspaces') : undefined;
  const named = [...textsOf(workspaces), ...textsOf(valueAt(workspaces, 'packages'))];
  if (pnpm?.kind === 'text') return [...named, ...textsOf(valueAt(readData(pnpm, 'yaml', world), 'packages'))];
  if (named.length > 0) return named;
  if (lerna?.kind !== 'text') return undefined;
  const packages = textsOf(valueAt(parseJson(lerna.text), 'packages'));
  return packages.length > 0 ? packages : ['packages/*'];
}

/** A data file read by its reader; undefined where it is no such data, or the reader is not there yet. */
export function readData(answer: Answer, language: 'yaml' | 'toml', world: World): unknown {
  const reader = world.ask({ kind: 'reader', language });
  return answer.kind === 'text' && reader?.kind === 'reader'
    ? (reader.reader as DataReader).read(answer.text)
    : undefined;
}

/** Folders that match patterns such as `packages/*`, without those behind `!`. */
export function foldersMatching(root: string, patterns: readonly string[], world: World): readonly string[] {
  const search: Search = { world, left: bounds.folders };
  const clean = patterns.map((pattern) => pattern.replace(/^(!?)\.\//, '$1').replace(/\/+$/, ''));
  const without = clean.flatMap((pattern) => (pattern.startsWith('!') ? [pattern.slice(1)] : []));
  const found = clean
    .filter((pattern) => !pattern.startsWith('!'))
    .flatMap((pattern) => expand(root, pattern.split('/'), search));
  return [...new Set(found)].filter(
    (folder) => folder !== root && !without.some((pattern) => matchesPattern(folder.slice(root.length + 1), pattern)),
  );
}

interface Search {
  readonly world: World;
  left: number;
}

function expand(folder: string, segments: readonly string[], search: Search, depth = 0): readonly string[] {
  const [segment, ...rest] = segments;
  if (segment === undefined) return [folder];
  if (segment === '' || segment === '.') return expand(folder, rest, search);
  if (segment === '**') {
    const below = depth < bounds.depth ? childrenOf(folder, '*', search) : [];
    return [...expand(folder, rest, search), ...below.flatMap((each) => expand(each, segments, search, depth + 1))];
  }
  if (!/[*?{]/.test(segment)) return expand(pathFrom(segment, folder), rest, search);
  return childrenOf(folder, segment, search).flatMap((each) => expand(each, rest, search));
}

function childrenOf(folder: string, pattern: string, search: Search): readonly string[] {
  search.left -= 1;
  if (search.left < 0) return [];
  const answer = search.world.ask({ kind: 'folder', path: folder });
  if (answer?.kind !== 'names') return [];
  // A name with an extension is a file; to ask what each one is would cost more than it tells.
  return answer.names
    .filter(
      (name) => !name.startsWith('.') && name !== 'node_modules' && !/\.(json|md|[cm]?[jt]sx?|ya?ml|lock)$/.test(name),
    )
    .filter((name) => matchesPattern(name, pattern))
    .map((name) => pathFrom(name, folder));
}

/** Members chosen by their name, a pattern for it, or the path of their folder. */
export function selectMembers(workspace: Workspace, selectors: readonly string[], from: string): readonly Manifest[] {
  const without = selectors.filter((each) => each.startsWith('!')).map((each) => each.slice(1));
  const chosen = selectors.filter((each) => !each.startsWith('!'));
  const all = workspace.root === undefined ? workspace.members : [...workspace.members, workspace.root];
  const wanted = chosen.length === 0 ? workspace.members : all;
  return wanted.filter(
    (member) =>
      (chosen.length === 0 || chosen.some((each) => isSelected(member, each, workspace, from))) &&
      !without.some((each) => isSelected(member, each, workspace, from)),
  );
}

/**
 * `@acme/api`, `api`, `@acme/*`, `./packages/api`, `{packages/**}`. What reaches to dependencies (`api...`) or to what
 * changed (`[main]`) is taken for all. Source: pnpm.io/filtering.
 */
function isSelected(member: Manifest, selector: string, workspace: Workspace, from: string): boolean {
  if (selector.includes('...') || selector.includes('[')) return true;
  if (selector === '//') return member === workspace.root;
  const name = packageName(member) ?? member.folder.slice(member.folder.lastIndexOf('/') + 1);
  const path = /^\{(.*)\}$/.exec(selector)?.[1] ?? selector;
  if (selector === name || matchesPattern(name, selector) || name.endsWith(`/${selector}`)) return true;
  return [from, workspace.folder].some((base) => {
    const absolute = pathFrom(path, base);
    return (
      matchesPattern(member.folder, absolute) ||
      (absolute !== workspace.folder && member.folder.startsWith(`${absolute}/`))
    );
  });
}
