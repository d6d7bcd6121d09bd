// Target resolvers: from a fact to what it would hit and in which environment, with the evidence.
import type { Fact } from '../model/fact.ts';
import type { Host, Invocation, Variables } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import type { Environment, EnvironmentName, Target } from '../model/verdict.ts';

export interface Subject {
  /** The rule's `target`, one of the resolver's kinds. */
  readonly kind: string;
  readonly fact: Fact;
}

export interface ResolveContext {
  readonly world: World;
  readonly policy: Policy;
  /** Working directory of the command line; undefined where it is not known. */
  readonly cwd: string | undefined;
  readonly home: string | undefined;
  /** The caller's variables. */
  readonly env: Variables;
  /** All that the command line would run, in order: what stands before a call may have switched its context. */
  readonly invocations: readonly Invocation[];
  /**
   * The environment that a name tells of: the policy's patterns first, then words such as `prod`, `staging`, `dev`
   * inside it; undefined where it tells nothing.
   */
  nameEnvironment(name: string): EnvironmentName | undefined;
  /** The environment of the machine that a call runs on. */
  hostEnvironment(host: Host): Environment;
}

export interface Resolved {
  readonly target: Target;
  readonly environment: Environment;
}

/** One resolver serves one kind of system. It may ask the world; an open question counts as not known yet. */
export interface TargetResolver {
  readonly kinds: readonly string[];
  resolve(subject: Subject, context: ResolveContext): Resolved;
}
