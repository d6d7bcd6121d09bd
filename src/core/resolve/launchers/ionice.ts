// ionice: runs a command at another I/O priority; with -p it changes a running one.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'ionice', values: '-c -n -p -P -u --class --classdata', idle: '-p -P -u' });
