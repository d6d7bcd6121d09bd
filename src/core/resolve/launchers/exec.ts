// exec: replaces the shell by a command.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'exec', values: '-a' });
