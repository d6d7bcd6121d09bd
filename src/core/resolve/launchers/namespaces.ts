// nsenter, unshare, bwrap, firejail and the like: run a command in other namespaces or under other limits.
import { textOf } from '../../model/word.ts';
import { prefix } from '../prefix.ts';

export const launchers = [
  prefix({
    names: 'nsenter unshare',
    values:
      '-t --target -S -G -R -w --setuid --setgid --root --wd --wdns --map-user --map-group --map-users --map-groups --propagation',
    // In the mount namespace of process 1 are the files of the machine itself, whatever container this is called in.
    change: ({ flags }, { name }) => {
      const target = textOf(flags.get('-t') ?? flags.get('--target'));
      const mounts = ['-m', '--mount', '-a', '--all'].some((flag) => flags.has(flag));
      return name === 'nsenter' && target === '1' && mounts ? { host: { kind: 'local' } } : {};
    },
  }),
  prefix({ names: 'firejail fakeroot fakechroot proot tini dumb-init', values: '-r -b -w -R -0 -l -i -s -f -e' }),
  prefix({ names: 'prlimit cgexec choom faketime schedtool', values: '-g -n -p --pid', idle: '--pid -p' }),
  prefix({ names: 'setarch linux32 linux64 i386 x86_64 arch' }),
  prefix({ names: 'sshpass', values: '-p -f -d -P' }),
  prefix({ names: 'rlwrap stdoutisatty', values: '-a -f -H -s -C -D' }),
  prefix({
    names: 'eatmydata ssh-agent dbus-launch cpulimit nq tsp systemd-inhibit systemd-cat',
    values: '-l -p -e -P -L -t --what --who --why --mode -a',
  }),
  prefix({ names: 'xvfb-run', values: '-e -f -n -p -s -w --error-file --auth-file --server-num --server-args --wait' }),
  prefix({
    names: 'ld.so ld-linux.so.2 ld-linux-x86-64.so.2 ld-linux-aarch64.so.1',
    values: '--library-path --preload --argv0 --audit',
  }),
  prefix({ names: 'wine wine64 box64 qemu-x86_64 rosetta' }),
];
