// tmux, screen, zellij, dtach, script: run commands in terminals of their own, or type into them.
import { joinWords, knownPrefix, mapText, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { prefix } from '../prefix.ts';

const tmuxGlobals = optionGrammar({ values: '-L -S -f -c -T', stopAtPositional: true });
const tmuxNew = optionGrammar({ values: '-c -e -F -n -s -t -x -y -l -p', stopAtPositional: true });
const starts = new Set(
  'new-session new new-window neww split-window splitw respawn-pane respawnp respawn-window respawnw popup display-popup'.split(
    ' ',
  ),
);
const shells = new Set(['run-shell', 'run', 'pipe-pane', 'pipep']);

/** Source: tmux(1). A single word is shell code, several are a command; `;` divides commands of tmux itself. */
const tmux: Launcher = {
  names: ['tmux', 'byobu'],
  unwrap: (call) => commandsOf(readOptions(call.args, tmuxGlobals).positionals).flatMap(tmuxCommand),
};

function tmuxCommand([verb, ...rest]: readonly Word[]): readonly Inner[] {
  const name = textOf(verb) ?? '';
  if (name === 'send-keys' || name === 'send') return typed(rest);
  if (name === 'if-shell' || name === 'if') {
    const [condition] = readOptions(rest, optionGrammar({ values: '-t', stopAtPositional: true })).positionals;
    return condition === undefined || rest.some((word) => textOf(word) === '-F') ? [] : [code(condition)];
  }
  const words = readOptions(rest, tmuxNew).positionals;
  if (words.length === 0 || !(starts.has(name) || shells.has(name))) return [];
  const around = workingFolder(rest);
  if (words.length > 1 && starts.has(name)) return [{ kind: 'words', words, label: 'tmux', ...around }];
  return [{ ...code(joinWords(words, ' ')), ...around }];
}

const code = (text: Word): Inner & { kind: 'code' } => ({ kind: 'code', text, label: 'tmux', stdin: { kind: 'none' } });

function workingFolder(words: readonly Word[]): { cwd?: Word } {
  const cwd = readOptions(words, tmuxNew).flags.get('-c');
  return cwd === undefined || knownPrefix(cwd).startsWith('#{') ? {} : { cwd };
}

/** The commands that stand behind one another, divided by `;` as a word or at the end of one. */
function commandsOf(words: readonly Word[]): readonly (readonly Word[])[] {
  const commands: Word[][] = [[]];
  for (const word of words) {
    const text = textOf(word);
    const ends = text !== undefined && /(^|[^\\]);$/.test(text);
    if (!ends || text !== ';') commands.at(-1)?.push(ends ? staticWord(text.slice(0, -1)) : word);
    if (ends) commands.push([]);
  }
  return commands.filter((command) => command.length > 0);
}

const enter = /^(Enter|C-m|C-j|KPEnter)$/i;
const keys: Readonly<Record<string, string>> = {
  Space: ' ',
  Tab: '\t',
  BSpace: '',
  'C-c': '\n',
  'C-u': '\n',
  Escape: '\n',
};

/** Keys are typed one word after the other; only a line that is sent off runs. */
function typed(rest: readonly Word[]): readonly Inner[] {
  const { flags, positionals } = readOptions(rest, optionGrammar({ values: '-t -N', stopAtPositional: true }));
  const isLiteral = flags.has('-l');
  const pieces = positionals.map((word) => {
    const text = textOf(word) ?? '';
    if (isLiteral) return word;
    if (enter.test(text)) return staticWord('\n');
    return Object.hasOwn(keys, text) ? staticWord(keys[text] as string) : word;
  });
  const line = sentOff(joinWords(pieces));
  return line === undefined ? [] : [{ ...code(line), label: 'tmux send-keys' }];
}

/** The text up to its last newline; what stands behind it waits for somebody to press Enter. */
function sentOff(text: Word): Word | undefined {
  const known = textOf(text);
  if (known !== undefined) {
    const end = known.lastIndexOf('\n');
    return end <= 0 || known.slice(0, end).trim() === '' ? undefined : staticWord(known.slice(0, end));
  }
  const last = text.kind === 'dynamic' ? text.known.at(-1) : undefined;
  return last?.includes('\n') ? text : undefined;
}

/** Source: screen(1). `-X stuff` types, `-X exec` and `-X screen` run; the rest starts a command in a window. */
const screen: Launcher = {
  names: ['screen'],
  unwrap(call) {
    const { flags, positionals } = readOptions(
      call.args,
      optionGrammar({ values: '-S -c -e -h -p -s -t -T', stopAtPositional: true }),
    );
    if (!flags.has('-X'))
      return flags.has('-r') || positionals.length === 0 ? [] : [{ kind: 'words', words: positionals }];
    const [verb, ...rest] = readOptions(
      positionals,
      optionGrammar({ values: '-p', stopAtPositional: true }),
    ).positionals;
    const name = textOf(verb);
    if (name === 'exec' || name === 'screen') {
      const words = rest.filter((word) => !/^([.!|:]+|-.*|\d+)$/.test(textOf(word) ?? ''));
      return words.length === 0 ? [] : [{ kind: 'words', words, label: `screen ${name}`, stdin: { kind: 'none' } }];
    }
    if (name !== 'stuff' || rest[0] === undefined) return [];
    const line = sentOff(mapText(rest[0], (text) => text.replace(/\\n|\\r|\\01[25]|\^M|\^J|\r/g, '\n')));
    return line === undefined ? [] : [{ kind: 'code', text: line, label: 'screen stuff', stdin: { kind: 'none' } }];
  },
};

/** `zellij run -- command`, `zellij action write-chars text`. Source: zellij's documentation, CLI actions. */
const zellij: Launcher = {
  names: ['zellij'],
  unwrap(call) {
    const [verb, ...rest] = readOptions(
      call.args,
      optionGrammar({ values: '-s --session', stopAtPositional: true }),
    ).positionals;
    const grammar = optionGrammar({
      values: '-n --name -d --direction --cwd --width --height -x -y',
      stopAtPositional: true,
    });
    if (textOf(verb) === 'run' || textOf(verb) === 'r') {
      const words = readOptions(rest, grammar).positionals;
      return words.length === 0 ? [] : [{ kind: 'words', words, label: 'zellij run' }];
    }
    const line = textOf(rest[0]) === 'write-chars' && rest[1] !== undefined ? sentOff(rest[1]) : undefined;
    return line === undefined
      ? []
      : [{ kind: 'code', text: line, label: 'zellij write-chars', stdin: { kind: 'none' } }];
  },
};

/** `script -c code`, and on BSD `script file command`. Source: script(1). */
const script: Launcher = {
  names: ['script'],
  unwrap(call) {
    const { flags, positionals } = readOptions(
      call.args,
      optionGrammar({ values: '-c --command -I -O -B -T -E -m -o', aliases: '--command=-c' }),
    );
    const text = flags.get('-c');
    if (text !== undefined) return [{ kind: 'code', text }];
    return positionals.length > 1 ? [{ kind: 'words', words: positionals.slice(1) }] : [];
  },
};

/** Terminal windows: the command stands behind `-e`, `-x` or `--`. Sources: their manuals. */
const windows: Launcher = {
  names: [
    'xterm',
    'urxvt',
    'rxvt',
    'konsole',
    'alacritty',
    'gnome-terminal',
    'xfce4-terminal',
    'kitty',
    'foot',
    'lxterminal',
  ],
  unwrap(call) {
    const at = call.args.findIndex((word) => ['-e', '-x', '--', '--execute', '--command'].includes(textOf(word) ?? ''));
    const words = at < 0 ? [] : call.args.slice(at + 1);
    if (words.length === 0) return [];
    return words.length === 1 && /\s/.test(knownPrefix(words[0] as Word))
      ? [{ kind: 'code', text: words[0] as Word }]
      : [{ kind: 'words', words }];
  },
};

const detached = prefix({ names: 'dtach abduco', values: '-e -r', skip: 1 });

export const launchers = [tmux, screen, zellij, script, windows, detached];
