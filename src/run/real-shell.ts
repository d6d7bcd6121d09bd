// Finds the real shell that guard-sh becomes. It never answers with guard itself, and never looks along PATH.
import { accessSync, closeSync, constants, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What a caller may say about the shell it wants, the strongest first. */
export interface ShellWish {
  /** `GUARD_SHELL` of the environment. */
  readonly variable: string | undefined;
  /** `shell:` of the user's configuration. */
  readonly configured: string | undefined;
  /** The name that guard-sh was called by, with or without folders: `bash`, `guard-zsh`, `guard-sh`, `sh`. */
  readonly calledAs: string;
}

export type ShellSource = 'GUARD_SHELL' | 'configuration' | 'system';

export type RealShell =
  | { readonly kind: 'found'; readonly path: string; readonly source: ShellSource }
  | {
      readonly kind: 'missing';
      readonly problem: 'not-absolute' | 'not-found' | 'directory' | 'not-executable' | 'unsupported' | 'guard-itself';
      /** The path that was asked for, or the name for which no place holds a shell. */
      readonly path: string;
      readonly source: ShellSource;
      /** One sentence for a person: what is wrong and what to do. */
      readonly message: string;
    };

type Missing = Extract<RealShell, { kind: 'missing' }>;

/** Folders that hold a system's shells; PATH belongs to the caller and is not asked. */
const shellFolders = ['/bin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/opt/local/bin'] as const;

/** Stands in the second line of every launcher, whatever it is called and wherever it was copied to. */
const launcherMark = '# guard-sh launcher:';

/**
 * Which shell to become. A shell that was asked for and cannot be used is an error, never replaced by another.
 * `folders` are the places of the system's shells, in order.
 */
export function findRealShell(wish: ShellWish, folders: readonly string[] = shellFolders): RealShell {
  if (wish.variable) return checkShell(wish.variable, 'GUARD_SHELL');
  if (wish.configured) return checkShell(wish.configured, 'configuration');
  const name = shellNameOf(wish.calledAs);
  const candidates = folders.map((folder) => checkShell(join(folder, name), 'system'));
  return candidates.find(({ kind }) => kind === 'found') ?? worst(candidates, name);
}

/** `zsh` for `zsh` and `guard-zsh`, `sh` for `sh`, and bash for all other names. */
export function shellNameOf(calledAs: string): 'bash' | 'zsh' | 'sh' {
  const name = basename(calledAs);
  if (name === 'zsh' || name === 'guard-zsh') return 'zsh';
  return name === 'sh' ? 'sh' : 'bash';
}

/** A loop says more than an empty place. */
function worst(candidates: readonly RealShell[], name: string): RealShell {
  const loop = candidates.find((candidate) => candidate.kind === 'missing' && candidate.problem === 'guard-itself');
  return loop ?? missing('not-found', name, 'system', 'is in none of the places where systems keep it');
}

const supported = /^(?:bash|zsh|sh|dash)(?:-?\d[\d.]*)?$/;

function checkShell(path: string, source: ShellSource): RealShell {
  if (!path.startsWith('/')) return missing('not-absolute', path, source, 'is not an absolute path');
  let real: string;
  try {
    real = realpathSync(path);
    const stats = statSync(real);
    if (stats.isDirectory()) return missing('directory', path, source, 'is a folder');
    if (!stats.isFile()) return missing('not-executable', path, source, 'is not a program');
  } catch {
    return missing('not-found', path, source, 'does not exist');
  }
  if (isLauncher(real)) {
    return missing('guard-itself', path, source, 'is guard itself, which would ask itself without end');
  }
  try {
    accessSync(real, constants.X_OK);
  } catch {
    return missing('not-executable', path, source, 'cannot be executed');
  }
  if (!supported.test(basename(path))) return missing('unsupported', path, source, 'is not bash, zsh or sh');
  return { kind: 'found', path, source };
}

const remedies: Record<ShellSource, string> = {
  GUARD_SHELL: 'Set GUARD_SHELL to the absolute path of bash or zsh, or unset it.',
  configuration: 'Set `shell:` in your guard configuration to the absolute path of bash or zsh, or remove it.',
  system: 'Set GUARD_SHELL to the absolute path of bash or zsh.',
};

function missing(problem: Missing['problem'], path: string, source: ShellSource, what: string): Missing {
  const subject = source === 'system' ? `the shell ${path}` : `the shell ${path} (from ${source})`;
  return { kind: 'missing', problem, path, source, message: `${subject} ${what}. ${remedies[source]}` };
}

/** Whether a file is one of guard's launchers, under any name: only its first bytes are read. */
export function isLauncher(path: string): boolean {
  const head = Buffer.alloc(128);
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const length = readSync(file, head, 0, head.length, 0);
      return head.toString('latin1', 0, length).includes(`\n${launcherMark}`);
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}
