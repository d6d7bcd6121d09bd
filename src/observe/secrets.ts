// Secrets: where a value that a command uses stands on this machine. The value itself never leaves this module.
import { constants, type Dirent } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Answer, Query } from '../core/model/observation.ts';

/** Files in which people keep secrets. */
const holdsSecrets =
  /^\.env|\.env$|^\.envrc$|secret|credential|token|^\.npmrc$|^\.netrc$|^\.pgpass$|^config(\..+)?\.(json|ya?ml|toml|ini|js|ts)$|^settings.*\.(json|py|ya?ml)$|\.tfvars$|^docker-compose.*\.ya?ml$|^compose.*\.ya?ml$|^\.dev\.vars$|\.(sh|env|conf|cfg|ini|properties)$/i;
const skipped = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  'dist',
  'build',
  'target',
  '.venv',
  'venv',
  '__pycache__',
  '.next',
  'vendor',
]);
/** Well-known places in the home folder. */
const wellKnown = [
  '.railway/config.json',
  '.netrc',
  '.npmrc',
  '.pgpass',
  '.aws/credentials',
  '.docker/config.json',
  '.config/gh/hosts.yml',
  '.vercel/auth.json',
  '.local/share/com.vercel.cli/auth.json',
  '.fly/config.yml',
  '.config/neonctl/credentials.json',
  '.supabase/access-token',
  '.env',
  '.bashrc',
  '.zshrc',
  '.profile',
  '.zshenv',
  '.bash_profile',
];

const limits = { files: 2_000, depth: 6, bytes: 256 * 1024, milliseconds: 400 } as const;

/** What a search may spend; the clock that counts never goes backwards. */
class Budget {
  readonly #deadline = performance.now() + limits.milliseconds;
  #files = 0;
  #cutOff = false;

  /** Whether one more file may be read. */
  spend(): boolean {
    this.#files += 1;
    if (this.#files > limits.files || performance.now() > this.#deadline) this.#cutOff = true;
    return !this.#cutOff;
  }

  /** Whether the search may go on; folders cost time only. */
  get open(): boolean {
    if (performance.now() > this.#deadline) this.#cutOff = true;
    return !this.#cutOff;
  }
}

/** The first file and line that hold the value: the workspace first, then the home folder's well-known files. */
export async function findSecret(query: Extract<Query, { kind: 'secret' }>): Promise<Answer> {
  const budget = new Budget();
  for await (const path of places(query, budget)) {
    if (!budget.spend()) break;
    const line = await lineOf(path, query.value);
    if (line !== undefined) return { kind: 'found', path, line };
  }
  return budget.open ? { kind: 'absent' } : { kind: 'failed', reason: 'timeout', detail: 'the search was cut off' };
}

async function* places({ cwd, home }: Extract<Query, { kind: 'secret' }>, budget: Budget): AsyncGenerator<string> {
  const top = await workspaceOf(cwd, home);
  if (top !== undefined) yield* filesBelow(top, budget);
  if (home !== undefined) for (const name of wellKnown) yield join(home, name);
}

/** The repository around the folder, else the folder itself; never the home folder or the root as a whole. */
async function workspaceOf(cwd: string, home: string | undefined): Promise<string | undefined> {
  for (let folder = cwd; folder !== '/' && folder !== home; folder = dirname(folder)) {
    const isTop = await stat(join(folder, '.git')).then(
      () => true,
      () => false,
    );
    if (isTop) return folder;
  }
  return cwd === '/' || cwd === home ? undefined : cwd;
}

/** Breadth first, so that what is near is found first. Links to files are followed, links to folders are not. */
async function* filesBelow(top: string, budget: Budget): AsyncGenerator<string> {
  const queue: { folder: string; depth: number }[] = [{ folder: top, depth: 0 }];
  for (let next = queue.shift(); next !== undefined && budget.open; next = queue.shift()) {
    const { folder, depth } = next;
    const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if ((entry.isFile() || entry.isSymbolicLink()) && holdsSecrets.test(entry.name)) yield join(folder, entry.name);
      else if (entry.isDirectory() && depth < limits.depth && !skipped.has(entry.name))
        queue.push({ folder: join(folder, entry.name), depth: depth + 1 });
    }
  }
}

/** 1-based line of the first occurrence. A named pipe must not keep the search waiting. */
async function lineOf(path: string, value: string): Promise<number | undefined> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const info = await handle.stat();
    if (!info.isFile() || info.size > limits.bytes) return undefined;
    const text = await handle.readFile('utf8');
    const at = text.indexOf(value);
    return at < 0 ? undefined : text.slice(0, at).split('\n').length;
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}
