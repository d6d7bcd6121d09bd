// just's own command line: recipes with their arguments, variables, and the options that decide whether recipes run.
import { knownPrefix, textOf, type Word } from '../../model/word.ts';
import { withoutPrefix } from '../assignments.ts';
import { flagSet, readLine } from '../packages/flags.ts';
import { type Text, textOfWord } from '../tasks/text.ts';

export interface JustCall {
  readonly words: readonly Word[];
  readonly variables: ReadonlyMap<string, Text>;
  readonly file: Word | undefined;
  readonly folder: Word | undefined;
  readonly shell: string | undefined;
  /** Behind `--command`. */
  readonly command: readonly Word[] | undefined;
  readonly dryRun: boolean;
  /** It lists, prints or formats. */
  readonly harmless: boolean;
}

const valued = flagSet(
  '-f --justfile -d --working-directory --shell --shell-arg --chooser --color --command-color --dump-format --dotenv-filename --dotenv-path -E --list-heading --list-prefix --timestamp-format --tempdir --alias-style --cygpath --ceiling --group -s --show --usage --completions',
);
const harmless = [
  '-l --list --summary -s --show --usage --evaluate --dump --fmt --unstable-fmt --init --edit -e --choose --variables --groups --changelog --man --completions --help -h --version -V --json',
].flatMap((text) => text.split(' '));

/** Reads the words behind `just`. `--set NAME VALUE` takes two of them. */
export function readJustCall(args: readonly Word[]): JustCall {
  const variables = new Map<string, Text>();
  const rest: Word[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const [name, value] = [textOf(args[at + 1]), args[at + 2]];
    if (textOf(args[at]) === '--set' && name !== undefined && value !== undefined) {
      variables.set(name, textOfWord(value, name));
      at += 2;
    } else rest.push(args[at] as Word);
  }
  const { flags, words, passed } = readLine(rest, valued, true);
  const all = [...words, ...(passed ?? [])];
  const recipes = all.findIndex((word) => !/^[A-Za-z_][\w-]*=/.test(knownPrefix(word)));
  const overrides = recipes < 0 ? all : all.slice(0, recipes);
  for (const word of overrides) {
    const name = knownPrefix(word).split('=')[0] ?? '';
    variables.set(name, textOfWord(withoutPrefix(word, name.length + 1), name));
  }
  const isCommand = flags.has('-c', '--command');
  return {
    words: isCommand || recipes < 0 ? [] : all.slice(recipes),
    variables,
    file: flags.last('-f', '--justfile'),
    folder: flags.last('-d', '--working-directory'),
    shell: textOf(flags.last('--shell')),
    command: isCommand ? all : undefined,
    dryRun: flags.has('-n', '--dry-run'),
    harmless: flags.has(...harmless) && !isCommand,
  };
}
