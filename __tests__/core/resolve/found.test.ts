// Found: what a search prints, and what launchers run with it.
import { describe, expect, test } from '@jest/globals';
import { foundBy } from '../../../src/core/resolve/found.ts';
import { call, resolved, show, showInvocation } from './listing.ts';

describe('paths that find prints', () => {
  test.each<[string, string[]]>([
    ['find .', ['./*']],
    ['find', ['./*']],
    ['find / -type f', ['/*']],
    ['find src -name "*.pyc"', ['src/….pyc']],
    ['find src lib -name "*.pyc"', ['src/….pyc', 'lib/….pyc']],
    ['find . -name a.csv -o -name b.csv', ['./…/a.csv', './…/b.csv']],
    ['find . -not -name keep.csv', ['./…']],
    ['find . -name "tmp*"', ['./…/tmp…']],
    ['find . -mtime +7', ['./…']],
    ['find . -type d -mtime +7', ['./…/']],
    ['find . -regex ".*\\.jpg$"', ['./….jpg']],
    ['find . -path ./vendor -prune -o -name "*.csv"', ['./….csv']],
    ['find "$DIR" -name "*.csv"', ['….csv']],
  ])('%s', (command, expected) =>
    expect(foundBy(call('find', command, { cwd: undefined, env: undefined })).map(show)).toEqual(expected),
  );
});

const runs = (command: string): string[] =>
  resolved(command, { cwd: undefined, env: undefined }).invocations.slice(1).map(showInvocation);

describe('launchers', () => {
  test.each<[string, string[]]>([
    ['gosu postgres dropdb orders', ['dropdb orders']],
    ['pkexec rm notes', ['rm notes']],
    ['nsenter -t 1 rm notes', ['rm notes']],
    ['sshpass -p secret rm notes', ['rm notes']],
    ['poetry run rm notes', ['rm notes']],
    ['uv run -- rm notes', ['rm notes']],
    ['poetry install', []],
    ['direnv exec . rm notes', ['rm notes']],
    ['doppler run --command "rm notes"', ['rm notes']],
    ['lxc exec web1 -- rm notes', ['rm notes']],
    ['vagrant ssh -c "rm notes"', ['rm notes']],
    ['adb shell rm notes', ['rm notes']],
    ['tmux new-session -d "rm notes"', ['rm notes']],
    ['tmux send-keys -t web "rm notes" Enter', ['rm notes']],
    ['tmux send-keys -t web "rm notes"', []],
    ['screen -dm rm notes', ['rm notes']],
    ['script -c "rm notes" log', ['rm notes']],
    ['at now <<< "rm notes"', ['rm notes']],
    ['tar -cf x.tar --checkpoint-action=exec="rm notes" src', ['rm notes']],
    ['tar -I zstd -cf x.tar src', ['zstd']],
    ['rsync -e "ssh -p 22" a b', []],
    ['scp -o ProxyCommand="rm notes" a b:c', ['rm notes']],
    ["awk '{ print $1 }' notes", []],
    ['socat TCP-LISTEN:80 EXEC:"rm notes",pty', ['rm notes']],
    ["parallel bash -c 'rm {}' ::: notes", ['bash -c rm notes', 'rm', 'bash -c "rm notes"', 'rm notes']],
    ['wine reg delete HKCU', ['reg delete HKCU']],
    ["zsh -onotify -c 'rm notes'", ['rm notes']],
  ])('%s', (command, expected) => expect(runs(command)).toEqual(expected));
});
