// Reads the arguments of a shell the way bash and zsh read them: what would run, and with which name and positionals.
// Pure. It does not read scripts, and does not judge.

/** How a shell reads its arguments. `sh` reads them as bash does; dash refuses all that it does not share with bash. */
export type Flavour = 'bash' | 'zsh';

export interface ShellOptions {
  /** `-l`, `--login`, `-o login`: the login files run first. */
  readonly login: boolean;
  /** `-i`: the interactive startup files run first. */
  readonly interactive: boolean;
  /** `-n`, `-D`: the text is read and not run. */
  readonly noexec: boolean;
  /** The file of `--rcfile` or `--init-file`, which an interactive bash runs first. */
  readonly startupFile: string | undefined;
}

export type ShellArgv = { readonly options: ShellOptions } & (
  | {
      readonly mode: 'command';
      readonly command: string;
      /** `$0`; undefined where the shell takes its own name. */
      readonly name: string | undefined;
      readonly positionals: readonly string[];
    }
  /** A bash that does not find `path` in the working directory looks for it along PATH. */
  | { readonly mode: 'script'; readonly path: string; readonly positionals: readonly string[] }
  | { readonly mode: 'stdin'; readonly positionals: readonly string[] }
  /** Lines typed by a person: standard input is a terminal. */
  | { readonly mode: 'interactive'; readonly positionals: readonly string[] }
  /** Prints something and runs nothing. */
  | { readonly mode: 'version' }
  | { readonly mode: 'help' }
  /** The shell reports a wrong use and runs nothing. */
  | { readonly mode: 'usage'; readonly problem: string }
  /** An option that is not known here: what the shell would run is not known either. */
  | { readonly mode: 'unknown'; readonly option: string }
);

/** The flavour of a real shell, by the name of its file. */
export const flavourOf = (shell: string): Flavour =>
  shell.slice(shell.lastIndexOf('/') + 1).startsWith('zsh') ? 'zsh' : 'bash';

/**
 * Reads the arguments of a shell, without the program's own name.
 * `terminal` says whether standard input is a terminal: without a script or a command, only that makes a shell a
 * person's. `-i` alone does not, since `echo 'rm -rf .' | bash -i` runs what the pipe says.
 * Sources: parse_long_options and parse_shell_options in bash's shell.c, parseopts in zsh's init.c; checked against
 * both shells by the tests.
 */
export function readShellArgv(argv: readonly string[], flavour: Flavour, terminal: boolean): ShellArgv {
  const reading = flavour === 'zsh' ? readZshOptions(argv) : readBashOptions(argv);
  const { options } = reading;
  if (reading.end) return { options, ...reading.end };
  const operands = argv.slice(reading.next);
  if (reading.command) return readCommand(operands, reading);
  const [path, ...positionals] = operands;
  if (path !== undefined && !reading.fromStdin) return { mode: 'script', path, positionals, options };
  return { mode: terminal ? 'interactive' : 'stdin', positionals: operands, options };
}

/** The command is the first operand behind all options. zsh takes no `$0` from the operands where it also has `-s`. */
function readCommand(operands: readonly string[], { options, nameless }: Reading): ShellArgv {
  const [command, ...rest] = operands;
  if (command === undefined) return { mode: 'usage', problem: '-c needs a command', options };
  if (nameless) return { mode: 'command', command, name: undefined, positionals: rest, options };
  return { mode: 'command', command, name: rest[0], positionals: rest.slice(1), options };
}

/** What the options say, and where the operands start. */
interface Reading {
  readonly options: ShellOptions;
  readonly next: number;
  readonly command: boolean;
  readonly fromStdin: boolean;
  readonly nameless: boolean;
  /** Set where the options alone decide. */
  readonly end: Ending | undefined;
}

type Ending =
  | { readonly mode: 'version' }
  | { readonly mode: 'help' }
  | { readonly mode: 'usage'; readonly problem: string }
  | { readonly mode: 'unknown'; readonly option: string };

/** The options while they are being read. */
interface Draft {
  next: number;
  command: boolean;
  fromStdin: boolean;
  end: Ending | undefined;
  /** Whether `--version` or `--help` was seen; bash reads the other long options first. */
  prints: 'version' | 'help' | undefined;
  options: { -readonly [K in keyof ShellOptions]: ShellOptions[K] };
}

const newDraft = (): Draft => ({
  next: 0,
  command: false,
  fromStdin: false,
  end: undefined,
  prints: undefined,
  options: { login: false, interactive: false, noexec: false, startupFile: undefined },
});

const bashSwitches = new Set([
  'debug',
  'debugger',
  'dump-po-strings',
  'dump-strings',
  'help',
  'login',
  'noediting',
  'noprofile',
  'norc',
  'posix',
  'pretty-print',
  'restricted',
  'verbose',
  'version',
]);

/** `set`'s letters that bash takes on its command line; `c`, `l`, `s`, `o`, `O` and `D` are read apart. */
const bashLetters = 'abefhikmnprtuvxBCEHPT';

function readBashOptions(argv: readonly string[]): Reading {
  const draft = newDraft();
  readBashLong(argv, draft);
  if (!draft.end && draft.prints) draft.end = { mode: draft.prints };
  if (!draft.end) readBashShort(argv, draft);
  return { ...draft, nameless: false };
}

/** Long options stand first, with one dash or two; the first that is not one ends them. */
function readBashLong(argv: readonly string[], draft: Draft): void {
  for (; draft.next < argv.length; draft.next++) {
    const word = argv[draft.next] ?? '';
    if (!word.startsWith('-') || word === '--') return;
    const name = word.startsWith('--') ? word.slice(2) : word.slice(1);
    if (name === 'rcfile' || name === 'init-file') {
      draft.options.startupFile = argv[++draft.next];
      if (draft.options.startupFile === undefined) draft.end = { mode: 'usage', problem: `${word} needs a file` };
    } else if (bashSwitches.has(name)) applyBashSwitch(name, draft);
    else if (word.startsWith('--')) draft.end = { mode: 'unknown', option: word };
    else return;
    if (draft.end) return;
  }
}

function applyBashSwitch(name: string, draft: Draft): void {
  if (name === 'login') draft.options.login = true;
  if (name === 'dump-strings' || name === 'dump-po-strings') draft.options.noexec = true;
  if (name === 'help') draft.prints = 'help';
  if (name === 'version') draft.prints ??= 'version';
}

/** Clusters of letters; `-` and `--` end them. Each `o` and `O` takes one of the words behind its cluster. */
function readBashShort(argv: readonly string[], draft: Draft): void {
  while (draft.next < argv.length) {
    const word = argv[draft.next] ?? '';
    if (word === '-' || word === '--') {
      draft.next++;
      return;
    }
    if (!word.startsWith('-') && !word.startsWith('+')) return;
    draft.next++;
    for (const letter of word.slice(1)) applyBashLetter(letter, word.startsWith('-'), argv, draft);
    if (draft.end) return;
  }
}

function applyBashLetter(letter: string, on: boolean, argv: readonly string[], draft: Draft): void {
  if (letter === 'c') draft.command = true;
  else if (letter === 's') draft.fromStdin = true;
  else if (letter === 'l') draft.options.login = true;
  else if (letter === 'D') draft.options.noexec = true;
  else if (letter === 'o' || letter === 'O') {
    const name = argv[draft.next];
    if (name !== undefined) draft.next++;
    if (letter === 'o' && name === 'noexec') draft.options.noexec = on;
  } else if (!bashLetters.includes(letter)) draft.end ??= { mode: 'unknown', option: `-${letter}` };
  else if (letter === 'i') draft.options.interactive = on;
  else if (letter === 'n') draft.options.noexec = on;
}

/**
 * zsh: letters in clusters, `-o name` or `-oname`, any option by its name behind `--`, and `-b`, which ends the
 * options behind its cluster. What zsh does not know it refuses, so letters and names need no list.
 */
function readZshOptions(argv: readonly string[]): Reading {
  const draft = newDraft();
  let ended = false;
  while (!ended && draft.next < argv.length) {
    const word = argv[draft.next] ?? '';
    if (!word.startsWith('-') && !word.startsWith('+')) break;
    draft.next++;
    if (word.length === 1 || word === '--' || word === '+-') break;
    if (word === '--version' || word === '--help') draft.end = { mode: word === '--help' ? 'help' : 'version' };
    else if (word === '--emulate') draft.next++;
    else if (/^[-+]-/.test(word)) setZshOption(word.slice(2), word.startsWith('-'), draft);
    else ended = readZshCluster(word, argv, draft);
    if (draft.end) break;
  }
  return { ...draft, nameless: draft.fromStdin };
}

/** Reads one cluster; true where it ends the options. */
function readZshCluster(word: string, argv: readonly string[], draft: Draft): boolean {
  const on = word.startsWith('-');
  let ends = false;
  for (let at = 1; at < word.length; at++) {
    const letter = word[at] ?? '';
    if (letter === 'o') {
      const name = word.slice(at + 1) || argv[draft.next++];
      if (name === undefined) draft.end = { mode: 'usage', problem: '-o needs a name' };
      else setZshOption(name, on, draft);
      return ends;
    }
    if (letter === '-' || /\s/.test(letter)) {
      draft.end = { mode: 'usage', problem: `bad option string ${word}` };
      return ends;
    }
    if (letter === 'b') ends = true;
    else if (letter === 'c') draft.command = true;
    else if (letter === 's') draft.fromStdin = on;
    else if (letter === 'l') draft.options.login = on;
    else if (letter === 'i') draft.options.interactive = on;
    else if (letter === 'n') draft.options.noexec = on;
  }
  return ends;
}

/** Names are read without case, `_` and `-`; `no` in front turns an option round. */
function setZshOption(written: string, on: boolean, draft: Draft): void {
  const name = written.toLowerCase().replace(/[-_]/g, '');
  const negated = name.startsWith('no') && name !== 'notify' && name !== 'nomatch';
  const value = negated ? !on : on;
  const plain = negated ? name.slice(2) : name;
  if (plain === 'shinstdin' || plain === 'stdin') draft.fromStdin = value;
  else if (plain === 'login' || plain === 'loginshell') draft.options.login = value;
  else if (plain === 'interactive') draft.options.interactive = value;
  else if (plain === 'exec') draft.options.noexec = !value;
}
