// From a project and a reference to what would be hit: the target with its details, its environments, the data that goes with it.
import type { Evidence, Target } from '../../model/verdict.ts';
import { found, type Lookup, unknown } from './api.ts';
import { type Named, type Project, pick, type Reference, type Volume, type VolumeInstance } from './project.ts';
import type { Question, RailwayKind } from './question.ts';

/** One environment that is hit. */
export interface Place {
  readonly environment: Named | undefined;
  readonly claim: string;
}

export interface Hit {
  readonly target: Target;
  readonly project: Project;
  readonly places: readonly Place[];
  /** Volume instances that go with it. */
  readonly instances: readonly VolumeInstance[];
}

/** What of the project is hit, the details in falling order of weight; unknown where the project does not have it. */
export function hitOf({ kind, label }: Question, reference: Reference, project: Project): Lookup<Hit> {
  switch (kind) {
    case 'volume':
      return hitVolume(reference, project);
    case 'backup':
      return hitBackup(label, reference, project);
    case 'environment':
      return hitEnvironment(reference, project);
    case 'service':
      return hitService(reference, project);
    case 'project':
      return found(hitProject(project));
    case 'variable':
    case 'other':
      return hitPlace(kind, label, reference, project);
  }
}

const inProject = ({ name, source }: Project): Evidence => ({ claim: `project ${name}`, source });

const missing = (project: Project, what: string): Lookup<never> =>
  unknown(`project ${project.name} has no ${what}`, project.source);

function hitVolume({ volume: wanted = '' }: Reference, project: Project): Lookup<Hit> {
  const volume = pick(project.volumes, wanted);
  if (volume === undefined) return missing(project, `volume ${wanted}`.trim());
  const paths = [...new Set(volume.instances.map(({ mountPath }) => mountPath))].filter((path) => path !== undefined);
  const details = [...sizesOf(volume.instances, project)];
  if (paths.length > 0) details.push({ claim: `mounted at ${paths.join(', ')}`, source: project.source });
  details.push(inProject(project));
  return found({
    target: { kind: 'volume', name: volume.name, details },
    project,
    places: volume.instances.map((instance) => placeOf(volume, instance, project)),
    instances: volume.instances,
  });
}

function placeOf(volume: Volume, instance: VolumeInstance, project: Project): Place {
  const environment = project.environments.find(({ id }) => id === instance.environmentId);
  const service = project.services.find(({ id }) => id === instance.serviceId);
  const size = sizeOf(instance);
  const by = [service === undefined ? 'no service' : `service ${service.name}`, ...(size === undefined ? [] : [size])];
  const how = service === undefined ? 'lies in' : 'is attached to';
  const where = environment?.name ?? `environment ${instance.environmentId}`;
  return { environment, claim: `volume ${volume.name} ${how} ${where} (${by.join(', ')})` };
}

function hitBackup(label: string, reference: Reference, project: Project): Lookup<Hit> {
  const volume = project.volumes.find(({ instances }) => instances.some(({ id }) => id === reference.volumeInstance));
  const instance = volume?.instances.find(({ id }) => id === reference.volumeInstance);
  if (volume === undefined || instance === undefined) return hitPlace('backup', label, reference, project);
  return found({
    target: {
      kind: 'backup',
      name: label,
      details: [inProject(project), { claim: `backup in volume ${volume.name}`, source: project.source }],
    },
    project,
    places: [placeOf(volume, instance, project)],
    instances: [instance],
  });
}

function hitEnvironment({ environment: wanted = '' }: Reference, project: Project): Lookup<Hit> {
  const environment = pick(project.environments, wanted);
  if (environment === undefined) return missing(project, `environment ${wanted}`.trim());
  const isHit = ({ environmentId }: VolumeInstance) => environmentId === environment.id;
  return found({
    target: {
      kind: 'environment',
      name: environment.name,
      details: [...volumesWith(isHit, project), inProject(project)],
    },
    project,
    places: [{ environment, claim: `environment ${environment.name} of project ${project.name}` }],
    instances: instancesWith(isHit, project),
  });
}

function hitService(reference: Reference, project: Project): Lookup<Hit> {
  const wanted = reference.service ?? '';
  const service = pick(project.services, wanted);
  if (service === undefined) return missing(project, `service ${wanted}`.trim());
  const environment = pick(project.environments, reference.environment ?? '');
  const environments = environment === undefined ? project.environments : [environment];
  const isHit = (instance: VolumeInstance) =>
    instance.serviceId === service.id && environments.some(({ id }) => id === instance.environmentId);
  return found({
    target: { kind: 'service', name: service.name, details: [...volumesWith(isHit, project), inProject(project)] },
    project,
    places: environments.map((each) => ({
      environment: each,
      claim: `service ${service.name} belongs to ${each.name} of project ${project.name}`,
    })),
    instances: instancesWith(isHit, project),
  });
}

function hitProject(project: Project): Hit {
  const all = () => true;
  const services = project.services.map(({ name }) => name).join(', ');
  return {
    target: {
      kind: 'project',
      name: project.name,
      details: [
        ...volumesWith(all, project),
        { claim: services === '' ? 'no services' : `services ${services}`, source: project.source },
      ],
    },
    project,
    places: project.environments.map((environment) => ({
      environment,
      claim: `project ${project.name} holds environment ${environment.name}`,
    })),
    instances: instancesWith(all, project),
  };
}

/** A thing that Railway's answer does not list: its environment is all that can be said of it. */
function hitPlace(kind: RailwayKind, label: string, reference: Reference, project: Project): Lookup<Hit> {
  const environment = pick(project.environments, reference.environment ?? '');
  if (reference.environment !== undefined && environment === undefined) {
    return missing(project, `environment ${reference.environment}`);
  }
  const environments = environment === undefined ? project.environments : [environment];
  return found({
    target: { kind, name: label, details: [inProject(project)] },
    project,
    places: environments.map((each) => ({
      environment: each,
      claim: `${kind === 'variable' ? `variable ${label}` : 'this'} belongs to ${each.name} of project ${project.name}`,
    })),
    instances: [],
  });
}

const instancesWith = (isHit: (instance: VolumeInstance) => boolean, { volumes }: Project): readonly VolumeInstance[] =>
  volumes.flatMap(({ instances }) => instances.filter(isHit));

/** The volumes that go with it, each with its size. */
const volumesWith = (isHit: (instance: VolumeInstance) => boolean, project: Project): readonly Evidence[] =>
  project.volumes.flatMap((volume) => {
    const instances = volume.instances.filter(isHit);
    if (instances.length === 0) return [];
    const size = sizesOf(instances, project).map(({ claim }) => ` (${claim})`);
    return [{ claim: `volume ${volume.name}${size.join('')} goes with it`, source: project.source }];
  });

const sizesOf = (instances: readonly VolumeInstance[], project: Project): readonly Evidence[] => {
  const sizes = instances.map(sizeOf).filter((size) => size !== undefined);
  return sizes.length === 0 ? [] : [{ claim: sizes.join(' and '), source: project.source }];
};

function sizeOf({ currentSizeMB, sizeMB }: VolumeInstance): string | undefined {
  if (currentSizeMB === undefined) return sizeMB === undefined ? undefined : `up to ${showSize(sizeMB)}`;
  return sizeMB === undefined ? showSize(currentSizeMB) : `${showSize(currentSizeMB)} of ${showSize(sizeMB)}`;
}

/** Railway counts in MB and sells in GB of a thousand. */
function showSize(megabytes: number): string {
  if (megabytes < 1000) return `${Math.round(megabytes)} MB`;
  const gigabytes = megabytes / 1000;
  return `${gigabytes < 10 ? Math.round(gigabytes * 10) / 10 : Math.round(gigabytes)} GB`;
}
