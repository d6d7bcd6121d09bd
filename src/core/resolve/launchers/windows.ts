// cmd and wsl: Windows command lines, as they are reached from WSL, Git Bash and the like.
import type { Invocation } from '../../model/invocation.ts';
import { joinWords, knownPrefix, mapText, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { stdinText } from '../output.ts';

const wsl = optionGrammar({
  values:
    '-d --distribution -u --user --cd --shell-type --distribution-id -s --set-default --set-version -t --terminate --export --import --unregister',
  stopAtPositional: true,
});

/** Source: the Windows Commands reference, cmd; "Basic commands for WSL". */
export const launcher: Launcher = {
  names: ['cmd', 'wsl'],
  unwrap(call, world) {
    if (call.name === 'wsl') return linux(call);
    const at = call.args.findIndex((word) => /^\/\/?[ckr]/i.test(knownPrefix(word)));
    if (at >= 0) return [commands(wholeText(call.args, at), `${call.name} /c`)];
    if (call.args.some((word) => /^\/\?/.test(knownPrefix(word)))) return [];
    const text = stdinText(call.stdin, call, world);
    const isFed = call.stdin.kind === 'text' || call.stdin.kind === 'pipe' || call.stdin.kind === 'file';
    if (!isFed) return [];
    if (text !== undefined) return [{ ...commands(text, `${call.name} on stdin`), stdin: { kind: 'none' } }];
    return [
      {
        kind: 'opaque',
        reason: 'unread-stdin',
        detail: `${call.name} runs what standard input says; its text is not known`,
      },
    ];
  },
};

const commands = (text: Word, label: string): Inner => ({
  kind: 'program',
  language: 'batch',
  code: { text },
  positionals: [],
  label,
});

/** Everything behind `/c` is one line; a word with blanks was quoted, and the whole line in one word is taken as it is. */
function wholeText(args: readonly Word[], at: number): Word {
  const first = mapText(args[at] as Word, (text, piece) => (piece === 0 ? text.replace(/^\/\/?[ckr]/i, '') : text));
  const rest = args.slice(at + 1);
  const words = textOf(first) === '' ? rest : [first, ...rest];
  const [only] = words;
  if (words.length === 1 && only !== undefined) return unquoted(only);
  return joinWords(words.map(quoted), ' ');
}

/** `cmd /c ""program" args"`: the outer quotes fall away. */
const unquoted = (word: Word): Word =>
  /^""/.test(knownPrefix(word)) && word.kind === 'static' && word.value.endsWith('"')
    ? staticWord(word.value.slice(1, -1))
    : word;

const quoted = (word: Word): Word =>
  /[ \t]/.test(showWord(word)) && !showWord(word).includes('"')
    ? joinWords([staticWord('"'), word, staticWord('"')])
    : word;

/** `wsl rm -rf x`, `wsl -d Ubuntu -e bash -c ...`: the words run in a Linux shell. */
function linux(call: Invocation): readonly Inner[] {
  const { flags, positionals } = readOptions(call.args, wsl);
  const isManaging = [
    '--unregister',
    '-t',
    '--terminate',
    '--shutdown',
    '-l',
    '--list',
    '--export',
    '--import',
    '--install',
    '--update',
    '--status',
    '--set-default',
    '-s',
    '--set-version',
  ].some((flag) => flags.has(flag));
  const direct = flags.get('-e') ?? flags.get('--exec');
  const words = direct === undefined ? positionals : [direct, ...positionals];
  if (isManaging || words.length === 0) return [];
  const cwd = flags.get('--cd');
  return [{ kind: 'words', words, label: 'wsl', ...(cwd === undefined ? {} : { cwd }) }];
}
