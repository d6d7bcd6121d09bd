// command: runs a program past functions and aliases; -v only looks it up.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'command', idle: '-v -V' });
