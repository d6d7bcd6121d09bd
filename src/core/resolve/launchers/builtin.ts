// builtin: runs a shell builtin past functions.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'builtin' });
