// StateError: guard's own files cannot be used as they are. It names the path and what to do.

export type StateProblem =
  | 'unsafe' // a link, somebody else's, writable by others, not a regular file
  | 'unwritable' // permissions, a read-only file system
  | 'full' // no space, quota, file size limit
  | 'too-large' // more than the reader accepts
  | 'io'; // anything else the system said

export class StateError extends Error {
  readonly problem: StateProblem;
  readonly path: string;

  constructor(problem: StateProblem, path: string, message: string) {
    super(message);
    this.name = 'StateError';
    this.problem = problem;
    this.path = path;
  }
}

const problems: Readonly<Record<string, readonly [StateProblem, string]>> = {
  ELOOP: ['unsafe', 'is a symbolic link, and guard follows none to its own files'],
  ENXIO: ['unsafe', 'is not a regular file'],
  EISDIR: ['unsafe', 'is a folder where a file was expected'],
  ENOTDIR: ['unsafe', 'lies below something that is not a folder'],
  EACCES: ['unwritable', 'cannot be used: permission denied'],
  EPERM: ['unwritable', 'cannot be used: the system does not permit it'],
  EROFS: ['unwritable', 'lies on a read-only file system'],
  ENOSPC: ['full', 'cannot grow: no space left'],
  EDQUOT: ['full', 'cannot grow: the quota is used up'],
  EFBIG: ['full', 'cannot grow: the file size limit is reached'],
};

/** The code of a system error (`ENOENT`), or undefined where the value is something else. */
export function codeOf(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Anything that was thrown while a path was used, as a StateError. */
export function toStateError(error: unknown, path: string): StateError {
  if (error instanceof StateError) return error;
  const known = problems[codeOf(error) ?? ''];
  if (known) return new StateError(known[0], path, `${path} ${known[1]}`);
  return new StateError(
    'io',
    path,
    `${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
  );
}
