// lxc exec, multipass exec, adb shell and the like: run a command on another machine.
import type { Invocation } from '../../model/invocation.ts';
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';

const elsewhere = (
  call: Invocation,
  name: Word | undefined,
  inner: { words: readonly Word[] } | { text: Word },
): readonly Inner[] => {
  const engine = call.name ?? 'machine';
  const surroundings = {
    host: { kind: 'container' as const, engine, name },
    freshEnvironment: true,
    cwd: staticWord('~'),
    label: engine,
  };
  if ('text' in inner) return [{ kind: 'code', text: inner.text, ...surroundings }];
  return inner.words.length === 0 ? [] : [{ kind: 'words', words: inner.words, ...surroundings }];
};

/** `lxc exec name -- command`, `multipass exec name -- command`, `limactl shell name command`. */
const exec: Launcher = {
  names: ['lxc', 'incus', 'multipass', 'limactl', 'pct', 'crictl', 'flatpak-spawn', 'distrobox', 'toolbox'],
  unwrap(call) {
    const grammar = optionGrammar({
      values: '--env --user --group --cwd --workdir -w -e -n --name -c --container',
      stopAtPositional: true,
    });
    const [verb, name, ...rest] = readOptions(call.args, grammar).positionals;
    if (!['exec', 'shell', 'run', 'enter'].includes(textOf(verb) ?? '')) return [];
    const words = textOf(rest[0]) === '--' ? rest.slice(1) : rest;
    return elsewhere(call, name, { words });
  },
};

/** `adb shell command`. */
const adb: Launcher = {
  names: ['adb'],
  unwrap(call) {
    const grammar = optionGrammar({ values: '-s -t -H -P', stopAtPositional: true });
    const [verb, ...words] = readOptions(call.args, grammar).positionals;
    return textOf(verb) !== 'shell' || words.length === 0
      ? []
      : elsewhere(call, undefined, { text: joinWords(words, ' ') });
  },
};

/** Sources: the tools' own manuals. */
export const launchers = [exec, adb];
