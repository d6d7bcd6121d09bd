// nsenter, unshare, bwrap, firejail and the like: run a command in other namespaces or under other limits.
import { prefix } from '../prefix.ts';

export const launchers = [
  prefix({
    names: 'nsenter unshare',
    values: '-t --target -S -G -R -w --setuid --setgid --root --wd --map-user --map-group --propagation',
  }),
  prefix({ names: 'firejail fakeroot fakechroot proot tini dumb-init', values: '-r -b -w -R -0 -l -i -s -f -e' }),
  prefix({ names: 'prlimit cgexec choom faketime schedtool', values: '-g -n -p --pid', idle: '--pid -p' }),
  prefix({ names: 'setarch linux32 linux64 i386 x86_64 arch' }),
  prefix({ names: 'sshpass', values: '-p -f -d -P' }),
  prefix({ names: 'rlwrap stdoutisatty', values: '-a -f -H -s -C -D' }),
  prefix({ names: 'wine wine64 box64 qemu-x86_64 rosetta' }),
  prefix({ names: 'entr' }),
];
