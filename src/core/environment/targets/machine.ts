// The machine itself: disks, services, users, and code that could not be read.
import { showWord } from '../../model/word.ts';
import type { TargetResolver } from '../resolver.ts';

export const resolver: TargetResolver = {
  kinds: ['machine', 'code'],
  resolve({ kind, fact }, context) {
    const host = fact.invocation?.host ?? { kind: 'local' };
    const environment = context.hostEnvironment(host);
    if (fact.kind === 'opaque') {
      return {
        target: {
          kind: 'code',
          name: fact.code.source.split('\n')[0]?.slice(0, 60) ?? 'code',
          details: [{ claim: fact.code.detail, source: 'the command' }],
        },
        environment,
      };
    }
    const words = fact.kind === 'command' ? fact.positionals.map(showWord) : [];
    return { target: { kind, name: words.at(-1) ?? fact.invocation.name ?? 'this machine', details: [] }, environment };
  },
};
