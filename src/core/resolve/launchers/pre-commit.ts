// pre-commit: local hooks of .pre-commit-config.yaml. What other repositories bring is not on this machine's disk.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import { textAt, textsOf, valueAt } from '../packages/json.ts';
import { folderOf, foldersUp, shownFrom } from '../packages/manifest.ts';
import { readData } from '../packages/members.ts';
import { quoted } from '../packages/script.ts';
import { pathFrom } from '../paths.ts';

const valued = flagSet('-c --config --color --hook-stage --hook-type -t --files --from-ref --to-ref -s -o --hook-dir');

/** Source: pre-commit.com. prek reads the same files. */
export const launcher: Launcher = {
  names: ['pre-commit', 'prek'],
  unwrap(call, world) {
    const { flags, words } = readLine(call.args, valued, false);
    const verb = textOf(words[0]);
    const folder = folderOf(call);
    if (folder === undefined || (verb !== 'run' && verb !== 'hook-impl')) return [];
    const stage = textOf(flags.last('--hook-stage', '--hook-type')) ?? 'pre-commit';
    const only = verb === 'run' ? textOf(words[1]) : undefined;
    return preCommitInner(call, folder, stage, world, { only, config: textOf(flags.last('-c', '--config')) });
  },
};

interface Choice {
  /** The hook that was asked for. */
  readonly only?: string | undefined;
  readonly config?: string | undefined;
  /** Which hooks were installed is not known: a stage counts only where the configuration names it. */
  readonly named?: boolean;
}

/** The local hooks of a stage, by the configuration in the folder or above it. */
export function preCommitInner(
  call: Invocation,
  folder: string,
  stage: string,
  world: World,
  choice: Choice = {},
): readonly Inner[] {
  const name = choice.config ?? '.pre-commit-config.yaml';
  const found = foldersUp(folder)
    .slice(0, 4)
    .map((root) => ({ root, answer: world.ask({ kind: 'file', path: pathFrom(name, root) }) }))
    .find(({ answer }) => answer?.kind === 'text');
  if (found?.answer?.kind !== 'text') return [];
  const data = readData(found.answer, 'yaml', world);
  const usual = textsOf(valueAt(data, 'default_stages'));
  const installed = ['pre-commit', ...textsOf(valueAt(data, 'default_install_hook_types'))];
  const isAny = choice.named !== true || installed.includes(stage);
  const repositories = valueAt(data, 'repos');
  const hooks = (Array.isArray(repositories) ? repositories : [])
    .filter((each) => textAt(each, 'repo') === 'local')
    .flatMap((each) => valueAt(each, 'hooks'))
    .filter(
      (each) =>
        isOfStage(each, usual, stage, isAny) && (choice.only === undefined || textAt(each, 'id') === choice.only),
    );
  const label = shownFrom(pathFrom(name, found.root), folderOf(call) ?? folder);
  return hooks.flatMap((hook) => hookInner(hook, found.root, label));
}

function isOfStage(hook: unknown, usual: readonly string[], stage: string, isAny: boolean): boolean {
  const own = textsOf(valueAt(hook, 'stages'));
  const stages = own.length > 0 ? own : usual;
  return stages.length === 0 ? isAny : stages.some((each) => each === stage || `pre-${each}` === stage);
}

/** Languages in which the entry is no command of this machine. */
const unrelated = new Set(['pygrep', 'fail', 'docker', 'docker_image']);

function hookInner(hook: unknown, root: string, label: string): readonly Inner[] {
  const entry = textAt(hook, 'entry');
  const language = textAt(hook, 'language') ?? 'system';
  if (entry === undefined || unrelated.has(language)) return [];
  const path = language === 'script' && !entry.startsWith('/') && !entry.startsWith('.') ? `./${entry}` : entry;
  const args = textsOf(valueAt(hook, 'args')).map((text) => ` ${quoted(text)}`);
  const files: Word =
    valueAt(hook, 'pass_filenames') === false ? staticWord('') : dynamicWord(' (staged files)', [' ./', null]);
  return [
    {
      kind: 'code',
      text: joinWords([staticWord(path + args.join('')), files]),
      label: 'pre-commit',
      cwd: staticWord(root),
      from: { label: `${label} "${textAt(hook, 'id') ?? entry}"`, line: undefined },
    },
  ];
}
