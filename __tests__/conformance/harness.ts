// Scratch installations of the launcher, and the same call made to a bare shell and to guard-sh.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const root = join(import.meta.dirname, '..', '..');

export interface Installation {
  /** Holds `bin` and `dist`; also the commands' HOME and working directory (`work`). */
  readonly folder: string;
  /** The launcher under a name of its own. */
  readonly launcher: (name: string) => string;
  readonly remove: () => void;
}

/** Copies the launcher beside an evaluator. `fill` puts `shell.cjs` into the `dist` folder it is given. */
export function install(fill: (dist: string) => void): Installation {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'guard-conformance-')));
  for (const part of ['bin', 'dist', 'work', 'links']) mkdirSync(join(folder, part));
  copyFileSync(join(root, 'bin', 'guard-sh'), join(folder, 'bin', 'guard-sh'));
  for (const name of ['bash', 'zsh', 'sh', 'guard-bash', 'guard-zsh'])
    symlinkSync('guard-sh', join(folder, 'bin', name));
  fill(join(folder, 'dist'));
  return {
    folder,
    launcher: (name) => join(folder, 'bin', name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** An evaluator in a file beside this one, bundled. */
export const fillBundle = (name: string) => (dist: string) => {
  const entry = join(import.meta.dirname, name);
  const options = ['--bundle', '--platform=node', '--format=cjs', '--log-level=warning'];
  // The path of the executable: installed without scripts it is a JavaScript file, with them a binary.
  const esbuild = join(root, 'node_modules', '.bin', 'esbuild');
  const built = spawnSync(esbuild, [entry, ...options, `--outfile=${join(dist, 'shell.cjs')}`], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`${name} did not build: ${built.stderr}`);
};

/** An evaluator in so many words. */
export const fillWith = (code: string) => (dist: string) => writeFileSync(join(dist, 'shell.cjs'), code);

/** The evaluator to hold against a bare shell: the real one where it has been built, else one that allows everything. */
export function evaluators(): [name: string, fill: (dist: string) => void][] {
  const real = join(root, 'dist');
  if (!existsSync(join(real, 'shell.cjs'))) return [['permissive', fillBundle('permissive.ts')]];
  const linkReal = (dist: string) => {
    rmSync(dist, { recursive: true });
    symlinkSync(real, dist);
  };
  return [['shipped', linkReal]];
}

export interface Result {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The environment of a caller: nothing of this machine but PATH. State goes below `home`. */
export const callerEnv = (home: string): NodeJS.ProcessEnv => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: home,
  LC_ALL: 'C.UTF-8',
  TERM: 'dumb',
});

/** Runs a caller's script in an empty folder; `$SH` is the shell that it calls. */
export async function callFrom(script: string, shell: string, home: string, input?: Buffer): Promise<Result> {
  const work = mkdtempSync(join(home, 'work', 'w-'));
  const child = spawn('/bin/bash', ['-c', script], {
    cwd: work,
    env: { ...callerEnv(home), SH: shell },
    timeout: 20_000,
    stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => {}).end(input);
  const [stdout, stderr, [status, signal]] = await Promise.all([
    collect(child.stdout),
    collect(child.stderr),
    once(child, 'close'),
  ]);
  // The folder's name is the only thing that may differ between two runs of one script.
  return { status, signal, stdout, stderr: stderr.toString().replaceAll(work, '<work>') };
}

async function collect(stream: Readable | null): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A result as tests compare it: bytes that are no text keep their values. */
export const show = ({ stdout, ...rest }: Result) => ({ ...rest, stdout: stdout.toString('latin1') });
