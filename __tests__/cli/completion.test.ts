// guard completion: the scripts in the shells that they are for.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Place } from './guard.ts';

const place = new Place();
afterAll(() => place.remove());

const scriptFor = (shell: string) => place.guard(['completion', shell]).stdout;
place.put('orders/.keep', '');

/** Output of a shell that has the completion in the file `file`. */
function inShell(shell: string, args: readonly string[], program: string): string[] {
  const { stdout, stderr } = spawnSync(shell, [...args, '-c', program], {
    cwd: place.work,
    env: place.env(),
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

/** What is typed, with the last word to be completed, and what is offered among others. */
const cases: readonly (readonly [typed: readonly string[], offered: readonly string[]])[] = [
  [
    ['guard', ''],
    ['audit', 'check', 'completion', 'config', 'explain', 'install', 'rules', 'run', 'help'],
  ],
  [['guard', 'ex'], ['explain']],
  [
    ['guard', 'rules', ''],
    ['list', 'show', 'test', 'new', 'docs'],
  ],
  [['guard', 'audit', ''], ['verify']],
  [
    ['guard', 'audit', '--verdict', ''],
    ['run', 'ask', 'deny'],
  ],
  [['guard', 'check', '--scope', 'st'], ['staging']],
  [['guard', 'audit', '--s'], ['--since']],
  [['guard', 'explain', '--no'], ['--no-lookups']],
  [
    ['guard', 'completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [
    ['guard', 'help', 'ru'],
    ['rules', 'run'],
  ],
  [['guard', 'run', 'mkdi'], ['mkdir']],
  [['guard', 'install', '--dir', 'ord'], ['orders']],
];

const title = (typed: readonly string[]) => typed.join(' ');

describe('bash', () => {
  const file = place.put('guard.bash', scriptFor('bash'));
  const lines = inShell(
    'bash',
    ['--norc', '--noprofile'],
    [
      `source ${file}`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's own expansion.
      'ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _guard; echo "${COMPREPLY[@]}"; }',
      'complete -p guard',
      ...cases.map(([typed]) => `ask ${typed.map((word) => `'${word}'`).join(' ')}`),
    ].join('\n'),
  );

  test('it is registered', () => {
    expect(lines[0]).toMatch(/^complete .*-F _guard guard$/);
  });

  test.each(cases.map(([typed, offered], index) => [title(typed), offered, index] as const))(
    '%s',
    (_, offered, index) => {
      expect(lines[index + 1]?.split(' ')).toEqual(expect.arrayContaining([...offered]));
    },
  );

  test.each([
    ['guard rules', '--verdict'],
    ['guard audit', 'list'],
  ])('%s does not offer %s', (typed, word) => {
    const index = cases.findIndex(([words]) => title(words) === `${typed} `);
    expect(lines[index + 1]?.split(' ')).not.toContain(word);
  });
});

describe('zsh', () => {
  const file = place.put('functions/_guard', scriptFor('zsh'));
  // Stand-ins for what only works inside the line editor: they print what would be offered.
  const stubs = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: zsh's own expansion.
    '_describe() { [[ $1 == -o ]] && shift; [[ $1 == -t ]] && shift 2; print -r -- ${(P)2%%:*} }',
    'compadd() { shift; print -r -- "$@" }',
    '_files() { print -r -- files "$@" orders }',
    '_command_names() { print -r -- mkdir }',
    'ask() { local -a words=("$@"); local CURRENT=$# PREFIX=$@[-1]; print -r -- $(_guard) }',
  ];
  const lines = inShell(
    'zsh',
    ['-f'],
    [
      `fpath=(${join(place.work, 'functions')} $fpath)`,
      'autoload -Uz compinit && compinit -D -u',
      'print -r -- $_comps[guard]',
      `source ${file}`,
      ...stubs,
      ...cases.map(([typed]) => `ask ${typed.map((word) => `'${word}'`).join(' ')}`),
    ].join('\n'),
  );

  test('it is valid, and compinit finds it', () => {
    expect(inShell('zsh', ['-f', '-n'], scriptFor('zsh'))).toEqual([]);
    expect(lines[0]).toBe('_guard');
  });

  test.each(cases.map(([typed, offered], index) => [title(typed), offered, index] as const))(
    '%s',
    (_, offered, index) => {
      expect(lines[index + 1]?.split(' ')).toEqual(expect.arrayContaining([...offered]));
    },
  );
});

const hasFish = existsSync('/usr/bin/fish');
(hasFish ? describe : describe.skip)('fish', () => {
  const file = hasFish ? place.put('guard.fish', scriptFor('fish')) : '';
  const asked = cases.map(([typed]) => `echo '> ${title(typed)}'; complete -C '${title(typed)}'`);
  const answers = hasFish
    ? inShell('fish', ['--no-config'], [`source ${file}`, ...asked].join('\n'))
        .join('\n')
        .split(/^> .*\n?/m)
    : [];

  test.each(cases.map(([typed, offered], index) => [title(typed), offered, index] as const))(
    '%s',
    (_, offered, index) => {
      const words = answers[index + 1]?.split('\n').map((line) => (line.split('\t')[0] ?? '').replace(/\/$/, ''));
      expect(words).toEqual(expect.arrayContaining([...offered]));
    },
  );
});

test.each([[['completion', 'tcsh']], [['completion']]])('%j ends with 2', (args) => {
  const { status, stdout } = place.guard(args);
  expect([status, stdout]).toEqual([2, '']);
});
