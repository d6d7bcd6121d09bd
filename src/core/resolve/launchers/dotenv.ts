// dotenv, dotenvx, env-cmd: run a command with the variables of .env files.
import type { Assignment, Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { leadingAssignments } from '../assignments.ts';
import { readEnvFile } from '../env-file.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import { entriesOf, parseJsonc, valueAt } from '../packages/json.ts';
import { absolutePath } from '../paths.ts';

const dotenvValues = flagSet('-e -f --file -c -v -p --env-file --env -fk --convention --env-vault-file');

/** Sources: the READMEs of dotenv-cli, python-dotenv, dotenv for Ruby, and dotenvx. */
const dotenv: Launcher = {
  names: ['dotenv', 'dotenvx'],
  unwrap(call, world) {
    const line = readLine(call.args, dotenvValues, true);
    const isRun = textOf(line.words[0]) === 'run';
    const inner = isRun ? readLine(line.words.slice(1), dotenvValues, true) : line;
    if (call.name === 'dotenvx' && !isRun) return [];
    const flags = line.flags.with(inner.flags);
    const words = inner.passed ?? inner.words;
    const given = flags.all('-e', '-f', '--file', '--env-file').flatMap((word) => (textOf(word) ?? '').split(','));
    const files = given.length > 0 ? given : flags.has('-c') ? cascade(flags.last('-c')) : ['.env'];
    const { assignments: own } = leadingAssignments(flags.all('-v', '--env'));
    const overrides = flags.has('-o', '--override', '--overload', '--overwrite');
    return command(words, [...own, ...variablesOf(files, call, world, overrides)], `${call.name}`);
  },
};

/** `-c production`: what comes first counts. */
function cascade(word: Word | undefined): readonly string[] {
  const name = textOf(word);
  return name === undefined ? ['.env.local', '.env'] : [`.env.${name}.local`, '.env.local', `.env.${name}`, '.env'];
}

const envCmdValues = flagSet('-f --file -e --environments -r --rc-file --rcfile');

/** Source: the README of env-cmd. Before version 9 the first word was the file. */
const envCmd: Launcher = {
  names: ['env-cmd'],
  unwrap(call, world) {
    const { flags, words, passed } = readLine(call.args, envCmdValues, true);
    const all = passed ?? words;
    const isFile = /(^|\/)\.env/.test(textOf(all[0]) ?? '') && !flags.has('-f', '--file', '-e', '--environments');
    const files = isFile ? all.slice(0, 1) : flags.all('-f', '--file');
    const named = flags.all('-e', '--environments').flatMap((word) => (textOf(word) ?? '').split(','));
    const assignments =
      named.length > 0
        ? settingsOf(named, textOf(flags.last('-r', '--rc-file', '--rcfile')), call, world)
        : variablesOf(
            files.length > 0 ? files.flatMap((word) => textOf(word) ?? []) : ['.env'],
            call,
            world,
            !flags.has('--no-override'),
          );
    const rest = isFile ? all.slice(1) : all;
    if (flags.has('--use-shell') && rest.length > 0)
      return [{ kind: 'code', text: joinWords(rest, ' '), label: 'env-cmd', assignments }];
    return command(rest, assignments, 'env-cmd');
  },
};

const command = (words: readonly Word[], assignments: readonly Assignment[], label: string): readonly Inner[] =>
  words.length === 0 ? [] : [{ kind: 'words', words, label, assignments }];

/** The variables of the files; the first file that has one counts, and what is set already unless it is overridden. */
function variablesOf(
  files: readonly string[],
  call: Invocation,
  world: World,
  overrides: boolean,
): readonly Assignment[] {
  const found = new Map<string, Word>();
  for (const file of files.slice(0, 8)) {
    const path = call.host.kind === 'local' ? absolutePath(staticWord(file), call.cwd) : undefined;
    const answer = path === undefined ? undefined : world.ask({ kind: 'file', path });
    if (answer?.kind !== 'text') continue;
    for (const [name, { word }] of readEnvFile(answer.text))
      if (!found.has(name) && (overrides || !isSet(name, call))) found.set(name, word);
  }
  return [...found].map(([name, value]) => ({ name, value }));
}

/** Whether a variable is known to be set: nothing is known of one that stands for itself. */
function isSet(name: string, { env }: Invocation): boolean {
  const word = env.get(name);
  return word !== undefined && !(word.kind === 'dynamic' && word.source === `$${name}`);
}

/** `.env-cmdrc`: variables by the name of an environment. */
function settingsOf(
  names: readonly string[],
  file: string | undefined,
  call: Invocation,
  world: World,
): readonly Assignment[] {
  const files = file === undefined ? ['.env-cmdrc', '.env-cmdrc.json'] : [file];
  const data = files
    .map((name) => absolutePath(staticWord(name), call.cwd))
    .map((path) => (path === undefined ? undefined : world.ask({ kind: 'file', path })))
    .flatMap((answer) => (answer?.kind === 'text' ? [parseJsonc(answer.text)] : []));
  return names.flatMap((name) =>
    Object.entries(entriesOf(valueAt(data[0], name)) ?? {}).map(([key, value]) => ({
      name: key,
      value: staticWord(String(value)),
    })),
  );
}

export const launchers: readonly Launcher[] = [dotenv, envCmd];
