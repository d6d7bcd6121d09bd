// The session: which of the processes above guard is the agent, and when it was started.
import { describe, expect, test } from '@jest/globals';
import { type Process, processOfLine, readSession, startOf } from '../../src/observe/session.ts';

/** Processes from the nearest up, each a second older than the one before. */
const chain = (...commands: string[]): Process[] =>
  commands.map((command, index) => {
    const words = command.split(' ');
    const name = (words[0] ?? '').split('/').at(-1) ?? '';
    return { pid: 100 - index, parent: 99 - index, name, words, started: 10_000 - index * 1_000 };
  });

describe('the start of the session', () => {
  test.each<[string[], number | undefined]>([
    [['bash /usr/local/bin/guard-sh -c ls', 'claude', 'zsh', 'tmux: server'], 9_000],
    [
      ['bash /usr/local/bin/guard-sh', 'bash', 'timeout 60 bash', 'node /opt/node_modules/@openai/codex/bin/codex.js'],
      7_000,
    ],
    [['bash /usr/local/bin/guard-sh -c ls', 'python3 runner.py', 'bash'], 9_000],
    [['bash /usr/local/bin/guard-sh -c ls', 'zsh', 'kitty'], undefined],
    [['bash /usr/local/bin/guard-sh -c ls', 'sshd: mia@pts/0'], undefined],
    [['bash /usr/local/bin/guard-sh -c ls', 'code --no-sandbox'], undefined],
    [[], undefined],
  ])('%j', (commands, expected) => expect(startOf(chain(...commands))).toBe(expected));
});

test('a line of ps', () => {
  const [found] = processOfLine('  812     1 Sun Nov 22 21:10:04 2026     /usr/local/bin/claude --resume');
  const started = new Date(2026, 10, 22, 21, 10, 4).getTime();
  expect(found).toEqual([
    812,
    { pid: 812, parent: 1, name: 'claude', words: ['/usr/local/bin/claude', '--resume'], started },
  ]);
  expect(processOfLine('')).toEqual([]);
});

test('this process has one or none, and never one that is to come', async () => {
  const answer = await readSession(process.pid);
  expect(['time', 'absent']).toContain(answer.kind);
  if (answer.kind === 'time') expect(answer.at).toBeLessThan(Date.now() + 2_000);
});
