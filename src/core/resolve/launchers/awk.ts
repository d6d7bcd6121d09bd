// awk: system("...") and "..." | getline run shell code out of an awk program.
import { dynamicWord, staticWord, textOf } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { Inner, Launcher } from '../launcher.ts';

const grammar = optionGrammar({ values: '-F -v -f --file --assign --field-separator', stopAtPositional: true });

/** Source: gawk(1). Code that stands as one literal is followed; code that is put together from fields is not known. */
export const launcher: Launcher = {
  names: ['awk', 'gawk', 'mawk', 'nawk'],
  unwrap(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    const program = flags.has('-f') || flags.has('--file') ? undefined : textOf(positionals[0]);
    if (program === undefined || program.length > 20_000) return [];
    return [...program.matchAll(/\bsystem\s*\(([^)]{0,2000})\)/g), ...program.matchAll(/("[^"]{1,2000}")\s*\|\s*getline\b/g)].map(([, code]): Inner => inner(code ?? ''));
  },
};

/** Literals and fields in a row: what is not a literal stands as an unknown piece. */
function inner(code: string): Inner {
  const pieces = [...code.matchAll(/"((?:[^"\\]|\\.)*)"|[^"\s]+/g)].map(([, literal]) => (literal === undefined ? null : literal.replace(/\\(.)/g, '$1')));
  const text = pieces.includes(null) ? dynamicWord(`system(${code})`, pieces) : staticWord(pieces.join(''));
  return { kind: 'code', text, label: 'awk system()' };
}
