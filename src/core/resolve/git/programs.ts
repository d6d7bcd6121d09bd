// Git's helper programs: which settings, variables and options name a program, and with which subcommands it runs.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { staticWord, textOf, type Word } from '../../model/word.ts';
import { type HelperUse, helperCode, helperProgram } from '../helper-program.ts';
import type { Inner } from '../launcher.ts';
import type { GitCall, Setting } from './settings.ts';

interface Helper {
  readonly settings: RegExp;
  readonly variables: readonly string[];
  /** Subcommands that use it; all where nothing is said. */
  readonly verbs?: ReadonlySet<string>;
  /** Started by its path, without a shell. */
  readonly byPath?: readonly string[];
}

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const transports = list(
  'fetch pull push clone ls-remote remote archive submodule fetch-pack send-pack lfs maintenance bundle-uri',
);
const editing = list(
  'commit rebase merge tag revert cherry-pick notes config branch am send-email replace add pull bisect stash bugreport',
);
const paged = list(
  'log diff show branch tag grep blame reflog shortlog stash config help whatchanged status range-diff diff-tree cherry annotate',
);
const signing = list('commit tag merge rebase verify-commit verify-tag log show cherry-pick revert am push pull');
const comparing = list('diff log show difftool format-patch stash diff-tree blame whatchanged add');
const merging = list('merge mergetool rebase cherry-pick revert pull stash am checkout');

/** Source: git-config(1), git(1) ENVIRONMENT VARIABLES, gitattributes(5), gitcredentials(7). */
const helpers: readonly Helper[] = [
  { settings: /^core\.sshcommand$/, variables: ['GIT_SSH_COMMAND'], verbs: transports },
  {
    settings:
      /^core\.(gitproxy|alternaterefscommand)$|^uploadpack\.packobjectshook$|^remote\..*\.(uploadpack|receivepack)$/,
    variables: ['GIT_SSH', 'GIT_PROXY_COMMAND'],
    verbs: transports,
    byPath: ['GIT_SSH', 'GIT_PROXY_COMMAND'],
  },
  {
    settings: /^core\.askpass$/,
    variables: ['GIT_ASKPASS', 'SSH_ASKPASS'],
    verbs: transports,
    byPath: ['core.askpass', 'GIT_ASKPASS', 'SSH_ASKPASS'],
  },
  { settings: /^(core\.pager|pager\..+)$/, variables: ['GIT_PAGER', 'PAGER'], verbs: paged },
  { settings: /^core\.editor$/, variables: ['GIT_EDITOR', 'VISUAL', 'EDITOR'], verbs: editing },
  { settings: /^sequence\.editor$/, variables: ['GIT_SEQUENCE_EDITOR'], verbs: list('rebase') },
  {
    settings: /^diff\.(external|.+\.(textconv|command))$|^interactive\.difffilter$/,
    variables: ['GIT_EXTERNAL_DIFF'],
    verbs: comparing,
  },
  { settings: /^gpg\.((ssh|x509|openpgp)\.)?(program|defaultkeycommand)$/, variables: [], verbs: signing },
  { settings: /^(merge\..+\.driver|mergetool\..+\.(cmd|path))$/, variables: [], verbs: merging },
  { settings: /^difftool\..+\.(cmd|path)$/, variables: [], verbs: list('difftool') },
  { settings: /^(core\.fsmonitor|filter\..+\.(clean|smudge|process))$/, variables: [] },
  { settings: /^(browser|man)\..+\.(cmd|path)$/, variables: ['BROWSER'], verbs: list('help web--browse instaweb') },
];

/** Settings that name a program only where they say so: `!code` is run, everything else is the name of a helper of git's own. */
const marked =
  /^(credential\..*helper|submodule\..+\.update|trailer\..+\.(command|cmd)|sendemail\..*(cmd|smtpserver))$/;

const switches = list('true false yes no on off 0 1');

/** What the call runs by settings of its own command line and by variables that the text sets. */
export function helperPrograms(
  call: Invocation,
  git: GitCall,
  settings: readonly Setting[],
  world: World,
): readonly Inner[] {
  return [
    ...settings.flatMap(({ key, value, from }) => settingCode(key, value, git, { from }, call, world)),
    ...helpers.flatMap((helper) => variableCode(helper, git, call, world)),
    ...ownPrograms(git, call, world),
    ...optionCode(git, call, world),
  ];
}

function settingCode(
  key: string,
  value: Word,
  git: GitCall,
  { from }: { readonly from?: Setting['from'] | undefined },
  call: Invocation,
  world: World,
): readonly Inner[] {
  const text = textOf(value);
  const use: HelperUse = { label: `git ${key}`, cwd: git.cwd, ...(from === undefined ? {} : { from }) };
  if (text === undefined || switches.has(text.toLowerCase())) return [];
  if (marked.test(key)) {
    const isCode = text.startsWith('!') || key.startsWith('trailer.');
    const isPath = text.startsWith('/') || text.startsWith('./');
    return isCode || isPath ? helperCode(staticWord(text.replace(/^!/, '')), use, call, world) : [];
  }
  const helper = helpers.find(({ settings }) => settings.test(key));
  if (helper === undefined || helper.verbs?.has(git.verb) === false) return [];
  return helper.byPath?.includes(key) ? helperProgram(value, use, call, world) : helperCode(value, use, call, world);
}

function variableCode({ variables, verbs, byPath }: Helper, git: GitCall, call: Invocation, world: World) {
  if (verbs?.has(git.verb) === false) return [];
  return variables.flatMap((name): readonly Inner[] => {
    const value = call.env.assigns?.(name) ? call.env.get(name) : undefined;
    if (value === undefined || textOf(value) === undefined) return [];
    const use: HelperUse = { label: name, cwd: git.cwd };
    return byPath?.includes(name) ? helperProgram(value, use, call, world) : helperCode(value, use, call, world);
  });
}

/** `git --exec-path=./tools fetch` runs `./tools/git-fetch`. */
function ownPrograms(git: GitCall, call: Invocation, world: World): readonly Inner[] {
  const set = call.env.assigns?.('GIT_EXEC_PATH') ? call.env.get('GIT_EXEC_PATH') : undefined;
  const folder = textOf(git.flags.get('--exec-path') ?? set);
  if (folder === undefined || folder === '' || git.verb === '') return [];
  return helperProgram(
    staticWord(`${folder}/git-${git.verb}`),
    { label: 'git --exec-path', cwd: git.cwd },
    call,
    world,
  );
}

/** Options of subcommands that name a program, by their beginnings. */
const options: Readonly<Record<string, RegExp>> = {
  clone: /^(?:--upload-pack|-u|--config|-c)$/,
  fetch: /^--upload-pack$/,
  pull: /^--upload-pack$/,
  'ls-remote': /^(?:--upload-pack|--exec)$/,
  push: /^(?:--receive-pack|--exec)$/,
  grep: /^(?:--open-files-in-pager|-O)$/,
  difftool: /^(?:--extcmd|-x)$/,
};

/** `git grep -O./view`, `git difftool -x code`, `git clone -c core.sshCommand=code`, `git fetch ext::'code'`. */
function optionCode(git: GitCall, call: Invocation, world: World): readonly Inner[] {
  const wanted = Object.hasOwn(options, git.verb) ? options[git.verb] : undefined;
  return git.rest.flatMap((word, at): readonly Inner[] => {
    const text = textOf(word) ?? '';
    const transport = transports.has(git.verb) ? /^ext::(.+)$/s.exec(text)?.[1] : undefined;
    const use: HelperUse = { label: `git ${git.verb}`, cwd: git.cwd };
    if (transport !== undefined) return helperCode(staticWord(transport), use, call, world);
    const flag = /^(--[\w-]+|-[A-Za-z])=?(.*)$/s.exec(text);
    if (wanted === undefined || flag === null || !wanted.test(flag[1] as string)) return [];
    const glued = flag[2] as string;
    // The pager of grep is never the next word.
    const value = glued !== '' || git.verb === 'grep' ? glued : (textOf(git.rest[at + 1]) ?? '');
    if (git.verb !== 'clone' || flag[1] === '--upload-pack' || flag[1] === '-u')
      return helperCode(staticWord(value), use, call, world);
    const equals = value.indexOf('=');
    const key = value.slice(0, Math.max(equals, 0));
    return settingCode(key.toLowerCase(), staticWord(value.slice(equals + 1)), git, {}, call, world);
  });
}
