// Verdicts: what guard decided, on what grounds; and the permit, the only thing that can be run.
import type { Fact } from './fact.ts';
import type { Rule, Severity } from './rule.ts';

export type NonEmpty<T> = readonly [T, ...T[]];

export type EnvironmentName = 'production' | 'staging' | 'development' | 'local' | 'unknown';

/** Why guard believes something: the claim, and where it was read. */
export interface Evidence {
  readonly claim: string;
  /** `PGHOST from .env.production:3`, `--context in the command`, `Railway API: project(id)`. */
  readonly source: string;
}

export interface Environment {
  readonly name: EnvironmentName;
  readonly evidence: readonly Evidence[];
}

/** What a finding would hit. */
export interface Target {
  /** `volume`, `database`, `path`, `cluster` ... */
  readonly kind: string;
  /** What a person calls it, and what is typed to confirm. */
  readonly name: string;
  /** More that is known: size, backups inside it, mount path. One short clause each. */
  readonly details: readonly Evidence[];
}

/** A secret that the command would use, never in clear. */
export interface Credential {
  /** `Railway API token`, `GitHub token`, `bearer token` ... */
  readonly kind: string;
  readonly last4: string;
  /** `literal in the command`, `$RAILWAY_TOKEN`, `scripts/domains/.env:4`. */
  readonly foundIn: string;
  /** Set where it does not belong to this task: the reason. */
  readonly foreign: string | undefined;
}

/** How hard a human is asked, in rising order. */
export type Challenge = 'none' | 'confirm' | 'typed' | 'typed+factor';
export const challenges: readonly Challenge[] = ['none', 'confirm', 'typed', 'typed+factor'];

/** What made a finding one level harder than the table says. */
export interface Escalation {
  readonly kind: 'outside-scope' | 'foreign-credential';
  readonly reason: string;
}

/** A rule that matched a fact, with what is hit and where. */
export interface Located {
  readonly rule: Rule;
  readonly fact: Fact;
  readonly target: Target;
  readonly environment: Environment;
  readonly credential: Credential | undefined;
}

/** The same with what follows from it: how hard a human is asked. */
export interface Finding extends Located {
  readonly escalations: readonly Escalation[];
  /** `deny` where the decision table says never. */
  readonly challenge: Challenge | 'deny';
}

declare const minted: unique symbol;

/** What `run` accepts. Only `decide` (nothing to ask) and an approval mint one; `source` is the text that was judged. */
export interface Permit {
  readonly [minted]: true;
  readonly source: string;
  readonly by: 'policy' | Approval;
}

/** A human's yes, bound to what was shown. */
export interface Approval {
  readonly id: string;
  /** Hash over command, cwd, targets and rule set. */
  readonly intent: string;
  readonly how: Challenge;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Mints a permit. Called by `core/decide` and by `confirm` for an approval, nowhere else (a gate test proves it). */
export const mintPermit = (source: string, by: 'policy' | Approval): Permit => ({ source, by }) as Permit;

export type Verdict =
  | { readonly kind: 'run'; readonly permit: Permit; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'ask';
      readonly findings: NonEmpty<Finding>;
      /** The environment of the finding that asks hardest. */
      readonly environment: Environment;
      readonly challenge: Exclude<Challenge, 'none'>;
      readonly severity: Severity;
    }
  | {
      readonly kind: 'deny';
      readonly findings: NonEmpty<Finding>;
      readonly environment: Environment;
      readonly severity: Severity;
    };
