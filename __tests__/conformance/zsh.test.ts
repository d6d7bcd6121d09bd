// guard-zsh against bare zsh, and sh against bare sh: as bash.test.ts. Skipped where the shell is not installed,
// except in CI.
import { existsSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { callFrom, evaluators, install, show } from './harness.ts';

const zshCases: [behaviour: string, script: string][] = [
  ['exit status', `"$SH" -c 'exit 3'`],
  ['command not found', `"$SH" -c 'no-such-program-here'`],
  ['syntax error', `"$SH" -c 'echo one; if'`],
  ['killed by SIGTERM', `exec "$SH" -c 'kill -TERM $$'`],
  ['$0 and positionals', `"$SH" -fc 'printf "[%s]" "$0" "$@"' orders 'a b' ''`],
  ['a -- behind the command', `"$SH" -c 'printf "[%s]" "$0" "$@"' -- 'echo hi'`],
  ['-lc', `"$SH" -lc '[[ -o login ]] && echo login'`],
  ['-c -l', `"$SH" -c -l '[[ -o login ]] && echo login'`],
  ['--emulate sh -c', `"$SH" --emulate sh -c 'a="x y"; printf "[%s]" $a'`],
  ['-o and +o', `"$SH" -f -o extendedglob +o nomatch -c 'set -o | grep -E "extendedglob|nomatch"'`],
  ['zsh syntax', `"$SH" -fc 'a=(one two); print -r -- $a[2] \${(U)a[1]}'`],
  ['script file', `echo 'printf "[%s]" "$0" "$@"; exit 6' >s.zsh; "$SH" ./s.zsh a 'b c'`],
  ['missing script', `"$SH" ./missing.zsh`],
  ['script in a pipe', `echo 'print $0 $#; exit 7' | "$SH"`],
  ['-s with positionals', `echo 'printf "[%s]" "$0" "$@"' | "$SH" -s a 'b c'`],
  ['the rest of a pipe is the commands input', `printf 'cat\\nline one\\nline two\\n' | "$SH" -f`],
  ['script in a file', `printf 'print one\\nprint two\\n' >s; "$SH" -f <s`],
  ['stdin goes to the command', `printf 'one\\ntwo\\n' | "$SH" -c 'cat; echo end'`],
  ['a background child keeps stdout', `"$SH" -c '(sleep 0.2; echo late) & echo early'`],
  ['closed stdin', `"$SH" -c 'echo hi' <&-`],
  ['descriptors', `"$SH" -c 'cat <&3 <&9; echo four >&4' 3<<<three 4>out 9<<<nine; cat out`],
  ['SIGPIPE ends a writer', `"$SH" -c 'exec yes' | head -1; echo "\${PIPESTATUS[0]}"`],
  ['ignored signals', `trap '' INT PIPE; "$SH" -c 'grep SigIgn /proc/self/status'`],
  ['pid is what the caller sees', `"$SH" -c 'echo $$' >out & wait; [ "$(<out)" = $! ] && echo same`],
  ['umask', `umask 027; "$SH" -c umask`],
  ['startup file', `mkdir z; echo 'print from zshenv' >z/.zshenv; ZDOTDIR=$PWD/z "$SH" -c 'print command'`],
  ['BASH_ENV is nothing to zsh', `echo 'echo no' >be; BASH_ENV=$PWD/be "$SH" -c 'print command'`],
  ['the whole environment', `A=1 "$SH" -c 'env | grep -v ^SH= | sort' | sed "s#$PWD##"`],
  ['exported bash functions', `deploy() { echo no; }; export -f deploy; "$SH" -c 'env | grep -c BASH_FUNC_deploy'`],
  ['SHELLOPTS', `env SHELLOPTS=xtrace BASHOPTS=extglob "$SH" -c 'env | grep OPTS='`],
  ['PS1 and PS4', `export PS1='a ' PS4='b '; "$SH" -fc 'print "$PS1" "$PS4"; env | grep ^PS | sort'`],
  ['IFS', `export IFS=:; "$SH" -fc 'print -r -- \${(q)IFS}; env | grep -c ^IFS='`],
  ['SHLVL', `SHLVL=7 "$SH" -c 'echo $SHLVL'`],
];

const shCases: [behaviour: string, script: string][] = [
  ['exit status', `"$SH" -c 'exit 3'`],
  ['$0 and positionals', `"$SH" -c 'printf "[%s]" "$0" "$@"' orders 'a b'`],
  ['syntax error', `"$SH" -c 'echo one; if'`],
  ['script file', `echo 'printf "[%s]" "$0" "$@"' >s.sh; "$SH" ./s.sh a 'b c'`],
  ['script in a pipe', `printf 'read -r a\\nvalue\\necho "got $a"\\n' | "$SH"`],
  ['-s with positionals', `echo 'printf "[%s]" "$0" "$@"' | "$SH" -s a 'b c'`],
  ['SHELLOPTS', `env SHELLOPTS=xtrace "$SH" -c 'echo $-'`],
];

const shells: [shell: string, launcher: string, cases: [string, string][]][] = [
  ['/bin/zsh', 'guard-zsh', zshCases],
  ['/bin/sh', 'sh', shCases],
];
const installed = shells.filter(([shell]) => existsSync(shell) || process.env.CI);

describe.each(evaluators())('with the %s evaluator', (_, fill) => {
  const guard = install(fill);
  afterAll(() => guard.remove());

  describe.each(installed)('%s', (shell, launcher, cases) => {
    test.concurrent.each(cases)('%s', async (_, script) => {
      const [bare, guarded] = await Promise.all([
        callFrom(script, shell, guard.folder),
        callFrom(script, guard.launcher(launcher), guard.folder),
      ]);
      expect(show(guarded)).toEqual(show(bare));
    });
  });
});
