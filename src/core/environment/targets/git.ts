// Git: the repository in the working directory, and the remote that a push goes to.
import type { GitFact } from '../../model/fact.ts';
import type { Environment, Evidence } from '../../model/verdict.ts';
import { showWord, textOf } from '../../model/word.ts';
import { pathFrom } from '../../resolve/paths.ts';
import { nameEnvironment } from '../name.ts';
import type { ResolveContext, Resolved, TargetResolver } from '../resolver.ts';

export const resolver: TargetResolver = {
  kinds: ['git.worktree', 'git.remote'],
  resolve({ kind, fact }, context) {
    if (fact.kind !== 'git') {
      return {
        target: { kind: 'repository', name: 'repository', details: [] },
        environment: context.hostEnvironment(fact.invocation?.host ?? { kind: 'local' }),
      };
    }
    return kind === 'git.remote' ? remoteOf(fact, context) : worktreeOf(fact, context);
  },
};

const namesOf = (fact: GitFact): string => fact.names.map(showWord).join(' ');

function worktreeOf(fact: GitFact, context: ResolveContext): Resolved {
  const folder = textOf(fact.invocation.cwd) ?? 'this repository';
  const named = namesOf(fact);
  const details: Evidence[] = [{ claim: `repository ${folder}`, source: 'the working directory' }];
  return {
    target: { kind: 'repository', name: named === '' ? folder : named, details },
    environment: context.hostEnvironment(fact.invocation.host),
  };
}

/** A branch that is shared is as good as production: what is lost there is lost for all. */
function remoteOf(fact: GitFact, context: ResolveContext): Resolved {
  const remote = fact.remote === undefined ? 'origin' : showWord(fact.remote);
  const url = remoteUrl(remote, fact, context);
  const ref =
    fact.names.map((word) => showWord(word).replace(/^\+/, '').split(':').at(-1) ?? '').join(' ') ||
    currentBranch(fact, context) ||
    'the current branch';
  const evidence: Evidence[] = [
    url === undefined
      ? { claim: `remote ${remote}`, source: 'the command' }
      : { claim: `remote ${remote} is ${url}`, source: '.git/config' },
  ];
  return {
    target: { kind: 'branch', name: ref, details: evidence },
    environment: branchEnvironment(ref, evidence, context),
  };
}

const shared = new Set(['main', 'master', 'trunk', 'production', 'prod', 'release', 'develop']);

function branchEnvironment(ref: string, evidence: readonly Evidence[], context: ResolveContext): Environment {
  const name = ref.replace(/^refs\/heads\//, '');
  if (shared.has(name))
    return {
      name: name === 'develop' ? 'development' : 'production',
      evidence: [...evidence, { claim: `${name} is a shared branch`, source: 'its name' }],
    };
  const told = nameEnvironment(name, context.policy, 'projects');
  return { name: told ?? 'unknown', evidence };
}

function gitFile(path: string, fact: GitFact, context: ResolveContext): string | undefined {
  const folder = textOf(fact.invocation.cwd);
  if (!folder?.startsWith('/')) return undefined;
  const answer = context.world.ask({ kind: 'file', path: pathFrom(`.git/${path}`, folder) });
  return answer?.kind === 'text' ? answer.text : undefined;
}

function remoteUrl(remote: string, fact: GitFact, context: ResolveContext): string | undefined {
  if (/[:/]/.test(remote)) return remote;
  const lines = gitFile('config', fact, context)?.split('\n') ?? [];
  const start = lines.findIndex((line) => line.trim() === `[remote "${remote}"]`);
  if (start < 0) return undefined;
  for (const line of lines.slice(start + 1)) {
    if (line.trim().startsWith('[')) return undefined;
    const [key, ...value] = line.split('=');
    if (key?.trim() === 'url') return value.join('=').trim();
  }
  return undefined;
}

function currentBranch(fact: GitFact, context: ResolveContext): string | undefined {
  const head = gitFile('HEAD', fact, context)?.trim();
  return head?.startsWith('ref: refs/heads/') ? head.slice('ref: refs/heads/'.length) : undefined;
}
