// How agents are pointed to guard-sh: which setting each takes its shell from.
import type { Page } from './page.ts';

/** The settings, as read in the agents' shipped code; `dir` stands for the folder. */
const settings: readonly (readonly [agent: string, setting: string])[] = [
  ['Claude Code', 'CLAUDE_CODE_SHELL=dir/bash, or "env": {"CLAUDE_CODE_SHELL": "dir/bash"} in settings.json'],
  ['Cursor', 'SHELL=dir/bash'],
  ['opencode', '"shell": "dir/bash" in its configuration, or SHELL=dir/bash'],
  ['Copilot CLI', 'COPILOT_BASH_PATH=dir/bash'],
  ['Gemini CLI', 'PATH="dir:$PATH": it takes bash from there'],
  ['Codex', 'the login shell of its user: sudo usermod --shell dir/bash <user>; SHELL is ignored'],
  ['Aider, Continue', 'SHELL=dir/bash'],
  ['pi', '"shellPath": "dir/bash" in its settings'],
  ['OpenHands', 'shell_path = "dir/bash"'],
];

/** What to set, with the folder filled in. Settings are not folded: people copy them. */
export function setupPage(folder: string, { chalk }: Page): string[] {
  return [
    chalk.bold('Point your agent to it'),
    ...settings.map(([agent, setting]) => `  ${agent.padEnd(17)}${setting.replaceAll('dir', folder)}`),
    '',
    'Agents look at the name: for zsh, use the one called zsh. To see it hold a command:',
    `  ${folder}/bash -c 'rm -rf ~/no-such-folder'`,
  ];
}
