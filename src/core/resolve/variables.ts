// Variables that make a program run something besides its own work: pagers, editors, start-up files, preloaded modules.
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { joinWords, knownPrefix, staticWord, textOf, type Word } from '../model/word.ts';
import { helperCode } from './helper-program.ts';
import type { Inner } from './launcher.ts';

type Reader = (value: Word, name: string, call: Invocation, world: World) => readonly Inner[];

/** The value is a command line. */
const command: Reader = (value, name, call, world) => helperCode(value, { label: name }, call, world);

/** A program that prints a password: followed where it can be read, and no reason to ask where it cannot. */
const asked: Reader = (value, name) => [{ kind: 'words', words: [value], stdin: { kind: 'none' }, label: name }];

/** `LESSOPEN='|filter %s'` runs a command for each file. Source: less(1), INPUT PREPROCESSOR. */
const preprocessor: Reader = (value, name, call, world) =>
  helperCode(staticWord((textOf(value) ?? '').replace(/^\|*-?/, '')), { label: name }, call, world);

/** `NODE_OPTIONS='--require ./hook.cjs'`. Source: node(1). */
const required: Reader = (value, name) =>
  optionValues(textOf(value) ?? '', ['--require', '-r', '--import', '--loader', '--experimental-loader'])
    .filter((module) => /^(file:\/\/)?\.{0,2}\//.test(module))
    .map((module) => ({
      kind: 'program',
      language: 'javascript',
      code: { path: staticWord(module.replace(/^file:\/\//, '')) },
      positionals: [],
      label: name,
    }));

/** `RUBYOPT=-r./hook`. Source: ruby(1). */
const rubyModules: Reader = (value, name) =>
  optionValues(textOf(value) ?? '', ['-r'])
    .filter((module) => /^\.{0,2}\//.test(module))
    .map((module) => ({
      kind: 'program',
      language: 'ruby',
      code: { path: staticWord(/\.rb$/.test(module) ? module : `${module}.rb`) },
      positionals: [],
      label: name,
    }));

/** Python imports `sitecustomize` from the first folder that has one. Source: the site module of Python. */
const pythonFolders: Reader = (value, name, _call, world) =>
  (textOf(value) ?? '')
    .split(':')
    .filter((folder) => folder.startsWith('/') || folder.startsWith('.'))
    .slice(0, 8)
    .flatMap((folder) => ['sitecustomize.py', 'usercustomize.py'].map((file) => `${folder}/${file}`))
    .filter((path) => !path.startsWith('/') || world.ask({ kind: 'path', path })?.kind === 'path')
    .map((path) => ({
      kind: 'program',
      language: 'python',
      code: { path: staticWord(path) },
      positionals: [],
      label: name,
    }));

/** Perl loads modules by name from PERL5LIB; a `-d` or `-M` with code in it is code. Source: perlrun(1). */
const perlModules: Reader = (value, name) =>
  optionValues(textOf(value) ?? '', ['-M', '-m', '-d'])
    .filter((module) => /[;(]|\bsystem\b/.test(module))
    .map((module) => ({
      kind: 'program',
      language: 'perl',
      code: { text: staticWord(module.replace(/^[:=]?\w+=/, '')) },
      positionals: [],
      label: name,
    }));

/** A start-up file of the shell; where its name is known it is read like any script. */
const startup: Reader = (value, name) =>
  textOf(value) === ''
    ? []
    : [
        {
          kind: 'file',
          path: knownPrefix(value).includes('/') ? value : joinWords([staticWord('./'), value]),
          positionals: [],
          label: name,
        },
      ];

const readers: Readonly<Record<string, Reader>> = {
  PAGER: command,
  MANPAGER: command,
  SYSTEMD_PAGER: command,
  AWS_PAGER: command,
  GH_PAGER: command,
  PSQL_PAGER: command,
  BAT_PAGER: command,
  BROWSER: command,
  GH_BROWSER: command,
  GH_EDITOR: command,
  EDITOR: command,
  VISUAL: command,
  SUDO_EDITOR: command,
  SYSTEMD_EDITOR: command,
  KUBE_EDITOR: command,
  PSQL_EDITOR: command,
  FCEDIT: command,
  LESSOPEN: preprocessor,
  LESSCLOSE: preprocessor,
  PROMPT_COMMAND: command,
  ENV: startup,
  ZDOTDIR: (value, name) => [
    { kind: 'file', path: joinWords([value, staticWord('/.zshenv')]), positionals: [], label: name },
  ],
  NODE_OPTIONS: required,
  RUBYOPT: rubyModules,
  PERL5OPT: perlModules,
  PYTHONPATH: pythonFolders,
  PYTHONSTARTUP: (value, name) => [
    { kind: 'program', language: 'python', code: { path: value }, positionals: [], label: name },
  ],
  SSH_ASKPASS: asked,
  SUDO_ASKPASS: asked,
  RSYNC_RSH: command,
  CVS_RSH: command,
  SVN_SSH: command,
  TAR_OPTIONS: (value, name, call, world) =>
    optionValues(textOf(value) ?? '', ['--to-command', '--use-compress-program', '--checkpoint-action'])
      .filter((text) => !/^(?!exec=)\w+$/.test(text))
      .flatMap((text) => command(staticWord(text.replace(/^exec=/, '')), name, call, world)),
};

const list = (text: string): readonly string[] => text.split(' ');
const editors = list('VISUAL EDITOR');
const node = list('NODE_OPTIONS');

/** Which of them a program looks at. Sources: the programs' manuals. */
const looksAt: Readonly<Record<string, readonly string[]>> = {
  man: list('MANPAGER PAGER LESSOPEN BROWSER'),
  less: list('LESSOPEN LESSCLOSE'),
  zless: list('LESSOPEN LESSCLOSE'),
  systemctl: list('SYSTEMD_PAGER PAGER SYSTEMD_EDITOR VISUAL EDITOR'),
  journalctl: list('SYSTEMD_PAGER PAGER'),
  aws: list('AWS_PAGER PAGER'),
  gh: list('GH_PAGER PAGER GH_BROWSER BROWSER GH_EDITOR VISUAL EDITOR'),
  bat: list('BAT_PAGER PAGER'),
  psql: list('PSQL_PAGER PAGER PSQL_EDITOR'),
  mysql: list('PAGER'),
  crontab: editors,
  visudo: list('SUDO_EDITOR VISUAL EDITOR'),
  vipw: editors,
  sudoedit: list('SUDO_EDITOR VISUAL EDITOR'),
  sudo: list('SUDO_ASKPASS'),
  kubectl: list('KUBE_EDITOR EDITOR'),
  fc: list('FCEDIT EDITOR'),
  svn: list('SVN_SSH VISUAL EDITOR'),
  hg: list('PAGER VISUAL EDITOR'),
  cvs: list('CVS_RSH'),
  rsync: list('RSYNC_RSH'),
  ssh: list('SSH_ASKPASS'),
  'ssh-add': list('SSH_ASKPASS'),
  tar: list('TAR_OPTIONS'),
  'xdg-open': list('BROWSER'),
  'sensible-browser': list('BROWSER'),
  bash: list('PROMPT_COMMAND'),
  sh: list('ENV'),
  dash: list('ENV'),
  ksh: list('ENV'),
  zsh: list('ZDOTDIR'),
  node,
  nodejs: node,
  npm: node,
  npx: node,
  yarn: node,
  pnpm: node,
  tsx: node,
  ruby: list('RUBYOPT'),
  bundle: list('RUBYOPT'),
  rake: list('RUBYOPT'),
  rails: list('RUBYOPT'),
  perl: list('PERL5OPT'),
  python: list('PYTHONPATH PYTHONSTARTUP'),
  python3: list('PYTHONPATH PYTHONSTARTUP'),
  pytest: list('PYTHONPATH'),
};

/** Programs that only look at an editor behind these words. */
const editing: Readonly<Record<string, ReadonlySet<string>>> = {
  crontab: new Set(['-e']),
  kubectl: new Set(['edit']),
  systemctl: new Set(['edit']),
};

/** What the call runs by a variable that the text itself sets; a person's own settings are theirs. */
export function variableCode(call: Invocation, world: World): readonly Inner[] {
  const names = call.name !== undefined && Object.hasOwn(looksAt, call.name) ? looksAt[call.name] : undefined;
  return (names ?? []).flatMap((name): readonly Inner[] => {
    if (call.env.assigns?.(name) !== true || !isUsed(call, name)) return [];
    const value = call.env.get(name);
    if (value === undefined || textOf(value) === undefined) return [];
    return readers[name]?.(value, name, call, world) ?? [];
  });
}

function isUsed(call: Invocation, name: string): boolean {
  const words = editing[call.name ?? ''];
  if (name === 'PROMPT_COMMAND') return call.args.some((word) => textOf(word) === '-i');
  if (name === 'PYTHONSTARTUP') return call.args.every((word) => /^-/.test(knownPrefix(word)) && textOf(word) !== '-c');
  if (words === undefined || !/EDITOR|VISUAL/.test(name)) return true;
  return call.args.some((word) => words.has(textOf(word) ?? ''));
}

/** The values of options in a text of blank-separated options: `--require ./a --import=./b -rc`. */
function optionValues(text: string, flags: readonly string[]): readonly string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return words.flatMap((word, at) => {
    if (flags.includes(word)) return words.slice(at + 1, at + 2);
    const glued = flags.find((flag) => word.startsWith(flag.startsWith('--') ? `${flag}=` : flag));
    return glued === undefined ? [] : [withoutFlag(word, glued)];
  });
}

const withoutFlag = (word: string, flag: string): string => word.slice(flag.length + (flag.startsWith('--') ? 1 : 0));
