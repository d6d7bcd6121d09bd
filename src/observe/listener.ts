// Listeners: which process accepts connections on a port of this machine. Read-only; elsewhere than on Linux lsof is asked.
import { execFile } from 'node:child_process';
import { opendir, readdir, readFile, readlink } from 'node:fs/promises';
import type { Answer } from '../core/model/observation.ts';

/** Milliseconds for the whole look. */
const timeLimit = 1_000;
const commandLength = 500;
/** The state of a listening socket in /proc/net/tcp. Source: include/net/tcp_states.h of Linux. */
const listening = '0A';

/** The process that listens on a TCP port; `absent` where nobody does. */
export const findListener = (port: number, platform: NodeJS.Platform = process.platform): Promise<Answer> =>
  platform === 'linux' ? findInProc(port) : findWithLsof(port, '/usr/sbin/lsof');

async function findInProc(port: number): Promise<Answer> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => undefined)),
  );
  if (tables.every((table) => table === undefined))
    return { kind: 'failed', reason: 'error', detail: '/proc/net/tcp cannot be read' };
  const sockets = new Set(tables.flatMap((table) => socketsOn(table ?? '', port)));
  return sockets.size === 0 ? { kind: 'absent' } : ownerOf(sockets);
}

/** The inodes of the sockets that listen on the port. Columns: sl, local address, remote address, state, ... inode. */
export function socketsOn(table: string, port: number): readonly string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table.split('\n').flatMap((line) => {
    const columns = line.trim().split(/\s+/);
    const inode = columns[9];
    return columns[1]?.endsWith(wanted) && columns[3] === listening && inode !== undefined ? [`socket:[${inode}]`] : [];
  });
}

async function ownerOf(sockets: ReadonlySet<string>): Promise<Answer> {
  const deadline = Date.now() + timeLimit;
  for await (const entry of await opendir('/proc')) {
    if (!/^\d+$/.test(entry.name)) continue;
    if (Date.now() > deadline) return { kind: 'failed', reason: 'timeout', detail: 'the search was cut off' };
    if (await holds(entry.name, sockets)) return processAt(entry.name);
  }
  return { kind: 'failed', reason: 'unreadable', detail: 'it belongs to another user' };
}

/** Whether one of the process's descriptors is one of the sockets. Other users' processes cannot be looked into. */
async function holds(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const descriptors = await readdir(folder).catch(() => []);
  const links = await Promise.all(descriptors.map((each) => readlink(`${folder}/${each}`).catch(() => '')));
  return links.some((link) => sockets.has(link));
}

async function processAt(pid: string): Promise<Answer> {
  const [name, command] = await Promise.all(
    ['comm', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
  );
  return describe(name ?? '', (command ?? '').replaceAll('\0', ' '));
}

const describe = (name: string, command: string): Answer => ({
  kind: 'process',
  name: name.trim(),
  command: command.trim().slice(0, commandLength),
});

/** lsof prints one field per line: `p1234`, `cssh`, ... Source: lsof(8), OUTPUT FOR OTHER PROGRAMS. */
export async function findWithLsof(port: number, lsof: string): Promise<Answer> {
  const listed = await output(lsof, ['-nP', '+c0', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  // lsof ends with 1 and says nothing where it found nothing; other users' sockets are not shown either.
  if (listed === undefined) return { kind: 'failed', reason: 'error', detail: 'lsof did not answer' };
  const field = (letter: string) =>
    listed
      .split('\n')
      .find((line) => line.startsWith(letter))
      ?.slice(1);
  const pid = field('p');
  if (pid === undefined) return { kind: 'failed', reason: 'error', detail: 'no process of this user listens there' };
  const command = await output('/bin/ps', ['-o', 'command=', '-p', pid]);
  return describe(field('c') ?? '', command ?? '');
}

/** What a program prints; undefined where it could not be started or took too long. Its exit status says nothing. */
const output = (file: string, args: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile(file, [...args], { timeout: timeLimit, env: {}, maxBuffer: 64 * 1024 }, (error, stdout) => {
      const ended = error === null || typeof error.code === 'number';
      resolve(ended ? stdout : undefined);
    });
  });
