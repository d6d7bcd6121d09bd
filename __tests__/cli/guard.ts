// guard as a caller starts it: bin/guard with a home of its own and nothing of the tester's surroundings.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const program = join(root, 'bin', 'guard');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Start {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string | Buffer;
}

/** A scratch home and working folder for one test file. */
export class Place {
  readonly home = mkdtempSync(join(tmpdir(), 'guard-cli-'));
  readonly work = join(this.home, 'shop');

  constructor() {
    mkdirSync(this.work);
  }

  /** Writes a file below the working folder; gives back its path. */
  put(path: string, text: string): string {
    const file = join(this.work, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  env(further: Readonly<Record<string, string>> = {}): Record<string, string> {
    return { PATH: process.env.PATH ?? '', HOME: this.home, ...further };
  }

  guard(args: readonly string[], { env, cwd = this.work, input = '' }: Start = {}): Ended {
    const options = { cwd, env: this.env(env), input, encoding: 'utf8', maxBuffer: 64 << 20 } as const;
    return spawnSync(process.execPath, [program, ...args], options);
  }

  /** The same with pipes that stay open. */
  start(args: readonly string[]) {
    return spawn(process.execPath, [program, ...args], { cwd: this.work, env: this.env(), stdio: 'pipe' });
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Values of JSON lines. */
export const rowsOf = (stdout: string): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** The widest line of a text, in characters. */
export const widest = (text: string): number => Math.max(...text.split('\n').map((line) => Array.from(line).length));
