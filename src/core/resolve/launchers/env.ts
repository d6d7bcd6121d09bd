// env: runs a command with other variables.
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import { leadingAssignments } from '../assignments.ts';
import type { Inner, Launcher } from '../launcher.ts';

const grammar = optionGrammar({ values: '-P -u --unset -C --chdir -S --split-string', stopAtPositional: true });

/** Source: env(1). `-S` carries a whole command line in one word. */
export const launcher: Launcher = {
  names: ['env', 'genv'],
  unwrap(call) {
    // A lone `-` is `-i` (env(1)).
    const isBare = textOf(call.args[0]) === '-';
    const { flags, positionals } = readOptions(isBare ? call.args.slice(1) : call.args, grammar);
    const split = flags.get('-S') ?? flags.get('--split-string');
    const cwd = flags.get('-C') ?? flags.get('--chdir');
    const functions = positionals.flatMap(exportedFunction);
    const { assignments, words } = leadingAssignments(
      positionals.filter((word) => exportedFunction(word).length === 0),
    );
    const change = {
      assignments,
      ...(cwd === undefined ? {} : { cwd }),
      ...(isBare || flags.has('-i') || flags.has('--ignore-environment') ? { freshEnvironment: true } : {}),
    };
    if (split !== undefined) {
      if (textOf(split) === undefined)
        return [{ kind: 'opaque', reason: 'dynamic-code', detail: 'env -S with a text that is not known' }];
      // The words behind it follow as they are; env knows no other expansion than its own.
      const text = joinWords([split, staticWord(' "$@"')]);
      return [{ kind: 'code', text, positionals, ...change }];
    }
    return words.length === 0 ? [] : [...functions, { kind: 'words', words, ...change }];
  },
};

/** `BASH_FUNC_ls%%=() { code; }`: a function that every bash below has; taken for called. Source: bash(1), export -f. */
function exportedFunction(word: Word): readonly Inner[] {
  const [, name, body] = /^BASH_FUNC_([^%=\s()]+)(?:%%|\(\))=(\(\)[\s\S]*)$/.exec(textOf(word) ?? '') ?? [];
  return name === undefined || body === undefined
    ? []
    : [{ kind: 'code', text: staticWord(`${name} ${body}\n${name}`), label: `function ${name}` }];
}
