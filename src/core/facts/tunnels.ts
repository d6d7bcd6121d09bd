// Tunnels: a port of this machine that the same line opens to somewhere else, so that `localhost` is no local server.
import type { Fact } from '../model/fact.ts';
import type { Invocation } from '../model/invocation.ts';
import { dynamicWord, knownPrefix, textOf, type Word } from '../model/word.ts';
import { optionGrammar, readOptions } from '../programs/options.ts';
import { isLocalHost } from './local-host.ts';

interface Tunnel {
  /** Undefined where the program chooses one. */
  readonly port: string | undefined;
  /** What opens it: `kubectl proxy`. */
  readonly label: string;
}

const kubectl = optionGrammar({
  values:
    '-n --namespace --context --kubeconfig --cluster --user -s --server -p --port --address --api-prefix -w --www -P --www-prefix -u --unix-socket --pod-running-timeout',
  aliases: '--port=-p',
});

/** Gives the requests that go through a tunnel the host that they do not name: nobody knows it from the line. */
export function throughTunnels(calls: readonly Invocation[]): (fact: Fact) => Fact {
  const tunnels = calls.flatMap(tunnelsOf);
  return (fact) => {
    if (tunnels.length === 0 || (fact.kind !== 'http' && fact.kind !== 'graphql') || !isLocalHost(fact.host))
      return fact;
    const port = portOf(fact.url);
    const tunnel = tunnels.find((each) => each.port === undefined || each.port === port);
    return tunnel === undefined ? fact : { ...fact, host: dynamicWord(`${textOf(fact.host)} through ${tunnel.label}`) };
  };
}

/** Sources: `kubectl proxy --help`, `kubectl port-forward --help`, ssh(1). */
function tunnelsOf(call: Invocation): readonly Tunnel[] {
  if (call.host.kind !== 'local') return [];
  if (call.name === 'kubectl' || call.name === 'oc') return clusterTunnels(call);
  if (call.name !== 'ssh' && call.name !== 'autossh') return [];
  return call.args.flatMap((word, at): readonly Tunnel[] => {
    const text = textOf(word) ?? knownPrefix(word);
    const flag = /^-[A-Za-z]*L(.*)$/.exec(text);
    const spec = flag?.[1] === '' ? textOf(call.args[at + 1]) : flag?.[1];
    const port = /^(?:[^:]*:)?(\d+):[^:]+:\d+$/.exec(spec ?? '')?.[1];
    return port === undefined ? [] : [{ port, label: 'ssh -L' }];
  });
}

function clusterTunnels(call: Invocation): readonly Tunnel[] {
  const { flags, positionals } = readOptions(call.args, kubectl);
  const verb = textOf(positionals[0]);
  const label = `${call.name} ${verb}`;
  if (verb === 'proxy') return [{ port: textOf(flags.get('-p')) ?? '8001', label }];
  if (verb !== 'port-forward') return [];
  return positionals.slice(2).map((word) => ({ port: /^(\d+)/.exec(textOf(word) ?? '')?.[1], label }));
}

function portOf(url: Word): string {
  const [, scheme, port] = /^(?:(https?):\/\/)?[^/?#]*?(?::(\d+))?(?:[/?#]|$)/.exec(knownPrefix(url)) ?? [];
  return port ?? (scheme === 'https' ? '443' : '80');
}
