// flock: runs a command while it holds a lock.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'flock', values: '-w -E --timeout --conflict-exit-code', skip: 1 });
