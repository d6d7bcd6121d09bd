// strace, ltrace, valgrind: run a command and watch it.
import { prefix } from '../prefix.ts';

export const launcher = prefix({
  names: 'strace ltrace valgrind',
  values: '-e -o -p -s -u -E -P -a -O -S -U -I -n -l',
  idle: '-p',
});
