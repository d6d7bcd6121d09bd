// git: aliases, settings and variables that name a program, and subcommands that run commands.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { own } from '../../model/table.ts';
import { joinWords, knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { withoutPrefix } from '../assignments.ts';
import { gitCommands } from '../git/commands.ts';
import { helperPrograms } from '../git/programs.ts';
import { fileSettings, type GitCall, givenSettings, readGitCall, type Setting, topOf } from '../git/settings.ts';
import { gitHooks } from '../git-hooks.ts';
import type { Inner, Launcher } from '../launcher.ts';

/** Source: git's manual pages. */
export const launcher: Launcher = {
  names: ['git'],
  unwrap(call, world) {
    const git = readGitCall(call);
    const settings = givenSettings(call, git);
    return [
      ...aliased(call, git, settings, world),
      ...helperPrograms(call, git, settings, world),
      ...(own(verbs, git.verb)?.(git.rest, git, world) ?? []),
      ...gitHooks(call, git, world),
    ];
  },
};

const code = (text: Word, label: string, more: Partial<Inner> = {}): Inner =>
  ({ kind: 'code', text, label: `git ${label}`, ...more }) as Inner;

/**
 * `alias.wipe = !rm -rf x` is shell code, run in the top folder with the words behind it; `alias.wipe = reset --hard` is
 * a call of git itself, with the options that stood in front. Source: git-config(1), alias.*.
 */
function aliased(call: Invocation, git: GitCall, settings: readonly Setting[], world: World): readonly Inner[] {
  if (git.verb === '' || gitCommands.has(git.verb) || call.origin.length > 30) return [];
  const alias = aliasOf(git.verb, settings) ?? aliasOf(git.verb, fileSettings(call, git, world));
  if (alias === undefined) return [];
  const around = alias.from === undefined ? {} : { from: alias.from };
  const label = `alias ${git.verb}`;
  if (!knownPrefix(alias.value).startsWith('!')) {
    const words = textOf(alias.value) === undefined ? undefined : splitWords(textOf(alias.value) ?? '');
    // A name that stands for itself is an error of git's own.
    if (words?.[0] === git.verb) return [];
    if (words === undefined) return [code(joinWords([staticWord('git '), alias.value]), label, around)];
    const inner = [call.program, ...git.globals, ...words.map((word) => staticWord(word)), ...git.rest];
    return [{ kind: 'words', words: inner, label: `git ${label}`, ...around }];
  }
  const text = joinWords([withoutPrefix(alias.value, 1), staticWord(' "$@"')]);
  return [code(text, label, { ...around, cwd: topOf(git, world), positionals: git.rest })];
}

function aliasOf(verb: string, settings: readonly Setting[]): Setting | undefined {
  const names = [`alias.${verb.toLowerCase()}`, `alias.${verb}.command`];
  return settings.findLast(({ key }) => names.includes(key));
}

/** Words as git divides an alias: quotes keep together, a backslash keeps the next character. */
const splitWords = (text: string): readonly string[] =>
  [...text.matchAll(/(?:[^\s'"\\]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
      (_whole, single, double, escaped) =>
        single ?? (double as string | undefined)?.replace(/\\([\s\S])/g, '$1') ?? escaped,
    ),
  );

type Runs = (rest: readonly Word[], git: GitCall, world: World) => readonly Inner[];

const filters = [
  '--setup',
  '--env-filter',
  '--tree-filter',
  '--index-filter',
  '--parent-filter',
  '--msg-filter',
  '--commit-filter',
  '--tag-name-filter',
];

const verbs: Readonly<Record<string, Runs>> = {
  rebase: (rest, git, world) =>
    valuesOf(rest, ['-x', '--exec']).map((text) => code(text, 'rebase --exec', { cwd: topOf(git, world) })),
  bisect: (rest, git, world) =>
    textOf(rest[0]) === 'run' && rest.length > 1
      ? [{ kind: 'words', words: rest.slice(1), label: 'git bisect run', cwd: topOf(git, world) }]
      : [],
  submodule(rest, git) {
    const words = readOptions(rest, optionGrammar({ stopAtPositional: true })).positionals;
    if (textOf(words[0]) !== 'foreach') return [];
    const command = words.slice(1).filter((word, index) => index > 0 || !textOf(word)?.startsWith('--'));
    return command.length === 0
      ? []
      : [
          code(joinWords(command, ' '), 'submodule foreach', {
            cwd: joinWords([git.cwd, staticWord('/'), unknownFolder]),
          }),
        ];
  },
  'for-each-repo'(rest, git) {
    const words = readOptions(rest, optionGrammar({ values: '--config', stopAtPositional: true })).positionals;
    return words.length === 0
      ? []
      : [{ kind: 'words', words: [staticWord('git'), ...words], label: 'git for-each-repo', cwd: git.cwd }];
  },
  'filter-branch': (rest) =>
    valuesOf(rest, filters).map((text) => code(text, 'filter-branch', { cwd: staticWord('/tmp/git-rewrite') })),
  'send-email': (rest, git) =>
    valuesOf(rest, ['--to-cmd', '--cc-cmd', '--header-cmd', '--sendmail-cmd']).map((text) =>
      code(text, 'send-email', { cwd: git.cwd }),
    ),
};

const unknownFolder: Word = { kind: 'dynamic', source: '(each submodule)', known: [null], glob: false };

/** Every value of some options, glued on or in the next word. */
function valuesOf(words: readonly Word[], flags: readonly string[]): readonly Word[] {
  return words.flatMap((word, at): readonly Word[] => {
    const start = textOf(word) ?? knownPrefix(word);
    const next = words[at + 1];
    if (flags.includes(start)) return next === undefined ? [] : [next];
    const glued = flags.find((flag) =>
      flag.startsWith('--') ? start.startsWith(`${flag}=`) : start.startsWith(flag) && start.length > flag.length,
    );
    return glued === undefined ? [] : [withoutPrefix(word, glued.length + (glued.startsWith('--') ? 1 : 0))];
  });
}
