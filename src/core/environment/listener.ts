// Who answers on a port of this machine: a server that runs here, or a tunnel to somewhere else.
import type { Invocation } from '../model/invocation.ts';
import type { Evidence } from '../model/verdict.ts';
import { showWord, textOf } from '../model/word.ts';
import { earlierCalls, type Sources } from './sources.ts';

/** Programs that hand a local port on to another machine. */
const tunnels = new Set(
  `ssh autossh sshuttle kubectl oc kubefwd telepresence cloud-sql-proxy cloud_sql_proxy alloydb-auth-proxy fly flyctl railway
  cloudflared session-manager-plugin aws gcloud az tsh boundary pscale heroku scalingo socat ngrok chisel frpc stunnel stunnel4 tailscale
  tailscaled pgbouncer pgcat haproxy k9s lens teleport supabase neonctl code-tunnel`.split(/\s+/),
);

/** Servers that keep their data on this machine, and what container engines listen with. */
const servers = new Set(
  `postgres postmaster mysqld mariadbd redis-server valkey-server keydb-server dragonfly memcached mongod sqlservr cockroach
  clickhouse-serv clickhouse-server docker-proxy docker-pr com.docker.backend com.docker.vpnkit vpnkit vpnkit-bridge rootlessport rootlessport-c
  slirp4netns pasta pasta.avx2 gvproxy conmon containerd-shim containerd-shim-runc-v2 orbstack OrbStack dockerd podman kubelite k3s k3s-server
  k0s kube-apiserver minikube etcd localstack`.split(/\s+/),
);

export type Listener =
  /** Nobody has looked yet, or the look failed. */
  | { readonly kind: 'unseen'; readonly evidence: Evidence }
  | { readonly kind: 'server' | 'tunnel' | 'other' | 'nobody'; readonly evidence: Evidence };

/** What is behind a port of this machine. A tunnel that the same command line opens counts before what is there now. */
export function listenerOn(port: number, sources: Sources): Listener {
  const opened = earlierCalls(sources).findLast((call) => opensTunnel(call));
  if (opened !== undefined) {
    return {
      kind: 'tunnel',
      evidence: { claim: `the same command line opens a tunnel: ${cut(opened.source)}`, source: 'the command' },
    };
  }
  const answer = sources.context.world.ask({ kind: 'listener', port });
  const source = `the process on port ${port}`;
  if (answer?.kind === 'absent')
    return { kind: 'nobody', evidence: { claim: `nothing listens on port ${port} of this machine now`, source } };
  if (answer?.kind === 'process') {
    const kind = kindOf(answer.name, answer.command);
    const claim =
      kind === 'tunnel' ? `port ${port} is a tunnel: ${cut(answer.command)}` : `${answer.name} listens on port ${port}`;
    return { kind, evidence: { claim, source } };
  }
  // Another user's process cannot be looked into; the tunnels that people and agents open are their own.
  if (answer?.kind === 'failed' && answer.reason === 'unreadable') {
    return { kind: 'server', evidence: { claim: `a process of another user listens on port ${port}`, source } };
  }
  return { kind: 'unseen', evidence: { claim: `who listens on port ${port} was not seen`, source } };
}

function kindOf(name: string, command: string): 'server' | 'tunnel' | 'other' {
  const words = command
    .split(' ')
    .slice(0, 3)
    .map((word) => word.slice(word.lastIndexOf('/') + 1).replace(/\.(exe|py|js)$/, ''));
  if (tunnels.has(name) || words.some((word) => tunnels.has(word))) return 'tunnel';
  return servers.has(name) || servers.has(words[0]?.replace(/:$/, '') ?? '') ? 'server' : 'other';
}

/** A call that leaves a local port open to somewhere else. */
function opensTunnel(call: Invocation): boolean {
  const words = call.args.map((word) => textOf(word) ?? '');
  if (call.name === 'ssh' || call.name === 'autossh') return words.some((word) => /^-[A-Za-z]*[LD]/.test(word));
  if (['cloud-sql-proxy', 'cloud_sql_proxy', 'cloudflared', 'socat', 'sshuttle'].includes(call.name ?? '')) return true;
  return (
    words.some((word) => ['port-forward', 'proxy', 'start-session', 'connect', 'start-iap-tunnel'].includes(word)) &&
    tunnels.has(call.name ?? '')
  );
}

const cut = (text: string): string => (text.length > 160 ? `${text.slice(0, 159)}…` : text);

/** What a person calls the machine that an invocation runs on. */
export function hostName({ host }: Invocation): string {
  switch (host.kind) {
    case 'local':
      return 'this machine';
    case 'ssh':
      return showWord(host.destination);
    case 'container':
      return host.name === undefined ? `a ${host.engine} container` : `container ${showWord(host.name)}`;
    case 'pod':
      return host.name === undefined ? 'a pod' : `pod ${showWord(host.name)}`;
  }
}
