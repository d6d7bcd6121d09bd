// The evaluator's side of the launcher's protocol: its answer, and noticing that the launcher is gone.

/**
 * The text that makes the launcher become `shell`. It is the whole of standard output; anything else there, or
 * any exit status but 0, is a refusal. `spool` is the copy of a script that was read from standard input.
 * Throws for paths that the protocol cannot carry.
 */
export function answerRun(shell: string, spool?: string): string {
  for (const path of spool === undefined ? [shell] : [shell, spool]) {
    if (!path.startsWith('/') || /[\n\0]/.test(path)) throw new Error(`${JSON.stringify(path)} cannot be handed over`);
  }
  return `run\n${shell}\n${spool === undefined ? '' : `${spool}\n`}`;
}

/**
 * Calls `gone` once when the launcher has ended, as by SIGTERM or SIGKILL: nothing that is answered then can run, so
 * a question on a terminal must go away. Returns the function that stops watching; the watch alone keeps no process
 * alive. `launcher` is the id that the launcher handed over: it may be gone before the first look. Asks the system
 * for the parent's id every `interval` milliseconds, which is the only sign that a SIGKILL leaves.
 */
export function watchLauncher(gone: () => void, launcher = launcherId(), interval = 200): () => void {
  const timer = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(timer);
    gone();
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}

const launcherId = (): number => Number(process.env.GUARD_LAUNCHER_PID) || process.ppid;
