// Whether a human sits at the terminal. A terminal that opens proves nothing: an agent that drives a pty answers itself.
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Environ } from '../state/folders.ts';
import { type Ancestor, findAgent } from './agent.ts';

export type Human = { readonly kind: 'terminal' } | { readonly kind: 'none'; readonly reason: string };

/** This process among others, as the system knows it. */
export interface ProcessFacts {
  readonly group: number;
  /** Group in the foreground of the controlling terminal; -1 without one. */
  readonly foregroundGroup: number;
  /** Id of the session, as a key. */
  readonly session: string;
  /** From the parent upwards. Ends where a process cannot be read, as those of others cannot where /proc hides them. */
  readonly ancestors: readonly Ancestor[];
}

/** The facts that say whether a human can be asked. */
export interface World {
  readonly env: Environ;
  readonly stdinIsTerminal: () => boolean;
  readonly stderrIsTerminal: () => boolean;
  /** Whether the controlling terminal opens for reading and writing. */
  readonly terminalOpens: () => boolean;
  /** Undefined where the system does not tell. */
  readonly processes: () => ProcessFacts | undefined;
}

/**
 * A terminal where a human can be asked, or the reason why there is none. Any doubt is a reason: guard asks only where
 * stdin and stderr are terminals, the controlling terminal opens, guard stands in its foreground, and no agent is known
 * to be calling. One clause, for messages.
 */
export async function findHuman(world: World): Promise<Human> {
  const reason = reasonAgainst(world);
  return reason === undefined ? { kind: 'terminal' } : { kind: 'none', reason };
}

function reasonAgainst(world: World): string | undefined {
  const caller = findAgent(world.env, []);
  if (caller !== undefined) return `${caller.agent} is calling (${caller.evidence}), and an agent may not answer`;
  if (!world.stdinIsTerminal()) return 'standard input is not a terminal';
  if (!world.stderrIsTerminal()) return 'standard error is not a terminal';
  if (!world.terminalOpens()) return 'there is no controlling terminal';
  const processes = world.processes();
  if (processes === undefined) return 'the processes above guard could not be read, so an agent cannot be ruled out';
  if (processes.group !== processes.foregroundGroup) return 'guard runs in the background of its terminal';
  const above = findAgent({}, processes.ancestors);
  if (above !== undefined)
    return `${above.agent} drives this terminal (${above.evidence}), and an agent may not answer`;
  return undefined;
}

/** The real world. Standard output is not looked at: guard's is a pipe to its launcher. */
export const realWorld = (env: Environ): World => ({
  env,
  stdinIsTerminal: () => isatty(0),
  stderrIsTerminal: () => isatty(2),
  terminalOpens: () => opens('/dev/tty'),
  processes: process.platform === 'linux' ? readProc : readPs,
});

function opens(path: string): boolean {
  try {
    closeSync(openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK));
    return true;
  } catch {
    return false;
  }
}

const maxAncestors = 64;

interface Stat {
  readonly name: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly foregroundGroup: number;
}

/** Linux, proc_pid_stat(5): `pid (comm) state ppid pgrp session tty_nr tpgid ...`; comm may itself hold parentheses. */
function readStat(pid: number | 'self'): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    const fields = text
      .slice(end + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0, group = 0, session = 0, , foregroundGroup = -1] = fields;
    return { name: text.slice(text.indexOf('(') + 1, end), parent, group, session, foregroundGroup };
  } catch {
    return undefined;
  }
}

function readWords(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, 32);
  } catch {
    return [];
  }
}

function readProc(): ProcessFacts | undefined {
  const self = readStat('self');
  if (self === undefined) return undefined;
  const ancestors: Ancestor[] = [];
  for (let pid = self.parent; pid > 0 && ancestors.length < maxAncestors; ) {
    const stat = readStat(pid);
    if (stat === undefined) break;
    ancestors.push({ pid, name: stat.name, words: readWords(pid) });
    pid = stat.parent;
  }
  const { group, foregroundGroup, session } = self;
  return { group, foregroundGroup, session: `linux:${session}`, ancestors };
}

/** macOS and the BSDs, ps(1): one listing of all processes. Words are split at spaces; ps does not tell them apart. */
function readPs(): ProcessFacts | undefined {
  const rows = new Map<
    number,
    { parent: number; group: number; foregroundGroup: number; terminal: string; command: string }
  >();
  for (const line of listProcesses().split('\n')) {
    const match = /^ {0,12}(\d+) +(\d+) +(\d+) +(-?\d+) +(\S+) +(.*)$/.exec(line);
    if (match === null) continue;
    const [, pid, parent, group, foregroundGroup, terminal = '', command = ''] = match;
    rows.set(Number(pid), {
      parent: Number(parent),
      group: Number(group),
      foregroundGroup: Number(foregroundGroup),
      terminal,
      command,
    });
  }
  const self = rows.get(process.pid);
  if (self === undefined) return undefined;
  const ancestors: Ancestor[] = [];
  for (let pid = self.parent; pid > 0 && ancestors.length < maxAncestors; ) {
    const row = rows.get(pid);
    if (row === undefined) break;
    const words = row.command.split(' ');
    ancestors.push({ pid, name: words[0] ?? '', words });
    pid = row.parent;
  }
  const { group, foregroundGroup, terminal } = self;
  return { group, foregroundGroup, session: `ps:${terminal}`, ancestors };
}

function listProcesses(): string {
  try {
    return execFileSync('/bin/ps', ['-axo', 'pid=,ppid=,pgid=,tpgid=,tty=,command='], {
      encoding: 'utf8',
      timeout: 2_000,
      maxBuffer: 16 << 20,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}
