// Incidents that a guard of the shell does not see, or cannot tell from ordinary work, each with the reason.
import type { Unseen } from './incident.ts';

export const unseenIncidents: readonly Unseen[] = [
  {
    id: 'cc-85879-stash-untraced',
    source: 'https://github.com/anthropics/claude-code/issues/85879',
    reason: 'No command line led to the stash, and a stash keeps the work.',
  },
  {
    id: 'cc-78273-write-notes',
    source: 'https://github.com/anthropics/claude-code/issues/78273',
    reason: 'The file was overwritten by the agent’s own tool for editing.',
  },
  {
    id: 'cc-75275-harness-worktree',
    source: 'https://github.com/anthropics/claude-code/issues/75275',
    reason: 'The agent’s program itself deleted the folder, in its own process.',
  },
  {
    id: 'cc-65563-browser-delete',
    source: 'https://github.com/anthropics/claude-code/issues/65563',
    reason: 'The row was deleted by a click in a browser.',
  },
  {
    id: 'kiro-aws-costexplorer-2025-12',
    source: 'https://www.vibegraveyard.ai/story/aws-kiro-ai-agent-outage',
    reason: 'No report says what was called, or whether a shell was.',
  },
  {
    id: 'cc-4715-session-md',
    source: 'https://github.com/anthropics/claude-code/issues/4715',
    reason: 'The file was overwritten by the agent’s own tool for editing.',
  },
  {
    id: 'n8n-mcp-5-workflow',
    source: 'https://github.com/salacoste/mcp-n8n-workflow-builder/issues/5',
    reason: 'The workflow was changed by a tool call to an MCP server.',
  },
  {
    id: 'mastodon-1080-compose-down',
    source: 'https://github.com/mastodon/mastodon/issues/1080',
    reason: 'A plain down deletes no volume: the data was found again, under a name that nobody had given.',
  },
  {
    id: 'cc-49344-scp-overwrite',
    source: 'https://github.com/anthropics/claude-code/issues/49344',
    reason:
      'An upload over an older version is every deployment; that the other side was newer stands on that side only.',
  },
];
