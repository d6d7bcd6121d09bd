// nice: runs a command at another priority.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'nice', values: '-n --adjustment' });
