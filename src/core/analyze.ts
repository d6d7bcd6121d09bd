// The whole pure pipeline, readable as a table of contents: text in, verdict out.
import { decide, findingsOf } from './decide/decide.ts';
import { locate } from './environment/locate.ts';
import { factsOf } from './facts/index.ts';
import type { Fact } from './model/fact.ts';
import { type Answers, PlannedWorld, type Query } from './model/observation.ts';
import type { Policy } from './model/policy.ts';
import type { Request } from './model/request.ts';
import type { RuleSet } from './model/rule.ts';
import type { Finding, Verdict } from './model/verdict.ts';
import { type ResolvedScript, resolve } from './resolve/index.ts';
import { matchingRules } from './rules/match.ts';

export interface Analysis {
  readonly request: Request;
  readonly resolved: ResolvedScript;
  readonly facts: readonly Fact[];
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** What is still to be found out; the analysis is final when nothing is. */
  readonly open: readonly Query[];
}

/** Rules and policy: what commands are judged by. */
export interface Standards {
  readonly ruleSet: RuleSet;
  readonly policy: Policy;
}

/** Judges a request by what is known so far. Called again with more answers while `open` is not empty. */
export function analyze(request: Request, standards: Standards, answers: Answers): Analysis {
  const world = new PlannedWorld(answers);
  const resolved = resolve(request, world);
  const facts = factsOf(
    resolved,
    world,
    wordsOf(standards.ruleSet),
    standards.policy.endpoints,
    standards.policy.rebuildable,
  );
  const matched = facts.flatMap((fact) => matchingRules(fact, standards.ruleSet).map((rule) => ({ rule, fact })));
  const findings = findingsOf(
    locate(matched, request, standards.policy, world, resolved.invocations),
    standards.policy,
  );
  const verdict = decide(findings, request.command);
  return { request, resolved, facts, findings, verdict, open: world.open };
}

const wordSets = new WeakMap<RuleSet, ReadonlySet<string>>();

/** The rule set's words as a set, made once. */
function wordsOf(ruleSet: RuleSet): ReadonlySet<string> {
  const known = wordSets.get(ruleSet);
  if (known !== undefined) return known;
  const words = new Set(ruleSet.words);
  wordSets.set(ruleSet, words);
  return words;
}
