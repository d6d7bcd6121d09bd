// Terraform, OpenTofu and Terragrunt: options with one dash, and two as well. Source: the CLI references of the three.
import { program as grammar } from '../program.ts';

export const program = grammar({
  names: 'terraform tofu terragrunt',
  singleDash: true,
  values:
    '-chdir -var -var-file -target -replace -state -state-out -backup -lock-timeout -parallelism --terragrunt-working-dir --working-dir --terragrunt-config --config --queue-include-dir',
  aliases:
    '--destroy=-destroy --replace=-replace --auto-approve=-auto-approve --force=-force --target=-target --var=-var --var-file=-var-file --dry-run=-dry-run --chdir=-chdir',
  inert: '-help -dry-run',
  // `terragrunt run --all destroy`, `run-all destroy`, `run -- destroy`, `stack run destroy`: what it runs stands behind.
  canonical: (words) => {
    const at = words[0] === 'stack' && words[1] === 'run' ? 2 : words[0] === 'run' || words[0] === 'run-all' ? 1 : 0;
    return words.slice(at);
  },
});
