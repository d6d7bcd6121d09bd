// What Railway's queries and mutations do to the demo's state, and what each kind of token may reach.
import { randomUUID } from 'node:crypto';
import type { Environment, Project, Service, State, Token, Variable, Volume, VolumeInstance } from './state.ts';

export interface Caller {
  readonly state: State;
  readonly token: Token | undefined;
  readonly now: number;
}

interface ById {
  readonly id: string;
}

/** Railway answers "Not Authorized" to what does not exist, too. */
function refuse(): never {
  throw new Error('Not Authorized');
}

const isoTime = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
const edges = <T>(nodes: readonly T[]) => ({ edges: nodes.map((node) => ({ node })) });

const isMember = (token: Token | undefined): token is Extract<Token, { kind: 'account' | 'workspace' }> =>
  token?.kind === 'account' || token?.kind === 'workspace';

const reaches = (token: Token | undefined, project: Project): boolean => {
  if (token === undefined) return false;
  if (token.kind === 'account') return true;
  return token.kind === 'workspace' ? token.workspaceId === project.workspaceId : token.projectId === project.id;
};

/** Project tokens are for one environment. */
const reachesEnvironment = (token: Token | undefined, environmentId: string): boolean =>
  token?.kind !== 'project' || token.environmentId === environmentId;

const projectsOf = ({ state, token }: Caller) =>
  state.projects.filter((project) => project.deletedAt === undefined && reaches(token, project));

const projectBy = (caller: Caller, test: (project: Project) => boolean): Project =>
  projectsOf(caller).find(test) ?? refuse();

interface Located {
  readonly project: Project;
  readonly volume: Volume;
  readonly instance: VolumeInstance;
}

function instanceBy(caller: Caller, test: (located: Located) => boolean): Located {
  for (const project of projectsOf(caller)) {
    for (const volume of project.volumes) {
      for (const instance of volume.instances) {
        const located = { project, volume, instance };
        if (test(located) && reachesEnvironment(caller.token, instance.environmentId)) return located;
      }
    }
  }
  return refuse();
}

const showEnvironment = (project: Project, environment: Environment) => ({
  ...environment,
  projectId: project.id,
  isEphemeral: false,
});

const showService = (project: Project, service: Service) => ({ ...service, projectId: project.id });

const showInstance = ({ project, volume, instance }: Located): object => ({
  id: instance.id,
  environmentId: instance.environmentId,
  environment: () => {
    const environment = project.environments.find((each) => each.id === instance.environmentId);
    return environment === undefined ? null : showEnvironment(project, environment);
  },
  serviceId: instance.serviceId,
  service: () => {
    const service = project.services.find((each) => each.id === instance.serviceId);
    return service === undefined ? null : showService(project, service);
  },
  mountPath: instance.mountPath,
  sizeMB: instance.sizeMB,
  currentSizeMB: instance.currentSizeMB,
  state: instance.deletedAt === undefined ? 'READY' : 'DELETING',
  deletedAt: isoTime(instance.deletedAt),
  isPendingDeletion: instance.deletedAt !== undefined,
  volumeId: volume.id,
  volume: () => showVolume(project, volume),
});

const liveInstances = (volume: Volume) => volume.instances.filter((instance) => instance.deletedAt === undefined);

const showVolume = (project: Project, volume: Volume) => ({
  id: volume.id,
  name: volume.name,
  projectId: project.id,
  createdAt: volume.createdAt,
  volumeInstances: edges(liveInstances(volume).map((instance) => showInstance({ project, volume, instance }))),
});

const showProject = (project: Project) => ({
  id: project.id,
  name: project.name,
  deletedAt: isoTime(project.deletedAt),
  environments: edges(project.environments.map((environment) => showEnvironment(project, environment))),
  services: edges(project.services.map((service) => showService(project, service))),
  volumes: edges(
    project.volumes.filter((volume) => liveInstances(volume).length > 0).map((volume) => showVolume(project, volume)),
  ),
});

const queries = {
  me(_: unknown, { state, token }: Caller) {
    if (token?.kind !== 'account') refuse();
    return { ...state.user, workspaces: state.workspaces };
  },

  apiToken(_: unknown, { state, token }: Caller) {
    if (!isMember(token)) refuse();
    return { workspaces: state.workspaces.filter(({ id }) => token.kind === 'account' || token.workspaceId === id) };
  },

  /** With an account token and no workspace named, Railway lists the personal projects alone; there are none here. */
  projects({ workspaceId }: { workspaceId?: string | null }, caller: Caller) {
    if (!isMember(caller.token)) refuse();
    const workspace = workspaceId ?? (caller.token.kind === 'workspace' ? caller.token.workspaceId : undefined);
    const found = projectsOf(caller).filter((project) => project.workspaceId === workspace);
    return {
      edges: found.map((project) => ({ cursor: project.id, node: showProject(project) })),
      pageInfo: { hasNextPage: false, endCursor: found.at(-1)?.id ?? null },
    };
  },

  project({ id }: ById, caller: Caller) {
    return showProject(projectBy(caller, (project) => project.id === id));
  },

  projectToken(_: unknown, caller: Caller) {
    const { token } = caller;
    if (token?.kind !== 'project') refuse();
    const project = projectBy(caller, ({ id }) => id === token.projectId);
    const environment = project.environments.find(({ id }) => id === token.environmentId) ?? refuse();
    return {
      id: token.value,
      name: token.name,
      projectId: project.id,
      environmentId: environment.id,
      project: showProject(project),
      environment: showEnvironment(project, environment),
    };
  },

  environment({ id }: ById, caller: Caller) {
    const project = projectBy(caller, ({ environments }) => environments.some((each) => each.id === id));
    const environment = project.environments.find((each) => each.id === id) ?? refuse();
    return reachesEnvironment(caller.token, id) ? showEnvironment(project, environment) : refuse();
  },

  service({ id }: ById, caller: Caller) {
    const project = projectBy(caller, ({ services }) => services.some((each) => each.id === id));
    return showService(project, project.services.find((each) => each.id === id) ?? refuse());
  },

  volumeInstance({ id }: ById, caller: Caller) {
    return showInstance(instanceBy(caller, ({ instance }) => instance.id === id));
  },

  volumeInstanceBackupList({ volumeInstanceId }: { volumeInstanceId: string }, caller: Caller) {
    const { backups } = instanceBy(caller, ({ instance }) => instance.id === volumeInstanceId).instance;
    return backups.map((backup) => ({ ...backup, expiresAt: null, referencedMB: backup.usedMB }));
  },
};

/** The data is kept for the grace period; the backups were inside and are gone at once. */
function deleteInstance(instance: VolumeInstance, now: number): void {
  instance.deletedAt = now;
  instance.backups = [];
}

interface BackupDelete {
  readonly volumeInstanceId: string;
  readonly volumeInstanceBackupId: string;
}

interface VariableDelete {
  readonly input: {
    readonly projectId: string;
    readonly environmentId: string;
    readonly serviceId?: string | null;
    readonly name: string;
  };
}

const mutations = {
  volumeDelete({ volumeId }: { volumeId: string }, caller: Caller) {
    const isHit = ({ volume, instance }: Located) => volume.id === volumeId && instance.deletedAt === undefined;
    const { volume } = instanceBy(caller, isHit);
    for (const instance of liveInstances(volume)) deleteInstance(instance, caller.now);
    return true;
  },

  volumeInstanceBackupDelete({ volumeInstanceId, volumeInstanceBackupId }: BackupDelete, caller: Caller) {
    const { instance } = instanceBy(caller, (located) => located.instance.id === volumeInstanceId);
    if (!instance.backups.some(({ id }) => id === volumeInstanceBackupId)) refuse();
    instance.backups = instance.backups.filter(({ id }) => id !== volumeInstanceBackupId);
    return { workflowId: randomUUID() };
  },

  projectDelete({ id }: ById, { state, token, now }: Caller) {
    if (!isMember(token)) refuse();
    const project = projectBy({ state, token, now }, (each) => each.id === id);
    state.projects = state.projects.filter((each) => each !== project);
    return true;
  },

  projectScheduleDelete({ id }: ById, caller: Caller) {
    if (!isMember(caller.token)) refuse();
    projectBy(caller, (each) => each.id === id).deletedAt = caller.now;
    return true;
  },

  environmentDelete({ id }: ById, caller: Caller) {
    const project = projectBy(caller, ({ environments }) => environments.some((each) => each.id === id));
    if (!reachesEnvironment(caller.token, id)) refuse();
    project.environments = project.environments.filter((each) => each.id !== id);
    project.variables = project.variables.filter(({ environmentId }) => environmentId !== id);
    project.domains = project.domains.filter(({ environmentId }) => environmentId !== id);
    const instances = project.volumes.flatMap(liveInstances).filter(({ environmentId }) => environmentId === id);
    for (const instance of instances) deleteInstance(instance, caller.now);
    return true;
  },

  serviceDelete({ id }: ById, caller: Caller) {
    if (!isMember(caller.token)) refuse();
    const project = projectBy(caller, ({ services }) => services.some((each) => each.id === id));
    project.services = project.services.filter((each) => each.id !== id);
    project.domains = project.domains.filter(({ serviceId }) => serviceId !== id);
    return true;
  },

  variableDelete({ input }: VariableDelete, caller: Caller) {
    const project = projectBy(caller, ({ id }) => id === input.projectId);
    if (!reachesEnvironment(caller.token, input.environmentId)) refuse();
    const isHit = ({ environmentId, serviceId, name }: Variable) =>
      environmentId === input.environmentId && serviceId === (input.serviceId ?? null) && name === input.name;
    project.variables = project.variables.filter((variable) => !isHit(variable));
    return true;
  },

  customDomainDelete({ id }: ById, caller: Caller) {
    const project = projectBy(caller, ({ domains }) => domains.some((each) => each.id === id));
    project.domains = project.domains.filter((each) => each.id !== id);
    return true;
  },
};

/** The root value of every operation: `graphql` finds fields of queries and mutations by name. */
export const root = { ...queries, ...mutations };
