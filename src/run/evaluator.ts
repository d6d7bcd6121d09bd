// The evaluator's code: compiled with V8's cache where there is one, because compiling it anew is half of its start.
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

export interface Evaluator {
  /** Runs it as the module that it is. */
  run(): void;
  /** V8's code for all that ran until now. */
  cache(): Buffer;
}

const wrapper = ['(function (exports, require, module, __filename, __dirname) {', '\n})'] as const;

/** Compiles `evaluator.cjs` of a dist folder. A cache of another Node or another build is not taken. */
export function loadEvaluator(dist: string, withCache = true): Evaluator {
  const file = join(dist, 'evaluator.cjs');
  const cached = withCache ? readCache(cachePath(dist)) : undefined;
  const source = `${wrapper[0]}${readFileSync(file, 'latin1')}${wrapper[1]}`;
  const script = new Script(source, { filename: file, ...(cached === undefined ? {} : { cachedData: cached }) });
  return {
    run: () => {
      const module = { exports: {} };
      script.runInThisContext()(module.exports, createRequire(file), module, file, dist);
    },
    cache: () => script.createCachedData(),
  };
}

/**
 * Keeps the cache beside the code that it was made from: whoever may write there may change the code as well. Atomic.
 * Throws where the folder cannot be written.
 */
export function writeCache(dist: string, cache: Buffer): void {
  const path = cachePath(dist);
  for (const name of readdirSync(dist)) if (name.startsWith('evaluator-')) rmSync(join(dist, name), { force: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, cache, { mode: 0o644, flag: 'wx' });
  renameSync(temporary, path);
}

/** V8 compares only the length of the source, so the file's size and time are in the name, and Node's version too. */
function cachePath(dist: string): string {
  const { size, mtimeMs } = statSync(join(dist, 'evaluator.cjs'));
  return join(dist, `evaluator-${process.version}-${process.arch}-${size}-${Math.round(mtimeMs)}.cache`);
}

function readCache(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
