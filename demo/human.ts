// A human at a terminal, played: a program runs on a pty of its own, somebody reads the screen and presses a key.
//
// guard asks nobody where an agent is among the processes above it, and this demo may well have been started by one. The
// played human has nothing to do with whoever started the demo, so its terminal is not theirs either: a shell starts the
// host of the pty in the background and ends, and the host lives on as a child of the system's first process. guard has no
// switch for this; it sees a terminal, a human's environment, and no agent. All that the played human ever says is no.
import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type * as NodePty from 'node-pty';
import { Screen } from './screen.ts';

const columns = 80;
const rows = 24;

export interface TerminalCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

type FromHost = { readonly data: string } | { readonly exit: number };
type ToHost = { readonly type: string };

export interface Watched {
  /** 128+n where a signal ended it; undefined where it did not end in time. */
  readonly status: number | undefined;
  /** What was on the screen when the key was pressed; undefined where no question came. */
  readonly asked: Screen | undefined;
  /** What was on it at the end. */
  readonly last: Screen;
}

/** How long the screen stands still before the key is pressed: longer than guard throws type-ahead away. */
const readingTime = 800;
const patience = 30_000;

/** Runs a command on a pty and, once the screen `asks`, waits until it stands still and types `answer`. */
export async function answerAtTerminal(
  command: TerminalCommand,
  host: readonly [string, ...string[]],
  asks: (screen: Screen) => boolean,
  answer: string,
): Promise<Watched> {
  const last = new Screen(columns);
  const asked = new Screen(columns);
  let isAnswered = false;
  let quiet: NodeJS.Timeout | undefined;
  let output = '';
  const { events, send, end } = startHost(command, host);
  const hasAsked = () => asks(last) && !isAnswered;
  const press = () => {
    isAnswered = true;
    asked.write(output);
    send({ type: answer });
  };
  const timer = setTimeout(end, patience);
  try {
    for await (const event of events) {
      if ('exit' in event) return { status: event.exit, asked: isAnswered ? asked : undefined, last };
      output += event.data;
      last.write(event.data);
      clearTimeout(quiet);
      if (hasAsked()) quiet = setTimeout(press, readingTime);
    }
    return { status: undefined, asked: isAnswered ? asked : undefined, last };
  } finally {
    clearTimeout(timer);
    clearTimeout(quiet);
    end();
  }
}

interface Host {
  readonly events: AsyncIterable<FromHost>;
  send(message: ToHost): void;
  end(): void;
}

/** Starts the host in the background of a shell that ends at once; pipes 3 and 4 stay between the two of us. */
function startHost(command: TerminalCommand, [program, ...words]: readonly [string, ...string[]]): Host {
  const child: ChildProcess = spawn('/bin/sh', ['-c', '"$@" &', 'sh', program, ...words, JSON.stringify(command)], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'],
    env: { ...command.env },
    detached: true,
  });
  const input = child.stdio[3] as Writable;
  const output = child.stdio[4] as Readable;
  input.on('error', () => {});
  return {
    events: readEvents(output),
    send: (message) => input.write(`${JSON.stringify(message)}\n`),
    end: () => input.end(),
  };
}

async function* readEvents(output: Readable): AsyncGenerator<FromHost> {
  for await (const line of createInterface({ input: output })) yield JSON.parse(line) as FromHost;
}

/** The host itself, in a process of its own: a pty, its output to pipe 4, keys from pipe 3. It ends with either side. */
export async function hostTerminal(root: string, command: TerminalCommand, output: Writable): Promise<void> {
  const { spawn: spawnPty } = createRequire(`${root}/`)('node-pty') as typeof NodePty;
  const { file, args, cwd, env } = command;
  const pty = spawnPty(file, [...args], { cwd, env: { ...env }, cols: columns, rows, name: env.TERM ?? 'xterm' });
  const tell = (event: FromHost) => output.write(`${JSON.stringify(event)}\n`);
  pty.onData((data) => tell({ data }));
  const exit = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode, signal }) => resolve(signal ? 128 + signal : exitCode));
  });
  const keys = createReadStream('', { fd: 3 });
  keys.on('close', () => pty.kill('SIGKILL'));
  createInterface({ input: keys }).on('line', (line) => pty.write((JSON.parse(line) as ToHost).type));
  tell({ exit: await exit });
  output.end(() => process.exit(0));
}
