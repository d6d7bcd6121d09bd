// gh and glab. Sources: cli.github.com/manual, docs.gitlab.com/cli.
import { program as grammar } from '../program.ts';

export const program = grammar({
  names: 'gh glab',
  values: '-R --repo --hostname -e --env -o --org -u --user -b --branch',
  aliases: '-R=--repo -y=--yes',
});
