// nohup: runs a command that outlives the terminal.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'nohup' });
