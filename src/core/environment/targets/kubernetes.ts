// Kubernetes clusters: which objects in which namespace of which context a call would hit.
import { textOf } from '../../model/word.ts';
import { readOptions } from '../../programs/options.ts';
import { clueOf, shown } from '../clue.ts';
import { kubeEnvironment, kubeName, kubeOf, kubeOptions } from '../kube.ts';
import type { TargetResolver } from '../resolver.ts';
import { type Signal, type Sources, signal, sourcesOf } from '../sources.ts';
import { unresolved } from '../unresolved.ts';

export const resolver: TargetResolver = {
  kinds: ['kubernetes'],
  resolve(subject, context) {
    const { fact } = subject;
    if (fact.invocation === undefined) return unresolved(subject, context);
    const sources = sourcesOf(fact.invocation, context);
    const kube = kubeOf(sources);
    const objects = objectsOf(sources);
    const name =
      objects.length === 0 ? (sources.call.name ?? 'objects') : objects.map(({ word }) => shown(word)).join(' ');
    const clues = objects.map((object) => clueOf(object, 'contexts', 'object'));
    return {
      target: {
        kind: 'cluster',
        name: `${name} @ ${kubeName(kube)}`,
        details: kube.clues.map(({ evidence }) => evidence),
      },
      environment: kubeEnvironment(kube, sources, clues),
    };
  },
};

/** `delete namespace orders`, `uninstall orders`, `-f k8s/orders.yaml`: what stands behind the verb. */
function objectsOf({ call }: Sources): readonly Signal[] {
  const { flags, positionals } = readOptions(call.args, kubeOptions);
  const words = positionals.slice(textOf(positionals[0]) === 'rollout' ? 2 : 1);
  const file = flags.get('-f') ?? flags.get('--filename') ?? flags.get('-k') ?? flags.get('--kustomize');
  return [...words, ...(words.length === 0 && file !== undefined ? [file] : [])]
    .slice(0, 10)
    .map((word) => signal(word, 'the command'));
}
