// Supabase's tool: the stack on this machine, the linked project, or a URL. Source: Supabase CLI reference.
import { textOf } from '../../model/word.ts';
import { optionGrammar } from '../../programs/options.ts';
import { clueOf } from '../clue.ts';
import { fileAbove, flag, optionsOf, pick, type Signal, type Sources, signal, variable } from '../sources.ts';
import { type Destination, emptyDestination, fromUrl } from './destination.ts';

const grammar = optionGrammar({
  values: '--db-url --project-ref --workdir --schema --file -f -p --password --version --profile --query -o --output',
});

/** Without a flag these work on the stack that `supabase start` runs on this machine. */
const localByDefault = new Set(['reset', 'lint', 'start']);

export function supabaseDestination(sources: Sources): Destination {
  const options = optionsOf(sources, grammar);
  const url = flag(options, '--db-url')();
  if (url !== undefined) return fromUrl(url);
  const words = options.positionals.map((word) => textOf(word) ?? '');
  const elsewhere = options.flags.has('--linked') || options.flags.has('--project-ref');
  const stack =
    words[0] === 'stop' || words[0] === 'start' || (words[0] === 'db' && localByDefault.has(words[1] ?? ''));
  const local = options.flags.has('--local') || (stack && !elsewhere);
  if (local)
    return {
      ...emptyDestination,
      database: signal(
        'postgres',
        options.flags.has('--local')
          ? '--local in the command'
          : `the default of supabase ${words.slice(0, 2).join(' ')}`,
      ),
    };
  const project = projectOf(sources);
  return {
    ...emptyDestination,
    nowhere: true,
    database: project.signal,
    doubts: project.doubts,
    clues: project.signal === undefined ? [] : [clueOf(project.signal, 'projects', 'Supabase project')],
  };
}

/** The project that a call is for: named, linked in this folder, or from the environment. */
export function projectOf(sources: Sources): {
  readonly signal: Signal | undefined;
  readonly doubts: readonly Signal[];
} {
  return pick(flag(optionsOf(sources, grammar), '--project-ref'), variable(sources, 'SUPABASE_PROJECT_ID'), () => {
    const file = fileAbove(sources, 'supabase/.temp/project-ref');
    return file === undefined ? undefined : signal(file.text.trim(), `${file.shown}:1`);
  });
}
