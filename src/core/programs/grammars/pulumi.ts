// Pulumi. Source: pulumi.com/docs/iac/cli/commands.
import { program as grammar } from '../program.ts';

export const program = grammar({
  names: 'pulumi',
  values:
    '-s --stack -C --cwd --color --config --config-file -m --message -p --parallel -t --target --dest --logtostderr -v --verbose --policy-pack --exec-kind',
  aliases: '-f=--force -y=--yes',
  subcommands: 'remove=rm dn=destroy down=destroy',
  inert: '--preview-only -h',
});
