// git: what it says of paths and of repositories. Nothing is written, and nothing that a repository's configuration
// names is run: no hook, no file-system monitor, no filter, no program of a remote.
import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Answer, GitPaths } from '../core/model/observation.ts';

/** Milliseconds for all calls of one question together. */
const timeLimit = 400;
const maxBytes = 4 * 1024 * 1024;
const listLength = 200;
const maxPaths = 200;

const failed = (detail: string): Answer => ({ kind: 'failed', reason: 'error', detail });

/** What git keeps of the paths and what not. All must stand in one repository; `absent` where there is none. */
export async function readGitPaths(paths: readonly string[]): Promise<Answer> {
  const [first] = paths;
  if (first === undefined || paths.length > maxPaths) return failed('too many paths');
  const isFolder = await stat(first).then(
    (info) => info.isDirectory(),
    () => false,
  );
  const git = await openGit(isFolder ? first : dirname(first));
  if (git === undefined) return failed('git is not installed');
  const root = await git.run(['rev-parse', '--show-toplevel']);
  if (root.kind === 'failed') return isNoRepository(root.message) ? { kind: 'absent' } : failed(root.message);
  const top = root.text.replace(/\n$/, '');
  if (top === '' || !paths.every((path) => path.startsWith(`${top}/`) || path === top))
    return failed('the paths stand in more than one repository');
  const wanted = ['--', ...paths.map((path) => `:(top,literal)${path.slice(top.length + 1)}`)];
  const filters = await git.filtersOff();
  const [kept, states] = await Promise.all([
    git.run(['ls-files', '--stage', '-z', ...wanted]),
    git.run([...filters, 'status', ...statusOptions, '--ignored=matching', ...wanted]),
  ]);
  if (kept.kind === 'failed') return failed(kept.message);
  if (states.kind === 'failed') return failed(states.message);
  return { kind: 'git-paths', ...pathsOf(top, kept.text, states.text) };
}

const statusOptions = ['--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=all'];

const isNoRepository = (message: string): boolean => /not a git repository/i.test(message);

/** Source: git-ls-files(1) and git-status(1), their formats with `-z`. */
function pathsOf(root: string, kept: string, states: string): GitPaths {
  const entries = kept.split('\0').filter((entry) => entry !== '');
  const untracked: string[] = [];
  const ignored: string[] = [];
  let modified = 0;
  for (const state of states.split('\0')) {
    const path = `${root}/${state.slice(3).replace(/\/$/, '')}`;
    if (state.startsWith('??')) untracked.push(path);
    else if (state.startsWith('!!')) ignored.push(path);
    // A file that is already gone from the folder cannot be lost there again.
    else if (state !== '' && !/^( D|D )/.test(state)) modified += 1;
  }
  return {
    root,
    tracked: entries.length,
    modified,
    untracked: untracked.slice(0, listLength),
    ignored: ignored.slice(0, listLength),
    submodules: entries.some((entry) => entry.startsWith('160000 ')),
    complete: untracked.length <= listLength && ignored.length <= listLength,
  };
}

/** What a repository holds that is nowhere else. */
export async function readRepository(path: string): Promise<Answer> {
  const git = await openGit(path);
  if (git === undefined) return failed('git is not installed');
  const filters = await git.filtersOff();
  const [states, ahead, stash] = await Promise.all([
    git.run([...filters, 'status', ...statusOptions]),
    git.run(['rev-list', '--count', '--branches', 'HEAD', '--not', '--remotes', '--']),
    git.run(['rev-parse', '--verify', '--quiet', 'refs/stash']),
  ]);
  if (states.kind === 'failed') return failed(states.message);
  return {
    kind: 'repository',
    uncommitted: states.text.split('\0').filter((state) => state !== '').length,
    // A repository without a commit has no HEAD.
    unpushed: ahead.kind === 'failed' ? 0 : Number(ahead.text.trim()) || 0,
    stashed: stash.kind === 'text' && stash.text.trim() !== '',
  };
}

type Output = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'failed'; readonly message: string };

interface Git {
  run(args: readonly string[]): Promise<Output>;
  /** Options that leave every filter driver without a program: `status` would run them to compare contents. */
  filtersOff(): Promise<readonly string[]>;
}

/** Configuration that would make git run or fetch something, off. Sources: git-config(1), git(1). */
const quiet = [
  '--no-pager',
  ...[
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.untrackedCache=keep',
    'protocol.allow=never',
    'status.submoduleSummary=false',
    'log.showSignature=false',
    'diff.external=',
    'core.askPass=',
    'credential.helper=',
  ].flatMap((setting) => ['-c', setting]),
];

async function openGit(folder: string): Promise<Git | undefined> {
  const program = await findGit();
  if (program === undefined) return undefined;
  const signal = AbortSignal.timeout(timeLimit);
  const run = (args: readonly string[]) => start(program, folder, args, signal);
  const filtersOff = async () => {
    const listed = await run(['config', '--includes', '-z', '--name-only', '--get-regexp', '^filter\\.']);
    return listed.kind === 'failed' ? [] : filterOptions(listed.text);
  };
  return { run, filtersOff };
}

function filterOptions(names: string): readonly string[] {
  const drivers = names.split('\0').flatMap((name) => {
    const cut = name.lastIndexOf('.');
    return cut > 'filter.'.length ? [name.slice(0, cut)] : [];
  });
  return [...new Set(drivers)].flatMap((driver) =>
    ['clean=', 'smudge=', 'process=', 'required=false'].flatMap((setting) => ['-c', `${driver}.${setting}`]),
  );
}

/** Places of packages first: a `git` that a project puts on PATH is not to be run. */
const usual = [
  '/usr/bin',
  '/bin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/run/current-system/sw/bin',
  '/opt/local/bin',
];

async function findGit(): Promise<string | undefined> {
  const path = (process.env.PATH ?? '').split(delimiter);
  for (const folder of usual.filter((each) => path.includes(each) || each === '/usr/bin')) {
    const file = join(folder, 'git');
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}

/** Of guard's own variables git gets only those that say where the user's configuration is. */
function environment(): NodeJS.ProcessEnv {
  const { HOME, XDG_CONFIG_HOME } = process.env;
  return {
    PATH: usual.join(delimiter),
    ...(HOME === undefined ? {} : { HOME }),
    ...(XDG_CONFIG_HOME === undefined ? {} : { XDG_CONFIG_HOME }),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_ALLOW_PROTOCOL: '',
    GIT_TERMINAL_PROMPT: '0',
  };
}

const start = (program: string, cwd: string, args: readonly string[], signal: AbortSignal): Promise<Output> =>
  new Promise((resolve) => {
    const options = { cwd, env: environment(), maxBuffer: maxBytes, signal, windowsHide: true };
    const child = execFile(program, [...quiet, ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ kind: 'text', text: stdout });
      else resolve({ kind: 'failed', message: signal.aborted ? 'git took too long' : (stderr.split('\n')[0] ?? '') });
    });
    child.stdin?.end();
  });
