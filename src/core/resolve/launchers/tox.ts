// tox: the commands of its environments, from tox.ini, setup.cfg, tox.toml and pyproject.toml.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import {
  findFile,
  folderWithin,
  lineOfKey,
  listOf,
  readData,
  type Table,
  type TaskFile,
  tableOf,
  textAt,
  valueAt,
} from '../task-file.ts';
import { lineOfText } from '../taskfile/index.ts';
import { splitWords, type Task, taskWords } from '../tasks/commands.ts';
import { joinTexts, known, type Text, unknownText, wordOfText } from '../tasks/text.ts';

const valued = flagSet(
  '-e -c --conf --workdir --root -x --override -f -p --parallel --parallel-no-spinner --discover --skip-env --result-json -m --labels --installpkg',
);
const harmless = '-l --listenvs -a --listenvs-all --showconfig --version -h --help --notest -n'.split(' ');
const verbs = new Set(['run', 'r', 'run-parallel', 'p', 'legacy', 'le']);

/** Source: tox.wiki, Configuration. */
export const launcher: Launcher = {
  names: ['tox'],
  unwrap(call, world) {
    const { flags, words, passed } = readLine(call.args, valued, false);
    const verb = textOf(words[0]);
    if (call.host.kind !== 'local' || flags.has(...harmless) || (verb !== undefined && !verbs.has(verb))) return [];
    const environments = flags.all('-e').flatMap((word) => (textOf(word) ?? '').split(','));
    const found = findFile(['tox.ini', 'setup.cfg', 'pyproject.toml', 'tox.toml'], call.cwd, world);
    if (found.kind !== 'file') return [];
    const commands = /\.toml$/.test(found.file.path)
      ? fromToml(found.file, environments, world)
      : fromIni(found.file.text, environments);
    return commands.flatMap(({ name, words: list, folder }) => one(call, found.file, name, list, folder, passed ?? []));
  },
};

interface Command {
  readonly name: string;
  readonly words: readonly string[];
  readonly folder: string | undefined;
}

function one(
  call: Invocation,
  file: TaskFile,
  name: string,
  words: readonly string[],
  folder: string | undefined,
  passed: readonly Word[],
): readonly Inner[] {
  const dir = folder === undefined || folder.includes('{') ? '.' : folder;
  const task: Task = { call, runner: 'tox', file, name, cwd: folderWithin(file.folder, dir), assignments: [] };
  const line = lineOfText(file.text, words.slice(0, 2).join(' '), lineOfKey(file.text, [name]));
  const own = words.filter((word, index) => index > 0 || (word !== '-' && word !== '!'));
  return own.length === 0
    ? []
    : [
        taskWords(
          task,
          own.flatMap((word) => filledIn(word, passed)),
          line,
          words.join(' '),
        ),
      ];
}

/** `{posargs:default}` stands for the words behind `--`; other names in braces are not known. */
function filledIn(word: string, passed: readonly Word[]): readonly Word[] {
  const whole = /^\{posargs(?::([^{}]*))?\}$/.exec(word);
  if (whole !== null)
    return passed.length > 0 ? passed : splitWords(whole[1] ?? '').map((each) => wordOfText(known(each)));
  const parts = word.split(/(\{[^{}]*\})/);
  const texts = parts.map(
    (part, index): Text =>
      index % 2 === 0
        ? known(part)
        : part === '{toxinidir}' || part === '{tox_root}'
          ? known('.')
          : unknownText(part.slice(1, -1)),
  );
  return [wordOfText(joinTexts(texts))];
}

/** `[testenv]` and `[testenv:name]`; a value goes on over lines that are indented. */
function fromIni(text: string, environments: readonly string[]): readonly Command[] {
  const sections = new Map<string, Map<string, string[]>>();
  let section = new Map<string, string[]>();
  let value: string[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const header = /^\[([^\]]+)\]/.exec(raw)?.[1];
    const [, key, first] = /^([\w-]+)\s*=\s*(.*)$/.exec(raw) ?? [];
    if (header !== undefined) {
      section = sections.get(header) ?? new Map<string, string[]>();
      sections.set(header, section);
    } else if (key !== undefined) {
      value = first === undefined || first === '' ? [] : [first];
      section.set(key, value);
    } else if (/^\s+[^\s#;]/.test(raw)) value.push(raw.trim());
  }
  const base = sections.get('testenv');
  const listed = [...(sections.get('tox')?.get('envlist') ?? sections.get('tox')?.get('env_list') ?? [])];
  const names =
    environments.length > 0 ? environments : defaults(listed.flatMap((line) => line.split(/[\s,]+(?![^{}]*\})/)));
  return names.flatMap((name) => {
    const own = sections.get(`testenv:${name}`);
    const get = (key: string): readonly string[] => own?.get(key) ?? base?.get(key) ?? [];
    return ['commands_pre', 'commands', 'commands_post'].flatMap((key) =>
      joined(get(key)).map((line) => ({
        name,
        words: splitWords(line.replace(/^-\s*/, '')),
        folder: get('changedir')[0] ?? get('change_dir')[0],
      })),
    );
  });
}

/** Without a list of environments there is one that has no name of its own. */
const defaults = (listed: readonly string[]): readonly string[] => {
  const names = listed.filter((name) => name !== '');
  return names.length === 0 ? ['testenv'] : names;
};

/** A backslash continues a command. */
const joined = (lines: readonly string[]): readonly string[] =>
  lines
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');

function fromToml(file: TaskFile, environments: readonly string[], world: World): readonly Command[] {
  const data = readData(file.text, 'toml', world);
  if (typeof data !== 'object') return [];
  const settings = tableOf(
    valueAt(data.value, 'tool', 'tox') ?? (/tox\.toml$/.test(file.path) ? data.value : undefined),
  );
  const legacy = textAt(settings, 'legacy_tox_ini');
  if (legacy !== undefined) return fromIni(legacy, environments);
  const envs = tableOf(settings.env);
  const base = tableOf(settings.env_run_base);
  const names = environments.length > 0 ? environments : defaults(listOf(settings.env_list).map(String));
  return names.flatMap((name) => {
    const entry: Table = { ...base, ...tableOf(envs[name]) };
    return ['commands_pre', 'commands', 'commands_post'].flatMap((key) =>
      listOf(entry[key]).map((list) => ({
        name,
        words: listOf(list).map((word) => (typeof word === 'string' ? word : '{posargs}')),
        folder: textAt(entry, 'change_dir'),
      })),
    );
  });
}
