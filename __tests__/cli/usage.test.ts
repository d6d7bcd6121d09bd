// What holds for guard as a whole: help, version, mistakes, colours, and readers that go away.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.ts';
import { Place, program, root } from './guard.ts';

const place = new Place();
afterAll(() => place.remove());

const guard = (...args: string[]) => place.guard(args);
const subcommands = readdirSync(join(root, 'src/cli/commands')).map((file) => file.replace(/\.ts$/, ''));

test.each(['--version', '-V'])('%s is that of the package', (flag) => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(guard(flag)).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
});

describe('help', () => {
  test('names every subcommand', () => {
    const { status, stdout } = guard('--help');
    expect(status).toBe(0);
    for (const name of subcommands) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  });

  test('of every command has examples, each with its name in it', async () => {
    const context = { env: {}, cwd: place.work, finish: () => undefined };
    const commands = below(await createProgram(context, undefined)).filter(({ own }) => own.name() !== 'help');
    expect(commands.length).toBeGreaterThan(subcommands.length);
    const lacking = commands.filter(({ own, path }) => !examplesOf(own).includes(path));
    expect(lacking.map(({ path }) => path)).toEqual([]);
  });

  test('guard help x is guard x --help, on stdout, with 0', () => {
    const help = guard('help', 'explain');
    expect(help).toMatchObject({ status: 0, stdout: guard('explain', '--help').stdout, stderr: '' });
  });
});

interface Placed {
  readonly own: Command;
  readonly path: string;
}

/** A command and all below it, each with the words that call it. */
const below = (own: Command, parent = ''): Placed[] => {
  const path = `${parent} ${own.name()}`.trim();
  return [{ own, path }, ...own.commands.flatMap((child) => below(child, path))];
};

/** What stands behind `Examples:` in a command's help. */
function examplesOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (piece) => {
      text += piece;
    },
  });
  command.outputHelp();
  return text.split('\nExamples:\n')[1] ?? '';
}

test.each<[string[], string]>([
  [['exlpain', 'ls'], 'explain'],
  [['chek'], 'check'],
  [['rules', 'lst'], 'list'],
  [['audit', 'verfy'], 'verify'],
  [['explain', '--no-lookup', 'ls'], '--no-lookups'],
  [['explain'], 'command-line'],
  [['explain', 'ls', 'pwd'], 'too many arguments'],
  [['run'], 'command'],
])('%j ends with 2 and a hint: %s', (args, hint) => {
  const { status, stdout, stderr } = guard(...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(hint);
});

test('without a subcommand the help is on stderr, with 2', () => {
  const { status, stdout, stderr } = guard();
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage: guard');
});

describe('colours', () => {
  /** Standard output of a terminal, by script(1). */
  function onTerminal(env: Readonly<Record<string, string>>): string {
    const line = `'${process.execPath}' '${program}' config`;
    const { stdout } = spawnSync('/usr/bin/script', ['-qec', line, '/dev/null'], {
      cwd: place.work,
      env: place.env({ TERM: 'xterm', ...env }),
      encoding: 'utf8',
      input: '',
    });
    expect(stdout).toContain('decisions.low.local');
    return stdout;
  }

  test.each([
    ['a terminal', {}, true],
    ['a terminal with NO_COLOR', { NO_COLOR: '1' }, false],
    ['a dumb terminal', { TERM: 'dumb' }, false],
  ])('on %s: %j', (_, env, isColored) => {
    expect(onTerminal(env).includes('\u001b[')).toBe(isColored);
  });

  test.each([['config'], ['explain', 'railway volume delete']])('none in a pipe: %s', (...args) => {
    expect(place.guard(args, { env: { FORCE_COLOR: '1', TERM: 'xterm' } }).stdout).not.toContain('\u001b');
  });
});

test.each(['explain ls', 'config --json'])('a working directory that is gone does not stop guard %s', (line) => {
  const script = `mkdir gone && cd gone && rmdir ../gone && '${process.execPath}' '${program}' ${line}`;
  const { status, stderr } = spawnSync('/bin/bash', ['-c', script], {
    cwd: place.work,
    env: place.env(),
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});
