// bash, sh, zsh, dash, ksh and their kin: code behind -c, a script file, or a script on standard input.
import type { Invocation } from '../../model/invocation.ts';
import { knownPrefix, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { stdinText } from '../output.ts';

const valued = new Set(['-O', '+O', '-o', '+o', '--rcfile', '--init-file']);

/** Source: bash(1), zsh(1). The command string is the first word behind all options. */
export const launcher: Launcher = {
  names: [
    'bash',
    'sh',
    'zsh',
    'dash',
    'ksh',
    'ash',
    'mksh',
    'rbash',
    'yash',
    'fish',
    'csh',
    'tcsh',
    'nu',
    'elvish',
    'xonsh',
    'guard-sh',
    'guard-bash',
    'guard-zsh',
  ],
  unwrap(call, world) {
    const { command, stdin, harmless, interactive, startup, rest } = readShellOptions(call.args);
    if (harmless) return [];
    const label = call.name ?? 'sh';
    const first: readonly Inner[] =
      startup !== undefined && interactive ? [{ kind: 'file', path: startup, positionals: [], label: '--rcfile' }] : [];
    if (command) {
      const [text, name = staticWord(label), ...positionals] = rest;
      return text === undefined ? first : [...first, { kind: 'code', text, name, positionals, label: `${label} -c` }];
    }
    const [script, ...positionals] = rest;
    if (script !== undefined && !stdin) return [...first, { kind: 'file', path: script, positionals, label }];
    return [...first, ...scriptOnStdin(call, stdin ? rest : [], label, stdinText(call.stdin, call, world))];
  },
};

function scriptOnStdin(call: Invocation, positionals: readonly Word[], label: string, text: Word | undefined): Inner[] {
  if (call.stdin.kind === 'inherited' || call.stdin.kind === 'none') return [];
  if (text !== undefined)
    return [{ kind: 'code', text, positionals, label: `${label} on stdin`, stdin: { kind: 'none' } }];
  if (call.stdin.kind === 'file') return [{ kind: 'file', path: call.stdin.path, positionals, label }];
  const producers =
    call.stdin.kind === 'pipe' ? call.stdin.from.map((from) => from.name ?? showWord(from.program)) : [];
  return [
    {
      kind: 'opaque',
      reason: 'unread-stdin',
      detail: `${label} runs what ${producers.at(-1) ?? 'another program'} prints`,
    },
  ];
}

/** Options in any order and any cluster; `-n` reads without running. */
function readShellOptions(args: readonly Word[]): {
  command: boolean;
  stdin: boolean;
  harmless: boolean;
  interactive: boolean;
  /** The file that an interactive shell reads first. */
  startup: Word | undefined;
  rest: readonly Word[];
} {
  let interactive = false;
  let startup: Word | undefined;
  let command = false;
  let stdin = false;
  let harmless = false;
  let at = 0;
  for (; at < args.length; at += 1) {
    const text = textOf(args[at]) ?? knownPrefix(args[at] as Word);
    if (text === '--' || text === '-') {
      at += 1;
      break;
    }
    if (!/^[-+]./.test(text)) break;
    if (text === '--rcfile' || text === '--init-file') startup = args[at + 1];
    if (valued.has(text)) at += 1;
    if (text === '--version' || text === '--help') harmless = true;
    if (/^-[A-Za-z]+$/.test(text)) {
      // Behind `o` stands the name of an option: `-onotify` is one, `-eo pipefail` takes the next word.
      const letters = /^-[A-Za-z]*?(?=[oO])|^-[A-Za-z]*/.exec(text)?.[0] ?? text;
      command ||= letters.includes('c');
      stdin ||= letters.includes('s');
      harmless ||= letters.includes('n');
      interactive ||= letters.includes('i');
      if (/^-[A-NP-Za-np-z]+[oO]$/.test(text)) at += 1;
    }
  }
  return { command, stdin, harmless, interactive, startup, rest: args.slice(at) };
}
