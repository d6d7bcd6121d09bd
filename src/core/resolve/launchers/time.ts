// time as a program: measures a command.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'time gtime', values: '-f -o --format --output' });
