// What a loaded configuration is: the policy for core, the settings of the other stages, and where each value came from.
import type { Policy, TableCell } from '../core/model/policy.ts';

/** Whose file it is, the strongest first. The project's only tightens what the others say. */
export type Layer = 'system' | 'user' | 'project';

export interface AuditSettings {
  /** Absolute. */
  readonly folder: string;
  /** How many log files stay, the one that is written to included. */
  readonly keep: number;
  /** A log file is closed before it grows beyond this. */
  readonly maxBytes: number;
}

/** One effective value; `file` and `line` are undefined where it is guard's default. */
export interface ConfigSource {
  /** `scope`, `decisions.high.staging`, `environments.production.hosts` ... */
  readonly key: string;
  readonly value: unknown;
  readonly file: string | undefined;
  readonly line: number | undefined;
}

export interface LoadedConfig {
  readonly policy: Policy;
  /** The real shell, absolute; undefined where no file names one. */
  readonly shell: string | undefined;
  readonly audit: AuditSettings;
  /** Folders with further rules, absolute. */
  readonly ruleFolders: readonly string[];
  readonly sources: readonly ConfigSource[];
  /** The files that were read, the strongest first. */
  readonly files: readonly string[];
}

/** A configuration file that is there and may be read. */
export interface ConfigFile {
  readonly layer: Layer;
  readonly path: string;
}

/** How a decision is written, from the softest to the hardest, and the cell it stands for. */
export const cells: Readonly<Record<string, TableCell>> = {
  run: 'none',
  ask: 'confirm',
  typed: 'typed',
  factor: 'typed+factor',
  deny: 'deny',
};

/** The word for a cell: `factor` for `typed+factor`. */
export const wordOf = (cell: TableCell): string => Object.keys(cells).find((word) => cells[word] === cell) ?? cell;
