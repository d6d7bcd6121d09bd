// Which agent is calling: by the variables it sets for its children, and by the processes above guard.

import type { Environ } from '../state/folders.ts';

/** A process above guard, with its words as the system shows them. */
export interface Ancestor {
  readonly pid: number;
  readonly name: string;
  readonly words: readonly string[];
}

export interface DetectedAgent {
  readonly agent: string;
  /** `CLAUDECODE is set`, `process 812 above guard`. */
  readonly evidence: string;
}

/**
 * Variables by which agents mark their children, in the order to look: those that leak into agents started by other
 * agents come last. Read in the agents' shipped code.
 */
const variables: readonly (readonly [name: string, agent: string])[] = [
  ['CODEX_THREAD_ID', 'Codex'],
  ['CODEX_CI', 'Codex'],
  ['CODEX_SANDBOX', 'Codex'],
  ['CURSOR_AGENT', 'Cursor'],
  ['CURSOR_TRACE_ID', 'Cursor'],
  ['COPILOT_CLI', 'GitHub Copilot'],
  ['COPILOT_AGENT_SESSION_ID', 'GitHub Copilot'],
  ['COPILOT_AGENT', 'GitHub Copilot'],
  ['GEMINI_CLI', 'Gemini CLI'],
  ['QWEN_CODE', 'Qwen Code'],
  ['OPENCODE', 'opencode'],
  ['CRUSH', 'Crush'],
  ['ROO_ACTIVE', 'Roo Code'],
  ['CLINE_ACTIVE', 'Cline'],
  ['AMP_CURRENT_THREAD_ID', 'Amp'],
  ['AUGMENT_AGENT', 'Auggie'],
  ['FACTORY_DROID', 'Droid'],
  ['REPLIT_AGENT', 'Replit Agent'],
  ['PI_CODING_AGENT', 'pi'],
  ['AIDER', 'Aider'],
  ['CLAUDECODE', 'Claude Code'],
  ['CLAUDE_CODE_SESSION_ID', 'Claude Code'],
  ['CLAUDE_CODE_ENTRYPOINT', 'Claude Code'],
  ['AI_AGENT', 'an agent'],
  ['AGENT', 'an agent'],
];

/** Base names of programs that are agents, and the names of the modules and packages that interpreters run for them. */
const programs: Readonly<Record<string, string>> = {
  claude: 'Claude Code',
  'claude-code': 'Claude Code',
  codex: 'Codex',
  cursor: 'Cursor',
  'cursor-agent': 'Cursor',
  gemini: 'Gemini CLI',
  'gemini-cli': 'Gemini CLI',
  qwen: 'Qwen Code',
  'qwen-code': 'Qwen Code',
  copilot: 'GitHub Copilot',
  'copilot-agent': 'GitHub Copilot',
  opencode: 'opencode',
  'opencode-ai': 'opencode',
  aider: 'Aider',
  cline: 'Cline',
  goose: 'Goose',
  goosed: 'Goose',
  crush: 'Crush',
  amp: 'Amp',
  openhands: 'OpenHands',
  droid: 'Droid',
  auggie: 'Auggie',
  windsurf: 'Windsurf',
  'kiro-cli': 'Kiro',
  'pi-coding-agent': 'pi',
  'grok-cli': 'Grok CLI',
};

const interpreters =
  /^(?:node|nodejs|bun|deno|tsx|npx|bunx|uv|uvx|pipx|python[\d.]*|pypy[\d.]*|ruby|bash|sh|zsh|dash)$/;

/** Name of the agent that is calling, for messages; undefined where none is known. */
export const detectAgent = (env: Environ, ancestors: readonly Ancestor[]): string | undefined =>
  findAgent(env, ancestors)?.agent;

/** The agent that is calling and how that is known. A variable is easily unset, so the processes are looked at too. */
export function findAgent(env: Environ, ancestors: readonly Ancestor[]): DetectedAgent | undefined {
  const variable = variables.find(([name]) => isSet(env[name]));
  if (variable !== undefined) return { agent: variable[1], evidence: `${variable[0]} is set` };
  for (const ancestor of ancestors) {
    const agent = agentOf(ancestor);
    if (agent !== undefined) return { agent, evidence: `process ${ancestor.pid} above guard` };
  }
  return undefined;
}

const isSet = (value: string | undefined): boolean =>
  value !== undefined && value !== '' && value !== '0' && value !== 'false';

function agentOf({ name, words }: Ancestor): string | undefined {
  const [program = '', ...rest] = words;
  const own = programs[stemOf(name)] ?? programs[stemOf(program)];
  if (own !== undefined || !interpreters.test(stemOf(program))) return own;
  const script = scriptOf(rest);
  return script === undefined ? undefined : agentOfPath(script);
}

/** Base name without a login shell's dash and without an ending that says how a file is run. */
const stemOf = (path: string): string =>
  (path.split('/').at(-1) ?? '')
    .toLowerCase()
    .replace(/^-/, '')
    .replace(/\.(?:[cm]?js|py|exe|sh|appimage)$/, '');

/** What an interpreter runs: the package of a module behind `-m`, else its first word that is no flag. Code is not looked at. */
function scriptOf(words: readonly string[]): string | undefined {
  const [first = '', second] = words;
  if (first === '-m') return second?.split('.')[0];
  if (/^-[a-z]*[ce]$/.test(first)) return undefined;
  return words.slice(0, 8).find((value) => value !== 'run' && !value.startsWith('-'));
}

/** An agent by the file's own name or by the folders of the package that the file lies in. */
function agentOfPath(path: string): string | undefined {
  const stem = stemOf(path);
  if (Object.hasOwn(programs, stem)) return programs[stem];
  const parts = path.split('/');
  const inPackage = parts.slice(parts.lastIndexOf('node_modules') + 1).map((part) => part.toLowerCase());
  if (!parts.some((part) => part === 'node_modules' || part === 'site-packages')) return undefined;
  const known = inPackage.find((part) => Object.hasOwn(programs, part));
  return known === undefined ? undefined : programs[known];
}
