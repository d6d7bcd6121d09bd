// A folder in which a real bash runs command lines whose programs are stubs that write down the words they were given.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, PlannedWorld, queryKey } from '../../src/core/model/observation.ts';
import type { Request } from '../../src/core/model/request.ts';
import { type ResolvedScript, resolve } from '../../src/core/resolve/index.ts';
import { readText } from '../../src/observe/files.ts';

/** The stubs; the last two fail. `c3` prints two words, `c4` hands its input on. */
const stubNames = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9'] as const;
const behaviour: Readonly<Record<string, string>> = { c3: 'echo x y', c4: '/bin/cat', c8: 'exit 1', c9: 'exit 3' };

/** Harmless programs of the real system that may stand in front of a stub, or feed it. */
const programs = [
  ...[
    'bash',
    'sh',
    'env',
    'xargs',
    'find',
    'cat',
    'tee',
    'nice',
    'nohup',
    'timeout',
    'setsid',
    'stdbuf',
    'sort',
    'head',
    'tail',
    'cut',
    'rev',
    'sed',
    'tac',
  ],
  ...[
    'tr',
    'base64',
    'basename',
    'dirname',
    'mktemp',
    'chmod',
    'cp',
    'mv',
    'ln',
    'mkdir',
    'touch',
    'seq',
    'true',
    'ionice',
  ],
];

/** One run of a stub: its name and the words behind it. */
export interface StubCall {
  readonly name: string;
  readonly args: readonly string[];
}

/** Where the tests run as root, what they run belongs to a user that can write nothing but the scratch folder. */
export const isConfined = process.getuid?.() === 0;
const nobody = isConfined ? { uid: 65_534, gid: 65_534 } : {};

export class Sandbox {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'guard-oracle-')));
  readonly home = join(this.folder, 'home');
  readonly #bin = join(this.folder, 'bin');
  readonly #log = join(this.folder, 'log');
  #runs = 0;

  constructor() {
    for (const path of [this.home, this.#bin]) mkdirSync(path);
    for (const name of stubNames) {
      const record = `printf '%s\\0' ${name} "$#" "$@" >>'${this.#log}'`;
      writeFileSync(join(this.#bin, name), `#!/bin/sh\n${record}\n${behaviour[name] ?? ':'}\n`, { mode: 0o755 });
    }
    for (const name of programs) {
      const place = ['/usr/bin', '/bin'].map((folder) => join(folder, name)).find((path) => existsSync(path));
      if (place !== undefined) symlinkSync(place, join(this.#bin, name));
    }
    for (const path of [this.folder, this.home, this.#bin]) chmodSync(path, 0o777);
  }

  /** The variables that the command line finds; guard is told the same. */
  get env(): Readonly<Record<string, string>> {
    return { PATH: this.#bin, HOME: this.home, LC_ALL: 'C.UTF-8' };
  }

  /** A new folder to run in. */
  place(): string {
    const place = join(this.folder, `w${this.#runs++}`);
    mkdirSync(place);
    chmodSync(place, 0o777);
    return place;
  }

  /** The stubs that a real bash runs for a command line. Whatever is left of it after `limit` milliseconds is ended. */
  async run(command: string, cwd: string, limit = 3_000): Promise<readonly StubCall[]> {
    writeFileSync(this.#log, '');
    chmodSync(this.#log, 0o666);
    const limits = `ulimit -t 2 -f 2048 ${isConfined ? '-u 400' : ''}`;
    const child = spawn('/bin/bash', ['--norc', '-c', `${limits}; exec /bin/bash --norc -c "$1"`, 'bash', command], {
      cwd,
      env: this.env,
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ignore', 'ignore', 'ignore', 'ignore', 'ignore', 'ignore', 'pipe'],
      ...nobody,
    });
    await ended(child, limit);
    return parseLog(readFileSync(this.#log, 'utf8'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Waits until nobody holds descriptor 9 any more: background children are over too. */
function ended(child: ChildProcess, limit: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The group is gone already.
      }
    };
    const timer = setTimeout(() => {
      stop();
      setTimeout(done, 50);
    }, limit);
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const held = (child.stdio as readonly unknown[])[9];
    let open = 2;
    const one = () => {
      open -= 1;
      if (open === 0) done();
    };
    child.once('exit', one).once('error', done);
    if (held instanceof Socket) held.resume().once('close', one);
    else one();
  });
}

function parseLog(text: string): StubCall[] {
  const fields = text.split('\0');
  const calls: StubCall[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const count = Number(fields[at + 1]);
    calls.push({ name: fields[at] ?? '', args: fields.slice(at + 2, at + 2 + count) });
    at += 2 + count;
  }
  return calls;
}

/** What guard lists for a command line that would run in a folder of the sandbox, scripts on disk read. */
export async function resolveIn(box: Sandbox, command: string, cwd: string): Promise<ResolvedScript> {
  const request: Request = {
    ...{ command, shell: 'bash', name: undefined, positionals: [], cwd, env: box.env },
    from: { kind: 'command-line', label: 'command line' },
  };
  const answers = new Map<string, Answer>();
  for (;;) {
    const world = new PlannedWorld(answers);
    const resolved = resolve(request, world);
    if (world.open.length === 0) return resolved;
    for (const query of world.open) {
      answers.set(queryKey(query), query.kind === 'file' ? await readText(query.path) : { kind: 'absent' });
    }
  }
}
