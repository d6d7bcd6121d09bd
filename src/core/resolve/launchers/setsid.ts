// setsid: runs a command in a session of its own.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'setsid' });
