// busybox, toybox: many programs in one; the first word names the one.
import { prefix } from '../prefix.ts';

export const launcher = prefix({ names: 'busybox toybox' });
