// Escape hatches: tools of which an option, a batch or a typed line runs a command. `c1` stands for the command.
import { describe, expect, test } from '@jest/globals';
import { type Given, reasons, stubs } from './listing.ts';

type Case = readonly [command: string, runs: readonly string[]];

const cases: Readonly<Record<string, readonly Case[]>> = {
  terminals: [
    ["tmux send-keys -t main 'c1 a' Enter", ['c1 a']],
    ["tmux send-keys c1 Space a C-m 'c2' Enter", ['c1 a', 'c2']],
    ["tmux send -l 'c1 a\n'", ['c1 a']],
    ["tmux send-keys -t main 'c1 a'", []],
    ["tmux new -d -s x 'c1; c2'", ['c1', 'c2']],
    ["tmux new -d bash -c 'c1 a'", ['c1 a']],
    ['tmux respawn-pane -k -t 1 c1 a', ['c1 a']],
    ["tmux new-session -d \\; send-keys 'c1 a' C-m", ['c1 a']],
    ["tmux run-shell 'c1 a'", ['c1 a']],
    ['tmux ls', []],
    ["tmux set-buffer 'c1 a'", []],
    ["tmux rename-window 'c1'", []],
    ["screen -S s -X stuff 'c1 a\\n'", ['c1 a']],
    ["screen -S s -X stuff 'c1 a^M'", ['c1 a']],
    ["screen -S s -X stuff 'c1 a'", []],
    ['screen -S s -X exec c1 a', ['c1 a']],
    ['screen -S s -X quit', []],
    ['screen -dmS s c1 a', ['c1 a']],
    ['zellij run -n x -- c1 a', ['c1 a']],
    ['dtach -n /tmp/sock c1 a', ['c1 a']],
    ['gnome-terminal -- c1 a', ['c1 a']],
    ["xterm -e 'c1 a; c2'", ['c1 a', 'c2']],
    ["script -qc 'c1 a' log", ['c1 a']],
    ["flock /tmp/lock -c 'c1 a; c2'", ['c1 a', 'c2']],
    ['flock -n /tmp/lock c1 a', ['c1 a']],
    ['flock -n 9', []],
  ],
  schedules: [
    ["echo 'c1 a' | at now", ['c1 a']],
    ['at -f job.sh now', ['c1 job']],
    ['at -l', []],
    ["echo '0 3 * * 1-5 c1 a' | crontab -", ['c1 a']],
    ["printf '@daily c1\\nMAILTO=ada\\n# c2\\n' | crontab", ['c1']],
    ["(crontab -l; echo '*/5 * * * * c1 a') | crontab -", ['c1 a']],
    ['crontab jobs', ['c1 table']],
    ['crontab -l', []],
    ['systemd-run --on-active=5m --user c1 a', ['c1 a']],
  ],
  watchers: [
    ["ls | entr -s 'c1 a'", ['c1 a']],
    ['ls | entr -r c1 a', ['c1 a']],
    ["watchexec -e ts -w src 'c1 a'", ['c1 a']],
    ['watchexec -- c1 a', ['c1 a']],
    ["nodemon --exec 'c1 a' app.js", ['c1 a app.js']],
    ['nodemon app.js', []],
    ["hyperfine --prepare 'c2 b' 'c1 a'", ['c1 a', 'c2 b']],
    ['fd -e log -x c1 a {}', ['c1 a ./…']],
    ['fd -e log', []],
  ],
  editors: [
    ["vim -c '!c1 a' -c q", ['c1 a']],
    ["vim +'!c1 a' notes.md", ['c1 a']],
    ['nvim --headless -c \'call system("c1 a")\' -c q', ['c1 a']],
    ["ex -sc '%!c1 a' notes.md", ['c1 a']],
    ["ex -s notes.md <<< '!c1 a'", ['c1 a']],
    ["vim -es -c '%s/c1/c2/g' -c wq notes.md", []],
    ["ed notes.md <<< '!c1 a'", ['c1 a']],
    ["ed notes.md <<< 's/!c1/c2/'", []],
    ['emacs --batch --eval \'(shell-command "c1 a")\'', ['c1 a']],
    ['emacs --batch --eval \'(message "c1")\'', []],
    ["sed '1e c1 a' notes.md", ['c1 a']],
    ["sed -e 's/e c1/x/' notes.md", []],
    ["less '+!c1 a' notes.md", ['c1 a']],
    ["man -P 'c1 a' ls", ['c1 a']],
  ],
  automation: [
    ["expect -c 'spawn c1 a; expect eof'", ['c1 a']],
    ['expect <<\'E\'\nspawn ssh db1\nsend "c1 a\\r"\nE', ['c1 a']],
    ['expect <<\'E\'\nspawn ftp db1\nsend "c1 a\\r"\nE', []],
    ['osascript -e \'do shell script "c1 a"\'', ['c1 a']],
    ['osascript -e \'display dialog "c1 a"\'', []],
    ["gdb -batch -ex 'shell c1 a' ./app", ['c1 a']],
    ["gdb -batch -ex 'print c1' ./app", []],
    ["lldb -o 'platform shell c1 a'", ['c1 a']],
  ],
  transfers: [
    ["tar xf a.tar --to-command='c1 a'", ['c1 a']],
    ["tar cf a.tar --checkpoint-action=dot --checkpoint-act=exec='c1 a' src", ['c1 a']],
    ["tar -I 'c1 a' -xf a.tar", ['c1 a']],
    ['tar --to-stdout -xf a.tar c1', []],
    ["zip a.zip x -T -TT 'c1 a'", ['c1 a']],
    ["rsync -e 'c1 a' x db1:", ['c1 a']],
    ["rsync --rsync-path='c1 a && rsync' x db1:", ['c1 a']],
    ["rsync --rsync-path='sudo rsync' x db1:", []],
    ['scp -S ./c1 x db1:', ['./c1']],
    ["sftp -b - db1 <<< '!c1 a'", ['c1 a']],
    ["sftp db1 <<< 'get c1'", []],
    ["lftp -e '!c1 a; bye' db1", ['c1 a']],
    ["lftp -e 'mirror c1; bye' db1", []],
    ["sort --compress-program='c1 a' x", ['c1 a']],
    ["rg --pre 'c1 a' word", ['c1 a']],
    ["rg 'c1 a'", []],
    ["split --filter='c1 a' x", ['c1 a']],
  ],
  variables: [
    ['PAGER="c1 a" man ls', ['c1 a']],
    ['MANPAGER=c1 man ls', ['c1']],
    ['export EDITOR="c1 a"; crontab -e', ['c1 a']],
    ["LESSOPEN='|c1 %s' less x", ['c1 %s']],
    ['PAGER=c1 ls', []],
    ['EDITOR=c1 crontab -l', []],
    ['PAGER= man ls', []],
    ['ENV=job.sh sh -i', ['c1 job']],
    ["PROMPT_COMMAND='c1 a' bash -i", ['c1 a']],
    ["PROMPT_COMMAND='c1 a' bash run.sh", []],
  ],
  namespaces: [
    ['nsenter -t 1 -m c1 a', ['c1 a']],
    ['xvfb-run -a c1 a', ['c1 a']],
    ['eatmydata c1 a', ['c1 a']],
    ['bwrap --ro-bind / / --dev /dev c1 a', ['c1 a']],
    ['apptainer exec -B /srv:/data image.sif c1 a', ['c1 a']],
    ['systemd-nspawn -D /mnt c1 a', ['c1 a']],
    ['/lib64/ld-linux-x86-64.so.2 --library-path /lib c1 a', ['c1 a']],
  ],
  clouds: [
    ["az vm run-command invoke -g x -n web --scripts 'c1 a'", ['c1 a']],
    ["aws ecs execute-command --cluster x --command 'c1 a'", ['c1 a']],
    [`aws ssm send-command --parameters 'commands=["c1 a","c2"]'`, ['c1 a', 'c2']],
    ["gcloud compute ssh web --command='c1 a'", ['c1 a']],
    ['kubectl run x --image=busybox -- c1 a', ['c1 a']],
    ['oc rsh web c1 a', ['c1 a']],
    ['az vm list --query c1', []],
  ],
};

const files: Given['files'] = {
  '/home/ada/acme/job.sh': 'c1 job\n',
  '/home/ada/acme/jobs': 'SHELL=/bin/sh\n0 3 * * * c1 table\n',
};

for (const [name, group] of Object.entries(cases)) {
  describe(name, () => {
    test.each(group)('%j', (command, expected) => expect(stubs(command, { files })).toEqual(expected));
  });
}

test('what another program prints into at is said to be unknown', () =>
  expect(reasons('./generate | at now')).toContain('unread-stdin'));

test('a script of the project is read whatever its name', () =>
  expect(stubs('./script x', { files: { '/home/ada/acme/script': 'c1 own\n' } })).toEqual(['c1 own']));
