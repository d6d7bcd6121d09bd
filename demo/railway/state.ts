// What the demo's server holds: a project with two environments, its volumes and their backups, and the tokens to it.

export interface Environment {
  readonly id: string;
  readonly name: string;
}

export interface Service {
  readonly id: string;
  readonly name: string;
}

export interface Backup {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly usedMB: number;
}

/** A volume in one environment. Its backups are stored in it, and go with it. */
export interface VolumeInstance {
  readonly id: string;
  readonly environmentId: string;
  readonly serviceId: string | null;
  readonly mountPath: string;
  readonly sizeMB: number;
  readonly currentSizeMB: number;
  backups: Backup[];
  /** Milliseconds since the epoch; set while Railway still keeps the data. */
  deletedAt: number | undefined;
}

export interface Volume {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  instances: VolumeInstance[];
}

export interface Variable {
  readonly environmentId: string;
  readonly serviceId: string | null;
  readonly name: string;
}

export interface Domain {
  readonly id: string;
  readonly domain: string;
  readonly environmentId: string;
  readonly serviceId: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly workspaceId: string;
  environments: Environment[];
  services: Service[];
  volumes: Volume[];
  variables: Variable[];
  domains: Domain[];
  deletedAt: number | undefined;
}

/** Account and workspace tokens come as `Authorization: Bearer`, project tokens as `Project-Access-Token`. */
export type Token =
  | { readonly kind: 'account'; readonly value: string; readonly name: string }
  | { readonly kind: 'workspace'; readonly value: string; readonly name: string; readonly workspaceId: string }
  | {
      readonly kind: 'project';
      readonly value: string;
      readonly name: string;
      readonly projectId: string;
      readonly environmentId: string;
    };

export interface State {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly workspaces: readonly { readonly id: string; readonly name: string }[];
  readonly tokens: readonly Token[];
  projects: Project[];
}

/** Railway keeps a deleted volume or project for this long before it is gone (docs.railway.com, "48 hours"). */
const graceHours = 48;
const graceMilliseconds = graceHours * 3_600_000;

/** Drops what was deleted longer ago than the grace period. */
export function purge(state: State, now: number): void {
  const kept = (deletedAt: number | undefined) => deletedAt === undefined || now - deletedAt < graceMilliseconds;
  state.projects = state.projects.filter((project) => kept(project.deletedAt));
  for (const project of state.projects) {
    for (const volume of project.volumes) {
      volume.instances = volume.instances.filter((instance) => kept(instance.deletedAt));
    }
    project.volumes = project.volumes.filter((volume) => volume.instances.length > 0);
  }
}
