// Shell arguments against the shells themselves: a probe on every place that a shell may read tells which it was, with
// `$0`, the positionals and the options.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Flavour, flavourOf, readShellArgv } from '../../src/run/argv.ts';

/** Words of a form: COMMAND and SCRIPT become the probe as text and as a file. */
const bashForms = [
  '-c COMMAND',
  '-c COMMAND deploy',
  '-c COMMAND deploy acme prod',
  '-c COMMAND -- -x',
  '-c COMMAND -l',
  '-lc COMMAND',
  '-cl COMMAND',
  '-l -c COMMAND',
  '-c -l COMMAND',
  '-ec COMMAND',
  '-c -e -u COMMAND a b',
  '-euxc COMMAND',
  '+c COMMAND',
  '-c +e COMMAND',
  '+ -c COMMAND',
  '-c + COMMAND',
  '-c -- COMMAND a',
  '-c - COMMAND a',
  '-c -x -- COMMAND -c',
  '-o pipefail -c COMMAND',
  '-c -o pipefail COMMAND a',
  '-co pipefail COMMAND a',
  '-oc pipefail COMMAND a',
  '-eo pipefail -c COMMAND',
  '-o errexit -o nounset -c COMMAND',
  '+o history -c COMMAND',
  '-O extglob -c COMMAND',
  '+O extglob -c COMMAND',
  '-O extglob -c COMMAND -- acme',
  '-cO extglob COMMAND',
  '-abouO emacs extglob -c COMMAND',
  '-oO pipefail extglob -c COMMAND a',
  '-O extglob -ilc COMMAND',
  '-n -c COMMAND',
  '-nc COMMAND',
  '-o noexec -c COMMAND',
  '-n +n -c COMMAND',
  '-D -c COMMAND',
  '--dump-strings -c COMMAND',
  '--norc --noprofile -c COMMAND',
  '--noprofile --norc -lc COMMAND',
  '--login -c COMMAND',
  '-login -c COMMAND',
  '--posix -c COMMAND',
  '--restricted -c COMMAND',
  '-r -c COMMAND',
  '--verbose -c COMMAND',
  '--noediting -c COMMAND',
  '--debugger -c COMMAND',
  '--rcfile /dev/null -c COMMAND',
  '-rcfile /dev/null -c COMMAND',
  '--init-file /dev/null -c COMMAND',
  '--login -- SCRIPT a',
  '--rcfile /dev/null SCRIPT a',
  '-ic COMMAND',
  '-i -c COMMAND',
  '-c -i COMMAND',
  '-i +i -c COMMAND',
  '-sc COMMAND a',
  '-c -s COMMAND a b',
  'SCRIPT',
  'SCRIPT a b',
  'SCRIPT -c COMMAND',
  '-- SCRIPT a',
  '- SCRIPT a',
  '-x SCRIPT a',
  '-e -u SCRIPT',
  '--posix SCRIPT a',
  '-l SCRIPT a',
  '-i SCRIPT a',
  '-n SCRIPT',
  '+B SCRIPT',
  '-O extglob SCRIPT a',
  '--norc -- SCRIPT -s',
  '',
  '--',
  '-',
  '-s',
  '-s a b',
  '-s -- a -x',
  '-s - a',
  '-xs a',
  '-s -l a',
  '-i',
  '-il',
  '-is a',
  '-l',
  '-e',
  '-o pipefail',
  '-o',
  '+O',
  '-c',
  '-c -x',
  '-c --',
  '-l -c',
  '--rcfile',
  '--init-file',
  '--version',
  '-version',
  '--help',
  '--help --version',
  '--version --norc -c COMMAND',
  '--version -c COMMAND',
  '--no-such-option -c COMMAND',
  '-x --version',
  '-c --login COMMAND',
  '-l --norc -c COMMAND',
  '-Z -c COMMAND',
  '-cZ COMMAND',
  '--wordexp COMMAND',
];

const zshForms = [
  '-c COMMAND',
  '-c COMMAND deploy acme prod',
  '-c COMMAND -- -x',
  '-fc COMMAND a b',
  '-cf COMMAND',
  '-lc COMMAND',
  '-c -l COMMAND',
  '-l -c COMMAND a',
  '--login -c COMMAND',
  '-o login -c COMMAND',
  '-o LOG_IN -c COMMAND',
  '-ec COMMAND',
  '+c COMMAND',
  '-c + COMMAND',
  '-c - COMMAND a',
  '-c -- COMMAND a',
  '-fc -- COMMAND --',
  '-o errexit -c COMMAND',
  '-co errexit COMMAND a',
  '-oerrexit -c COMMAND a',
  '-coERR_EXIT COMMAND',
  '--errexit -c COMMAND',
  '--no-rcs -c COMMAND',
  '+o nomatch -c COMMAND',
  '+-errexit -c COMMAND',
  '--emulate sh -c COMMAND',
  '--emulate zsh -fc COMMAND a',
  '-n -c COMMAND',
  '-o noexec -c COMMAND',
  '+o exec -c COMMAND',
  '--no-exec -c COMMAND',
  '-n +n -c COMMAND',
  '-sc COMMAND a b',
  '-c -s COMMAND a b',
  '+s -c COMMAND a',
  '-o shinstdin -c COMMAND a',
  '--shin-stdin -c COMMAND a',
  '-bc COMMAND a',
  '-cb COMMAND -x',
  '-c -b COMMAND -x',
  '-ic COMMAND',
  '-fic COMMAND a',
  'SCRIPT',
  'SCRIPT a b',
  'SCRIPT -c COMMAND',
  '-- SCRIPT a',
  '- SCRIPT a',
  '+ SCRIPT a',
  '+- SCRIPT a',
  '-f SCRIPT a',
  '-b SCRIPT -x',
  '-l SCRIPT',
  '-n SCRIPT',
  '-o errexit SCRIPT a',
  '',
  '-f',
  '-s',
  '-s a b',
  '-fs a',
  '--stdin a',
  '-o stdin a b',
  '-c',
  '-f -c',
  '-o',
  '--version',
  '-c --version COMMAND',
  '--help',
  '-cx-- COMMAND',
  '-x-c COMMAND',
];

/** Prints which text it is, the modes, `$0` and the positionals. */
const probes: Record<Flavour, (where: string) => string> = {
  bash: (where) =>
    `case $- in *i*) i=1;; *) i=0;; esac; shopt -q login_shell && l=1 || l=0; printf '%s\\0' ${where} $i $l "$0" "$@"; exit`,
  zsh: (where) =>
    `[[ -o interactive ]] && i=1 || i=0; [[ -o login ]] && l=1 || l=0; printf '%s\\0' ${where} $i $l "$0" "$@"; exit`,
};

describe.each<[Flavour, string, string[]]>([
  ['bash', '/bin/bash', bashForms],
  ['zsh', '/bin/zsh', zshForms],
])('%s', (flavour, shell, forms) => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'guard-argv-'));
    writeFileSync(join(folder, 'deploy.sh'), `${probes[flavour]('script')}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the real shell read: the parts of the probe's output, or how it ended without one. */
  function observe(argv: string[]) {
    const { status, stdout } = spawnSync(shell, argv, {
      cwd: folder,
      env: { PATH: '/usr/bin:/bin', HOME: folder, LC_ALL: 'C' },
      input: `${probes[flavour]('stdin')}\n`,
      encoding: 'utf8',
    });
    // In front of the first part may stand what `-o` and `-O` list.
    const parts = stdout
      .split('\0')
      .slice(0, -1)
      .map((part, index) => (index === 0 ? part.slice(part.lastIndexOf('\n') + 1) : part));
    if (/^(?:command|script|stdin)$/.test(parts[0] ?? '')) return parts;
    if (status !== 0) return 'usage';
    if (/^(?:GNU bash, version [^\n]*\)\n(?:Copyright|Usage)|zsh \d|Usage: )/.test(stdout)) return 'prints';
    return 'nothing';
  }

  /** The same, as `readShellArgv` says it. */
  function predict(argv: string[]) {
    const read = readShellArgv(argv, flavour, false);
    if (read.mode === 'usage' || read.mode === 'unknown') return 'usage';
    if (read.mode === 'version' || read.mode === 'help') return 'prints';
    if (read.options.noexec) return 'nothing';
    const name = read.mode === 'command' ? (read.name ?? shell) : read.mode === 'script' ? read.path : shell;
    return [read.mode, read.options.interactive ? '1' : '0', read.options.login ? '1' : '0', name, ...read.positionals];
  }

  const run = existsSync(shell) || process.env.CI ? test : test.skip;
  run.each(forms)('%s', (form) => {
    const texts: Record<string, string> = { COMMAND: probes[flavour]('command'), SCRIPT: './deploy.sh' };
    const argv = form === '' ? [] : form.split(' ').map((word) => texts[word] ?? word);
    expect(predict(argv)).toEqual(observe(argv));
  });
});

describe('what the shells do not show', () => {
  const modes: [string, string[], boolean, string][] = [
    ['no arguments at a terminal', [], true, 'interactive'],
    ['-i at a terminal', ['-i'], true, 'interactive'],
    ['-s at a terminal', ['-s', 'a'], true, 'interactive'],
    ['-l at a terminal', ['-l'], true, 'interactive'],
    ['-i with a pipe', ['-i'], false, 'stdin'],
    ['-ic at a terminal', ['-ic', 'ls'], true, 'command'],
    ['a script at a terminal', ['./deploy.sh'], true, 'script'],
    ['an unknown long option', ['--no-such-option', '-c', 'ls'], false, 'unknown'],
    ['an unknown letter', ['-Z', '-c', 'ls'], false, 'unknown'],
    ['an empty path', [''], false, 'script'],
    ['an empty command', ['-c', ''], false, 'command'],
  ];
  test.each(modes)('%s', (_, argv, terminal, mode) => {
    expect(readShellArgv(argv, 'bash', terminal).mode).toBe(mode);
  });

  test('the startup file', () => {
    expect(readShellArgv(['--rcfile', '/w/rc', '-i'], 'bash', true).options.startupFile).toBe('/w/rc');
  });

  test.each<[string, Flavour]>([
    ['/bin/bash', 'bash'],
    ['/bin/sh', 'bash'],
    ['/usr/bin/zsh', 'zsh'],
    ['/usr/local/bin/zsh-5.9', 'zsh'],
    ['/opt/zsh/bin/bash', 'bash'],
  ])('%s reads its arguments as %s', (path, flavour) => {
    expect(flavourOf(path)).toBe(flavour);
  });
});
