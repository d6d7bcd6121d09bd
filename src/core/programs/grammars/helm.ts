// Helm and what drives it. Sources: helm.sh/docs/helm, helmfile.readthedocs.io.
import { program as grammar } from '../program.ts';

export const program = grammar({
  names: 'helm helmfile',
  values:
    '-n --namespace --kube-context --kubeconfig --kube-apiserver --kube-token --kube-as-user --registry-config --repository-cache --timeout --history-max --description -f --file --values -e --environment -l --selector --set --args',
  subcommands: 'del=uninstall delete=uninstall un=uninstall',
  inert: '--dry-run -h',
});
