// stdbuf, unbuffer: run a command with other buffering.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'stdbuf unbuffer', values: '-i -o -e --input --output --error' });
