// Railway: what a deletion would hit, in which environment, and what goes with it. Tells it from the command, the link
// file, and read-only questions to Railway's API with the credential that the command itself would use.
import type { Environment, EnvironmentName, Evidence } from '../../model/verdict.ts';
import { type Access, found, type Lookup, unknown } from '../railway/api.ts';
import { type Hit, hitOf } from '../railway/hit.ts';
import { countBackups, findProject, type Reference, tokenScope } from '../railway/project.ts';
import { type Question, questionOfRequest, questionOfTool, type RailwayKind } from '../railway/question.ts';
import type { ResolveContext, Resolved, Subject, TargetResolver } from '../resolver.ts';

const railwayKinds: readonly RailwayKind[] = [
  'volume',
  'backup',
  'environment',
  'service',
  'project',
  'variable',
  'other',
];

/** Resolver of everything that lives on Railway. */
export const resolver: TargetResolver = {
  kinds: railwayKinds.map((kind) => `railway.${kind}`),
  resolve(subject: Subject, context: ResolveContext): Resolved {
    const question = questionOf(subject, context);
    if (question === undefined) {
      return nothingKnown(subject.kind, 'the command says nothing that Railway could be asked about');
    }
    const hit = lookUp(question, context);
    return hit.kind === 'found' ? resolved(hit.value, context) : withoutLookup(question, hit.why, context);
  },
};

function questionOf({ kind, fact }: Subject, context: ResolveContext): Question | undefined {
  const railwayKind = railwayKinds.find((each) => kind === `railway.${each}`) ?? 'other';
  if (fact.kind === 'graphql') return questionOfRequest(railwayKind, fact, context);
  return fact.kind === 'command' ? questionOfTool(railwayKind, fact, context) : undefined;
}

const nothingKnown = (kind: string, claim: string): Resolved => ({
  target: { kind, name: 'Railway', details: [] },
  environment: { name: 'unknown', evidence: [{ claim, source: 'the command' }] },
});

function lookUp(question: Question, { world }: ResolveContext): Lookup<Hit> {
  const { access } = question;
  if (question.open !== undefined) return unknown(question.open.claim, question.open.source);
  if (access.kind === 'unknown') return access;
  const reference = withTokenScope(question, world, access.value);
  if (reference.kind === 'unknown') return reference;
  const project = findProject(world, access.value, reference.value);
  if (project.kind === 'unknown') return project;
  const hit = hitOf(question, reference.value, project.value);
  if (hit.kind === 'unknown' || hit.value.instances.length === 0) return hit;
  const { target, instances } = hit.value;
  const backups = countBackups(world, access.value, instances);
  return found({ ...hit.value, target: { ...target, details: [backups, ...target.details] } });
}

/** A project token speaks for its project and environment where the command names none. */
function withTokenScope(
  { reference, kind }: Question,
  world: ResolveContext['world'],
  access: Access,
): Lookup<Reference> {
  const fromToken = access.token === 'project' && reference.environment === undefined;
  if (!fromToken || kind === 'project' || kind === 'environment') return found(reference);
  const scope = tokenScope(world, access);
  return scope.kind === 'unknown' ? scope : found({ ...scope.value, ...reference });
}

/** Worst first. What nothing is known of counts for more than staging: it may be production. */
const order: readonly EnvironmentName[] = ['production', 'unknown', 'staging', 'development', 'local'];

function resolved({ target, project, places }: Hit, context: ResolveContext): Resolved {
  if (places.length === 0) {
    const claim = `${target.kind} ${target.name} is in no environment of project ${project.name}`;
    return { target, environment: { name: 'unknown', evidence: [{ claim, source: project.source }] } };
  }
  const judged = places
    .map(({ environment, claim }) => ({
      name: nameOf([environment?.name, project.name], context),
      evidence: { claim, source: project.source },
    }))
    .toSorted((left, right) => order.indexOf(left.name) - order.indexOf(right.name));
  return {
    target,
    environment: { name: judged[0]?.name ?? 'unknown', evidence: judged.map(({ evidence }) => evidence) },
  };
}

/** The first name that tells of an environment decides: its own, then its project's. */
const nameOf = (names: readonly (string | undefined)[], context: ResolveContext): EnvironmentName =>
  names
    .map((name) => (name === undefined ? undefined : context.nameEnvironment(name)))
    .find((name) => name !== undefined) ?? 'unknown';

/** What the command and the link file say, where Railway could not be asked or did not know. */
function withoutLookup({ kind, label, stated }: Question, why: Evidence, context: ResolveContext): Resolved {
  const target = { kind, name: label, details: [] };
  const environment: Environment =
    stated === undefined
      ? { name: 'unknown', evidence: [why] }
      : { name: nameOf([stated.name], context), evidence: [stated.evidence, why] };
  return { target, environment };
}
