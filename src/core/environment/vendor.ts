// Vendors' tools: target and environment by what the call names, its link file, and the tool's own idea of a context.
import { own } from '../model/table.ts';
import type { Evidence } from '../model/verdict.ts';
import { textOf } from '../model/word.ts';
import { environmentAt } from './address.ts';
import { type Clue, clueOf, environmentByNames } from './clue.ts';
import { readConnection, splitHosts } from './connection.ts';
import { linkOf } from './hosting.ts';
import { namedBy, nameOf, placeClues, resourceClue, resourcesOf } from './named.ts';
import type { Resolved } from './resolver.ts';
import { type Picked, pick, type Signal, type Sources, signal, variable } from './sources.ts';

/** What a vendor's tool calls its account or context, and how it is chosen. */
export type Context = (sources: Sources) => Picked;

const none: Picked = { signal: undefined, doubts: [] };

/** Target and environment of a call of any vendor's tool. */
export function resolveVendor(kind: string, sources: Sources, context: Context = () => none): Resolved {
  const resources = resourcesOf(sources);
  const link = linkOf(sources);
  const chosen = context(sources);
  const contexts: readonly Clue[] = chosen.signal === undefined ? [] : [clueOf(chosen.signal, 'accounts', 'context')];
  const spelled = placeClues(sources).filter(
    ({ evidence }) => ![...link.clues, ...contexts].some((each) => each.evidence.source === evidence.source),
  );
  const clues = [...contexts, ...link.clues, ...spelled, ...resources.slice(0, 20).map(resourceClue)];
  const name =
    resources.length > 0 || link.project.signal === undefined
      ? nameOf(sources, resources)
      : nameOf(sources, [link.project.signal]);
  const server = serverOf(sources);
  const environment =
    server === undefined
      ? environmentByNames(clues, [...chosen.doubts, ...link.project.doubts], sources.context.policy)
      : environmentAt({ ...server, clues, doubts: [], noun: 'server', anyServer: false, defaultPort: 0 }, sources);
  const details: readonly Evidence[] = link.clues.map(({ evidence }) => evidence);
  const silent: readonly Evidence[] =
    environment.evidence.length > 0
      ? environment.evidence
      : [{ claim: 'nothing says which environment this is', source: 'the command' }];
  return { target: { kind, name, details }, environment: { ...environment, evidence: silent } };
}

/** Tools that talk to a server of one's own name it: `--bootstrap-server kafka.acme.com:9092`, `VAULT_ADDR`. */
function serverOf(sources: Sources): { readonly host: Signal; readonly port: string | undefined } | undefined {
  const address = own(serverVariables, sources.call.name);
  const found = pick(
    () =>
      namedBy(
        sources,
        '--bootstrap-server',
        '--broker-list',
        '--brokers',
        '--addr',
        '--address',
        '-address',
        '--http-addr',
        '-http-addr',
        '--endpoints',
        '--server',
        '--host',
      ),
    ...(address === undefined ? [] : [variable(sources, address)]),
  ).signal;
  if (found === undefined) return undefined;
  const url = readConnection(found.word);
  if (url?.host !== undefined) return { host: { ...found, word: url.host }, port: url.port };
  const text = textOf(found.word);
  if (text === undefined) return { host: found, port: undefined };
  const { hosts, port } = splitHosts(text);
  return { host: signal(hosts, found.source), port };
}

const serverVariables: Readonly<Record<string, string>> = {
  vault: 'VAULT_ADDR',
  bao: 'BAO_ADDR',
  consul: 'CONSUL_HTTP_ADDR',
  nomad: 'NOMAD_ADDR',
  etcdctl: 'ETCDCTL_ENDPOINTS',
  argocd: 'ARGOCD_SERVER',
};
