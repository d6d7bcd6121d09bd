// timeout: runs a command for a limited time.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'timeout gtimeout', values: '-k -s --kill-after --signal', skip: 1 });
