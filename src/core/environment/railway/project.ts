// Railway projects as guard sees them, and how one is found from any id that a command may name.
import type { World } from '../../model/observation.ts';
import type { Evidence } from '../../model/verdict.ts';
import { at, listAt, numberAt, textAt } from '../data.ts';
import { type Access, ask, found, type Lookup, nodesAt, type QueryName, sourceOf, unknown } from './api.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A volume in one environment. */
export interface VolumeInstance {
  readonly id: string;
  readonly environmentId: string;
  /** Undefined where it is attached to no service. */
  readonly serviceId: string | undefined;
  readonly mountPath: string | undefined;
  readonly sizeMB: number | undefined;
  readonly currentSizeMB: number | undefined;
}

export interface Volume extends Named {
  readonly instances: readonly VolumeInstance[];
}

export interface Project extends Named {
  readonly environments: readonly Named[];
  readonly services: readonly Named[];
  readonly volumes: readonly Volume[];
  /** Which question told of it. */
  readonly source: string;
}

/** What a command names, by id (API) or by id or name (command line tool). */
export interface Reference {
  readonly project?: string;
  readonly environment?: string;
  readonly service?: string;
  readonly volume?: string;
  readonly volumeInstance?: string;
  readonly deployment?: string;
}

/** Accounts with more are looked through up to here; the evidence says so. */
const maximumWorkspaces = 10;
const maximumPages = 5;
const maximumBackupLists = 20;

const isText = (value: string | undefined): value is string => value !== undefined;

function namedOf(value: unknown): Named | undefined {
  const id = textAt(value, 'id');
  return id === undefined ? undefined : { id, name: textAt(value, 'name') ?? id };
}

const namedAt = (value: unknown, key: string): readonly Named[] =>
  nodesAt(value, key)
    .map(namedOf)
    .filter((each) => each !== undefined);

function instanceOf(value: unknown): VolumeInstance | undefined {
  const id = textAt(value, 'id');
  const environmentId = textAt(value, 'environmentId');
  if (id === undefined || environmentId === undefined) return undefined;
  return {
    id,
    environmentId,
    serviceId: textAt(value, 'serviceId'),
    mountPath: textAt(value, 'mountPath'),
    sizeMB: numberAt(value, 'sizeMB'),
    currentSizeMB: numberAt(value, 'currentSizeMB'),
  };
}

function volumeOf(value: unknown): Volume | undefined {
  const named = namedOf(value);
  if (named === undefined) return undefined;
  const instances = nodesAt(value, 'volumeInstances')
    .map(instanceOf)
    .filter((each) => each !== undefined);
  return { ...named, instances };
}

function projectOf(value: unknown, source: string): Project | undefined {
  const named = namedOf(value);
  if (named === undefined) return undefined;
  const volumes = nodesAt(value, 'volumes')
    .map(volumeOf)
    .filter((each) => each !== undefined);
  return {
    ...named,
    environments: namedAt(value, 'environments'),
    services: namedAt(value, 'services'),
    volumes,
    source,
  };
}

/** The one that an id or, as Railway's tool does it, a name in any case tells of. */
export const pick = <T extends Named>(list: readonly T[], reference: string): T | undefined =>
  list.find(({ id }) => id === reference) ?? list.find(({ name }) => name.toLowerCase() === reference.toLowerCase());

/** Railway's ids are UUIDs; what is not one is a name. */
const isId = (text: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** What a project token belongs to. */
export function tokenScope(world: World, access: Access): Lookup<{ project: string; environment: string }> {
  const answer = ask(world, access, 'projectToken');
  if (answer.kind === 'unknown') return answer;
  const project = textAt(answer.value, 'projectId');
  const environment = textAt(answer.value, 'environmentId');
  if (project !== undefined && environment !== undefined) return found({ project, environment });
  return unknown('the answer names no project', sourceOf('projectToken'));
}

/**
 * The project that a reference lies in, by the shortest way: its own id, the id of something in it that the API can
 * look up, the token's own project, or a search through the projects that the token can see (a volume id alone
 * leads nowhere else).
 */
export function findProject(world: World, access: Access, reference: Reference): Lookup<Project> {
  const direct = projectIdOf(world, access, reference);
  if (direct.kind === 'unknown') return direct;
  if (direct.value !== undefined) return projectById(world, access, direct.value);
  return searchProjects(world, access, reference);
}

function projectIdOf(world: World, access: Access, reference: Reference): Lookup<string | undefined> {
  if (reference.project !== undefined && isId(reference.project)) return found(reference.project);
  const ways: readonly [QueryName, string | undefined, readonly string[]][] = [
    ['environment', reference.environment, ['projectId']],
    ['volumeInstance', reference.volumeInstance, ['volume', 'projectId']],
    ['service', reference.service, ['projectId']],
    ['deployment', reference.deployment, ['projectId']],
  ];
  for (const [name, id, path] of ways) {
    if (id === undefined || !isId(id)) continue;
    const answer = ask(world, access, name, { id });
    if (answer.kind === 'unknown') return answer;
    return found(textAt(answer.value, ...path));
  }
  if (access.token === 'bearer') return found(undefined);
  const scope = tokenScope(world, access);
  return scope.kind === 'unknown' ? scope : found(scope.value.project);
}

function projectById(world: World, access: Access, id: string): Lookup<Project> {
  const answer = ask(world, access, 'project', { id });
  if (answer.kind === 'unknown') return answer;
  const project = projectOf(answer.value, sourceOf('project'));
  return project === undefined ? unknown(`no project ${id} in the answer`, sourceOf('project')) : found(project);
}

const holds = (project: Project, reference: Reference): boolean => {
  if (reference.project !== undefined) return pick([project], reference.project) !== undefined;
  if (reference.volume !== undefined) return pick(project.volumes, reference.volume) !== undefined;
  return false;
};

function searchProjects(world: World, access: Access, reference: Reference): Lookup<Project> {
  const wanted = [reference.project, reference.volume].find(isText);
  if (wanted === undefined) return unknown('nothing that the command names can be looked up', 'Railway API');
  const workspaces = workspaceIds(world, access);
  if (workspaces.kind === 'unknown') return workspaces;
  const searches = workspaces.value
    .slice(0, maximumWorkspaces)
    .map((workspaceId) => searchWorkspace(world, access, workspaceId, reference));
  const hit = searches.find((search) => search.kind === 'found' && search.value !== undefined);
  if (hit?.kind === 'found' && hit.value !== undefined) return found(hit.value);
  const failed = searches.find((search) => search.kind === 'unknown');
  if (failed?.kind === 'unknown') return failed;
  const more = workspaces.value.length > maximumWorkspaces ? ` (first ${maximumWorkspaces} workspaces only)` : '';
  return unknown(`no project that this token can see has ${wanted}${more}`, sourceOf('projects'));
}

/** `apiToken` answers to account and workspace tokens, `me` to what `railway login` stores. */
function workspaceIds(world: World, access: Access): Lookup<readonly string[]> {
  const idsAt = (value: unknown) =>
    found(
      listAt(value, 'workspaces')
        .map((each) => textAt(each, 'id'))
        .filter(isText),
    );
  const token = ask(world, access, 'apiToken');
  if (token.kind === 'found') return idsAt(token.value);
  if (!token.refused) return token;
  const me = ask(world, access, 'me');
  return me.kind === 'found' ? idsAt(me.value) : token;
}

function searchWorkspace(
  world: World,
  access: Access,
  workspaceId: string,
  reference: Reference,
): Lookup<Project | undefined> {
  let after: string | undefined;
  for (let page = 0; page < maximumPages; page += 1) {
    const answer = ask(world, access, 'projects', after === undefined ? { workspaceId } : { workspaceId, after });
    if (answer.kind === 'unknown') return answer;
    const projects = nodesAt({ projects: answer.value }, 'projects').map((node) =>
      projectOf(node, sourceOf('projects')),
    );
    const hit = projects.find((project) => project !== undefined && holds(project, reference));
    if (hit !== undefined) return found(hit);
    after = textAt(answer.value, 'pageInfo', 'endCursor');
    if (at(answer.value, 'pageInfo', 'hasNextPage') !== true || after === undefined) return found(undefined);
  }
  return unknown(`looked through the first ${maximumPages} pages of projects only`, sourceOf('projects'));
}

/** How many backups are stored in these instances, or why that is not known. */
export function countBackups(world: World, access: Access, instances: readonly VolumeInstance[]): Evidence {
  const source = sourceOf('volumeInstanceBackupList');
  const lists = instances
    .slice(0, maximumBackupLists)
    .map(({ id }) => ask(world, access, 'volumeInstanceBackupList', { volumeInstanceId: id }));
  const failed = lists.find((list) => list.kind === 'unknown');
  if (failed?.kind === 'unknown') return { claim: `backups not counted: ${failed.why.claim}`, source };
  const count = lists.reduce((sum, list) => sum + (list.kind === 'found' ? listAt(list.value).length : 0), 0);
  const where = instances.length === 1 ? 'in this volume' : 'in these volumes';
  if (count === 0) return { claim: `no backups ${where}`, source };
  const atLeast = instances.length > maximumBackupLists ? 'at least ' : '';
  return { claim: `${atLeast}${count} ${count === 1 ? 'backup' : 'backups'}, stored ${where}`, source };
}
