// What is said of a target when nothing tells where it is: its name from the command, and no environment.

import { showWord } from '../model/word.ts';
import type { ResolveContext, Resolved, Subject } from './resolver.ts';

/** The target as the command names it; unknown, unless the machine that the command runs on tells its environment. */
export function unresolved({ kind, fact }: Subject, context: ResolveContext): Resolved {
  const words = fact.kind === 'command' ? fact.positionals.map(showWord) : [];
  const name = words.at(-1) ?? fact.invocation?.name ?? kind;
  const host = fact.invocation?.host ?? { kind: 'local' };
  const environment =
    host.kind === 'local' ? { name: 'unknown' as const, evidence: [] } : context.hostEnvironment(host);
  return {
    target: { kind, name, details: [] },
    environment: environment.name === 'local' ? { name: 'unknown', evidence: [] } : environment,
  };
}
