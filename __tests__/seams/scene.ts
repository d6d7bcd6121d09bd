// A machine in a folder: its own home, programs that only write down that they ran, and guard-sh called from outside.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const launcher = join(root, 'bin', 'guard-sh');

/** Held everywhere: uncommitted work is gone afterwards. The `git` of a scene is a stub. */
export const held = 'git reset --hard';

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of the stubs that ran, `git reset --hard`. */
  readonly ran: readonly string[];
}

export interface CallOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
  readonly launcher?: string;
}

export class Scene {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'guard-seams-')));
  readonly home = join(this.folder, 'home');
  readonly work = join(this.folder, 'work');
  readonly state = join(this.folder, 'state');
  readonly #bin = join(this.folder, 'bin');
  readonly #ran = join(this.folder, 'ran');

  constructor() {
    for (const path of [this.home, this.work, this.#bin]) mkdirSync(path);
    for (const name of ['git', 'curl', 'railway', 'rm']) {
      writeFileSync(join(this.#bin, name), `#!/bin/sh\necho "${name} $*" >>'${this.#ran}'\n`, { mode: 0o755 });
    }
  }

  /** Nothing of this machine but the system's programs. */
  get env(): Record<string, string> {
    return {
      PATH: `${this.#bin}:/usr/local/bin:/usr/bin:/bin:${dirname(process.execPath)}`,
      HOME: this.home,
      LC_ALL: 'C.UTF-8',
      TERM: 'dumb',
      XDG_STATE_HOME: this.state,
      XDG_CONFIG_HOME: join(this.folder, 'config'),
    };
  }

  /** guard-sh with these arguments; standard input is empty unless it is given. */
  call(argv: readonly string[], options: CallOptions = {}): Result {
    return this.program(options.launcher ?? launcher, argv, options);
  }

  /** The shell that guard-sh stands for, called in the same way. */
  bash(argv: readonly string[], options: CallOptions = {}): Result {
    return this.program('/bin/bash', argv, options);
  }

  program(file: string, argv: readonly string[], { cwd = this.work, env = {}, input = '' }: CallOptions = {}): Result {
    rmSync(this.#ran, { force: true });
    const { status, stdout, stderr } = spawnSync(file, argv, {
      ...{ cwd, env: { ...this.env, ...env }, input, timeout: 25_000, maxBuffer: 64 * 1024 * 1024 },
    });
    return { status, stdout: stdout.toString('latin1'), stderr: stderr.toString('utf8'), ran: this.ran };
  }

  get ran(): readonly string[] {
    return existsSync(this.#ran) ? readFileSync(this.#ran, 'utf8').trimEnd().split('\n') : [];
  }

  write(name: string, text: string | Buffer, mode = 0o644): string {
    const path = join(this.work, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode });
    return path;
  }

  /** The audit log's records, without what differs from run to run. */
  get records(): readonly Record<string, unknown>[] {
    const path = join(this.state, 'guard', 'audit', 'audit.jsonl');
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The requests that wait for a human. */
  get pending(): readonly Record<string, unknown>[] {
    const folder = join(this.state, 'guard', 'pending');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).map(
      (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>,
    );
  }

  /** A copy of the installation that is broken in some way; its launcher. */
  broken(change: (dist: string) => void): string {
    const place = mkdtempSync(join(this.folder, 'broken-'));
    for (const part of ['bin', 'dist']) cpSync(join(root, part), join(place, part), { recursive: true });
    change(join(place, 'dist'));
    return join(place, 'bin', 'guard-sh');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What happened at a terminal: the screen and the exit status. */
export interface Seen {
  readonly screen: string;
  readonly status: number;
}

/**
 * Runs guard-sh at a terminal where a person types `answer` at each prompt; `meanwhile` is written before they do. The terminal's host is a child of the
 * system's first process: guard asks nobody where an agent is above it, and these tests may well be run by one.
 */
export async function atTerminal(
  scene: Scene,
  argv: readonly string[],
  answer: string,
  env = {},
  meanwhile?: { readonly path: string; readonly text: string },
): Promise<Seen> {
  const report = join(scene.folder, `seen-${Date.now()}`);
  const options = { cols: 80, rows: 24, cwd: scene.work, env: { ...scene.env, TERM: 'xterm', ...env } };
  const host = join(scene.folder, 'host.cjs');
  writeFileSync(host, hostProgram);
  const task = JSON.stringify({
    pty: join(root, 'node_modules', 'node-pty'),
    launcher,
    argv,
    options,
    answer,
    report,
    meanwhile,
  });
  spawn('/bin/sh', ['-c', '"$0" "$@" >/dev/null 2>&1 </dev/null &', process.execPath, host, task], {
    ...{ detached: true, stdio: 'ignore', env: scene.env },
  });
  for (let waited = 0; waited < 25_000 && !existsSync(report); waited += 50) {
    await new Promise((done) => setTimeout(done, 50));
  }
  return JSON.parse(readFileSync(report, 'utf8')) as Seen;
}

const hostProgram = `
const { renameSync, writeFileSync } = require('node:fs');
const { pty, launcher, argv, options, answer, report, meanwhile } = JSON.parse(process.argv[2]);
const terminal = require(pty).spawn(launcher, argv, options);
let screen = '';
let answered = false;
terminal.onData((text) => {
  screen += text;
  if (answered || !/\\(y\\/N\\)|Enter alone refuses/.test(screen)) return;
  answered = true;
  if (meanwhile) writeFileSync(meanwhile.path, meanwhile.text);
  setTimeout(() => (answer === 'hang up' ? terminal.kill('SIGHUP') : terminal.write(answer)), 900);
});
terminal.onExit(({ exitCode }) => {
  writeFileSync(report + '.new', JSON.stringify({ screen, status: exitCode }));
  renameSync(report + '.new', report);
});
`;
