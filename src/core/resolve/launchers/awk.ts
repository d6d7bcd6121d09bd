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
    return [
      ...program.matchAll(/\bsystem\s*\(([^)]{0,2000})\)/g),
      ...program.matchAll(/("[^"]{1,2000}")\s*\|\s*getline\b/g),
      ...program.matchAll(/\bprintf?\b[^|;{}]{0,500}\|\s*("[^"]{1,2000}")/g),
    ].map(([, code]): Inner => inner(code ?? ''));
  },
};

/** `\x20` and `\040` are characters by their number. */
const unescaped = (literal: string): string =>
  literal.replace(/\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)/g, (_whole, code: string) => {
    if (/^x./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /^[0-7]+$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : code;
  });

/** Literals and fields in a row: what is not a literal stands as an unknown piece. */
function inner(code: string): Inner {
  const pieces = [...code.matchAll(/"((?:[^"\\]|\\.)*)"|[^"\s]+/g)].map(([, literal]) =>
    literal === undefined ? null : unescaped(literal),
  );
  const text = pieces.includes(null) ? dynamicWord(`system(${code})`, pieces) : staticWord(pieces.join(''));
  return { kind: 'code', text, label: 'awk system()' };
}
