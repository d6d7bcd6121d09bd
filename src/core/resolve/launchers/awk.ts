// awk: its program on the command line, or in files.
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';

const valued = new Set(['-F', '--field-separator', '-E', '--exec', '-l', '--load', '-i', '--include', '-W']);
/** Options of gawk that only print something. */
const harmless = new Set(['-V', '--version', '-h', '--help', '-C', '--copyright']);

/** Source: POSIX awk, gawk(1). What `-v` and `-f` say is handed to the program as its first arguments. */
export const launcher: Launcher = {
  names: ['awk', 'gawk', 'mawk', 'nawk', 'original-awk', 'goawk'],
  unwrap({ args, name }) {
    const { variables, files, texts, operands, isHarmless } = readArguments(args);
    if (isHarmless) return [];
    const inner = { kind: 'program', language: 'awk', label: `${name} program` } as const;
    const [program, ...rest] = operands;
    const text = texts.length > 0 ? joinWords(texts, '\n') : files.length > 0 ? undefined : program;
    const file = files.at(-1);
    if (text === undefined && file === undefined) return [];
    const libraries = (text === undefined ? files.slice(0, -1) : files).flatMap((path) => [staticWord('-f'), path]);
    const positionals = [...libraries, ...variables, ...(text === program ? rest : operands)];
    if (text !== undefined) return [{ ...inner, code: { text }, positionals }];
    return [{ ...inner, code: { path: file as Word }, positionals } satisfies Inner];
  },
};

interface Reading {
  variables: Word[];
  files: Word[];
  texts: Word[];
  operands: readonly Word[];
  isHarmless: boolean;
}

function readArguments(args: readonly Word[]): Reading {
  const reading: Reading = { variables: [], files: [], texts: [], operands: [], isHarmless: false };
  let at = 0;
  for (; at < args.length; at += 1) {
    const word = args[at] as Word;
    const start = textOf(word) ?? (word.kind === 'dynamic' ? (word.known[0] ?? '') : '');
    if (start === '--') {
      at += 1;
      break;
    }
    if (!/^-./.test(start)) break;
    if (harmless.has(start)) reading.isHarmless = true;
    const place = placeOf(start, reading);
    if (place !== undefined) {
      const value = place.glued === undefined ? args[at + 1] : gluedValue(word, place.glued);
      if (value !== undefined) place.to.push(value);
      if (place.glued === undefined) at += 1;
    } else if (valued.has(start)) at += 1;
  }
  return { ...reading, operands: args.slice(at) };
}

/** Where the value of an option goes; `glued` is where it starts within the same word. */
function placeOf(text: string, reading: Reading): { to: Word[]; glued: number | undefined } | undefined {
  const [, option, equals] = /^(--?[a-z]+)(=)?/.exec(text) ?? [];
  const to = { '--assign': reading.variables, '--file': reading.files, '--source': reading.texts }[option ?? ''];
  if (to !== undefined) return { to, glued: equals === undefined ? undefined : (option ?? '').length + 1 };
  const short = { '-v': reading.variables, '-f': reading.files, '-e': reading.texts }[text.slice(0, 2)];
  return short === undefined ? undefined : { to: short, glued: text.length === 2 ? undefined : 2 };
}

const gluedValue = (word: Word, start: number): Word =>
  word.kind === 'static'
    ? staticWord(word.value.slice(start))
    : { ...word, known: word.known.map((piece, at) => (at === 0 ? (piece?.slice(start) ?? null) : piece)) };
