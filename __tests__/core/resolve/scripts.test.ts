// Scripts: files that a command line reads, writes and runs; where each invocation came from; the bounds of following.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text, not JavaScript templates
import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../src/core/model/observation.ts';
import { limits } from '../../../src/core/resolve/walk/bounds.ts';
import { call, folder, type Given, listed, originOf, reasons, resolved, showStdin, stubs } from './listing.ts';

type Case = readonly [command: string, invocations: readonly string[]];

describe('a file that the same line wrote is followed', () => {
  const cases: readonly Case[] = [
    ['echo c1 a > x.sh; bash x.sh', ['c1 a']],
    ["cat > x.sh <<'E'\nc1 $1\nE\nchmod +x x.sh; ./x.sh b", ['c1 b']],
    ['cat > x.sh <<E\nc1 $HOME\nE\n. ./x.sh', ['c1 /home/ada']],
    ["printf 'c1\\n' > x.sh; printf 'c2\\n' >> x.sh; sh x.sh", ['c1', 'c2']],
    ["tee x.sh <<< 'c1 a' > log; bash x.sh", ['c1 a']],
    ['echo c1 > x.sh; cp x.sh y.sh; bash y.sh', ['c1']],
    ['echo c1 > x.sh; mv x.sh bin/; bash bin/x.sh', ['c1']],
    ['echo c1 > x.sh; ln -s x.sh y.sh; ./y.sh', ['c1']],
    ['echo c1 > x.sh; cd /srv; bash ../home/ada/acme/x.sh', ['c1']],
    ["echo 'x=c1' > x.sh; . ./x.sh; $x a", ['c1 a']],
    ['echo c1 > x.sh; (exec ./x.sh)', ['c1']],
    ['echo c1 > x.sh; ssh db1 bash x.sh', []],
    ['bash x.sh; echo c1 > x.sh', []],
  ];
  test.each(cases)('%j', (command, invocations) => {
    expect(stubs(command)).toEqual(invocations);
  });
});

const failed = (reason: 'unreadable' | 'binary' | 'too-large' | 'not-a-file' | 'off'): Answer => ({
  kind: 'failed',
  reason,
  detail: reason,
});

const files: NonNullable<Given['files']> = {
  [`${folder}/reset.sh`]: 'cd data\nc1 "$1" $PWD\n',
  [`${folder}/env.sh`]: 'export TARGET=acme-prod',
  [`${folder}/loop.sh`]: 'c1 a; . ./loop.sh; bash loop.sh',
  [`${folder}/outer.sh`]: '#!/bin/sh\n. ./env.sh\n./reset.sh $TARGET',
  [`${folder}/tool.py`]: '#!/usr/bin/env python3\nc1',
  [`${folder}/syntax.sh`]: 'c1 a\nif',
  [`${folder}/name.sh`]: 'c1 $0 ${BASH_SOURCE[0]} $#',
  [`${folder}/folder`]: failed('not-a-file'),
  [`${folder}/secret.sh`]: failed('unreadable'),
  [`${folder}/large.sh`]: failed('too-large'),
  [`${folder}/tool`]: failed('binary'),
  '/srv/app/run.sh': 'c1 $PWD',
};

describe('a script on disk is followed', () => {
  test.each<Case>([
    ['bash reset.sh orders', ['c1 orders /home/ada/acme/data']],
    ['sh -e ./reset.sh orders; c2 $PWD', ['c1 orders /home/ada/acme/data', 'c2 /home/ada/acme']],
    ['./reset.sh orders', ['c1 orders /home/ada/acme/data']],
    ['. ./reset.sh orders; c2 $PWD $1', ['c1 orders /home/ada/acme/data', 'c2 /home/ada/acme/data']],
    ['set -- a; . ./env.sh; c1 $TARGET $1', ['c1 acme-prod a']],
    ['bash env.sh; c1 ${TARGET-none}', ['c1 none']],
    ['bash < reset.sh', ['c1 "" /home/ada/acme/data']],
    ['cat reset.sh | bash -s orders', ['c1 orders /home/ada/acme/data']],
    ['source <(cat env.sh); c1 $TARGET', ['c1 acme-prod']],
    ['eval "$(cat env.sh)"; c1 $TARGET', ['c1 acme-prod']],
    ['sudo nice ./outer.sh', ['c1 acme-prod /home/ada/acme/data']],
    ['cd /srv/app && ./run.sh', ['c1 /srv/app']],
    ['find . -name x -exec ./reset.sh orders \\;', ['c1 orders /home/ada/acme/data']],
    ['bash loop.sh', ['c1 a']],
    ['bash name.sh x', ['c1 name.sh name.sh 1']],
    ['bash syntax.sh', ['c1 a']],
    ["BASH_ENV=./env.sh bash -c 'c1 $TARGET'", ['c1 acme-prod']],
    ['./tool.py', []],
    ['bash missing.sh', []],
    ['bash c1 a', ['c1 a']],
    ['. c1 a', ['c1 a']],
    ['bash ./c1 a', []],
    ['python3 tool.py', []],
    ['cat reset.sh', []],
  ])('%j', (command, invocations) => {
    expect(stubs(command, { files })).toEqual(invocations);
  });

  test.each([
    ['bash secret.sh', ['unreadable-script']],
    ['. ./secret.sh', ['unreadable-script']],
    ['./secret.sh', ['unreadable-script']],
    ['bash folder', ['unreadable-script']],
    ['bash large.sh', ['unreadable-script']],
    ['bash tool', ['unreadable-script']],
    ['./tool', []],
    ['bash missing.sh', []],
    ['cat secret.sh', []],
  ])('%j: %j', (command, expected) => {
    expect(reasons(command, { files })).toEqual(expected);
  });

  test('a script that cannot be read to its end is incomplete', () => {
    expect(resolved('bash syntax.sh', { files }).incomplete).toHaveLength(1);
    expect(resolved('bash reset.sh', { files }).incomplete).toEqual([]);
  });
});

describe('where an invocation came from', () => {
  test.each([
    ['c1', 'command-line:command line'],
    ['sudo c1', 'command-line:command line > launcher:sudo'],
    ["ssh db1 'c1'", 'command-line:command line > launcher:ssh'],
    ["bash -c 'c1'", 'command-line:command line > launcher:bash -c'],
    ['f() { c1; }; f', 'command-line:command line > function:f'],
    ["alias l='c1'; l", 'command-line:command line > alias:l'],
    ['c2 $(c1)', 'command-line:command line > substitution:$(c1)'],
    ['bash reset.sh', 'command-line:command line > launcher:bash > script:reset.sh'],
    ['c2 2>(c1)', 'command-line:command line > unexplained:>('],
    ["sudo bash -c 'f() { c1; }; f'", 'command-line:command line > launcher:sudo > launcher:bash -c > function:f'],
  ])('%j', (command, origin) => {
    expect(originOf(call('c1', command, { files }))).toBe(origin);
  });
});

describe('standard input', () => {
  test.each([
    ['c1', 'inherited'],
    ['c1 < in', 'file in'],
    ['c1 < /dev/null', 'none'],
    ['c1 <<< "a b"', 'text "a b\\n"'],
    ['c1 <<E\nDROP $x\nE', 'text "DROP \\n"'],
    ["c1 <<'E'\n$x\nE", 'text "$x\\n"'],
    ['echo a | c1', 'pipe "a\\n"'],
    ['c2 | c1', 'pipe ?'],
    ['c2 | { c3; c1; }', 'pipe ?'],
    ['echo a | (cat) | c1', 'pipe "a\\n"'],
    ['{ c1; } < in', 'file in'],
    ['exec < in; c1', 'file in'],
    ['echo SELECT > q.sql; c1 < q.sql', 'text "SELECT\\n"'],
    ['echo a | xargs c1', 'none'],
    ['echo a | sudo c1', 'pipe "a\\n"'],
    ['c1 3< in', 'inherited'],
    ['c1 <&3', 'pipe ?'],
    ['c1 <&-', 'none'],
    ['c1 <&0', 'inherited'],
    ['c1 < <(c2)', 'pipe ?'],
    ['c1 < <(echo a)', 'text "a\\n"'],
  ])('%j: %s', (command, stdin) => {
    expect(showStdin(call('c1', command).stdin)).toBe(stdin);
  });
});

describe('what a command prints is known where nothing has to be run', () => {
  test.each([
    ['echo a  b', 'a b'],
    ['echo -n a', 'a'],
    ['echo -e "a\\tb\\0101"', 'a\tbA'],
    ["printf '%s-%d' a 3", 'a-3'],
    ["printf '%s\\n' a b", 'a\nb'],
    ["printf '\\101'", 'A'],
    ['basename /srv/orders.sql .sql', 'orders'],
    ['dirname /srv/orders.sql', '/srv'],
    ['pwd', folder],
    ['cat <<< a', 'a'],
    ['cat reset.sh | cat -', 'cd data\nc1 "$1" $PWD'],
    ['echo a | tee log', 'a'],
    ['echo YQo= | base64 -d', 'a'],
    ['echo a > log', ''],
    ['if true; then echo a; fi', undefined],
    ["printf '%5s' a", undefined],
    ["printf '%x' 255", undefined],
    ['cat -n reset.sh', undefined],
    ['date', undefined],
  ])('%j', (command, printed) => {
    const [word] = call('c1', `c1 "$(${command})"`, { files }).args;
    expect(word?.kind === 'static' ? word.value : undefined).toBe(printed);
  });
});

describe('following ends', () => {
  const many = `f() { ${'c1\n'.repeat(1_000)} }; ${'f\n'.repeat(20)} c2`;
  const nested = (open: string, inner: string, close: string, levels: number) =>
    open.repeat(levels) + inner + close.repeat(levels);
  test.each([
    ['a function that calls itself', 'f() { f; }; f'],
    ['a fork bomb', ':() { : | : & }; :'],
    [
      'functions that call each other twice',
      `${Array.from({ length: 30 }, (_, at) => `f${at}() { f${at + 1}; f${at + 1}; }; `).join('')}f30() { c1; }; f0`,
    ],
    ['launchers of launchers', `${'sudo '.repeat(500)}c1`],
    [
      'aliases of aliases',
      `${Array.from({ length: 30 }, (_, at) => `alias a${at}='a${at + 1}; a${at + 1}'; `).join('')}a0`,
    ],
    ['a function of many commands, called many times', many],
  ])('%s, and guard says so', (_name, command) => {
    expect(reasons(command)).toContain('too-deep');
  });
  test.each([
    ['a text that doubles itself', `a=xxxxxxxx; ${'a=$a$a; '.repeat(40)}c1 $a`],
    ['a list that doubles itself', `a=(x y); ${'a=("${a[@]}" "${a[@]}"); '.repeat(40)}c1 "\${a[@]}"`],
    ['positionals that double themselves', `set -- a b; ${'set -- "$@" "$@"; '.repeat(40)}c1 "$@"`],
    ['output that doubles itself', `a=xxxxxxxx; ${'a=$(echo $a $a); '.repeat(40)}c1 $a`],
  ])('%s ends unknown', (_name, command) => {
    const words = call('c1', command).args;
    expect(words.some(({ kind }) => kind === 'dynamic')).toBe(true);
    expect(words.length).toBeLessThan(10_000);
  });
  test('lists in lists are followed for each of their words only so far', () => {
    const lists = Array.from({ length: 6 }, (_, at) => `for v${at} in {1..64}; do `).join('');
    const words = stubs(`${lists}c1 $v0 $v5; ${'done; '.repeat(6)}`);
    expect(words).toContain('c1 1 …');
    expect(words.length).toBeLessThan(limits.multiplied);
  });
  test('loops in loops cost no more than their text', () => {
    expect(reasons(nested('while c1; do ', 'x=$x$y; c2 $x', '; done', 30))).toEqual([]);
    expect(stubs(nested('while c1; do ', 'c2 $x; x=$y; y=$z; z=a', '; done', 3)).at(-1)).toBe('c2 …');
  });
  test('scripts that read each other again and again', () => {
    const every = Array.from({ length: 8 }, (_, at) => `. ./s${at}.sh`).join('\n');
    const mutual = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`${folder}/s${at}.sh`, `c1\n${every}`]));
    expect(reasons('. ./s0.sh', { files: mutual })).toContain('too-deep');
  });
  test('a script that the line makes longer with each reading', () => {
    expect(reasons(`${'tee -a x.sh y.sh <<< ". ./x.sh; . ./y.sh; c1"; '.repeat(30)}. ./x.sh`).length).toBeLessThan(3);
  });
  test('a folder that is entered ever deeper becomes unknown', () => {
    const [line = ''] = stubs(`${'cd data; '.repeat(2_000)}c1 $PWD`);
    expect(line.startsWith('c1 …')).toBe(true);
    expect(line.length).toBeLessThan(5_000);
  });
  test('a long script is followed to its end', () => {
    expect(stubs(`${'c1\n'.repeat(20_000)}c2 a`).at(-1)).toBe('c2 a');
  });
  test('a trial run of a loop that reaches a bound does not hide it', () => {
    expect(reasons(`while c1; do ${many}; done`)).toEqual(['too-deep']);
  });
});

describe('without any knowledge of the caller', () => {
  const nothing: Given = { env: undefined, cwd: undefined };
  test.each<Case>([
    ['c1 $HOME ~ $PWD $x "$1"', ['c1 ~ ~ … … …']],
    ['cd /srv; c1 $PWD', ['c1 /srv']],
    ['x=a; c1 $x', ['c1 a']],
    ['$SUDO c1 a', ['c1 a']],
    ['for x; do c1 $x; done', ['c1 …']],
    ['bash -c "c1 $x"', ['c1 …']],
  ])('%j', (command, invocations) => {
    expect(stubs(command, nothing)).toEqual(invocations);
  });
  test('a program that is a variable is listed without a name', () => {
    expect(listed('$X a', nothing)).toEqual(['… a']);
    expect(resolved('$X a', nothing).invocations[0]?.name).toBeUndefined();
  });
});
