// taskset, chrt, numactl: run a command on chosen processors.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'taskset', skip: 1, idle: '-p' });
