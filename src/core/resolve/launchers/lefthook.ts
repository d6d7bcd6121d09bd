// lefthook: commands and scripts of a hook, from lefthook.yml and its kin.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { dynamicWord, joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import { type Entries, entriesOf, parseJsonc, textAt, textsOf, valueAt } from '../packages/json.ts';
import { folderOf, foldersUp, shownFrom } from '../packages/manifest.ts';
import { readData } from '../packages/members.ts';
import { pathFrom } from '../paths.ts';

const extensions = ['yml', 'yaml', 'toml', 'json'];
const files = ['lefthook', '.lefthook', '.config/lefthook'].flatMap((name) =>
  extensions.map((end) => `${name}.${end}`),
);
const localFiles = ['lefthook-local', '.lefthook-local'].flatMap((name) => extensions.map((end) => `${name}.${end}`));

/** Names in a folder that tell that lefthook may be used there. */
export const lefthookFiles: readonly string[] = ['.config', ...files];

/** Source: lefthook.dev/configuration. */
export const launcher: Launcher = {
  names: ['lefthook'],
  unwrap(call, world) {
    const { words, passed } = readLine(call.args, flagSet('--commands --jobs --files-from-stdin --file --tag'), false);
    const [verb, hook, ...args] = words;
    const name = textOf(hook);
    if (textOf(verb) !== 'run' || name === undefined) return [];
    const folder = folderOf(call);
    return folder === undefined ? [] : lefthookInner(call, folder, name, [...args, ...(passed ?? [])], world);
  },
};

/** What a hook runs by the configuration in the folder or above it. */
export function lefthookInner(
  call: Invocation,
  folder: string,
  hook: string,
  args: readonly Word[],
  world: World,
): readonly Inner[] {
  const found = foldersUp(folder)
    .slice(0, 4)
    .map((root) => ({ root, configs: configsIn(root, world) }))
    .find(({ configs }) => configs.length > 0);
  if (found === undefined) return [];
  return found.configs.flatMap(({ name, data }) => {
    const from = {
      label: `${shownFrom(pathFrom(name, found.root), folderOf(call) ?? folder)} "${hook}"`,
      line: undefined,
    };
    return jobsOf(entriesOf(valueAt(data, hook)) ?? {}, found.root, hook, 0).map(({ inner, cwd }) => ({
      ...inner(args),
      label: 'lefthook',
      cwd: staticWord(cwd),
      from,
    }));
  });
}

interface Config {
  readonly name: string;
  readonly data: unknown;
}

/** The configuration of a folder, with what stands beside it for this machine alone. */
function configsIn(root: string, world: World): readonly Config[] {
  const found = readConfigs(files, root, world);
  return found.length === 0 ? [] : [...found, ...readConfigs(localFiles, root, world)];
}

function readConfigs(names: readonly string[], root: string, world: World): readonly Config[] {
  return names.flatMap((name) => {
    const answer = world.ask({ kind: 'file', path: pathFrom(name, root) });
    if (answer?.kind !== 'text') return [];
    const data = name.endsWith('.json')
      ? parseJsonc(answer.text)
      : readData(answer, name.endsWith('.toml') ? 'toml' : 'yaml', world);
    return [{ name, data }];
  });
}

interface Job {
  readonly cwd: string;
  inner(args: readonly Word[]): Inner;
}

/** Commands by name, jobs in a list with groups of jobs, and scripts of the hook's own folder. */
function jobsOf(hook: Entries, root: string, name: string, depth: number): readonly Job[] {
  if (depth > 4) return [];
  const commands = Object.values(entriesOf(valueAt(hook, 'commands')) ?? {});
  const list = valueAt(hook, 'jobs');
  const jobs = Array.isArray(list) ? list : [];
  const scripts = Object.entries(entriesOf(valueAt(hook, 'scripts')) ?? {});
  return [
    ...[...commands, ...jobs].flatMap((each) => jobOf(each, root, name, depth)),
    ...scripts.map(([file, each]) => scriptJob(file, textAt(each, 'runner'), root, name)),
  ];
}

function jobOf(value: unknown, root: string, hook: string, depth: number): readonly Job[] {
  const group = entriesOf(valueAt(value, 'group'));
  if (group !== undefined) return jobsOf(group, root, hook, depth + 1);
  const script = textAt(value, 'script');
  if (script !== undefined) return [scriptJob(script, textAt(value, 'runner'), root, hook)];
  const folder = textAt(value, 'root');
  const cwd = folder === undefined ? root : pathFrom(folder, root);
  return textsOf(valueAt(value, 'run')).map((text) => ({
    cwd,
    inner: (args) => ({ kind: 'code', text: filledIn(text, args) }),
  }));
}

const scriptJob = (file: string, runner: string | undefined, root: string, hook: string): Job => ({
  cwd: root,
  inner: (args) => {
    const path = staticWord(pathFrom(`.lefthook/${hook}/${file}`, root));
    return runner === undefined
      ? { kind: 'file', path, positionals: args, program: true }
      : { kind: 'words', words: [...runner.split(/\s+/).map((word) => staticWord(word)), path, ...args] };
  },
});

/** `{staged_files}` and its kin are files of the project; `{0}` is all arguments, `{1}` the first. */
function filledIn(text: string, args: readonly Word[]): Word {
  const pieces = text.split(/(\{(?:\w+_files|files|cmd|\d+)\})/);
  return joinWords(
    pieces.map((piece) => {
      const number = /^\{(\d+)\}$/.exec(piece)?.[1];
      if (number !== undefined)
        return number === '0' ? joinWords(args, ' ') : (args[Number(number) - 1] ?? staticWord(''));
      return /^\{(\w+_files|files)\}$/.test(piece) ? dynamicWord(piece, ['./', null]) : staticWord(piece);
    }),
  );
}
