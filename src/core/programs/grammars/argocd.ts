// GitOps and cluster tools. Sources: argo-cd.readthedocs.io, fluxcd.io/flux/cmd, eksctl.io, kops.sigs.k8s.io, kind.sigs.k8s.io.
import { program as grammar } from '../program.ts';

export const programs = [
  grammar({
    names: 'argocd',
    values:
      '--server --auth-token --config --grpc-web-root-path --kube-context --cascade --propagation-policy -p -N --app-namespace --argocd-context',
    subcommands: 'apps=app rm=delete',
  }),
  grammar({
    names: 'flux',
    values: '-n --namespace --context --kubeconfig --timeout --as',
    aliases: '-s=--silent',
    subcommands: 'rm=delete',
    inert: '--dry-run -h',
  }),
  grammar({ names: 'kops', values: '--name --state --config -v --region', aliases: '-y=--yes' }),
  grammar({
    names: 'eksctl',
    values: '-C --color -v --verbose -n --name -r --region -p --profile -f --config-file --cluster --timeout',
    inert: '--dry-run -h',
  }),
  grammar({
    names: 'kind minikube k3d vcluster ctlptl',
    values: '-n --name --kubeconfig -p --profile -v --verbosity --namespace --context',
    subcommands: 'clusters=cluster del=delete rm=delete',
  }),
];
