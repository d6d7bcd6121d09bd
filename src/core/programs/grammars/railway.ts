// Railway's command line tool. Source: the clap definitions of railwayapp/cli.
import { program as grammar } from '../program.ts';

export const program = grammar({
  names: 'railway',
  values:
    '-p --project -e --environment -s --service -v --volume -b --bucket --2fa-code --file --variables --var --raw-var --operation-name --stage',
  subcommands:
    'rm=delete remove=delete env=environment variables=variable vars=variable var=variable function=functions func=functions fn=functions fns=functions funcs=functions',
  inert: '-h',
});
