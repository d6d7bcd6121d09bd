// guard install: writes the shells that agents are pointed to, and says how each agent is pointed there.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { launcherNames, writeLaunchers } from '../../run/launchers.ts';
import { isLauncher } from '../../run/real-shell.ts';
import { type Environ, homeFolder } from '../../state/folders.ts';
import { type CliCommand, type CliContext, examples } from '../command.ts';
import { UsageError } from '../failure.ts';
import { distFolder } from '../installation.ts';
import { pageFor, writeLines } from '../page.ts';
import { setupPage } from '../setup.ts';

interface InstallOptions {
  readonly dir?: string;
  readonly print?: boolean;
}

export const command: CliCommand = {
  register(program, context) {
    program
      .command('install')
      .description('write guard-sh, also under the names bash and zsh, and say how agents are pointed to it')
      .option('--dir <folder>', 'where to (default: $XDG_DATA_HOME/guard/bin)')
      .option('--print', 'write nothing, only print the folder')
      .addHelpText(
        'after',
        examples('guard install', 'guard install --dir ~/guard/bin', 'SHELL="$(guard install --print)/bash" my-agent'),
      )
      .action((options: InstallOptions) => install(options, context));
  },
};

function install({ dir, print }: InstallOptions, { env }: CliContext): void {
  const folder = dir === undefined ? defaultFolder(env) : resolve(dir);
  writeLines(print === true ? [folder] : writeInto(folder, env));
}

/** Writes the launchers; gives back what to tell the user. */
function writeInto(folder: string, env: Environ): string[] {
  refuseForeignShells(folder);
  const dist = distFolder();
  if (!existsSync(join(dist, 'shell.cjs'))) throw new Error(`the installation is broken: ${dist} holds no shell.cjs`);
  const written = writeLaunchers(folder, { node: process.execPath, dist });
  warm(dist);
  return [...written.map((path) => `wrote ${path}`), '', ...setupPage(folder, pageFor(env))];
}

/** `$XDG_DATA_HOME/guard/bin`, by default `~/.local/share/guard/bin`. */
function defaultFolder(env: Environ): string {
  const { XDG_DATA_HOME: base } = env;
  if (base !== undefined && isAbsolute(base)) return join(base, 'guard', 'bin');
  const home = homeFolder(env);
  if (home === undefined) throw new UsageError('there is no home folder; say where to with --dir');
  return join(home, '.local', 'share', 'guard', 'bin');
}

/** A launcher never takes the place of a real shell: whoever names /bin would be left without one. */
function refuseForeignShells(folder: string): void {
  const foreign = launcherNames
    .map((name) => join(folder, name))
    .find((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined && !isLauncher(path));
  if (foreign !== undefined)
    throw new UsageError(`${foreign} is not one of guard's programs, so it is not replaced; choose another folder`);
}

/** Makes V8's cache for this Node. Without one guard-sh starts slower and judges the same. */
function warm(dist: string): void {
  const program = join(dist, 'warm.cjs');
  if (!existsSync(program)) return;
  const { status } = spawnSync(process.execPath, [program], { stdio: 'ignore', timeout: 20_000 });
  if (status !== 0)
    process.stderr.write(
      `guard: warning: no code cache could be written in ${dist}; guard-sh starts slower without it\n`,
    );
}
