import { describe, expect, test } from '@jest/globals';
import { findHuman, type ProcessFacts, type World } from '../../src/confirm/human.ts';

const processes: ProcessFacts = {
  group: 900,
  foregroundGroup: 900,
  session: 'linux:800',
  ancestors: [
    { pid: 850, name: 'bash', words: ['/bin/bash', '/usr/local/bin/guard', 'run', 'make'] },
    { pid: 800, name: 'zsh', words: ['-zsh'] },
    { pid: 700, name: 'tmux: server', words: ['tmux', 'new', '-s', 'claude'] },
  ],
};

const world = (differs: Partial<World> = {}): World => ({
  env: { TERM: 'xterm-256color', SHELL: '/bin/zsh' },
  stdinIsTerminal: () => true,
  stderrIsTerminal: () => true,
  terminalOpens: () => true,
  processes: () => processes,
  ...differs,
});

test('a terminal with a person at it is asked', async () => {
  expect(await findHuman(world())).toEqual({ kind: 'terminal' });
});

const claude = { pid: 640, name: 'claude', words: ['claude'] };

describe('nobody is asked where', () => {
  test.each<[string, Partial<World>, string]>([
    ['an agent says that it calls', { env: { CLAUDECODE: '1' } }, 'CLAUDECODE is set'],
    ['stdin is no terminal', { stdinIsTerminal: () => false }, 'standard input'],
    ['stderr is no terminal', { stderrIsTerminal: () => false }, 'standard error'],
    ['no terminal opens', { terminalOpens: () => false }, 'no controlling terminal'],
    ['the processes cannot be read', { processes: () => undefined }, 'could not be read'],
    ['guard is in the background', { processes: () => ({ ...processes, foregroundGroup: 901 }) }, 'background'],
    ['there is no foreground', { processes: () => ({ ...processes, foregroundGroup: -1 }) }, 'background'],
    [
      'an agent drives the terminal',
      { processes: () => ({ ...processes, ancestors: [...processes.ancestors, claude] }) },
      'process 640',
    ],
  ])('%s', async (_name, differs, reason) => {
    expect(await findHuman(world(differs))).toEqual({ kind: 'none', reason: expect.stringContaining(reason) });
  });
});
