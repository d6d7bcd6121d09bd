// Kubernetes contexts: which cluster and namespace a call would reach, from its flags, its variables and the kubeconfig files.
import type { Environment } from '../model/verdict.ts';
import { textOf } from '../model/word.ts';
import { optionGrammar } from '../programs/options.ts';
import { isHere } from './address.ts';
import { type Clue, cluesOf, doubtful, environmentOf, shown, toldBy } from './clue.ts';
import { readConnection } from './connection.ts';
import { at, lineOf, listAt, textAt } from './data.ts';
import { listenerOn } from './listener.ts';
import {
  dataOf,
  type Find,
  fileAt,
  flag,
  optionsOf,
  pick,
  placeIn,
  type Signal,
  type Sources,
  signal,
  switched,
  type TextFile,
  variable,
} from './sources.ts';

/** Flags of kubectl, helm and their kin that take a value; what matters is that no value is taken for a name. */
export const kubeOptions = optionGrammar({
  values: `-n --namespace --context --kubeconfig --cluster --user -s --server --token --as --as-group -l --selector -f --filename -k --kustomize
    -o --output --field-selector --grace-period --timeout --cascade --request-timeout -c --container --kube-context --kube-apiserver --kubecontext
    --replicas -v --cache-dir --wait-for --description --timeout --type -p --patch --patch-file --image --raw`,
});

export interface Kube {
  readonly context: Signal | undefined;
  readonly namespace: Signal | undefined;
  readonly server: Signal | undefined;
  readonly clues: readonly Clue[];
  readonly doubts: readonly Signal[];
}

interface Config {
  readonly file: TextFile;
  readonly data: unknown;
}

/** Source: "Organizing Cluster Access Using kubeconfig Files" and helm(1): flags, then variables, then the files in order. */
export function kubeOf(sources: Sources): Kube {
  const options = optionsOf(sources, kubeOptions);
  const files = pick(flag(options, '--kubeconfig'), variable(sources, 'KUBECONFIG'));
  const configs = configsIn(sources, files.signal);
  const context = pick(
    flag(options, '--context', '--kube-context', '--kubecontext'),
    ...helmVariable(sources, 'HELM_KUBECONTEXT'),
    switched(sources, ['kubectl', 'oc'], 'config', 'use-context'),
    switched(sources, ['kubectx']),
    () => currentContext(configs),
  );
  const entry = contextEntry(configs, context.signal);
  const cluster = pick(flag(options, '--cluster'), () => fromEntry(entry, 'cluster'));
  const server = pick(
    flag(options, '-s', '--server', '--kube-apiserver'),
    ...helmVariable(sources, 'HELM_KUBEAPISERVER'),
    () => serverOf(configs, cluster.signal),
  );
  const namespace = pick(
    flag(options, '-n', '--namespace'),
    ...helmVariable(sources, 'HELM_NAMESPACE'),
    switched(sources, ['kubens']),
    () => fromEntry(entry, 'namespace'),
  );
  // A context that the command names, or has just switched to, does not depend on what the files say.
  const fromFile = context.signal === undefined || context.signal.source.includes(' from ');
  return {
    context: context.signal,
    namespace: namespace.signal,
    server: server.signal,
    clues: cluesOf(
      [context.signal, 'contexts', 'context'],
      [server.signal && withHost(server.signal), 'hosts', 'API server'],
      [cluster.signal, 'contexts', 'cluster'],
      [namespace.signal, 'contexts', 'namespace'],
    ),
    doubts: fromFile ? [...files.doubts, ...context.doubts] : [],
  };
}

const helmVariable = (sources: Sources, name: string): Find[] =>
  sources.call.name === 'helm' ? [variable(sources, name)] : [];

function configsIn(sources: Sources, list: Signal | undefined): readonly Config[] {
  const text = list === undefined ? '~/.kube/config' : textOf(list.word);
  const paths = (text ?? '').split(':').filter((path) => path !== '');
  return paths.flatMap((path) => {
    const file = fileAt(sources, path);
    return file === undefined ? [] : [{ file, data: dataOf(sources, file, 'yaml') }];
  });
}

/** The first file that sets it counts. */
function currentContext(configs: readonly Config[]): Signal | undefined {
  for (const { file, data } of configs) {
    const name = textAt(data, 'current-context');
    if (name !== undefined)
      return signal(name, `current-context from ${placeIn(file, lineOf(file.text, 'current-context:'))}`);
  }
  return undefined;
}

interface Entry {
  readonly file: TextFile;
  readonly name: string;
  readonly value: unknown;
}

function contextEntry(configs: readonly Config[], context: Signal | undefined): Entry | undefined {
  return entryNamed(configs, 'contexts', textOf(context?.word));
}

function entryNamed(
  configs: readonly Config[],
  list: 'contexts' | 'clusters',
  name: string | undefined,
): Entry | undefined {
  if (name === undefined) return undefined;
  for (const { file, data } of configs) {
    const value = listAt(data, list).find((each) => at(each, 'name') === name);
    if (value !== undefined) return { file, name, value };
  }
  return undefined;
}

function fromEntry(entry: Entry | undefined, key: 'cluster' | 'namespace'): Signal | undefined {
  const text = textAt(entry?.value, 'context', key);
  return entry === undefined || text === undefined
    ? undefined
    : signal(text, `${key} of context ${entry.name} from ${entry.file.shown}`);
}

function serverOf(configs: readonly Config[], cluster: Signal | undefined): Signal | undefined {
  const entry = entryNamed(configs, 'clusters', textOf(cluster?.word));
  const text = textAt(entry?.value, 'cluster', 'server');
  if (entry === undefined || text === undefined) return undefined;
  return signal(text, `server of cluster ${entry.name} from ${placeIn(entry.file, lineOf(entry.file.text, text))}`);
}

const withHost = (server: Signal): Signal => ({ ...server, word: readConnection(server.word)?.host ?? server.word });

/** Contexts that the tools for clusters on one's own machine make. */
const localContext =
  /^(?:kind-.+|k3d-.+|minikube|docker-desktop|docker-for-desktop|rancher-desktop|orbstack|colima(?:-.+)?|microk8s|kind)$/;

/** Where the cluster is. Only a context of a local tool, or a server on this machine that is no tunnel, is local. */
export function kubeEnvironment(kube: Kube, sources: Sources, more: readonly Clue[] = []): Environment {
  const clues = [...kube.clues, ...more];
  const told = toldBy(clues, sources.context.policy);
  if (told?.name === 'production') return environmentOf('production', clues, told.clue);
  const doubt = kube.doubts[0];
  if (doubt !== undefined) return environmentOf('unknown', clues, undefined, [doubtful(doubt)]);
  const open = [kube.context, kube.server].find((each) => each !== undefined && textOf(each.word) === undefined);
  if (open !== undefined) return environmentOf('unknown', clues, undefined, [doubtful(open)]);
  const onThisMachine = localCluster(kube, sources);
  if (onThisMachine !== undefined) return environmentOf(onThisMachine.name, clues, told?.clue, onThisMachine.evidence);
  const silent = { claim: 'no kubeconfig says which cluster this is', source: 'the command' };
  return environmentOf(told?.name ?? 'unknown', clues, told?.clue, kube.clues.length > 0 ? [] : [silent]);
}

function localCluster({ context, server }: Kube, sources: Sources): Environment | undefined {
  const url = server === undefined ? undefined : readConnection(server.word);
  const host = textOf(url?.host);
  const byTool = localContext.test(textOf(context?.word) ?? '');
  if (host === undefined) return byTool && server === undefined ? { name: 'local', evidence: [] } : undefined;
  // minikube's machine has an address of a private network; the other tools listen on this machine.
  if (byTool && (isHere(host) || isPrivate(host))) return { name: 'local', evidence: [] };
  if (!isHere(host)) return undefined;
  const listener = listenerOn(Number(url?.port ?? 443), sources);
  return { name: listener.kind === 'server' ? 'local' : 'unknown', evidence: [listener.evidence] };
}

const isPrivate = (host: string): boolean =>
  /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(host) ||
  host.endsWith('.internal') ||
  host.endsWith('.docker.internal');

/** `acme-prod/payments`: context and namespace as a person knows them. */
export const kubeName = ({ context, server, namespace }: Kube): string => {
  const cluster = context ?? server;
  const place = cluster === undefined ? 'the current cluster' : shown(cluster.word);
  return namespace === undefined ? place : `${place}/${shown(namespace.word)}`;
};
