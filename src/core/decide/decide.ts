// Deciding: the strictest finding wins, and only nothing to ask about gives a permit.
import type { Policy } from '../model/policy.ts';
import { type Severity, severities } from '../model/rule.ts';
import {
  type Challenge,
  challenges,
  type Finding,
  type Located,
  mintPermit,
  type NonEmpty,
  type Verdict,
} from '../model/verdict.ts';
import { challengeFor, escalationsOf } from './challenge.ts';

const hardness = (finding: Finding): number =>
  finding.challenge === 'deny' ? challenges.length : challenges.indexOf(finding.challenge);

/** The findings with how hard each is asked about, by the policy's table and what makes it harder. */
export const findingsOf = (located: readonly Located[], policy: Policy): Finding[] =>
  located.map((match) => {
    const escalations = escalationsOf(match.environment, match.credential, policy);
    return {
      ...match,
      escalations,
      challenge: challengeFor(match.rule.severity, match.environment.name, escalations, policy),
    };
  });

/** The verdict over all findings of a command line. `source` is the text that was judged. */
export function decide(findings: readonly Finding[], source: string): Verdict {
  const held = findings
    .filter((finding) => finding.challenge !== 'none')
    .sort((a, b) => hardness(b) - hardness(a) || severityOf(b) - severityOf(a));
  const [hardest] = held;
  if (hardest === undefined) return { kind: 'run', permit: mintPermit(source, 'policy'), findings };
  const nonEmpty = held as unknown as NonEmpty<Finding>;
  const severity = severities[Math.max(...held.map(severityOf))] as Severity;
  const { environment, challenge } = hardest;
  if (challenge === 'deny') return { kind: 'deny', findings: nonEmpty, environment, severity };
  return { kind: 'ask', findings: nonEmpty, environment, challenge: challenge as Exclude<Challenge, 'none'>, severity };
}

const severityOf = (finding: Finding): number => severities.indexOf(finding.rule.severity);
