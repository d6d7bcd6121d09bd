// Bad files: whatever stands where a script is looked for, there is a verdict, and a message where something is not read.
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Standards } from '../../src/core/analyze.ts';
import type { Answer } from '../../src/core/model/observation.ts';
import { defaultPolicy } from '../../src/core/model/policy.ts';
import { judge, type Observe } from '../../src/judge.ts';
import { observer } from '../../src/observe/index.ts';
import { loadStandards } from '../../src/standards.ts';
import { held, root, Scene } from './scene.ts';

let scene: Scene;
let standards: Standards;
beforeAll(async () => {
  scene = new Scene();
  standards = await loadStandards({ ...defaultPolicy, lookups: false }, []);
});
afterAll(() => scene.remove());

const machine = observer({ lookups: false });

/** `ask git/discard-changes`, `run`, and behind it what was not read: the verdict on a command in a folder of the scene. */
async function verdictIn(folder: string, command: string, observe: Observe = machine): Promise<string> {
  const cwd = join(scene.work, folder);
  const from = { kind: 'command-line', label: 'command line' } as const;
  const request = { command, shell: 'bash', name: undefined, positionals: [], cwd, env: scene.env, from } as const;
  const { verdict, resolved } = await judge(request, standards, observe);
  const rules = verdict.kind === 'run' ? [] : [verdict.findings[0].rule.id];
  const details = resolved.opaque.map(({ reason, detail }) => `${reason}: ${detail.replaceAll(`${cwd}/`, '')}`);
  return [[verdict.kind, ...rules].join(' '), ...new Set(details)].join('; ');
}

const discards = 'ask git/discard-changes';
const isRoot = process.getuid?.() === 0;

type Files = Readonly<Record<string, string | Buffer>>;
type Case = readonly [name: string, command: string, files: Files, verdict: string];

let count = 0;
/** A fresh folder with these files; all can be executed. */
function place(files: Files): string {
  count += 1;
  const folder = `case-${count}`;
  mkdirSync(join(scene.work, folder));
  for (const [path, text] of Object.entries(files)) scene.write(join(folder, path), text, 0o755);
  return folder;
}

const check = async (_name: string, command: string, files: Files, verdict: string) =>
  expect(await verdictIn(place(files), command)).toBe(verdict);

describe('what includes itself comes to an end', () => {
  test.each<Case>([
    ['scripts', 'bash a.sh', { 'a.sh': '. ./b.sh\n', 'b.sh': '. ./a.sh\n' }, 'run'],
    ['scripts, and what stands behind', 'bash a.sh', { 'a.sh': '. ./b.sh\n', 'b.sh': `. ./a.sh\n${held}\n` }, discards],
    ['a script that calls itself', 'bash a.sh', { 'a.sh': '[ -e x ] || bash a.sh\n' }, 'run'],
    [
      'scripts of two languages',
      'bash a.sh',
      { 'a.sh': 'node b.js', 'b.js': 'require("child_process").execSync("bash a.sh")' },
      'run',
    ],
    [
      'a program that starts itself',
      'python3 a.py',
      { 'a.py': 'import subprocess\nsubprocess.run(["python3", "a.py"])\n' },
      'ask shell/endless; too-deep: nested deeper than 40 levels',
    ],
    ['makefiles', 'make', { Makefile: 'include b.mk\nall:\n\techo ok\n', 'b.mk': 'include Makefile\n' }, 'run'],
    [
      'makefiles, and what stands behind',
      'make',
      { Makefile: `include b.mk\nall:\n\t${held}\n`, 'b.mk': 'include Makefile\n' },
      discards,
    ],
    ['targets of make', 'make a', { Makefile: 'a: b\nb: a\n\techo ok\n' }, 'run'],
    ['a variable of make', 'make a', { Makefile: 'X = $(X) y\na:\n\techo $(X)\n' }, 'run'],
    [
      'make that calls make',
      'make a',
      { Makefile: 'a:\n\tmake a\n' },
      'ask shell/endless; too-deep: Makefile "a" runs itself',
    ],
    [
      'Taskfiles',
      'task ok',
      {
        'Taskfile.yml': "version: '3'\nincludes: {b: ./b.yml}\ntasks: {ok: echo ok}\n",
        'b.yml': "version: '3'\nincludes: {a: ./Taskfile.yml}\ntasks: {x: echo x}\n",
      },
      'run',
    ],
    [
      'tasks',
      'task a',
      { 'Taskfile.yml': `version: '3'\ntasks:\n  a: {deps: [b]}\n  b: {deps: [a], cmds: [${held}]}\n` },
      discards,
    ],
    ['Python modules', 'python3 a.py', { 'a.py': 'import b\nprint(b.x)\n', 'b.py': 'import a\nx = 1\n' }, 'run'],
    [
      'Python modules, and what one does',
      'python3 a.py',
      { 'a.py': 'import b\nb.f()\n', 'b.py': `import a, os\ndef f():\n    os.system("${held}")\n` },
      discards,
    ],
    [
      'JavaScript modules',
      'node a.js',
      { 'a.js': 'require("./b")', 'b.js': `require("./a"); require("child_process").execSync("${held}")` },
      discards,
    ],
    [
      'an npm script that calls itself',
      'npm test',
      { 'package.json': '{"scripts":{"test":"npm test"}}' },
      'ask shell/endless; too-deep: package.json "test" runs itself',
    ],
    [
      'npm scripts that call each other',
      'npm run a',
      { 'package.json': '{"scripts":{"a":"npm run b","b":"npm run a"}}' },
      'ask shell/endless; too-deep: package.json "a" runs itself',
    ],
  ])('%s: %s', check);
});

describe('what make runs while it reads', () => {
  test.each<Case>([
    ['is followed', 'make', { Makefile: `X := $(shell ${held})\nall:\n\techo $(X)\n` }, discards],
    ['whatever the target', 'make ok', { Makefile: `X := $(shell ${held})\nok:\n\techo ok\n` }, discards],
    ['and runs where it only reads', 'make', { Makefile: 'V := $(shell git describe)\nall:\n\techo $(V)\n' }, 'run'],
  ])('%s: %s', check);
});

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const utf16Big = (text: string) => Buffer.from(utf16(text)).swap16();
const binaryTail = Buffer.from('exit 0\n\x7fELF\0\0\0', 'latin1');
const spoken = `import os\nos.system("${held}")\n`;

describe('encodings', () => {
  test.each<Case>([
    ['UTF-16', 'bash x.sh', { 'x.sh': utf16(`${held}\n`) }, discards],
    ['UTF-16 by its path', './x.sh', { 'x.sh': utf16(`${held}\n`) }, discards],
    ['UTF-16, the other way round', 'sh x.sh', { 'x.sh': utf16Big(`${held}\n`) }, discards],
    ['UTF-16 without its mark', 'sh x.sh', { 'x.sh': Buffer.from(`${held}\n`, 'utf16le') }, discards],
    ['UTF-16, harmless', 'bash x.sh', { 'x.sh': utf16('echo ok\n') }, 'run'],
    ['UTF-16 for PowerShell', 'pwsh -File x.ps1', { 'x.ps1': utf16(`${held}\n`) }, discards],
    ['CRLF: the carriage return is a part of the last word', 'bash x.sh', { 'x.sh': `${held}\r\n` }, 'run'],
    ['CRLF behind a blank', 'bash x.sh', { 'x.sh': 'rm -rf / \r\n' }, 'ask filesystem/delete-root'],
    ['CRLF in Python', 'python3 x.py', { 'x.py': spoken.replaceAll('\n', '\r\n') }, discards],
    ['a byte order mark: the first word is no program', 'bash x.sh', { 'x.sh': `\uFEFF${held}\n` }, 'run'],
    ['a byte order mark on a line of its own', 'bash x.sh', { 'x.sh': `\uFEFF\n${held}\n` }, discards],
    ['a byte order mark in front of #!', './x.sh', { 'x.sh': `\uFEFF#!/bin/bash\n${held}\n` }, discards],
    ['a byte order mark in Python', 'python3 x.py', { 'x.py': `\uFEFF${spoken}` }, discards],
    [
      'a byte order mark in package.json',
      'npm test',
      { 'package.json': `\uFEFF{"scripts":{"test":"${held}"}}` },
      discards,
    ],
    ['Latin-1', 'bash x.sh', { 'x.sh': Buffer.from(`# caf\xe9\necho '\xe9'\n${held}\n`, 'latin1') }, discards],
    ['Latin-1, harmless', 'bash x.sh', { 'x.sh': Buffer.from("# caf\xe9\necho '\xe9'\n", 'latin1') }, 'run'],
    [
      'Latin-1 in Python',
      'python3 x.py',
      { 'x.py': Buffer.from(`# -*- coding: latin-1 -*-\n# \xe9\n${spoken}`, 'latin1') },
      discards,
    ],
  ])('%s: %s', check);
});

describe('what the kernel and the shell make of the first line', () => {
  test.each<Case>([
    [
      'binary bytes behind a script',
      './x',
      { x: Buffer.concat([Buffer.from(`#!/bin/bash\n${held}\n`), binaryTail]) },
      discards,
    ],
    [
      'binary bytes behind a harmless script',
      './x',
      { x: Buffer.concat([Buffer.from('#!/bin/bash\necho ok\n'), binaryTail]) },
      'run',
    ],
    [
      'binary bytes behind a script, read by bash',
      'bash x',
      { x: Buffer.concat([Buffer.from(`#!/bin/bash\n${held}\n`), binaryTail]) },
      discards,
    ],
    ['binary bytes behind Python', './x', { x: Buffer.from(`#!/usr/bin/env python3\n${spoken}\0\0`) }, discards],
    [
      'NUL bytes behind the first line',
      './x',
      { x: `${held}\n\0\n` },
      'ask shell/unread-script; unreadable-script: x: it holds NUL bytes',
    ],
    ['a program', './x', { x: binaryTail.subarray(7) }, 'run'],
    [
      'a program, read by bash',
      'bash x',
      { x: binaryTail.subarray(7) },
      'ask shell/unread-script; unreadable-script: x: it is not a text file',
    ],
    [
      'an application of zipapp',
      'python3 x',
      { x: Buffer.from('#!/usr/bin/env python3\nPK\x03\x04\0\0', 'latin1') },
      'run; unread-program: the python program is not read: x: it is an archive with an interpreter in front',
    ],
    ['no interpreter behind #!', './x', { x: `#!\n${held}\n` }, discards],
    ['blanks behind #!', './x', { x: `#! \t \n${held}\n` }, discards],
    ['an interpreter whose path is too long', './x', { x: `#!/${'x'.repeat(300)}\n${held}\n` }, discards],
    ['an interpreter that only prints', './x', { x: `#!/bin/cat\n${held}\n` }, 'run'],
    ['env with its words', './x', { x: `#!/usr/bin/env -S bash -e\n${held}\n` }, discards],
  ])('%s: %s', check);
});

describe('what is too large says so', () => {
  const lines = (line: string, bytes: number) => `${line}\n`.repeat(Math.ceil(bytes / (line.length + 1)));
  const tenMiB = 10 * 1024 * 1024;
  test.each<Case>([
    [
      'a bundle',
      'node dist/bundle.js',
      { 'dist/bundle.js': lines('var a = function () { return 1 };', tenMiB) },
      'run; unread-program: the javascript program is not read: dist/bundle.js: it is larger than 1 MiB',
    ],
    [
      'a script',
      'bash big.sh',
      { 'big.sh': lines('echo a', tenMiB) },
      'ask shell/unread-script; unreadable-script: big.sh: it is larger than 1 MiB',
    ],
    [
      'a script by its path',
      './big.sh',
      { 'big.sh': lines('echo a', tenMiB) },
      'ask shell/unread-script; unreadable-script: big.sh: it is larger than 1 MiB',
    ],
    [
      'a makefile',
      'make',
      { Makefile: `all:\n${lines('\techo a', 2_000_000)}` },
      'run; unread-program: make: Makefile: it is larger than 1 MiB',
    ],
    [
      'a package.json',
      'npm test',
      { 'package.json': `{"x":"${'a'.repeat(2_000_000)}"}` },
      'run; unread-program: package.json: it is larger than 1 MiB',
    ],
  ])('%s: %s', check);
});

describe('what makes no sense says so', () => {
  test.each<Case>([
    [
      'package.json',
      'npm test',
      { 'package.json': '{"scripts":' },
      'run; unread-program: package.json is no valid JSON',
    ],
    ['an empty package.json', 'npm test', { 'package.json': '' }, 'run; unread-program: package.json is no valid JSON'],
    [
      'pyproject.toml',
      'uv run serve',
      { 'pyproject.toml': '[project\nname = x\n' },
      'run; unread-program: uv run: pyproject.toml is not valid TOML',
    ],
    [
      'pyproject.toml',
      'poetry run serve',
      { 'pyproject.toml': '[project\nname = x\n' },
      'run; unread-program: poetry run: pyproject.toml is not valid TOML',
    ],
    ['an empty pyproject.toml', 'uv run serve', { 'pyproject.toml': '' }, 'run'],
    ['a makefile', 'make', { Makefile: `all:\n    ${held}\n` }, 'run'],
    ['an empty makefile', 'make', { Makefile: '' }, 'run'],
    ['a compose file', 'docker compose up -d', { 'compose.yml': 'services:\n  db: [\n' }, 'run'],
    ['an empty script', 'bash x.sh', { 'x.sh': '' }, 'run'],
    ['an empty script by its path', './x.sh', { 'x.sh': '' }, 'run'],
    ['an empty program', 'python3 x.py', { 'x.py': '' }, 'run'],
  ])('%s: %s', check);

  test.each(['', 'version: 3\ntasks:\n  reset: [git\n'])('a Taskfile %j', async (text) => {
    expect(await verdictIn(place({ 'Taskfile.yml': text }), 'task reset')).toContain('Taskfile.yml is not valid YAML');
  });
});

describe('what is no file', () => {
  const names = ['x.sh', 'x.py', 'x.js', 'Makefile', 'package.json', 'pyproject.toml'];
  const commands = ['bash x.sh', './x.sh', 'python3 x.py', 'node x.js', 'make', 'npm test', 'uv run serve'];
  const makers: Readonly<Record<string, (path: string) => void>> = {
    'a named pipe': (path) => void spawnSync('mkfifo', [path]),
    'symbolic links run in a circle': (path) => symlinkSync(path, path),
  };
  test.each(Object.entries(makers))('%s is not waited for, and not passed over', async (message, make) => {
    const folder = place({});
    for (const name of names) make(join(scene.work, folder, name));
    const verdicts = await Promise.all(commands.map((command) => verdictIn(folder, command)));
    for (const verdict of verdicts) expect(verdict).toContain(message);
    expect(verdicts.slice(0, 2).every((verdict) => verdict.startsWith('ask shell/unread-script'))).toBe(true);
  });

  test.each([
    ['bash /dev/zero', 'ask shell/unread-script; unreadable-script: /dev/zero: it is no regular file'],
    ['bash < /dev/zero', 'ask shell/unread-script; unreadable-script: /dev/zero: it is no regular file'],
    ['bash /dev/null', 'run'],
    ['. /dev/null', 'run'],
    ['make -f /dev/zero', 'run; unread-program: make: /dev/zero: it is no regular file'],
  ])('a device: %s', async (command, verdict) => {
    expect(await verdictIn('.', command)).toBe(verdict);
  });

  test.each(['bash x', './x', '. x', 'make', 'npm test'])(
    "a folder is the program's own error: %s",
    async (command) => {
      const folder = place({});
      for (const name of ['x', 'Makefile', 'package.json']) mkdirSync(join(scene.work, folder, name));
      expect(await verdictIn(folder, command)).toBe('run');
    },
  );

  test.each<Case>([
    ['Python', 'python3 app', { 'app/__main__.py': spoken }, discards],
    ['Python, with an ending', 'python3 app.py', { 'app.py/__main__.py': spoken }, discards],
    [
      'Node',
      'node .',
      { 'package.json': '{"main":"lib/run"}', 'lib/run.js': `require("child_process").execSync("${held}")` },
      discards,
    ],
    ['Node, with an index', 'node app', { 'app/index.js': `require("child_process").execSync("${held}")` }, discards],
  ])('a folder that runs: %s: %s', check);
});

describe('names', () => {
  test.each([
    ['a newline', 'a\nb.sh', `bash $'a\\nb.sh'`],
    ['quotes', `"it's".sh`, `bash '"it'"'"'s".sh'`],
    ['a dash', '-rf.sh', 'bash -- -rf.sh'],
    ['a substitution', '$(x).sh', `bash '$(x).sh'`],
    ['a blank and an umlaut', 'é ü.sh', `./'é ü.sh'`],
  ])('%s', async (_name, name, command) => {
    expect(await verdictIn(place({ [name]: `${held}\n` }), command)).toBe(discards);
    expect(await verdictIn(place({ [name]: 'echo ok\n' }), command)).toBe('run');
  });

  test('a folder a hundred levels down', async () => {
    const deep = Array.from({ length: 100 }, (_, level) => `d${level}`).join('/');
    const folder = join(place({ [`${deep}/x.sh`]: `${held}\n`, [`${deep}/y.sh`]: 'echo ok\n' }), deep);
    expect(await verdictIn(folder, 'bash x.sh')).toBe(discards);
    expect(await verdictIn(folder, 'bash y.sh; npm test; make; task build; just build')).toBe('run');
  });
});

describe('files that do not stay as they are', () => {
  test('one that is written to while it is read has no text', async () => {
    const folder = place({ 'x.sh': 'echo ok\n'.repeat(100_000) });
    const path = join(scene.work, folder, 'x.sh');
    const timer = setInterval(() => appendFileSync(path, 'echo more\n'), 0);
    // A single reading may fall between two writings.
    const answers: Answer[] = [];
    for (let round = 0; round < 200 && !answers.some(({ kind }) => kind === 'failed'); round += 1)
      answers.push(await machine({ kind: 'file', path }));
    clearInterval(timer);
    expect(answers.at(-1)).toMatchObject({ kind: 'failed', reason: 'unreadable' });
  });

  test('one that disappears between two questions is judged without it', async () => {
    const folder = place({ 'x.sh': '. ./y.sh\n', 'y.sh': `${held}\n` });
    const observe: Observe = async (query) => {
      if (query.kind === 'file' && query.path.endsWith('y.sh')) rmSync(query.path, { force: true });
      return machine(query);
    };
    expect(await verdictIn(folder, 'bash x.sh', observe)).toBe('run');
  });
});

describe('permission denied', () => {
  const canBeNobody = !isRoot || existsSync('/usr/bin/setpriv');
  /** Root may read everything: the question is asked as somebody else. */
  const asOther = isRoot ? ['/usr/bin/setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];

  (canBeNobody ? test : test.skip).each([
    ['bash x.sh', 'ask', 'x.sh: permission denied'],
    ['./x.sh', 'ask', 'x.sh: permission denied'],
    ['. closed/x.sh', 'ask', 'x.sh: permission denied'],
    ['python3 x.py', 'run', 'x.py: permission denied'],
    ['make', 'run', 'Makefile: permission denied'],
  ])('%s: %s, and says so', (command, verdict, message) => {
    const folder = join(scene.work, place({ 'x.sh': held, 'x.py': '', Makefile: '', 'closed/x.sh': held }));
    for (const name of ['x.sh', 'x.py', 'Makefile', 'closed']) chmodSync(join(folder, name), 0o000);
    for (const path of [scene.folder, scene.work, scene.home]) chmodSync(path, 0o755);
    const guard = [process.execPath, join(root, 'bin', 'guard'), 'explain', '--json', command];
    const [file = '', ...argv] = [...asOther, ...guard];
    const report = JSON.parse(scene.program(file, argv, { cwd: folder }).stdout) as Record<string, unknown>;
    expect(report).toMatchObject({ verdict: { kind: verdict } });
    expect(JSON.stringify(report.facts)).toContain(message);
    for (const name of ['x.sh', 'x.py', 'Makefile', 'closed']) chmodSync(join(folder, name), 0o700);
  });
});

describe('through guard-sh: what bash would run of it is not run unseen', () => {
  const scripts: readonly (readonly [name: string, text: string | Buffer, ran: readonly string[]])[] = [
    ['binary bytes behind a script', Buffer.concat([Buffer.from(`#!/bin/bash\n${held}\n`), binaryTail]), [held]],
    ['NUL bytes behind the first line', `${held}\n\0\n`, [held]],
    ['no interpreter behind #!', `#!\n${held}\n`, [held]],
    ['an interpreter whose path is too long', `#!/${'x'.repeat(300)}\n${held}\n`, [held]],
    ['UTF-16', utf16(`${held}\n`), []],
  ];
  test.each(scripts)('%s', (_name, text, ran) => {
    scene.write('tool', text, 0o755);
    expect(scene.bash(['-c', './tool']).ran).toEqual(ran);
    expect(scene.call(['-c', './tool'])).toMatchObject({ status: 126, stdout: '', ran: [] });
  });

  test('what is only unusual runs as it does in bash', () => {
    scene.write('tool', Buffer.concat([Buffer.from('#!/bin/bash\necho ok\n'), binaryTail]), 0o755);
    expect(scene.call(['-c', './tool'])).toMatchObject({ status: 0, stdout: 'ok\n', stderr: '' });
  });
});
