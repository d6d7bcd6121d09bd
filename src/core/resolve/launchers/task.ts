// task: the tasks of a Taskfile, or of taskipy where there is none.
import type { Launcher } from '../launcher.ts';
import { runTaskipy } from '../python/scripts.ts';
import { runTask } from '../taskfile/index.ts';

/** Sources: taskfile.dev; the README of taskipy. */
export const launcher: Launcher = {
  names: ['task', 'go-task'],
  unwrap: (call, world) => runTask(call, world) ?? runTaskipy(call, world),
};
