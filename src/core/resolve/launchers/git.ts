// git: `rebase --exec`, `bisect run`, `submodule foreach`, `-c alias.x=!...` and history filters run commands.
import { own } from '../../model/table.ts';
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';

const globals = optionGrammar({
  values: '-C -c --git-dir --work-tree --namespace --exec-path --config-env',
  stopAtPositional: true,
});

/** Source: git's manual pages. */
export const launcher: Launcher = {
  names: ['git'],
  unwrap(call) {
    const [verbWord, ...rest] = readOptions(call.args, globals).positionals;
    const verb = textOf(verbWord) ?? '';
    const reaches = ['fetch', 'pull', 'push', 'clone', 'ls-remote', 'remote', 'archive', 'submodule'].includes(verb);
    const transport = reaches ? call.env.get('GIT_SSH_COMMAND') : undefined;
    return [
      ...aliased(call.args, verb, rest),
      ...configured(call.args),
      ...commandsOf(transport),
      ...(own(verbs, verb)?.(rest) ?? []),
    ];
  },
};

const code = (text: Word, label: string): Inner => ({ kind: 'code', text, label: `git ${label}` });

/** A program that git would run, where its text is known; ssh itself runs nothing here. */
const commandsOf = (text: Word | undefined): readonly Inner[] =>
  textOf(text) === undefined || /^\s*ssh\b/.test(textOf(text) ?? '') ? [] : [code(text as Word, 'with a program')];

const programKeys =
  /^-?c?(core\.(sshcommand|pager|editor|fsmonitor|askpass)|sequence\.editor|diff\.external|gpg\.program)=/i;

/** `git -c core.sshCommand=program fetch`: configuration that names a program. */
const configured = (args: readonly Word[]): readonly Inner[] =>
  args.flatMap((word) => {
    const key = programKeys.exec(textOf(word) ?? '')?.[0];
    return key === undefined ? [] : commandsOf(staticWord((textOf(word) ?? '').slice(key.length)));
  });

/** `git -c alias.wipe='!rm -rf x' wipe`, `git -c alias.wipe='reset --hard' wipe`. */
function aliased(args: readonly Word[], verb: string, rest: readonly Word[]): readonly Inner[] {
  const start = `alias.${verb}=`;
  const value = args
    .map((word) => textOf(word)?.replace(/^-c/, ''))
    .find((text) => text?.startsWith(start))
    ?.slice(start.length);
  if (verb === '' || value === undefined) return [];
  const text = value.startsWith('!') ? value.slice(1) : `git ${value}`;
  return [code(joinWords([staticWord(text), ...rest], ' '), `alias ${verb}`)];
}

const verbs: Readonly<Record<string, (rest: readonly Word[]) => readonly Inner[]>> = {
  rebase(rest) {
    const { flags } = readOptions(rest, optionGrammar({ values: '-x --exec --onto -s -X -C' }));
    const text = flags.get('-x') ?? flags.get('--exec');
    return text === undefined ? [] : [code(text, 'rebase --exec')];
  },
  bisect: (rest) =>
    textOf(rest[0]) === 'run' && rest.length > 1
      ? [{ kind: 'words', words: rest.slice(1), label: 'git bisect run' }]
      : [],
  submodule(rest) {
    const words = readOptions(rest, optionGrammar({ stopAtPositional: true })).positionals;
    if (textOf(words[0]) !== 'foreach') return [];
    const command = words.slice(1).filter((word, index) => index > 0 || !textOf(word)?.startsWith('--'));
    return command.length === 0 ? [] : [code(joinWords(command, ' '), 'submodule foreach')];
  },
};
