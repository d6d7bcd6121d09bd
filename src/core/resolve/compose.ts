// Compose: what `exec`, `run` and `up` of docker compose run inside the containers of services.
import type { Assignment, Host, Invocation, Mount } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { joinWords, knownPrefix, staticWord, textOf, type Word } from '../model/word.ts';
import { optionGrammar, readOptions } from '../programs/options.ts';
import { readEnvFile } from './env-file.ts';
import type { Inner } from './launcher.ts';
import { bindMount, mountOption } from './mounts.ts';
import { type Flags, flagSet, readLine } from './packages/flags.ts';
import {
  findFile,
  folderWithin,
  lineOfKey,
  listOf,
  namedFile,
  readData,
  readFile,
  shownFrom,
  type Table,
  type TaskFile,
  tableOf,
  textAt,
} from './task-file.ts';
import { callerVariable, isSet, splitWords } from './tasks/commands.ts';
import { joinTexts, known, plainText, type Text, textOfWord, unknownText, wordOfText } from './tasks/text.ts';

const globals = flagSet(
  '-f --file -p --project-name --profile --env-file --project-directory --ansi --progress --parallel',
);
const options = optionGrammar({
  values: '-e --env -u --user -w --workdir --index --name -v --volume -p --publish -l --label --entrypoint',
  stopAtPositional: true,
});
const upValues = flagSet('--attach --exit-code-from --no-attach --pull --scale -t --timeout --wait-timeout');
/** Names of compose files, in compose's order, each with the one that is laid over it. */
const names = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrides = names.map((name) => name.replace(/\.(?=ya?ml$)/, '.override.'));
const maxServices = 60;

/**
 * What the words behind `docker compose` would run. It runs in a container: what it does to files matters where a volume
 * shows a folder of this machine, what it does to services always.
 */
export function composeInner(call: Invocation, args: readonly Word[], world: World): readonly Inner[] {
  const { flags, words } = readLine(args, globals, true);
  const [verbWord, ...rest] = words;
  const verb = textOf(verbWord);
  if (verb !== 'exec' && verb !== 'run' && verb !== 'up') return [];
  const project = readProject(call, flags, world);
  if (verb === 'up') return project === undefined ? [] : upInner(project, rest);
  const { flags: own, positionals } = readOptions(rest, options);
  const [name, ...command] = positionals;
  const service = project?.services.get(textOf(name) ?? '');
  const entrypoint = own.get('--entrypoint');
  const host: Host = { kind: 'container', engine: call.name ?? 'docker', name };
  const label = `compose ${verb}`;
  if (project === undefined || service === undefined) {
    const all = entrypoint === undefined ? command : [entrypoint, ...command];
    return all.length === 0 ? [] : [{ kind: 'words', words: all, label, host, freshEnvironment: true }];
  }
  const behind = command.length > 0 ? { command } : {};
  const front = entrypoint === undefined ? {} : { entrypoint: [entrypoint] };
  const needed =
    verb === 'run' && !rest.some((word) => textOf(word) === '--no-deps') ? dependencies(project, [service.name]) : [];
  return [
    ...needed.filter((each) => each !== service.name).flatMap((each) => serviceInner(project, each, label, {})),
    ...serviceInner(project, service.name, label, { ...behind, ...front, isExec: verb === 'exec' }),
  ];
}

interface Service {
  readonly name: string;
  readonly data: Table;
}

interface Project {
  readonly call: Invocation;
  readonly world: World;
  readonly file: TaskFile;
  /** The folder that relative paths start from. */
  readonly folder: Word;
  readonly services: ReadonlyMap<string, Service>;
  /** Variables for `${NAME}` in the files. */
  readonly variables: ReadonlyMap<string, Word>;
}

/** The files of a project, laid over each other; undefined where there is none, or none yet. */
function readProject(call: Invocation, flags: Flags, world: World): Project | undefined {
  if (call.host.kind !== 'local') return undefined;
  const given = flags.all('-f', '--file');
  const directory = flags.last('--project-directory');
  const files =
    given.length > 0 ? given.flatMap((path) => fileOf(namedFile(path, call.cwd, world))) : usualFiles(call.cwd, world);
  const [first] = files;
  if (first === undefined) return undefined;
  const folder =
    directory === undefined ? first.folder : folderWithin(call.cwd, textOf(directory) ?? knownPrefix(directory));
  const services = new Map<string, Service>();
  for (const file of files) {
    const data = readData(file.text, 'yaml', world);
    if (data === undefined || data === 'invalid') return undefined;
    for (const [name, entry] of Object.entries(tableOf(tableOf(data.value).services)).slice(0, maxServices))
      services.set(name, { name, data: { ...services.get(name)?.data, ...tableOf(entry) } });
  }
  const env = readFile(flags.last('--env-file') ?? staticWord('.env'), folder, world);
  const entries = env?.kind === 'text' ? [...readEnvFile(env.text)] : [];
  return {
    call,
    world,
    file: first,
    folder,
    services,
    variables: new Map(entries.map(([name, { word }]) => [name, word])),
  };
}

const fileOf = (found: ReturnType<typeof findFile>): readonly TaskFile[] => (found.kind === 'file' ? [found.file] : []);

function usualFiles(cwd: Word, world: World): readonly TaskFile[] {
  const [base] = fileOf(findFile(names, cwd, world));
  return base === undefined ? [] : [base, ...fileOf(findFile(overrides, base.folder, world, false))];
}

/** The services that are named, or all without a profile, each behind what it depends on. */
function upInner(project: Project, args: readonly Word[]): readonly Inner[] {
  const line = readLine(args, upValues, false);
  if (line.flags.has('--no-start', '--dry-run')) return [];
  const named = line.words.flatMap((word) => textOf(word) ?? []);
  const all = [...project.services.values()].filter(({ data }) => data.profiles === undefined).map(({ name }) => name);
  return dependencies(project, named.length > 0 ? named : all).flatMap((name) =>
    serviceInner(project, name, 'compose up', {}),
  );
}

/** The services with all that they depend on, which starts first. */
function dependencies(project: Project, start: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const order: string[] = [];
  const visit = (name: string): void => {
    const service = project.services.get(name);
    if (service === undefined || seen.has(name)) return;
    seen.add(name);
    const needs = service.data.depends_on;
    for (const each of Array.isArray(needs) ? needs.map(String) : Object.keys(tableOf(needs))) visit(each);
    order.push(name);
  };
  for (const name of start) visit(name);
  return order;
}

interface Given {
  readonly command?: readonly Word[];
  readonly entrypoint?: readonly Word[];
  readonly isExec?: boolean;
}

/** What a service's container runs: its entrypoint with its command, or what the command line says instead. */
function serviceInner(project: Project, name: string, label: string, given: Given): readonly Inner[] {
  const service = project.services.get(name);
  if (service === undefined) return [];
  const { data } = service;
  const entrypoint = given.isExec === true ? [] : (given.entrypoint ?? wordsOf(data.entrypoint, project));
  const words = [...entrypoint, ...(given.command ?? wordsOf(data.command, project))];
  if (words.length === 0) return [];
  const points = listOf(data.volumes).flatMap((volume) => mountOf(volume, project));
  const container: Host = { kind: 'container', engine: project.call.name ?? 'docker', name: staticWord(name) };
  const host: Host = points.length === 0 ? container : { ...container, mounts: { folder: project.folder, points } };
  const cwd = textAt(data, 'working_dir');
  const isOwn = given.command === undefined;
  const line =
    lineOfKey(project.file.text, ['services', name, 'command']) ?? lineOfKey(project.file.text, ['services', name]);
  const shown = shownFrom(project.file.path, project.call.cwd);
  return [
    {
      kind: 'words',
      words,
      label,
      host,
      freshEnvironment: true,
      assignments: environmentOf(data, project),
      ...(cwd === undefined ? {} : { cwd: staticWord(cwd) }),
      ...(isOwn ? { from: { label: `${shown} "${name}"`, line } } : {}),
    },
  ];
}

/** A list of words, or one text that is split as a shell would without being one. */
const wordsOf = (value: unknown, project: Project): readonly Word[] =>
  (typeof value === 'string' ? splitWords(value) : listOf(value).map(String)).map((word) =>
    wordOfText(interpolated(word, project)),
  );

/** `${NAME:-default}`, `$NAME`; `$$` is a dollar sign. Source: compose file reference, Interpolation. */
function interpolated(text: string, project: Project): Text {
  const parts = text.split(/(\$\$|\$\{[^{}]*\}|\$[A-Za-z_]\w*)/);
  return joinTexts(
    parts.map((part, index): Text => {
      if (index % 2 === 0) return known(part);
      if (part === '$$') return known('$');
      const [, name = '', standard] = /^\$\{?(\w+)(?::?-([^}]*))?/.exec(part) ?? [];
      return variableIn(name, project) ?? (standard === undefined ? unknownText(name) : known(standard));
    }),
  );
}

function variableIn(name: string, { call, variables }: Project): Text | undefined {
  if (isSet(name, call)) return callerVariable(name, call);
  const word = variables.get(name);
  return word === undefined ? undefined : textOfWord(word, name);
}

function environmentOf(data: Table, project: Project): readonly Assignment[] {
  const files = listOf(data.env_file).flatMap((file) => {
    const path = typeof file === 'string' ? file : textAt(file, 'path');
    const answer = path === undefined ? undefined : readFile(staticWord(path), project.folder, project.world);
    return answer?.kind === 'text'
      ? [...readEnvFile(answer.text)].map(([name, { word }]) => ({ name, value: word }))
      : [];
  });
  const own = Array.isArray(data.environment)
    ? data.environment
        .map(String)
        .map(
          (text) =>
            [text.split('=')[0] ?? '', text.includes('=') ? text.slice(text.indexOf('=') + 1) : undefined] as const,
        )
    : Object.keys(tableOf(data.environment)).map((name) => [name, textAt(data.environment, name)] as const);
  const entries = own.flatMap(([name, text]): Assignment[] => {
    const value = text === undefined ? variableIn(name, project) : interpolated(text, project);
    return value === undefined ? [] : [{ name, value: wordOfText(value) }];
  });
  return [...files, ...entries];
}

function mountOf(volume: unknown, project: Project): readonly Mount[] {
  const source = textAt(volume, 'source');
  const found =
    typeof volume === 'string'
      ? bindMount(wordOfText(interpolated(volume, project)), project.folder)
      : textAt(volume, 'type') === 'bind' && source !== undefined
        ? mountOption(
            joinWords([
              staticWord('type=bind,source='),
              staticWord(plainText(interpolated(source, project)) ?? source),
              staticWord(
                `,target=${textAt(volume, 'target') ?? ''},readonly=${textAt(volume, 'read_only') ?? 'false'}`,
              ),
            ]),
            project.folder,
          )
        : undefined;
  return found === undefined ? [] : [found];
}
