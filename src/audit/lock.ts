// One writer at a time among many processes, without a lock that outlives its holder.
//
// The lock is a symbolic link whose text says who holds it: it appears whole or not at all, and link(2)-style
// exclusiveness needs no temporary file. A holder that was killed leaves its link behind. It is broken like this:
// whoever finds the holder dead first takes a second lock that is named after the dead holder's nonce, looks again
// whether the link is still the dead one's, and only then removes it. A dead holder never comes back, and only the
// owner of that second lock removes its link, so no live lock is ever taken away. The second lock follows the same rule.

import { randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../state/error.ts';
import { AuditError } from './entry.ts';

interface Holder {
  readonly pid: number;
  /** When the process started, in the system's own unit; empty where it cannot be read. */
  readonly start: string;
  /** Host and pid namespace, percent-encoded: a pid says nothing outside of it. */
  readonly space: string;
  readonly nonce: string;
}

/** A lock of another machine or container cannot be judged by pid. What it protects takes milliseconds. */
const foreignStaleMs = 30_000;
/** On systems without /proc the start of a process is looked up by a program, so only after a while. */
const thoroughAfterMs = 1_000;

/**
 * Takes the lock at `path` and returns what gives it back. Waits at most `waitMs`; then AuditError `busy`.
 * Other errors of the file system are thrown as they are.
 */
export async function acquireLock(path: string, waitMs: number): Promise<() => void> {
  const self = describeSelf();
  const begun = performance.now();
  for (;;) {
    if (tryTake(path, self)) return () => release(path, self);
    const waited = performance.now() - begun;
    const holder = readHolder(path);
    if (holder && !isAlive(holder, path, waited > thoroughAfterMs) && breakDead(path, holder, self)) continue;
    if (waited >= waitMs) throw busy(path, holder);
    // Spread out, so that many waiters do not come back at once.
    await sleep(1 + Math.random() * 5);
  }
}

/** Never throws: what was done under the lock counts, and a link that stays is broken once this process has ended. */
function release(path: string, self: Holder): void {
  try {
    if (readHolder(path)?.nonce === self.nonce) unlinkSync(path);
  } catch {}
}

function busy(path: string, holder: Holder | undefined): AuditError {
  const by = holder ? `process ${holder.pid}` : 'another process';
  return new AuditError('busy', path, `the audit log is locked by ${by}; if that is no guard, remove ${path}`);
}

/** Removes a dead holder's link, or a dead breaker's; false where somebody else is at it. */
function breakDead(path: string, dead: Holder, self: Holder): boolean {
  const claim = `${path.slice(0, path.lastIndexOf('/') + 1)}break.${dead.nonce}`;
  if (!tryTake(claim, self)) {
    const breaker = readHolder(claim);
    return breaker !== undefined && !isAlive(breaker, claim, false) && breakDead(claim, breaker, self);
  }
  if (readHolder(path)?.nonce === dead.nonce) unlinkSync(path);
  unlinkSync(claim);
  return true;
}

function tryTake(path: string, { pid, start, space, nonce }: Holder): boolean {
  try {
    symlinkSync([pid, start, space, nonce].join(' '), path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined where there is no lock any more. What is no lock of guard's reads as a holder that nobody knows. */
function readHolder(path: string): Holder | undefined {
  try {
    const [pid = '', start = '', space = '', nonce = ''] = readlinkSync(path).split(' ');
    return { pid: Number(pid), start, space, nonce: nonce.replace(/[^0-9a-f]/g, '') };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

let ownSpace: string | undefined;
let ownStart: string | undefined;

function describeSelf(): Holder {
  ownSpace ??= encodeURIComponent(`${hostname()} ${readNamespace()}`);
  ownStart ??= startOf(process.pid) ?? '';
  return { pid: process.pid, start: ownStart, space: ownSpace, nonce: randomBytes(12).toString('hex') };
}

function readNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function isAlive(holder: Holder, path: string, thorough: boolean): boolean {
  if (holder.space !== ownSpace) return ageOf(path) < foreignStaleMs;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  if (holder.start !== '') return startOf(holder.pid) === holder.start;
  return !thorough || !startedAfter(holder.pid, path);
}

function ageOf(path: string): number {
  return Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

/** Field 22 of /proc/<pid>/stat, behind the name, which may hold anything; undefined for zombies and without /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Whether a process began after the lock was made, so that it cannot be its holder: its pid was used again. */
function startedAfter(pid: number, path: string): boolean {
  // Loaded on demand: nothing else in the log starts a process.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { stdout } = spawnSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { LC_ALL: 'C' },
  });
  const started = Date.parse(stdout ?? '');
  return Number.isFinite(started) && Date.now() - started < ageOf(path) - 2_000;
}
