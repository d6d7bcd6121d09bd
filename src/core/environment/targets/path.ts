// Paths: files and folders, on the machine that the command runs on.

import type { FileFact, Hit } from '../../model/fact.ts';
import type { Environment, Evidence } from '../../model/verdict.ts';
import { showWord, textOf } from '../../model/word.ts';
import { pathFrom } from '../../resolve/paths.ts';
import { environmentByPolicy } from '../name.ts';
import type { ResolveContext, TargetResolver } from '../resolver.ts';

export const resolver: TargetResolver = {
  kinds: ['path'],
  resolve({ fact }, context) {
    if (fact.kind !== 'file') {
      const host = fact.invocation?.host ?? { kind: 'local' };
      return {
        target: { kind: 'path', name: fact.invocation?.source ?? 'files', details: [] },
        environment: context.hostEnvironment(host),
      };
    }
    const text = textOf(fact.path);
    const folder = textOf(fact.invocation.cwd);
    const written = text === undefined || folder === undefined ? showWord(fact.path) : pathFrom(text, folder);
    const name = fact.hit?.real ?? written;
    const details: Evidence[] = [...hitDetails(fact, written)];
    if (fact.recursive) details.push({ claim: 'with everything below it', source: fact.via });
    if (text === undefined)
      details.push({ claim: 'which path this is, is not known before it runs', source: showWord(fact.path) });
    return {
      target: { kind: 'path', name, details },
      environment: byPath(name, context) ?? byPath(written, context) ?? context.hostEnvironment(fact.invocation.host),
    };
  },
};

/** What a look at the disk showed, one clause each. */
function hitDetails({ hit, loss }: FileFact, written: string): Evidence[] {
  if (hit === undefined) return [];
  const { files, more, unsaved, inGit, mounts, repository } = hit;
  const details: Evidence[] = [];
  if (hit.real !== undefined) details.push({ claim: `is where ${written} leads`, source: 'symbolic link' });
  if (files !== undefined) {
    const counted = `${more ? 'at least ' : ''}${files} ${files === 1 ? 'file' : 'files'}`;
    const kept = inGit && unsaved !== undefined ? `, ${unsaved === 0 ? 'all' : `${unsaved} not`} committed` : '';
    details.push({ claim: `${counted}${kept}`, source: inGit ? 'the disk, git status' : 'the disk' });
  }
  if (files !== undefined && !inGit && loss === 'work')
    details.push({ claim: 'git keeps nothing of it', source: 'the disk' });
  if (mounts.length > 0)
    details.push({ claim: `reaches a mounted disk at ${mounts.join(', ')}`, source: 'mount table' });
  if (repository !== undefined)
    details.push({ claim: repositoryClaim(repository), source: `git in ${repository.path}` });
  if (loss === 'session') details.push({ claim: 'made since the agent was started', source: 'birth time' });
  return details;
}

function repositoryClaim({ uncommitted, unpushed, stashed }: NonNullable<Hit['repository']>): string {
  const parts = [
    unpushed > 0 ? `${unpushed} ${unpushed === 1 ? 'commit' : 'commits'} on no remote` : '',
    uncommitted > 0 ? `${uncommitted} ${uncommitted === 1 ? 'file' : 'files'} not committed` : '',
    stashed ? 'a stash' : '',
  ];
  return `a repository with ${parts.filter((part) => part !== '').join(', ')}`;
}

/** `.guardrc` may say that a folder is production: a mounted disk, a shared data folder. */
function byPath(path: string, context: ResolveContext): Environment | undefined {
  const told = environmentByPolicy(path, context.policy, 'paths');
  return (
    told && { name: told, evidence: [{ claim: `${path} is ${told}`, source: 'environments in the configuration' }] }
  );
}
