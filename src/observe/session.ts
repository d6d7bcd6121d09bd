// The session: when the agent that calls was started, by the processes above guard.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type Ancestor, detectAgent } from '../confirm/agent.ts';
import type { Answer } from '../core/model/observation.ts';

/** Milliseconds for ps where there is no /proc. */
const timeLimit = 400;
const maxAncestors = 24;
/** How exactly the start of a process is known: file times and process times come from different clocks. */
const margin = 1_000;

export interface Process extends Ancestor {
  readonly parent: number;
  /** Milliseconds since the epoch. */
  readonly started: number;
}

/**
 * When the agent was started: the nearest process above guard that is a known agent, else the one that called guard,
 * where that is no shell, terminal or service. Whoever else made files since then is not told apart from the agent.
 */
export async function readSession(pid = process.ppid): Promise<Answer> {
  const chain = process.platform === 'linux' ? await chainInProc(pid) : await chainByPs(pid);
  const started = startOf(chain);
  return started === undefined ? { kind: 'absent' } : { kind: 'time', at: started + margin };
}

/** What people and machines start agents from: nothing of it is a session of one. */
const noAgent =
  /^-?(systemd|init|launchd|login|sshd.*|tmux.*|screen|bash|zsh|fish|sh|dash|ksh|sudo|su|cron|crond|dockerd|containerd.*|runc|tini|dumb-init|gnome-terminal.*|konsole|kitty|alacritty|wezterm.*|xterm|iterm2?|terminal|code|electron|guard.*)$/i;

/** The start of the agent's process among those above guard, the nearest first. */
export function startOf(chain: readonly Process[]): number | undefined {
  const agent = chain.find((each) => detectAgent({}, [each]) !== undefined);
  if (agent !== undefined) return agent.started;
  const caller = chain.find(({ name, words }) => !isGuard(name, words));
  return caller === undefined || caller.pid === 1 || noAgent.test(caller.name) ? undefined : caller.started;
}

/** guard's own launcher, and the evaluator that it started. */
const isGuard = (name: string, words: readonly string[]): boolean =>
  /^guard/.test(name) || words.slice(0, 3).some((word) => /(^|\/)(guard(-\w+)?|shell\.cjs|cli\.cjs)$/.test(word));

async function chainInProc(pid: number): Promise<readonly Process[]> {
  const uptime = await readFile('/proc/uptime', 'utf8').catch(() => '');
  const booted = Date.now() - Number(uptime.split(' ')[0]) * 1_000;
  const chain: Process[] = [];
  for (let next = pid; next > 0 && chain.length < maxAncestors && Number.isFinite(booted); ) {
    const found = await processInProc(next, booted);
    if (found === undefined) break;
    chain.push(found);
    next = found.parent;
  }
  return chain;
}

/** Clock ticks are 1/100 s on every Linux that Node runs on. Source: proc_pid_stat(5). */
async function processInProc(pid: number, booted: number): Promise<Process | undefined> {
  try {
    const [stat, cmdline] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    // The name stands in parentheses and may hold anything, parentheses too.
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    return {
      pid,
      name: stat.slice(stat.indexOf('(') + 1, end),
      words: cmdline.split('\0').filter((word) => word !== ''),
      parent: Number(fields[1]),
      started: booted + Number(fields[19]) * 10,
    };
  } catch {
    return undefined;
  }
}

/** One call of ps for all processes: `pid ppid lstart command`. Source: ps(1) of macOS and the BSDs. */
async function chainByPs(pid: number): Promise<readonly Process[]> {
  const listed = await new Promise<string>((resolve) => {
    const options = { timeout: timeLimit, env: { LC_ALL: 'C' }, maxBuffer: 8 * 1024 * 1024 };
    execFile('/bin/ps', ['-axo', 'pid=,ppid=,lstart=,command='], options, (_error, stdout) => resolve(stdout));
  });
  const all = new Map(listed.split('\n').flatMap(processOfLine));
  const chain: Process[] = [];
  for (let next = all.get(pid); next !== undefined && chain.length < maxAncestors; next = all.get(next.parent))
    chain.push(next);
  return chain;
}

/** `  812   1 Sun Nov 22 21:10:04 2026 /usr/local/bin/claude --resume` */
export function processOfLine(line: string): [number, Process][] {
  const words = line.trim().split(/\s+/);
  const started = Date.parse(words.slice(2, 7).join(' '));
  const [program = '', ...rest] = words.slice(7);
  if (Number.isNaN(started)) return [];
  const pid = Number(words[0]);
  const name = program.split('/').at(-1) ?? '';
  return [[pid, { pid, name, words: [program, ...rest], parent: Number(words[1]), started }]];
}
