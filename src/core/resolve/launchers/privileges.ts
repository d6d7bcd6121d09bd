// pkexec, gosu, su-exec, run0, setuidgid: run a command as another user.
import { showWord, staticWord } from '../../model/word.ts';
import type { Launcher } from '../launcher.ts';
import { prefix } from '../prefix.ts';

/** Tools whose first word is the user. */
const userFirst: Launcher = {
  names: ['gosu', 'su-exec', 'setuidgid', 's6-setuidgid'],
  unwrap(call) {
    const [user, ...words] = call.args;
    return words.length === 0
      ? []
      : [{ kind: 'words', words, user: showWord(user ?? staticWord('root')).split(':')[0] ?? 'root' }];
  },
};

export const launchers = [
  userFirst,
  prefix({
    names: 'pkexec run0',
    values: '--user -u --chdir -D --unit --slice --property --setenv',
    change: () => ({ user: 'root' }),
  }),
  prefix({
    names: 'chpst setpriv',
    values: '-u -U -b -e -d -o -p -f -c -m -/ --reuid --regid --groups --ruid --euid --inh-caps --bounding-set',
  }),
];
