// kubectl and the tools that speak like it. Sources: kubectl reference, `kubectl api-resources`, the oc CLI reference.
import { program as grammar } from '../program.ts';

/** Short and plural names of resources, by the name that rules use. */
const resources: Readonly<Record<string, string>> = {
  namespace: 'namespaces ns project projects',
  node: 'nodes no',
  persistentvolume: 'persistentvolumes pv',
  persistentvolumeclaim: 'persistentvolumeclaims pvc',
  customresourcedefinition: 'customresourcedefinitions crd crds',
  volumesnapshot: 'volumesnapshots vs volumesnapshotcontent volumesnapshotcontents',
  storageclass: 'storageclasses sc',
  statefulset: 'statefulsets sts',
  deployment: 'deployments deploy deploymentconfig deploymentconfigs dc',
  daemonset: 'daemonsets ds',
  replicaset: 'replicasets rs replicationcontroller replicationcontrollers rc',
  secret: 'secrets',
  configmap: 'configmaps cm',
  service: 'services svc',
  ingress: 'ingresses ing route routes',
  cronjob: 'cronjobs cj',
  job: 'jobs',
  pod: 'pods po',
  event: 'events ev',
};
const nameOf = new Map(
  Object.entries(resources).flatMap(([name, others]) => [
    [name, name] as const,
    ...others.split(' ').map((other) => [other, name] as const),
  ]),
);
/** What is lost with it, worst first; kinds that are not listed (`resource`) stand in the middle. */
const order = [
  'namespace',
  'customresourcedefinition',
  'persistentvolume',
  'persistentvolumeclaim',
  'volumesnapshot',
  'node',
  'statefulset',
  'deployment',
];
const light = ['replicaset', 'job', 'pod', 'event'];

export const program = grammar({
  names: 'kubectl oc kubecolor',
  values:
    '--namespace --context --kubeconfig --cluster --user --server --as --as-group --token --request-timeout --cache-dir --certificate-authority --client-key --client-certificate --tls-server-name --filename --kustomize --selector --field-selector --grace-period --timeout --output --container --patch --patch-file --type --replicas --current-replicas --resource-version --pod-selector --raw --subresource',
  aliases:
    '-n=--namespace -s=--server -f=--filename -k=--kustomize -l=--selector -o=--output -c=--container -A=--all-namespaces -R=--recursive',
  scoped: { '': '-v', patch: '-p' },
  inert: '--dry-run -h',
  canonical: (words) =>
    verbs.has(words[0] ?? '') && words.length > 1
      ? [words[0] as string, resourceOf(words.slice(1)), ...words.slice(1)]
      : words,
});

const verbs = new Set(['delete', 'scale', 'patch', 'edit', 'label', 'annotate']);

/** The resource of `deploy/orders`, `deployments.apps`, `po,svc`: of several, the one with which most is lost. */
function resourceOf(operands: readonly string[]): string {
  const kinds = operands.flatMap((word, at) => {
    const slash = word.indexOf('/');
    if (at > 0 && slash < 0) return [];
    return (slash < 0 ? word : word.slice(0, slash))
      .split(',')
      .map((kind) => nameOf.get((kind.split('.', 1)[0] ?? '').toLowerCase()) ?? 'resource');
  });
  return kinds.sort((a, b) => rank(a) - rank(b))[0] ?? '';
}

function rank(kind: string): number {
  const worst = order.indexOf(kind);
  return worst >= 0 ? worst : order.length + light.indexOf(kind) + 1;
}
