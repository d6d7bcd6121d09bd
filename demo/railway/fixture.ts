// The state that the demo starts from: PocketOS on the morning of 24 April 2026.
import type { Backup, State } from './state.ts';

export const ids = {
  workspace: '5d0c4a41-6f0e-4b6c-9a55-1f5a8f3f0c11',
  project: 'b7f3a1de-93c5-4c0a-8c1e-2f6b9d4e7a10',
  production: 'e1a5d9c2-7b34-4f68-a0d1-3c9e5b7f2d40',
  staging: '9f4c2b7a-1d6e-4835-b2c9-7a0e8d5f3b61',
  postgres: '2c8e6f10-5a9b-4d37-8e4c-b1f0d3a79c52',
  volume: '3d2c42fb-6a1f-4c58-9b7e-0d8f5e2a1c94',
  volumeInstance: 'a84f0c6e-2b5d-47e9-8f13-6c9d1e7b4a05',
  stagingVolume: '71e9b5d4-0c3a-4f82-a6d7-5b2f8e1c9d30',
  stagingVolumeInstance: 'c05d7e3b-9f12-4a6c-b8e4-1d3f7a9c5e26',
  domain: 'd4b8f1a7-3e6c-4920-95ad-8c7e0f2b6d13',
} as const;

/** Account-wide, though it was made to add and remove custom domains. */
export const domainsToken = '6f1d0c83-b2a9-4e57-8d34-f0a61c9b7e2d';
/** Belongs to the staging environment of the project alone. */
export const stagingToken = '0b9e7d52-4c1f-4a38-97e6-2d5f8a3c61b4';
export const workspaceToken = 'e83a5f1c-7d02-4b96-a1f8-9c4e6d0b2735';

/** Daily backups, kept for six days, and the weekly one before them. */
const backups = (label: string, days: readonly string[], usedMB: number): Backup[] =>
  days.map((day, index) => ({
    id: `${label}-backup-${index + 1}`,
    name: index === 0 ? 'Weekly' : 'Daily',
    createdAt: `2026-04-${day}T03:00:00.000Z`,
    usedMB,
  }));

/** A fresh copy of the starting state. */
export const pocketos = (): State => ({
  user: { id: '8a2f6c4d-1e7b-4935-b0d8-5c3e9f1a7d62', name: 'Dana Reyes', email: 'dana@pocketos.example' },
  workspaces: [{ id: ids.workspace, name: 'PocketOS' }],
  tokens: [
    { kind: 'account', value: domainsToken, name: 'custom domains' },
    { kind: 'workspace', value: workspaceToken, name: 'ci', workspaceId: ids.workspace },
    { kind: 'project', value: stagingToken, name: 'staging', projectId: ids.project, environmentId: ids.staging },
  ],
  projects: [
    {
      id: ids.project,
      name: 'pocketos',
      workspaceId: ids.workspace,
      deletedAt: undefined,
      environments: [
        { id: ids.production, name: 'production' },
        { id: ids.staging, name: 'staging' },
      ],
      services: [
        { id: 'f6b3d8e1-4a7c-4250-9d1f-0e5c7b2a8f34', name: 'api' },
        { id: ids.postgres, name: 'postgres' },
        { id: '50a7c9f2-8d3e-4b61-a4c0-7f1e6d9b3c58', name: 'web' },
      ],
      volumes: [
        {
          id: ids.volume,
          name: 'pocketos-db',
          createdAt: '2025-08-11T09:24:51.000Z',
          instances: [
            {
              id: ids.volumeInstance,
              environmentId: ids.production,
              serviceId: ids.postgres,
              mountPath: '/var/lib/postgresql/data',
              sizeMB: 50_000,
              currentSizeMB: 41_236.5,
              deletedAt: undefined,
              backups: backups('production', ['17', '18', '19', '20', '21', '22', '23'], 912),
            },
          ],
        },
        {
          id: ids.stagingVolume,
          name: 'pocketos-db-staging',
          createdAt: '2025-08-12T14:02:10.000Z',
          instances: [
            {
              id: ids.stagingVolumeInstance,
              environmentId: ids.staging,
              serviceId: ids.postgres,
              mountPath: '/var/lib/postgresql/data',
              sizeMB: 5_000,
              currentSizeMB: 620.25,
              deletedAt: undefined,
              backups: backups('staging', ['22', '23'], 14),
            },
          ],
        },
      ],
      variables: [
        { environmentId: ids.production, serviceId: ids.postgres, name: 'PGPASSWORD' },
        { environmentId: ids.staging, serviceId: ids.postgres, name: 'PGPASSWORD' },
      ],
      domains: [
        {
          id: ids.domain,
          domain: 'app.pocketos.example',
          environmentId: ids.production,
          serviceId: '50a7c9f2-8d3e-4b61-a4c0-7f1e6d9b3c58',
        },
      ],
    },
  ],
});
