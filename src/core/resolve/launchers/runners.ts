// poetry run, uv run, bundle exec, conda run, mise exec, doppler run --: run a command in a project's own environment.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { own } from '../../model/table.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import { type Options, optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher, Surroundings } from '../launcher.ts';
import { hatchScript, projectScript, runPoe, unreadProject } from '../python/scripts.ts';
import { toolIn } from '../python/tools.ts';
import { folderWithin } from '../task-file.ts';
import { loadedVariables } from '../tasks/commands.ts';

interface Runner {
  /** Subcommands behind which a command stands. */
  readonly verbs: string;
  readonly values?: string;
  /** Options that name the folder in which the command runs. */
  readonly folder?: string;
  /** One word stands in front of the command: a folder, a toolchain, a profile. */
  readonly isNamed?: boolean;
  /** Scripts of the project are looked for by this name first. */
  readonly scripts?: (
    call: Invocation,
    name: string,
    args: readonly Word[],
    world: World,
    flags: Options['flags'],
  ) => readonly Inner[] | undefined;
  /** Commands that are the runner's own; any other is taken for a script: `pdm test`. */
  readonly short?: boolean;
}

/** Sources: the tools' own documentation; all take `--` in front of the command. */
const runners: Readonly<Record<string, Runner>> = {
  poetry: { verbs: 'run', values: '-C --directory -P --project', folder: '-C --directory', scripts: projectScript },
  pipenv: { verbs: 'run', values: '--python --pypi-mirror', scripts: projectScript },
  uv: {
    verbs: 'run',
    values:
      '--with --with-requirements --with-editable --python -p --extra --no-extra --group --no-group --only-group --env-file --project --directory --package --index --default-index --index-url -i --extra-index-url --find-links -f --cache-dir --config-file --color --refresh-package -P --upgrade-package --reinstall-package -C --config-setting --link-mode --resolution --prerelease --exclude-newer --no-binary-package --no-build-package -w',
    folder: '--directory',
    scripts: projectScript,
  },
  pdm: { verbs: 'run', values: '-p --project --venv', folder: '-p --project', scripts: projectScript, short: true },
  hatch: {
    verbs: 'run',
    values: '-e --env -p --project --data-dir --cache-dir --config',
    scripts: (call, name, args, world, flags) => {
      const cut = name.indexOf(':');
      const environment = cut > 0 ? name.slice(0, cut) : (textOf(flags.get('-e') ?? flags.get('--env')) ?? 'default');
      return hatchScript(call, name.slice(cut + 1), args, environment, world);
    },
  },
  rye: { verbs: 'run', scripts: projectScript },
  bundle: { verbs: 'exec', values: '--gemfile' },
  conda: { verbs: 'run', values: '-n --name -p --prefix --cwd', folder: '--cwd' },
  mamba: { verbs: 'run', values: '-n --name -p --prefix --cwd', folder: '--cwd' },
  micromamba: { verbs: 'run', values: '-n --name -p --prefix --cwd', folder: '--cwd' },
  rustup: { verbs: 'run', isNamed: true },
  direnv: { verbs: 'exec', isNamed: true },
  asdf: { verbs: 'exec' },
  rbenv: { verbs: 'exec' },
  pyenv: { verbs: 'exec' },
  nodenv: { verbs: 'exec' },
  volta: { verbs: 'run', values: '--node --npm --yarn --pnpm' },
  pixi: { verbs: 'run', values: '-e --environment --manifest-path' },
  doppler: { verbs: 'run', values: '-p --project -c --config -t --token --command' },
  op: { verbs: 'run', values: '--env-file --account' },
  infisical: { verbs: 'run', values: '--env --path --projectId --token --command' },
  'aws-vault': { verbs: 'exec', values: '-d --duration --region', isNamed: true },
  chamber: { verbs: 'exec', isNamed: true },
  teller: { verbs: 'run' },
  railway: { verbs: 'run', values: '-s --service -e --environment -p --project' },
  xvfb: { verbs: 'run' },
};

/** poe and poethepoet run the tasks of pyproject.toml by themselves. */
const poeGrammar = optionGrammar({
  values: '-C --directory --root -e --executor -X --executor-opt',
  stopAtPositional: true,
});

const environments: Launcher = {
  names: Object.keys(runners),
  unwrap(call, world) {
    const spec = own(runners, call.name);
    if (spec === undefined) return [];
    const grammar = optionGrammar({ values: spec.values ?? '', stopAtPositional: true });
    const outer = readOptions(call.args, grammar);
    const [verbWord, ...rest] = outer.positionals;
    const verb = textOf(verbWord) ?? '';
    if (call.name === 'poetry' && verb === 'poe') return runPoe(call, readOptions(rest, poeGrammar).positionals, world);
    if (call.name === 'uv' && verb === 'tool' && textOf(rest[0]) === 'run') return toolIn(rest.slice(1), 'uv tool run');
    if (!spec.verbs.split(' ').includes(verb))
      return spec.short === true && verb !== '' ? (spec.scripts?.(call, verb, rest, world, outer.flags) ?? []) : [];
    const { flags, positionals } = readOptions(rest, grammar);
    return behind(call, spec, { flags: new Map([...outer.flags, ...flags]), positionals }, world);
  },
};

const poe: Launcher = {
  names: ['poe', 'poethepoet'],
  unwrap(call, world) {
    const { flags, positionals } = readOptions(call.args, poeGrammar);
    return ['-d', '--dry-run', '-h', '--help', '--version'].some((flag) => flags.has(flag))
      ? []
      : runPoe(call, positionals, world);
  },
};

export const launchers: readonly Launcher[] = [environments, poe];

/** What stands behind the verb: code, a script of the project, or a command. */
function behind(call: Invocation, spec: Runner, { flags, positionals }: Options, world: World): readonly Inner[] {
  const label = `${call.name} run`;
  const code = flags.get('--command');
  if (code !== undefined) return [{ kind: 'code', text: code }];
  const given = (spec.folder ?? '')
    .split(' ')
    .map((flag) => flags.get(flag))
    .find((word) => word !== undefined);
  const cwd = given === undefined ? call.cwd : folderWithin(call.cwd, textOf(given) ?? '');
  const rest = spec.isNamed === true ? positionals.slice(1) : positionals;
  const [word, ...args] = textOf(rest[0]) === '--' ? rest.slice(1) : rest;
  if (call.name === 'uv' && flags.has('-m'))
    return [python([staticWord('-m'), ...(word === undefined ? [] : [word]), ...args], { label, cwd })];
  if (word === undefined) return [];
  const name = textOf(word);
  const script = name === undefined ? undefined : spec.scripts?.({ ...call, cwd }, name, args, world, flags);
  if (script !== undefined) return script;
  const around = { label, cwd, assignments: environmentOf(call, flags, world) };
  const isScript = name === '-' || name?.endsWith('.py') === true || flags.has('-s') || flags.has('--script');
  if (call.name === 'uv' && isScript) return [python(name === '-' ? args : [word, ...args], around)];
  const unread = spec.scripts === undefined ? [] : unreadProject({ ...call, cwd }, world);
  return [...unread, { kind: 'words', words: [word, ...args], ...around }];
}

const python = (words: readonly Word[], around: Surroundings): Inner => ({
  kind: 'words',
  words: [staticWord('python3'), ...words],
  ...around,
});

/** Variables of the .env files that a runner loads. */
function environmentOf(call: Invocation, flags: Options['flags'], world: World): ReturnType<typeof loadedVariables> {
  const file = textOf(flags.get('--env-file'));
  if (call.name === 'uv' && file !== undefined) return loadedVariables([file], call.cwd, call, world);
  return call.name === 'pipenv' ? loadedVariables(['.env'], call.cwd, call, world) : [];
}
