// Printed code: what a program may print for a shell to run, from the texts that stand in its own arguments.
import type { Invocation } from '../model/invocation.ts';
import { piecesOf, type Word } from '../model/word.ts';

/** The variable that stands for each piece that is only known when it is printed. */
export const unknownVariable = 'GUARD_UNKNOWN';

const limits = { candidates: 50, length: 10_000 } as const;

/**
 * Texts that the producers of a pipe may print as shell code: strings inside their programs (`print "rm " $1`), formats
 * (`find -printf 'rm %p\n'`), replacements (`sed 's/^/rm /'`). None of them has to be what comes out.
 */
export function printedCode(producers: readonly Invocation[]): readonly string[] {
  const all = producers.flatMap((call) => [
    ...call.args.flatMap((word) => textsIn(call.name ?? '', word)),
    ...(call.stdin.kind === 'pipe' ? printedCode(call.stdin.from) : []),
  ]);
  return [...new Set(all.filter((text) => /\S\s/.test(text)))].slice(0, limits.candidates).map(asCode);
}

function textsIn(program: string, word: Word): readonly string[] {
  const text = piecesOf(word)
    .map((piece) => piece ?? '%s')
    .join('');
  if (text.length > limits.length || text.startsWith('-')) return [];
  if (program === 'sed' || program === 'gsed') return replacements(text);
  const strings = [...text.matchAll(/"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'/g)].map(
    ([, double, single]) => double ?? single ?? '',
  );
  return strings.length > 0 ? strings : [text];
}

/** What stands between the second and the third mark of each `s` command. */
function replacements(script: string): readonly string[] {
  return script.split(/[;\n]/).flatMap((command) => {
    const at = command.indexOf('s');
    const mark = command[at + 1];
    if (at < 0 || mark === undefined || /[\w\s\\]/.test(mark)) return [];
    const replacement = command.slice(at + 2).split(mark)[1];
    return replacement === undefined ? [] : [replacement.replace(/&/g, '%s')];
  });
}

/** Marks that are filled in later (`%p`, `\1`, `{}`) become a variable that nothing sets. */
function asCode(text: string): string {
  const code = text
    .replace(/\\n/g, '\n')
    .replace(/\\[tr]/g, ' ')
    .replace(/%[-.\d]*[a-zA-Z]|\\\d|\{\}/g, `$${unknownVariable}`);
  return /\s$/.test(code) ? `${code}$${unknownVariable}` : code;
}
