// tmux, screen, script, at: run a command in another terminal, or later.
import type { Invocation } from '../../model/invocation.ts';
import type { World } from '../../model/observation.ts';
import { joinWords, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { stdinText } from '../output.ts';

const tmuxGlobals = optionGrammar({ values: '-L -S -f -c -T', stopAtPositional: true });
const tmuxNew = optionGrammar({ values: '-c -e -F -n -s -t -x -y -l -p', stopAtPositional: true });
const starts = new Set([
  'new-session',
  'new',
  'new-window',
  'neww',
  'split-window',
  'splitw',
  'respawn-pane',
  'respawn-window',
  'run-shell',
  'run',
  'if-shell',
  'popup',
  'display-popup',
]);

/** Source: tmux(1). A single word is shell code; `send-keys` types what ends in Enter. */
const tmux: Launcher = {
  names: ['tmux'],
  unwrap(call) {
    const [verb, ...rest] = readOptions(call.args, tmuxGlobals).positionals;
    const words = readOptions(rest, tmuxNew).positionals;
    if (starts.has(textOf(verb) ?? ''))
      return words.length === 0 ? [] : [{ kind: 'code', text: joinWords(words, ' '), label: 'tmux' }];
    return ['send-keys', 'send'].includes(textOf(verb) ?? '') ? typed(words) : [];
  },
};

/** Keys are typed one word after the other; only a line that is sent off runs. */
function typed(words: readonly Word[]): readonly Inner[] {
  const end = words.findIndex((word) => /^(Enter|C-m|KPEnter)$/.test(textOf(word) ?? ''));
  if (end !== 1) return [];
  return [{ kind: 'code', text: joinWords(words.slice(0, end)), label: 'tmux send-keys' }];
}

const screen: Launcher = {
  names: ['screen'],
  unwrap(call) {
    const { flags, positionals } = readOptions(
      call.args,
      optionGrammar({ values: '-S -c -e -h -p -s -t -T', stopAtPositional: true }),
    );
    return flags.has('-X') || flags.has('-r') || positionals.length === 0
      ? []
      : [{ kind: 'words', words: positionals }];
  },
};

/** `script -c code`, and on BSD `script file command`. */
const script: Launcher = {
  names: ['script'],
  unwrap(call) {
    const { flags, positionals } = readOptions(
      call.args,
      optionGrammar({ values: '-c --command -I -O -B -T -E -m -o', aliases: '--command=-c' }),
    );
    const code = flags.get('-c');
    if (code !== undefined) return [{ kind: 'code', text: code }];
    return positionals.length > 1 ? [{ kind: 'words', words: positionals.slice(1) }] : [];
  },
};

/** at and batch read shell code from standard input. */
const at: Launcher = {
  names: ['at', 'batch'],
  unwrap(call: Invocation, world: World) {
    const text = call.args.some((word) => /^-[clqrd]$/.test(textOf(word) ?? ''))
      ? undefined
      : stdinText(call.stdin, call, world);
    return text === undefined ? [] : [{ kind: 'code', text, stdin: { kind: 'none' } }];
  },
};

export const launchers = [tmux, screen, script, at];
