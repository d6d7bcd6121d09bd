// kubectl exec: starts a command inside a pod.
import { textOf } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Launcher } from '../launcher.ts';

const grammar = optionGrammar({
  values:
    '-n --namespace --context --kubeconfig --cluster --user -s --server --token --as -c --container -f --filename --pod-running-timeout --request-timeout -v',
});

/** Source: kubectl exec --help. The command stands behind `--`; without it, behind the pod's name. */
export const launcher: Launcher = {
  names: ['kubectl', 'oc', 'k3s', 'microk8s'],
  unwrap(call) {
    const at = call.args.findIndex((word) => textOf(word) === '--');
    const { flags, positionals } = readOptions(at < 0 ? call.args : call.args.slice(0, at), grammar);
    const [verb, pod, ...words] = textOf(positionals[0]) === 'kubectl' ? positionals.slice(1) : positionals;
    if (textOf(verb) !== 'exec') return [];
    const command = at < 0 ? words : call.args.slice(at + 1);
    if (command.length === 0) return [];
    const host = {
      kind: 'pod' as const,
      name: pod,
      context: flags.get('--context'),
      namespace: flags.get('-n') ?? flags.get('--namespace'),
    };
    return [{ kind: 'words', words: command, label: 'kubectl exec', host, freshEnvironment: true }];
  },
};
