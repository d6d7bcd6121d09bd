// Kubernetes clusters: which objects in which namespace of which context a call would hit.
import { textOf } from '../../model/word.ts';
import { readOptions } from '../../programs/options.ts';
import { type Clue, clueOf, environmentOf, shown } from '../clue.ts';
import { kubeEnvironment, kubeName, kubeOf, kubeOptions } from '../kube.ts';
import { nameOf, resourcesOf } from '../named.ts';
import type { Resolved, TargetResolver } from '../resolver.ts';
import { type Signal, type Sources, signal, sourcesOf } from '../sources.ts';
import { unresolved } from '../unresolved.ts';
import { resolveVendor } from '../vendor.ts';

/** These have servers, accounts or state of their own instead of a kubeconfig. */
const vendors = new Set(['nomad', 'argocd', 'eksctl', 'kops', 'rosa', 'rancher', 'openshift-install', 'clusterctl']);

/** Clusters that these tools make live on the machine that they run on. */
const ownClusters =
  /^(?:minikube|kind|k3d|ctlptl|microk8s|(?:k3s|rke2|k0s|k3s-agent)(?:-uninstall|-killall)?(?:\.sh)?)$/;

export const resolver: TargetResolver = {
  kinds: ['kubernetes'],
  resolve(subject, context) {
    const { fact } = subject;
    if (fact.invocation === undefined) return unresolved(subject, context);
    const sources = sourcesOf(fact.invocation, context);
    const name = fact.invocation.name ?? '';
    if (vendors.has(name)) return resolveVendor('cluster', sources);
    return ownClusters.test(name) && !isKubectl(sources) ? onThisMachine(sources) : inCluster(sources);
  },
};

/** `minikube kubectl -- delete ...`, `k3s kubectl delete ...` */
const isKubectl = ({ call }: Sources): boolean => textOf(call.args[0]) === 'kubectl';

function inCluster(sources: Sources): Resolved {
  const kube = kubeOf(sources);
  const objects = objectsOf(sources);
  const name =
    objects.length === 0 ? (sources.call.name ?? 'objects') : objects.map(({ word }) => shown(word)).join(' ');
  const clues = objects.map(
    (object): Clue => ({
      ...clueOf(object, 'contexts', 'object'),
      reach: isNamespace(objects) ? 'plainly' : 'production',
    }),
  );
  return {
    target: {
      kind: 'cluster',
      name: `${name} @ ${kubeName(kube)}`,
      details: kube.clues.map(({ evidence }) => evidence),
    },
    environment: kubeEnvironment(kube, sources, clues),
  };
}

/** A namespace is a place; what lies in one is not. */
const isNamespace = ([first]: readonly Signal[]): boolean =>
  /^(ns|namespaces?|project)(\/|$)/.test(textOf(first?.word) ?? '');

function onThisMachine(sources: Sources): Resolved {
  const machine = sources.context.hostEnvironment(sources.call.host);
  const target = { kind: 'cluster', name: nameOf(sources, resourcesOf(sources)), details: [] };
  return {
    target,
    environment: environmentOf(machine.name, [], undefined, [
      { claim: `${sources.call.name} runs its clusters here`, source: 'the command' },
      ...machine.evidence,
    ]),
  };
}

/** `delete namespace orders`, `uninstall orders`, `-f k8s/orders.yaml`: what stands behind the verb. */
function objectsOf({ call }: Sources): readonly Signal[] {
  const { flags, positionals } = readOptions(call.args, kubeOptions);
  const verbs = /^(rollout|config|app|backup|restore|schedule|release|namespace)$/.test(textOf(positionals[0]) ?? '')
    ? 2
    : 1;
  const words = positionals.slice(verbs);
  const file = flags.get('-f') ?? flags.get('--filename') ?? flags.get('-k') ?? flags.get('--kustomize');
  return [...words, ...(words.length === 0 && file !== undefined ? [file] : [])]
    .slice(0, 10)
    .map((word) => signal(word, 'the command'));
}
