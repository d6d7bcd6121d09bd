// gsutil. Source: cloud.google.com/storage/docs/gsutil.
import { program as grammar } from '../program.ts';

export const program = grammar({ names: 'gsutil', values: '-o -h -u -i', inert: '-n' });
