// guard-sh against bare bash: one caller's script per case, run with `$SH` as the one and as the other. Output bytes,
// stderr, exit status and signal must be the same.
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test } from '@jest/globals';
import { callFrom, evaluators, install, show } from './harness.ts';

const cases: [behaviour: string, script: string][] = [
  // Exit status and signals
  ['exit status', `"$SH" -c 'exit 3'`],
  ['status of the last command', `"$SH" -c 'true; false'`],
  ['command not found', `"$SH" -c 'no-such-program-here'`],
  ['not executable', `touch plain; "$SH" -c './plain'`],
  ['syntax error', `"$SH" -c 'echo one; if'`],
  ['syntax error on a later line', `"$SH" -c $'echo one\\nif\\n)'`],
  ['errexit', `"$SH" -ec 'false; echo not reached'`],
  ['nounset', `"$SH" -uc 'echo $NOT_SET'`],
  ['killed by SIGTERM', `exec "$SH" -c 'kill -TERM $$'`],
  ['killed by SIGKILL', `exec "$SH" -c 'kill -KILL $$'`],
  ['killed by SIGHUP', `exec "$SH" -c 'kill -HUP $$'`],
  ['128 + n of a child', `"$SH" -c '(kill -INT $BASHPID); exit $?'; echo $?`],
  ['SIGPIPE ends a writer', `"$SH" -c 'exec yes' | head -1; echo "\${PIPESTATUS[0]}"`],
  ['EXIT trap', `"$SH" -c 'trap "echo bye" EXIT; exit 4'`],
  ['TERM trap', `"$SH" -c 'trap "echo got; exit 9" TERM; kill -TERM $$; echo not reached'`],
  // Arguments
  ['$0 is the shell itself', `"$SH" -c 'echo "$0"'`],
  ['$0 and positionals', `"$SH" -c 'printf "[%s]" "$0" "$@"' orders 'a b' '' '*' $'new\\nline'`],
  ['a -- behind the command', `"$SH" -O extglob -c 'printf "[%s]" "$0" "$@"' -- 'echo hi'`],
  ['$- of -c', `"$SH" -c 'echo $-'`],
  ['-lc', `"$SH" -lc 'echo $-; shopt -q login_shell && echo login'`],
  ['-c -l', `"$SH" -c -l 'shopt -q login_shell && echo login'`],
  ['--norc --noprofile -c', `"$SH" --norc --noprofile -c 'echo $-'`],
  ['-o pipefail -c', `"$SH" -o pipefail -c 'false | true'`],
  ['+O and -O', `"$SH" -O extglob +O checkwinsize -c 'shopt extglob checkwinsize'`],
  ['-x writes to stderr', `"$SH" -xc 'echo a; : b'`],
  ['-n runs nothing', `"$SH" -nc 'echo no'`],
  ['--posix', `"$SH" --posix -c 'shopt -po posix'`],
  ['--restricted', `"$SH" --restricted -c 'cd /'`],
  ['-v', `"$SH" -vc 'echo v'`],
  ['-c without a command', `"$SH" -c`],
  ['unknown option letter', `"$SH" -Z -c 'echo hi' 2>/dev/null; echo $?`],
  ['--version', `"$SH" --version`],
  ['--help', `"$SH" --help`],
  ['empty command', `"$SH" -c ''`],
  ['-i -c without a terminal', `"$SH" --norc -ic 'echo $-' 2>/dev/null`],
  ['a large argument', `"$SH" -c "echo $(printf '%0100000d' 7) | wc -c"`],
  ['invalid UTF-8 in the command', `"$SH" -c $'printf "\\xff\\xfe"'`],
  // Scripts
  ['script file', `printf 'printf "[%%s]" "$0" "$@"; exit 6' >deploy.sh; "$SH" ./deploy.sh a 'b c'`],
  ['script found along PATH', `mkdir p; echo 'echo from path' >p/deploy; PATH=$PWD/p:$PATH "$SH" deploy`],
  ['missing script', `"$SH" ./missing.sh`],
  ['a folder as script', `mkdir orders; "$SH" ./orders`],
  ['script that reads stdin', `echo 'read -r a; echo "got $a"' >s.sh; echo line | "$SH" s.sh`],
  ['-x script', `echo 'echo a' >s.sh; "$SH" -x s.sh`],
  // A script on standard input
  ['script in a pipe', `echo 'echo "$0 $# $-"; exit 7' | "$SH"`],
  ['-s with positionals', `echo 'printf "[%s]" "$0" "$@"' | "$SH" -s a 'b c'`],
  ['the rest of a pipe is the commands input', `printf 'cat\\nline one\\nline two\\n' | "$SH"`],
  ['read takes the next line', `printf 'read -r a\\nvalue\\necho "got $a"\\n' | "$SH"`],
  ['here-document as script', `"$SH" <<'X'\necho one\nhead -1\ntwo\necho three\nX`],
  ['script in a file', `printf 'echo one\\nread -r a\\nvalue\\necho "$a"\\n' >s; "$SH" <s`],
  ['a file read from its middle', `printf 'skipped\\necho "$1"\\n' >s; { read -r _; "$SH" -s orders; } <s`],
  ['what an early exit leaves in a file', `printf 'exit 0\\nleft over\\n' >s; { "$SH"; cat; } <s`],
  ['script without a last newline', `printf 'echo one' | "$SH"`],
  ['binary data behind a script', `printf 'wc -c\\n\\000\\377\\001' | "$SH"`],
  ['a pipe stays a pipe', `echo '[ -p /dev/stdin ] && echo pipe' | "$SH"`],
  ['a long script in a pipe', `{ for n in {1..20000}; do echo ": line $n"; done; echo 'echo end'; } | "$SH"`],
  ['an early exit of a long script', `{ echo 'exit 4'; head -c 300000 /dev/zero | tr '\\0' '\\n'; } | "$SH"`],
  ['wait in a script in a pipe', `printf 'sleep 0.01 &\\nwait\\necho $?\\n' | "$SH"`],
  ['descriptors of a script in a pipe', `echo 'ls /proc/$$/fd' | "$SH" 4</dev/null 9</dev/null`],
  ['empty script', `"$SH" </dev/null`],
  ['syntax error on stdin', `printf 'echo one\\n)\\n' | "$SH"`],
  ['-i with a script in a pipe', `echo 'echo $-' | "$SH" --norc -i 2>/dev/null`],
  // Standard streams and descriptors
  ['stdin goes to the command', `printf 'one\\ntwo\\n' | "$SH" -c 'cat; echo end'`],
  ['stdout and stderr stay apart', `"$SH" -c 'echo out; echo err >&2'`],
  ['a background child keeps stdout', `"$SH" -c '(sleep 0.2; echo late) & echo early'`],
  ['closed stdin', `"$SH" -c 'echo hi; cat' <&-`],
  ['closed stdout', `"$SH" -c 'echo hi' >&-`],
  ['closed stderr', `"$SH" -c 'echo err >&2; echo out' 2>&-`],
  ['all closed', `"$SH" -c 'exit 5' <&- >&- 2>&-`],
  ['stdin closed and no command', `"$SH" <&-`],
  [
    'descriptors 3 to 9 for reading',
    `"$SH" -c 'for n in 3 4 5 6 7 8 9; do cat <&$n; done' 3<<<3 4<<<4 5<<<5 6<<<6 7<<<7 8<<<8 9<<<9`,
  ],
  ['descriptor 4 for writing', `"$SH" -c 'echo four >&4' 4>out; cat out`],
  ['a pipe on descriptor 3', `"$SH" -c 'cat <&3' 3< <(echo through)`],
  ['open descriptors', `"$SH" -c 'ls /proc/$$/fd' 5</dev/null 8>/dev/null`],
  ['descriptor 255', `"$SH" -c 'cat <&255' 255<<<high`],
  ['offset of a shared file', `printf 'one\\ntwo\\n' >f; { "$SH" -c 'read -r a; echo "$a"'; cat; } <f`],
  ['append mode', `echo 1 >f; "$SH" -c 'echo 2' >>f; cat f`],
  // Process
  ['pid is what the caller sees', `"$SH" -c 'echo $$' >out & wait; [ "$(<out)" = $! ] && echo same`],
  ['parent is the caller', `"$SH" -c 'echo $PPID' >out; [ "$(<out)" = $$ ] && echo same`],
  ['process group', `set -m; "$SH" -c 'cut -d" " -f5 /proc/$$/stat' >out & wait $!; [ "$(<out)" = $! ] && echo own`],
  ['session', `a=$(cut -d' ' -f6 /proc/$$/stat); [ "$("$SH" -c 'cut -d" " -f6 /proc/$$/stat')" = "$a" ] && echo same`],
  ['no children left over', `"$SH" -c 'read -r a </proc/$$/task/$$/children; echo "[$a]"; jobs; wait'`],
  ['default signals', `"$SH" -c 'grep -E "Sig(Ign|Blk|Cgt)" /proc/self/status'`],
  ['ignored signals', `trap '' INT PIPE QUIT USR1; "$SH" -c 'grep -E "Sig(Ign|Blk)" /proc/self/status'`],
  ['ignored SIGINT', `trap '' INT; "$SH" -c 'kill -INT $$; echo alive'`],
  ['ignored SIGPIPE', `trap '' PIPE; "$SH" -c 'yes; echo $? >&2' 2>err | head -1; grep -c . err`],
  ['ignored SIGTERM', `trap '' TERM; "$SH" -c 'kill -TERM $$; echo alive'`],
  ['umask', `umask 027; "$SH" -c 'umask; touch f; stat -c %a f'`],
  ['ulimit', `ulimit -n 64; ulimit -c 0; "$SH" -c 'ulimit -n; ulimit -c'`],
  ['nice', `nice -n 5 "$SH" -c nice`],
  ['time in the background', `"$SH" -c 'sleep 0.05 & wait $!; echo $?'`],
  // Working directory
  ['cwd', `mkdir d; cd d; "$SH" -c 'echo "\${PWD##*/}"'`],
  ['logical cwd', `mkdir d; ln -s d l; cd l; "$SH" -c 'a=$(pwd) b=$(pwd -P); echo "\${a##*/} \${b##*/}"'`],
  ['PWD that lies', `PWD=/usr "$SH" -c '[ "$PWD" = /usr ] || echo corrected'`],
  ['OLDPWD', `cd /usr; cd /bin; "$SH" -c 'cd - >/dev/null; pwd'`],
  ['a cwd with a newline', `mkdir $'a\\nb'; cd $'a\\nb'; "$SH" -c 'echo "\${PWD##*/}"'`],
  // Environment
  ['the whole environment', `A=1 "$SH" -c 'env | grep -v ^SH= | sort' | sed "s#$PWD##"`],
  ['an empty environment', `env -i "$SH" -c 'env | sort' | sed "s#$PWD##"`],
  [
    'odd names and values',
    `env 'A-B=4' 'a b=1' $'M=x\\n\\ny' $'B=\\xff' EMPTY= "$SH" -c 'env -0 | sort -z' | grep -azE '^(A-B|a b|M|B|EMPTY)=' | od -c`,
  ],
  ['exported function', `deploy() { echo "deploying $1"; }; export -f deploy; "$SH" -c 'deploy orders'`],
  ['exported function named like a builtin', `exec() { echo no; }; export -f exec; "$SH" -c 'exec true'`],
  [
    'exported functions that would break the launcher',
    `for f in printf unset mapfile type '[['; do export "BASH_FUNC_$f%%=() { echo no; }" 2>/dev/null; done; printf() { echo no; }; export -f printf; "$SH" -c 'printf x; unset x'`,
  ],
  ['BASH_ENV runs once', `echo 'echo from BASH_ENV' >be; BASH_ENV=$PWD/be "$SH" -c 'echo command'`],
  ['ENV is left alone', `echo 'echo from ENV' >be; ENV=$PWD/be "$SH" -c 'echo command'`],
  ['SHELLOPTS', `env SHELLOPTS=noglob:errexit "$SH" -c 'echo $-; false; echo no'`],
  ['SHELLOPTS with xtrace', `env SHELLOPTS=xtrace "$SH" -c 'echo $-'`],
  ['SHELLOPTS is exported', `env SHELLOPTS=noglob "$SH" -c 'env | grep ^SHELLOPTS'`],
  ['BASHOPTS', `env BASHOPTS=extglob:nullglob "$SH" -c 'shopt extglob nullglob'`],
  ['POSIXLY_CORRECT', `POSIXLY_CORRECT=1 "$SH" -c 'shopt -po posix'`],
  ['PS4', `PS4='> ' "$SH" -xc 'echo a'`],
  ['PS1 of an interactive shell', `export PS1='prompt '; "$SH" --norc -ic 'echo "$PS1"' 2>/dev/null`],
  ['IFS', `export IFS=:; "$SH" -c 'printf %q "$IFS"; env | grep -c ^IFS='`],
  ['CDPATH', `mkdir -p x/orders; CDPATH=$PWD/x "$SH" -c 'cd orders >/dev/null && echo "\${PWD##*/}"'`],
  ['GLOBIGNORE', `touch a.js a.ts; GLOBIGNORE='*.js' "$SH" -c 'echo *'`],
  ['TMOUT', `TMOUT=9 "$SH" -c 'echo $TMOUT'`],
  ['SHLVL', `SHLVL=7 "$SH" -c 'echo $SHLVL'`],
  ['SHLVL unset', `env -u SHLVL "$SH" -c 'echo $SHLVL'`],
  ['OPTIND and OPTERR', `export OPTIND=3 OPTERR=0; "$SH" -c 'echo $OPTIND $OPTERR; env | grep ^OPT | sort'`],
  ['FUNCNEST', `FUNCNEST=1 "$SH" -c 'f() { echo one; }; f'`],
  ['BASH_ARGV0', `BASH_ARGV0=/opt/other "$SH" -c 'echo "$0"'`],
  ['BASH_SOURCE', `BASH_SOURCE=/opt/other/guard-sh "$SH" -c 'echo ok'`],
  ['BASH_COMPAT', `BASH_COMPAT=4.4 "$SH" -c 'echo $BASH_COMPAT'`],
  [
    'Node variables reach the command',
    `NODE_OPTIONS='--require /nonexistent.js' NODE_PATH=/n NODE_EXTRA_CA_CERTS=/c "$SH" -c 'env | grep ^NODE | sort'`,
  ],
  ['an IPC channel is not used up', `exec 3<<<'{}'; NODE_CHANNEL_FD=3 "$SH" -c 'cat <&3; echo $NODE_CHANNEL_FD'`],
  ['no variable is added', `"$SH" -c 'env; set' | grep -i _guard`],
  ['a PATH without Node', `PATH=/nonexistent "$SH" -c 'echo $PATH'`],
  // Wrappers that agents put around a command
  [
    'eval with redirections',
    `"$SH" -c "shopt -u extglob 2>/dev/null; eval 'echo hi; exit 3' < /dev/null && pwd -P >| cwd"`,
  ],
  ['a trap in a subshell', `"$SH" -c $'(\\ntrap "echo end" EXIT\\necho hi\\n)\\n__code=$?\\nexit $__code'`],
  [
    'a state pipe',
    `"$SH" -O extglob -c 'eval "$(cat <&3)"; builtin eval "$1" </dev/null; declare -p A >&4' -- 'A=2; echo ran' 3< <(echo A=1) 4>state; cat state`,
  ],
];

describe.each(evaluators())('guard-sh with the %s evaluator', (_, fill) => {
  const guard = install(fill);
  afterAll(() => guard.remove());

  const callBoth = (script: string) =>
    Promise.all([
      callFrom(script, '/bin/bash', guard.folder),
      callFrom(script, guard.launcher('guard-sh'), guard.folder),
    ]);

  test.concurrent.each(cases)('%s', async (_, script) => {
    const [bare, guarded] = await callBoth(script);
    expect(show(guarded)).toEqual(show(bare));
  });

  test.concurrent('10 MiB of binary go through stdin and stdout', async () => {
    const bytes = Buffer.alloc(10 * 1024 * 1024, createHash('sha512').update('orders').digest());
    const { stdout, status } = await callFrom(`"$SH" -c 'cat'`, guard.launcher('guard-sh'), guard.folder, bytes);
    expect({ status, same: stdout.equals(bytes) }).toEqual({ status: 0, same: true });
  });

  // The launcher is a bash as well: in a folder that is gone each bash complains once, so one line comes twice.
  test.concurrent('in a folder that is gone the command runs, and one line of stderr comes twice', async () => {
    const [bare, guarded] = await callBoth(`mkdir gone; cd gone; rmdir ../gone; exec "$SH" -c 'echo ran; exit 3'`);
    expect(show(guarded)).toEqual({ ...show(bare), stderr: bare.stderr + bare.stderr });
  });
});
