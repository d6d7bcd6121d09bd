// Paths: files and folders, on the machine that the command runs on.

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
    const name = text === undefined || folder === undefined ? showWord(fact.path) : pathFrom(text, folder);
    const details: Evidence[] = [];
    if (fact.recursive) details.push({ claim: 'with everything below it', source: fact.via });
    if (text === undefined)
      details.push({ claim: 'which path this is, is not known before it runs', source: showWord(fact.path) });
    return {
      target: { kind: 'path', name, details },
      environment: byPath(name, context) ?? context.hostEnvironment(fact.invocation.host),
    };
  },
};

/** `.guardrc` may say that a folder is production: a mounted disk, a shared data folder. */
function byPath(path: string, context: ResolveContext): Environment | undefined {
  const told = environmentByPolicy(path, context.policy, 'paths');
  return (
    told && { name: told, evidence: [{ claim: `${path} is ${told}`, source: 'environments in the configuration' }] }
  );
}
