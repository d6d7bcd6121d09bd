// Undecided: the evaluation itself failed. That is asked about like something that nobody can undo.
import type { Analysis } from './analyze.ts';
import { challengeFor } from './decide/challenge.ts';
import { decide } from './decide/decide.ts';
import type { OpaqueFact } from './model/fact.ts';
import type { Origin } from './model/invocation.ts';
import type { Policy } from './model/policy.ts';
import type { Request } from './model/request.ts';
import type { Rule } from './model/rule.ts';
import type { Finding } from './model/verdict.ts';

/** Not a file under rules/: nobody can turn it off. */
const rule: Rule = {
  id: 'guard/undecided',
  title: 'guard could not find out what this command does',
  severity: 'high',
  why: 'The evaluation failed, so nothing is known of what would be lost.',
  undo: 'not known',
  safer: undefined,
  target: 'code',
  matchers: [],
  references: [],
};

/** The analysis of a request that could not be analyzed: one finding that says why. */
export function undecided(request: Request, policy: Policy, detail: string): Analysis {
  const origin: Origin = [{ kind: request.from.kind, label: request.from.label, line: undefined }];
  const source = request.command.slice(0, 200);
  const fact: OpaqueFact = {
    kind: 'opaque',
    code: { reason: 'error', detail, origin, source, invocation: undefined },
    invocation: undefined,
  };
  const environment = {
    name: 'unknown' as const,
    evidence: [{ claim: `the evaluation failed: ${detail}`, source: 'guard' }],
  };
  const challenge = challengeFor(rule.severity, 'unknown', [], policy);
  const finding: Finding = {
    rule,
    fact,
    target: { kind: 'code', name: source.split('\n')[0]?.slice(0, 40) ?? '', details: [] },
    environment,
    credential: undefined,
    escalations: [],
    challenge: challenge === 'none' ? 'confirm' : challenge,
  };
  const script = { source: request.command, statements: [], complete: false, problems: [], unexplained: [] };
  return {
    request,
    resolved: { script, invocations: [], opaque: [fact.code], incomplete: [] },
    facts: [fact],
    findings: [finding],
    verdict: decide([finding], request.command),
    open: [],
  };
}
