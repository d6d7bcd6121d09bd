import { describe, expect, test } from '@jest/globals';
import { detectAgent } from '../../src/confirm/agent.ts';

const above = (command: string, name = command.split(' ')[0]?.split('/').at(-1) ?? '') => [
  { pid: 800, name: 'bash', words: ['-bash'] },
  { pid: 812, name, words: command.split(' ') },
];

describe('an agent is known by its variables', () => {
  test.each([
    [{ CLAUDECODE: '1' }, 'Claude Code'],
    [{ CODEX_THREAD_ID: '0199', CLAUDECODE: '1' }, 'Codex'],
    [{ CURSOR_AGENT: '1' }, 'Cursor'],
    [{ GEMINI_CLI: '1' }, 'Gemini CLI'],
    [{ COPILOT_CLI: '1' }, 'GitHub Copilot'],
    [{ OPENCODE: '1', AGENT: '1' }, 'opencode'],
    [{ AI_AGENT: 'crush' }, 'an agent'],
    [{ CLAUDECODE: '' }, undefined],
    [{ CLAUDECODE: '0' }, undefined],
    [{ AIDER_MODEL: 'sonnet', SSH_AGENT_PID: '12', TERM: 'xterm' }, undefined],
    [{}, undefined],
  ])('%j', (env, agent) => {
    expect(detectAgent(env, [])).toBe(agent);
  });
});

describe('an agent is known by its process', () => {
  test.each([
    ['/usr/local/bin/claude --continue', 'Claude Code'],
    ['node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js', 'Claude Code'],
    ['/usr/bin/node --no-warnings /usr/lib/node_modules/@openai/codex/bin/codex.js', 'Codex'],
    ['node /opt/node_modules/@google/gemini-cli/dist/index.js', 'Gemini CLI'],
    ['python3 -m aider --model x', 'Aider'],
    ['python3.12 /home/ada/.local/bin/aider', 'Aider'],
    ['python -m openhands.server', 'OpenHands'],
    ['bash /usr/local/bin/opencode', 'opencode'],
    ['/opt/goose', 'Goose'],
    ['/usr/share/cursor/cursor --type=renderer', 'Cursor'],
  ])('%s', (command, agent) => {
    expect(detectAgent({}, above(command))).toBe(agent);
  });
  test('by the name it gave itself', () => {
    expect(detectAgent({}, above('2.1.330', 'claude'))).toBe('Claude Code');
  });
});

describe('what only mentions an agent is none', () => {
  test.each([
    'vim claude.md',
    'less /home/ada/codex/README.md',
    'bash -c claude',
    'bash -lc codex',
    'node /home/ada/claude/server.js',
    'node --test __tests__/goose.test.ts',
    'tmux new -s claude',
    'ssh amp.acme.com',
    'sshd: ada@pts/0',
    '-zsh',
    '',
  ])('%s', (command) => {
    expect(detectAgent({}, above(command))).toBeUndefined();
  });
});
