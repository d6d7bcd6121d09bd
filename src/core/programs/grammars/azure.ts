// The Azure command lines. Source: learn.microsoft.com/cli/azure.
import { program as grammar } from '../program.ts';

export const program = grammar({
  names: 'az',
  values:
    '--subscription --output --query --name --resource-group --ids --account-name --container-name --vault-name --server --location --delete-backup-data',
  aliases: '-o=--output -n=--name -g=--resource-group -y=--yes -h=--help',
  inert: '--dryrun --dry-run --what-if',
  depth: 6,
});
