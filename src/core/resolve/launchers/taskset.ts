// taskset, chrt, numactl: run a command on chosen processors, or with another priority of the scheduler.
import { prefix } from '../prefix.ts';

/** Sources: taskset(1), chrt(1), numactl(8). The mask or the priority stands in front of the command. */
export const launchers = [
  prefix({ names: 'taskset', skip: 1, idle: '-p --pid' }),
  prefix({
    names: 'chrt',
    values: '-T --sched-runtime -P --sched-period -D --sched-deadline',
    skip: 1,
    idle: '-p --pid -m --max',
  }),
  prefix({
    names: 'numactl',
    values: '-i --interleave -m --membind -N --cpunodebind -C --physcpubind -p --preferred -w --weighted-interleave',
    idle: '-s --show -H --hardware',
  }),
];
