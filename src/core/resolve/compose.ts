// Compose: `exec` and `run` of docker compose, under both of its names.
import type { Invocation } from '../model/invocation.ts';
import { textOf, type Word } from '../model/word.ts';
import { optionGrammar, readOptions } from '../programs/options.ts';
import type { Inner } from './launcher.ts';

const globals = optionGrammar({
  values: '-f --file -p --project-name --profile --env-file --project-directory --ansi --progress --parallel',
  stopAtPositional: true,
});
const options = optionGrammar({
  values: '-e --env -u --user -w --workdir --index --name -v --volume -p --publish -l --label --entrypoint',
  stopAtPositional: true,
});

/** What the words behind `docker compose` would run inside a service's container. */
export function composeInner(call: Invocation, args: readonly Word[]): readonly Inner[] {
  const [verbWord, ...rest] = readOptions(args, globals).positionals;
  const verb = textOf(verbWord);
  if (verb !== 'exec' && verb !== 'run') return [];
  const [name, ...words] = readOptions(rest, options).positionals;
  if (words.length === 0) return [];
  return [
    {
      kind: 'words',
      words,
      label: `compose ${verb}`,
      host: { kind: 'container', engine: call.name ?? 'docker', name },
      freshEnvironment: true,
    },
  ];
}
