// poetry run, uv run, bundle exec, conda run, mise exec, doppler run --: run a command in a project's own environment.
import type { Invocation } from '../../model/invocation.ts';
import { textOf } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';

/** Subcommands behind which a command stands, by program, with the options that take a value. */
const verbs: Readonly<Record<string, { readonly verbs: string; readonly values?: string }>> = {
  poetry: { verbs: 'run', values: '-C --directory -P --project' },
  pipenv: { verbs: 'run', values: '--python --pypi-mirror' },
  uv: {
    verbs: 'run',
    values: '--with --with-requirements --python -p --extra --group --env-file --project --directory --package',
  },
  pdm: { verbs: 'run', values: '-p --project --venv' },
  hatch: { verbs: 'run', values: '-e --env -p --project' },
  rye: { verbs: 'run' },
  bundle: { verbs: 'exec', values: '--gemfile' },
  conda: { verbs: 'run', values: '-n --name -p --prefix --cwd' },
  mamba: { verbs: 'run', values: '-n --name -p --prefix --cwd' },
  micromamba: { verbs: 'run', values: '-n --name -p --prefix --cwd' },
  mise: { verbs: 'exec x', values: '-C --cd -j --jobs' },
  rustup: { verbs: 'run' },
  direnv: { verbs: 'exec' },
  doppler: { verbs: 'run', values: '-p --project -c --config -t --token --command' },
  op: { verbs: 'run', values: '--env-file --account' },
  infisical: { verbs: 'run', values: '--env --path --projectId --token --command' },
  'aws-vault': { verbs: 'exec', values: '-d --duration --region' },
  chamber: { verbs: 'exec' },
  teller: { verbs: 'run' },
  dotenv: { verbs: 'run', values: '-f --file' },
  dotenvx: { verbs: 'run', values: '-f --env-file -fk' },
  railway: { verbs: 'run', values: '-s --service -e --environment -p --project' },
  heroku: { verbs: 'run run:detached', values: '-a --app -r --remote -s --size' },
  xvfb: { verbs: 'run' },
};

/** Programs whose subcommand is followed by one word before the command: a folder, a toolchain, a profile. */
const named = new Set(['direnv', 'rustup', 'aws-vault', 'chamber']);

/** Source: the tools' own documentation; all take `--` in front of the command. */
export const launcher: Launcher = {
  names: Object.keys(verbs),
  unwrap(call) {
    const spec = verbs[call.name ?? ''];
    const grammar = optionGrammar({ values: spec?.values ?? '', stopAtPositional: true });
    const [verb, ...rest] = readOptions(call.args, grammar).positionals;
    if (spec === undefined || !spec.verbs.split(' ').includes(textOf(verb) ?? '')) return [];
    return inner(call, readOptions(rest, grammar));
  },
};

function inner(call: Invocation, { flags, positionals }: ReturnType<typeof readOptions>): readonly Inner[] {
  const code = flags.get('--command');
  if (code !== undefined) return [{ kind: 'code', text: code }];
  const behind = named.has(call.name ?? '') ? positionals.slice(1) : positionals;
  const words = textOf(behind[0]) === '--' ? behind.slice(1) : behind;
  return words.length === 0 ? [] : [{ kind: 'words', words, label: `${call.name} run` }];
}
