// nix, nix-shell: commands that run with other packages on the PATH.
import type { Invocation } from '../../model/invocation.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';

/** Source: nix-shell(1). `--run` and `--command` carry code. */
const nixShell: Launcher = {
  names: ['nix-shell'],
  unwrap(call) {
    const { flags } = readOptions(call.args, optionGrammar({ values: '--run --command -A --attr -I -E --expr -j' }));
    return ['--run', '--command'].flatMap((flag): readonly Inner[] => {
      const text = flags.get(flag);
      return text === undefined ? [] : [{ kind: 'code', text, label: `nix-shell ${flag}` }];
    });
  },
};

const globals = optionGrammar({
  values: '--option -I --log-format --extra-experimental-features',
  stopAtPositional: true,
});

/** Source: nix(1). `develop` and `shell` take a command behind `-c`; `run` hands on what stands behind `--`. */
const nix: Launcher = {
  names: ['nix'],
  unwrap(call) {
    const [verbWord, ...rest] = readOptions(call.args, globals).positionals;
    const verb = textOf(verbWord) ?? '';
    const label = `nix ${verb}`;
    if (verb === 'run') return programOf(rest, label, call);
    if (!['develop', 'shell', 'env'].includes(verb)) return [];
    const at = rest.findIndex((word) => ['-c', '--command'].includes(textOf(word) ?? ''));
    const words = at < 0 ? [] : rest.slice(at + 1);
    return words.length === 0 ? [] : [{ kind: 'words', words, label }];
  },
};

/** `nix run nixpkgs#postgresql -- -c code`: the program is most often called as its package. */
function programOf(words: readonly Word[], label: string, call: Invocation): readonly Inner[] {
  const cut = words.findIndex((word) => textOf(word) === '--');
  const named = (cut < 0 ? words : words.slice(0, cut)).find((word) => knownPrefix(word).includes('#'));
  const name = textOf(named)
    ?.replace(/^[^#]*#/, '')
    .split('.')
    .at(-1);
  if (name === undefined || name === '' || name === call.name) return [];
  return [{ kind: 'words', words: [staticWord(name), ...(cut < 0 ? [] : words.slice(cut + 1))], label }];
}

export const launchers = [nixShell, nix];
