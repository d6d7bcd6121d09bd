// The caller's environment: what the launcher was given, before it took away what would change guard's own Node.
import { readFileSync } from 'node:fs';
import type { Environ } from '../state/folders.ts';

/**
 * All variables of the caller. The launcher's own start environment holds them unchanged where the system shows it
 * (Linux); elsewhere this process's own variables stand for them, less what the launcher added.
 */
export function callerEnvironment(): Environ {
  const { GUARD_LAUNCHER_PID: launcher, GUARD_CA_CERTS: certificates, ...own } = process.env;
  if (launcher === undefined || Number(launcher) !== process.ppid) return process.env;
  return (
    startEnvironment(launcher) ?? {
      ...own,
      ...(certificates === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificates }),
    }
  );
}

function startEnvironment(pid: string): Environ | undefined {
  try {
    const pairs = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .filter((pair) => pair.includes('='));
    return Object.fromEntries(
      pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    );
  } catch {
    return undefined;
  }
}
