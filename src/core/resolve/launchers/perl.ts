// perl: its program behind -e, in a file, or on standard input.
import type { Invocation } from '../../model/invocation.ts';
import { joinWords, knownPrefix, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { stdinText } from '../output.ts';

/** Switches that take the rest of their cluster, or else the next word. */
const valued = new Set(['I']);
/** Switches that take the rest of their cluster only. */
const glued = new Set(['i', 'M', 'm', 'F', 'C', 'D', 'd', 'x', 'V', 'T']);

/** `-0777`, `-l012`: the number belongs to the switch. */
const numbers = /^(?:0x[0-9a-fA-F]+|[0l][0-7]*)/;

interface Switches {
  texts: Word[];
  /** `-n`, `-p`: the program runs for each line of its input. */
  isLoop: boolean;
  /** `-c` compiles only, `-v` and `-h` only print. */
  isHarmless: boolean;
  rest: readonly Word[];
}

/** Source: perlrun. */
export const launcher: Launcher = {
  names: ['perl', 'perl5'],
  unwrap(call, world) {
    const { texts, isLoop, isHarmless, rest } = readSwitches(call.args);
    if (isHarmless) return [];
    const inner = { kind: 'program', language: 'perl', label: `${call.name} code` } as const;
    if (texts.length > 0) {
      const text = joinWords(texts, '\n');
      return [{ ...inner, code: { text: isLoop ? looped(text) : text }, positionals: rest }];
    }
    const [script, ...positionals] = rest;
    if (script !== undefined && textOf(script) !== '-')
      return [{ ...inner, label: showWord(script), code: { path: script }, positionals }];
    return onStdin(call, positionals, stdinText(call.stdin, call, world));
  },
};

function onStdin(call: Invocation, positionals: readonly Word[], text: Word | undefined): readonly Inner[] {
  if (call.stdin.kind === 'inherited' || call.stdin.kind === 'none') return [];
  const inner = {
    kind: 'program',
    language: 'perl',
    positionals,
    label: 'perl on stdin',
    stdin: { kind: 'none' },
  } as const;
  if (text !== undefined) return [{ ...inner, code: { text } }];
  if (call.stdin.kind === 'file') return [{ ...inner, code: { path: call.stdin.path } }];
  return [
    { kind: 'opaque', reason: 'unread-stdin', detail: 'perl runs what standard input says; its text is not known' },
  ];
}

function readSwitches(args: readonly Word[]): Switches {
  const switches: Switches = { texts: [], isLoop: false, isHarmless: false, rest: [] };
  let at = 0;
  for (; at < args.length; at += 1) {
    const word = args[at] as Word;
    const start = knownPrefix(word);
    if (start === '--') {
      at += 1;
      break;
    }
    if (!/^-[^-]/.test(start)) break;
    at += readCluster(word, start, args[at + 1], switches);
  }
  return { ...switches, rest: args.slice(at) };
}

/** One word of switches: `-lane`, `-pi.bak`; gives back how many further words it took. */
function readCluster(word: Word, start: string, next: Word | undefined, switches: Switches): number {
  for (let at = 1; at < start.length; at += 1) {
    const letter = start[at] as string;
    const isLast = at === start.length - 1 && word.kind === 'static';
    if (letter === 'e' || letter === 'E') {
      const code = isLast ? next : behind(word, at + 1);
      if (code !== undefined) switches.texts.push(code);
      return isLast ? 1 : 0;
    }
    switches.isLoop ||= /[np]/.test(letter);
    switches.isHarmless ||= /[cvh]/.test(letter);
    if (valued.has(letter)) return isLast ? 1 : 0;
    if (glued.has(letter)) return 0;
    at += (numbers.exec(start.slice(at))?.[0].length ?? 1) - 1;
  }
  return 0;
}

const looped = (text: Word): Word => joinWords([staticWord('while (<>) { '), text, staticWord('\n}')]);

const behind = (word: Word, start: number): Word =>
  word.kind === 'static'
    ? staticWord(word.value.slice(start))
    : { ...word, known: word.known.map((piece, at) => (at === 0 ? (piece?.slice(start) ?? null) : piece)) };
