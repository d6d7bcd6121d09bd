// python, node, ruby, perl, php: shell code that a one-liner hands to the shell as a literal.
import type { Invocation } from '../../model/invocation.ts';
import { dynamicWord, knownPrefix, piecesOf, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { stdinText } from '../output.ts';

const versions = Array.from({ length: 16 }, (_unused, minor) => `python3.${minor}`);

/**
 * Source: the languages' own manuals. Only what stands as one literal behind a call that runs a command is followed
 * (`os.system("...")`, `execSync('...')`, `system "..."`, backticks); the rest of the language is not read.
 */
export const launcher: Launcher = {
  names: ['python', 'python2', 'python3', ...versions, 'node', 'nodejs', 'deno', 'ruby', 'perl', 'php'],
  unwrap: (call, world) =>
    codeOf(call, stdinText(call.stdin, call, world)).flatMap((code) =>
      shellCallsIn(code).map(
        (text): Inner => ({ kind: 'code', text, label: `${call.name} code`, stdin: { kind: 'none' } }),
      ),
    ),
};

/** The words behind -c, -e and their kin, or the program on standard input. */
function codeOf(call: Invocation, input: Word | undefined): readonly string[] {
  const found: Word[] = [];
  call.args.forEach((word, index) => {
    const text = textOf(word) ?? knownPrefix(word);
    const flag = /^(-[A-Za-z]*[ceErp]|--eval|--print|eval)(?:=|$)/.exec(text);
    if (flag === null) {
      if (/^-c./.test(text)) found.push(staticWord(text.slice(2)));
    } else if (text.includes('=')) found.push(staticWord(text.slice(text.indexOf('=') + 1)));
    else if (call.args[index + 1] !== undefined) found.push(call.args[index + 1] as Word);
  });
  const readsInput = call.args.every((word) => /^-/.test(knownPrefix(word)));
  if (found.length === 0 && readsInput && input !== undefined) found.push(input);
  return found.map((word) =>
    piecesOf(word)
      .map((piece) => piece ?? ' ')
      .join('')
      .slice(0, 50_000),
  );
}

const runners =
  /\b(?:os\.(?:system|popen)|subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)|(?:child_process\)?\.)?(?:execSync|exec|spawnSync|spawn|execFileSync)|system|shell_exec|passthru|popen|proc_open|%x|IO\.popen|qx)\s*[({[]?\s*(?:f?(["'`])((?:[^"'`\\\n]|\\.|(?!\1)["'`]){1,2000})\1|\[([^\]\n]{1,2000})\])/g;

/** Literals and lists of literals behind calls that run a command. */
function shellCallsIn(code: string): readonly Word[] {
  return [...code.matchAll(runners)].map(([whole, , literal, list]) => {
    if (list !== undefined) return wordsOfList(list);
    const text = (literal ?? '').replace(/\\(["'`\\])/g, '$1');
    return /[({[]?\s*f["'`]/.test(whole) || /[#$]\{/.test(text) ? interpolated(text) : staticWord(text);
  });
}

/** `["rm", "-rf", path]` as a command line; what is no literal is not known. */
function wordsOfList(list: string): Word {
  const pieces = list.split(',').map((item) => /^\s*(["'])(.*)\1\s*$/.exec(item)?.[2] ?? null);
  const known = pieces.flatMap((piece, index) => (index === 0 ? [piece] : [' ', piece]));
  return known.includes(null) ? dynamicWord(`[${list}]`, known) : staticWord(known.join(''));
}

/** `{name}`, `${name}` and `#{name}` inside a literal are not known. */
function interpolated(text: string): Word {
  const parts = text.split(/[$#]?\{[^{}]*\}/);
  if (parts.length === 1) return staticWord(text);
  return dynamicWord(
    text,
    parts.flatMap((part, index) => (index === 0 ? [part] : [null, part])).filter((part) => part !== ''),
  );
}
