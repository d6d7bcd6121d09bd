// The disk: what stands at a path itself, and what a folder holds. Links are never followed where that is not asked.
import type { Stats } from 'node:fs';
import { lstat, opendir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Answer, Survey } from '../core/model/observation.ts';
import { fromError } from './files.ts';

/** What a survey reads at most; what is behind it is counted as `more`. */
const limits = { entries: 5_000, milliseconds: 150, repositories: 20, names: 200 } as const;

/** What stands at a path; the folders in front of it are followed, the path itself is not. */
export async function readEntry(path: string): Promise<Answer> {
  try {
    const info = await lstat(path);
    const real = path === '/' ? '/' : join(await realpath(dirname(path)), basename(path));
    const type = info.isFile() ? 'file' : info.isDirectory() ? 'folder' : info.isSymbolicLink() ? 'link' : 'other';
    const leadsTo = type === 'link' ? await realpath(path).catch(() => undefined) : undefined;
    const mounts = type === 'folder' || type === 'file' ? await mountsAt(real) : [];
    return { kind: 'entry', type, real, leadsTo, size: info.size, born: bornAt(info), mounts };
  } catch (error) {
    return fromError(error);
  }
}

/** Zero stands for a file system that does not keep it. */
const bornAt = (info: Stats): number | undefined => (info.birthtimeMs > 0 ? info.birthtimeMs : undefined);

/** File systems of the kernel, and those that are gone with the machine's memory. */
const keepsNothing =
  /^(proc|sysfs|tmpfs|devtmpfs|devpts|mqueue|cgroup2?|debugfs|tracefs|securityfs|pstore|bpf|configfs|fusectl|hugetlbfs|binfmt_misc|rpc_pipefs|nsfs|autofs|ramfs|squashfs)$/;

/** Mount points at a path or below it. Source: proc_pid_mountinfo(5); elsewhere than on Linux a folder on another device. */
async function mountsAt(path: string): Promise<readonly string[]> {
  const table = await readFile('/proc/self/mountinfo', 'utf8').catch(() => undefined);
  if (table === undefined) return (await isOtherDevice(path)) ? [path] : [];
  return mountsIn(table, path);
}

/** The mount points of a table that keep files, at a path or below it. */
export function mountsIn(table: string, path: string): readonly string[] {
  const prefix = path === '/' ? '/' : `${path}/`;
  const found = table.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const point = before
      .split(' ')[4]
      ?.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    if (point === undefined || (point !== path && !point.startsWith(prefix))) return [];
    return keepsNothing.test(after.split(' ')[0] ?? '') ? [] : [point];
  });
  return [...new Set(found)].slice(0, 20);
}

async function isOtherDevice(path: string): Promise<boolean> {
  const [own, above] = await Promise.all([lstat(path), lstat(dirname(path))]);
  return own.isDirectory() && own.dev !== above.dev;
}

interface Count {
  files: number;
  entries: number;
  complete: boolean;
  /** Undefined once the birth of one is not known. */
  born: number | undefined;
  readonly repositories: string[];
  readonly names: string[];
}

/** Everything at the paths and below them, counted. */
export async function survey(paths: readonly string[]): Promise<Answer> {
  const count: Count = {
    files: 0,
    entries: 0,
    complete: true,
    born: Number.POSITIVE_INFINITY,
    repositories: [],
    names: [],
  };
  const deadline = Date.now() + limits.milliseconds;
  await countAt(paths, count, deadline);
  const { files, complete, repositories, names } = count;
  const born = count.born === Number.POSITIVE_INFINITY ? undefined : count.born;
  const answer: Survey = { files, complete, born, repositories, names };
  return { kind: 'survey', ...answer };
}

async function countAt(paths: readonly string[], count: Count, deadline: number): Promise<void> {
  let level = paths;
  while (level.length > 0) {
    const folders = await countAll(level, count, deadline);
    const below: string[] = [];
    for (const folder of folders) {
      if (isOver(count, deadline)) return;
      below.push(...(await namesOf(folder, count)));
    }
    level = below;
  }
}

function isOver(count: Count, deadline: number): boolean {
  if (count.entries <= limits.entries && Date.now() <= deadline) return false;
  count.complete = false;
  return true;
}

/** How many paths are looked at at once. */
const batch = 64;

/** Counts the paths and gives back the folders among them that are to be looked into. */
async function countAll(paths: readonly string[], count: Count, deadline: number): Promise<readonly string[]> {
  const folders: string[] = [];
  for (let at = 0; at < paths.length; at += batch) {
    if (isOver(count, deadline)) return folders;
    const some = paths.slice(at, at + batch);
    count.entries += some.length;
    const infos = await Promise.all(some.map((path) => lstat(path).catch(onlyMissing)));
    infos.forEach((info, index) => {
      const path = some[index] ?? '';
      if (info === 'unreadable') count.complete = false;
      else if (info !== undefined && note(path, info, count)) folders.push(path);
    });
  }
  return folders;
}

/** Counts one; true where it is a folder to look into. A repository counts as one thing: git is asked what it holds. */
function note(path: string, info: Stats, count: Count): boolean {
  const born = bornAt(info);
  count.born = count.born === undefined || born === undefined ? undefined : Math.min(count.born, born);
  const isRepository = basename(path) === '.git';
  if (isRepository && count.repositories.length < limits.repositories) count.repositories.push(dirname(path));
  if (info.isDirectory() && !isRepository) return true;
  if (info.isSymbolicLink() || (info.isFile() && info.size === 0)) return false;
  count.files += 1;
  if (count.names.length < limits.names) count.names.push(path);
  return false;
}

/** What is gone meanwhile is not there; what cannot be read may be anything. */
const onlyMissing = (error: NodeJS.ErrnoException): 'unreadable' | undefined =>
  error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : 'unreadable';

async function namesOf(path: string, count: Count): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(path)) {
      names.push(join(path, entry.name));
      if (names.length > limits.entries) break;
    }
  } catch {
    count.complete = false;
  }
  return names;
}
