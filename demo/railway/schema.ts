// The part of Railway's public GraphQL schema that the demo speaks: names, arguments and nullability as Railway's.
// Sources: railwayapp/cli `src/gql/schema.json` (introspection), docs.railway.com/integrations/api.
import { buildSchema } from 'graphql';

export const schema = buildSchema(/* GraphQL */ `
  scalar DateTime

  type Query {
    me: User!
    apiToken: ApiTokenContext!
    projects(workspaceId: String, after: String, first: Int): QueryProjectsConnection!
    project(id: String!): Project!
    projectToken: ProjectToken!
    environment(id: String!): Environment!
    service(id: String!): Service!
    volumeInstance(id: String!): VolumeInstance!
    volumeInstanceBackupList(volumeInstanceId: String!): [VolumeInstanceBackup!]!
  }

  type Mutation {
    volumeDelete(volumeId: String!): Boolean!
    volumeInstanceBackupDelete(volumeInstanceId: String!, volumeInstanceBackupId: String!): WorkflowId!
    projectDelete(id: String!): Boolean!
    projectScheduleDelete(id: String!): Boolean!
    environmentDelete(id: String!): Boolean!
    serviceDelete(id: String!, environmentId: String): Boolean!
    variableDelete(input: VariableDeleteInput!): Boolean!
    customDomainDelete(id: String!): Boolean!
  }

  input VariableDeleteInput {
    projectId: String!
    environmentId: String!
    serviceId: String
    name: String!
  }

  type WorkflowId { workflowId: String }
  type PageInfo { hasNextPage: Boolean!, endCursor: String }

  type User { id: ID!, name: String, email: String!, workspaces: [Workspace!]! }
  type Workspace { id: ID!, name: String! }
  type ApiTokenWorkspace { id: String!, name: String! }
  type ApiTokenContext { workspaces: [ApiTokenWorkspace!]! }
  type ProjectToken {
    id: ID!
    name: String!
    projectId: String!
    environmentId: String!
    project: Project!
    environment: Environment!
  }

  type Project {
    id: ID!
    name: String!
    deletedAt: DateTime
    environments: ProjectEnvironmentsConnection!
    services: ProjectServicesConnection!
    volumes: ProjectVolumesConnection!
  }
  type QueryProjectsConnection { edges: [QueryProjectsConnectionEdge!]!, pageInfo: PageInfo! }
  type QueryProjectsConnectionEdge { cursor: String!, node: Project! }
  type ProjectEnvironmentsConnection { edges: [ProjectEnvironmentsConnectionEdge!]! }
  type ProjectEnvironmentsConnectionEdge { node: Environment! }
  type ProjectServicesConnection { edges: [ProjectServicesConnectionEdge!]! }
  type ProjectServicesConnectionEdge { node: Service! }
  type ProjectVolumesConnection { edges: [ProjectVolumesConnectionEdge!]! }
  type ProjectVolumesConnectionEdge { node: Volume! }

  type Environment { id: ID!, name: String!, projectId: String!, isEphemeral: Boolean! }
  type Service { id: ID!, name: String!, projectId: String! }

  type Volume {
    id: ID!
    name: String!
    projectId: String!
    createdAt: DateTime!
    volumeInstances: VolumeVolumeInstancesConnection!
  }
  type VolumeVolumeInstancesConnection { edges: [VolumeVolumeInstancesConnectionEdge!]! }
  type VolumeVolumeInstancesConnectionEdge { node: VolumeInstance! }
  type VolumeInstance {
    id: ID!
    environmentId: String!
    environment: Environment!
    serviceId: String
    service: Service!
    mountPath: String!
    sizeMB: Int!
    currentSizeMB: Float!
    state: VolumeState
    deletedAt: DateTime
    isPendingDeletion: Boolean!
    volumeId: String!
    volume: Volume!
  }
  enum VolumeState { DELETED DELETING ERROR MIGRATING MIGRATION_PENDING READY RESTORING UPDATING }
  type VolumeInstanceBackup {
    id: String!
    name: String
    createdAt: DateTime!
    expiresAt: DateTime
    usedMB: Int
    referencedMB: Int
  }
`);
