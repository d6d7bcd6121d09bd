// Hosts that requests go to, when nothing more is known of the service behind them.
import { showWord, textOf } from '../../model/word.ts';
import { splitUrl } from '../../payloads/http/url.ts';
import { environmentAt } from '../address.ts';
import type { TargetResolver } from '../resolver.ts';
import { signal, sourcesOf } from '../sources.ts';

export const resolver: TargetResolver = {
  kinds: ['http.host'],
  resolve({ fact }, context) {
    if (fact.kind !== 'http' && fact.kind !== 'graphql') {
      return {
        target: { kind: 'host', name: fact.invocation?.name ?? 'host', details: [] },
        environment: { name: 'unknown', evidence: [] },
      };
    }
    const host = showWord(fact.host);
    const what = fact.kind === 'http' ? `${fact.method} ${showWord(fact.path)}` : `${fact.operation} ${fact.field}`;
    const { port, scheme } = splitUrl(fact.url);
    const address = {
      host: signal(fact.host, 'the URL in the command'),
      port: textOf(port),
      defaultPort: scheme === 'https' ? 443 : 80,
      clues: [],
      doubts: [],
      noun: 'host',
      anyServer: true,
    };
    return {
      target: {
        kind: 'host',
        name: host === '' ? showWord(fact.url) : host,
        details: [{ claim: what, source: 'the request' }],
      },
      environment: environmentAt(address, sourcesOf(fact.invocation, context)),
    };
  },
};
