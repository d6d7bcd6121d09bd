// Hosts that requests go to, when nothing more is known of the service behind them.
import { isLocalHost } from '../../rules/match.ts';
import { showWord, textOf } from '../../model/word.ts';
import type { Environment } from '../../model/verdict.ts';
import { nameEnvironment } from '../name.ts';
import type { ResolveContext, TargetResolver } from '../resolver.ts';

export const resolver: TargetResolver = {
  kinds: ['http.host'],
  resolve({ fact }, context) {
    if (fact.kind !== 'http' && fact.kind !== 'graphql') {
      return { target: { kind: 'host', name: fact.invocation?.name ?? 'host', details: [] }, environment: { name: 'unknown', evidence: [] } };
    }
    const host = showWord(fact.host);
    const what = fact.kind === 'http' ? `${fact.method} ${showWord(fact.path)}` : `${fact.operation} ${fact.field}`;
    return {
      target: { kind: 'host', name: host === '' ? showWord(fact.url) : host, details: [{ claim: what, source: 'the request' }] },
      environment: environmentOf(host, textOf(fact.host) !== undefined && isLocalHost(fact.host), context),
    };
  },
};

function environmentOf(host: string, local: boolean, context: ResolveContext): Environment {
  const told = nameEnvironment(host, context.policy, 'hosts');
  const evidence = [{ claim: `host ${host}`, source: 'the URL in the command' }];
  if (local) return { name: told ?? 'local', evidence };
  return { name: told === 'local' ? 'unknown' : (told ?? 'unknown'), evidence };
}
