// Policy: what `.guardrc` says, merged and validated, as core needs it.

import type { Severity } from './rule.ts';
import type { Challenge, EnvironmentName } from './verdict.ts';

/** Names and patterns that say which environment something belongs to. `*` stands for any text. */
export interface EnvironmentPatterns {
  readonly hosts: readonly string[];
  readonly contexts: readonly string[];
  readonly accounts: readonly string[];
  readonly projects: readonly string[];
  readonly paths: readonly string[];
}

export type KnownEnvironment = Exclude<EnvironmentName, 'unknown'>;

/** What a cell of the decision table says: a challenge, or never. */
export type TableCell = Challenge | 'deny';
export type DecisionTable = Readonly<Record<Severity, Readonly<Record<EnvironmentName, TableCell>>>>;

export interface Policy {
  /** Environments that this session is for; empty means no scope was set. */
  readonly scope: readonly KnownEnvironment[];
  readonly environments: Readonly<Partial<Record<KnownEnvironment, EnvironmentPatterns>>>;
  readonly table: DecisionTable;
  /** Rule ids or `pack/*` that are off, with the reason given. */
  readonly rulesOff: readonly { readonly rule: string; readonly reason: string }[];
  /** Further hosts that speak a known API: `{ railway: ['http://127.0.0.1:4000/graphql/v2'] }`. */
  readonly endpoints: Readonly<Record<string, readonly string[]>>;
  /** Names of files and folders, or ends of paths, that can be made again: `generated`, `*.pb.go`, `web/public/assets`. */
  readonly rebuildable: readonly string[];
  /** Live read-only lookups. */
  readonly lookups: boolean;
}

const defaultTable: DecisionTable = {
  low: { local: 'none', development: 'none', staging: 'none', production: 'confirm', unknown: 'none' },
  medium: { local: 'confirm', development: 'confirm', staging: 'confirm', production: 'typed', unknown: 'confirm' },
  high: { local: 'confirm', development: 'confirm', staging: 'typed', production: 'typed+factor', unknown: 'typed' },
  critical: {
    local: 'typed',
    development: 'typed',
    staging: 'typed',
    production: 'typed+factor',
    unknown: 'typed+factor',
  },
};

export const defaultPolicy: Policy = {
  scope: [],
  environments: {},
  table: defaultTable,
  rulesOff: [],
  endpoints: {},
  rebuildable: [],
  lookups: true,
};
