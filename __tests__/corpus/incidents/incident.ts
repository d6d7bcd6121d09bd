// What an incident is, as data: the scene that stood before the damage, and what guard has to say of it.
import type { Scene } from '../../../src/observe/scene.ts';

/** A command with all that it could read. Paths that are not absolute stand in `cwd`. */
export interface Setting {
  readonly command: string;
  /** `/home/ada/shop` where nothing is said. */
  readonly cwd?: string;
  /** Variables beside HOME, USER and PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Saved plans of Terraform, by path, as the bytes of their one entry that counts. */
  readonly plans?: Readonly<Record<string, string>>;
  /** What stands on the disk beside the files, where the verdict hangs on it. */
  readonly disk?: Scene;
}

/** An incident that a shell guard can see: names are our own, the way to the damage is the one of the report. */
export interface Incident extends Setting {
  readonly id: string;
  readonly source: string;
  readonly story: string;
  readonly rule: string;
  /** What a human is shown as the way from the command line to what would run; empty where the line says it itself. */
  readonly origin: string;
  /** What would be hit, as it is shown. */
  readonly target: string;
  /** Where the target was the mistake: the environment that is shown. */
  readonly environment?: string;
  /** Ordinary work next to it, which runs. What is not given is as it is in the incident. */
  readonly harmless?: Partial<Setting>;
}

/** One that a guard of the shell does not see, or cannot tell from ordinary work, and why. */
export interface Unseen {
  readonly id: string;
  readonly source: string;
  readonly reason: string;
}
