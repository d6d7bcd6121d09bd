// D1 through wrangler: the copy on this machine, or the database at Cloudflare. Source: Cloudflare docs, wrangler commands.
import { textOf } from '../../model/word.ts';
import { optionGrammar } from '../../programs/options.ts';
import { cluesOf } from '../clue.ts';
import { flag, optionsOf, pick, type Sources, signal, variable } from '../sources.ts';
import { type Destination, emptyDestination } from './destination.ts';

const grammar = optionGrammar({
  values: '--command --file -e --env -c --config --persist-to --cwd --binding --preview-id --namespace-id',
});

export function wranglerDestination(sources: Sources): Destination {
  const options = optionsOf(sources, grammar);
  const words = options.positionals.map((word) => textOf(word));
  const name = options.positionals[words[1] === 'migrations' ? 3 : 2];
  const database = name === undefined ? undefined : signal(name, 'the command');
  const environment = pick(flag(options, '-e', '--env'), variable(sources, 'CLOUDFLARE_ENV'));
  const clues = cluesOf([environment.signal, 'contexts', 'environment']);
  // Only `d1 execute` and `d1 migrations apply` have a copy on this machine, and it is what they take without a flag.
  const copy = words[0] === 'd1' && (words[1] === 'execute' || (words[1] === 'migrations' && words[2] === 'apply'));
  const remote = options.flags.has('--remote') || options.flags.has('--preview') || !copy;
  if (!remote) return { ...emptyDestination, database, clues };
  return {
    ...emptyDestination,
    nowhere: true,
    database,
    clues,
    doubts: environment.signal === undefined ? environment.doubts : [],
  };
}
