// Files that the build writes: only when their content changes, and whole or not at all.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A failure that a person can act upon; the build prints its message without a stack. */
export class BuildError extends Error {}

/**
 * Writes a file unless it already says the same. A reader sees the old or the new content, never half of it, so two
 * builds at once do no harm.
 *
 * @param {string} path
 * @param {string | Uint8Array} content
 * @returns {boolean} whether the file changed
 */
export function writeIfChanged(path, content) {
  const bytes = Buffer.from(content);
  if (readIfThere(path)?.equals(bytes)) return false;
  mkdirSync(dirname(path), { recursive: true });
  const scratch = `${path}.${process.pid}.new`;
  writeFileSync(scratch, bytes);
  renameSync(scratch, path);
  return true;
}

/** Removes the files of a folder that are not among `wanted` (base names). */
export function removeOthers(folder, wanted) {
  for (const name of listFolder(folder)) {
    if (!wanted.has(name) && !name.endsWith('.new')) rmSync(`${folder}/${name}`, { recursive: true, force: true });
  }
}

/** Names in a folder, sorted by code units so that every machine agrees; none where there is no folder. */
export function listFolder(folder) {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
