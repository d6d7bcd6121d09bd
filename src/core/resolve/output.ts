// Output: what a command would print, where that can be known without running it.
import { textOfBase64 } from '../model/base64.ts';
import type { Invocation, Stdin } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { dynamicWord, joinWords, knownPrefix, staticWord, textOf, type Word } from '../model/word.ts';
import { optionGrammar, readOptions } from '../programs/options.ts';
import { filtered, filters } from './filters.ts';
import { foundBy, readFind } from './found.ts';
import { localPath } from './mounts.ts';
import { absolutePath } from './paths.ts';

/** The text that an invocation prints to standard output; undefined where it is not known. */
export function outputOf(call: Invocation, world: World): Word | undefined {
  const redirected = call.redirections.some(({ descriptor, operator }) => operator[0] !== '<' && descriptor === 1);
  if (redirected) return staticWord('');
  const reader = call.name === undefined ? undefined : readers.get(call.name);
  return reader === undefined ? throughFilter(call, world) : reader(call, world);
}

/** What a filter makes of its files, or of what comes in. */
function throughFilter(call: Invocation, world: World): Word | undefined {
  const filter = call.name === undefined ? undefined : filters.get(call.name);
  if (filter === undefined) return undefined;
  const { positionals, flags } = readOptions(call.args, optionGrammar({ values: filter.values }));
  const given = flags.has('-e') || flags.has('--expression') ? 0 : filter.operands;
  const files = positionals.slice(given);
  const texts = files.map((file) => fileText(file, call, world));
  if (texts.some((text) => text === undefined)) return undefined;
  return filtered(call, files.length === 0 ? stdinText(call.stdin, call, world) : joinWords(texts as Word[]));
}

type Reader = (call: Invocation, world: World) => Word | undefined;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>(
  Object.entries({
    '': () => staticWord(''),
    ':': () => staticWord(''),
    true: () => staticWord(''),
    false: () => staticWord(''),
    cd: () => staticWord(''),
    export: () => staticWord(''),
    set: () => staticWord(''),
    test: () => staticWord(''),
    '[': () => staticWord(''),
    echo,
    printf,
    cat,
    tee: (call, world) => stdinText(call.stdin, call, world),
    pwd: (call) => joinWords([call.cwd, staticWord('\n')]),
    basename: (call) => (isPlain(call, 2) ? lastSegment(operandsOf(call)[0], operandsOf(call)[1]) : undefined),
    dirname: (call) => (isPlain(call, 1) ? folderOf(operandsOf(call)[0]) : undefined),
    mktemp: () => dynamicWord('$(mktemp)', ['/tmp/', null]),
    base64,
    openssl,
    xxd: (call, world) =>
      call.args.some((word) => /^-[a-z]*r/.test(textOf(word) ?? '')) ? fromHex(call, world) : undefined,
    realpath: realPath,
    readlink: (call, world) =>
      /^-[a-z]*[fem]/.test(knownPrefix(call.args[0] ?? staticWord(''))) ? realPath(call, world) : undefined,
    git: repositoryTop,
    find: found,
  } satisfies Readonly<Record<string, Reader>>),
);

/** At most so many words and no option among them. */
const isPlain = (call: Invocation, most: number): boolean => {
  const operands = operandsOf(call);
  return operands.length <= most && !operands.some((word) => knownPrefix(word).startsWith('-'));
};

/** The words of a call whose options, if any, end at `--`. */
const operandsOf = ({ args }: Invocation): readonly Word[] => (textOf(args[0]) === '--' ? args.slice(1) : args);

/** The paths that a search prints, where they have one known shape. */
function found(call: Invocation): Word | undefined {
  const changes =
    readFind(call.args).actions.length > 0 || call.args.some((word) => /^-(f?print.+|f?ls)$/.test(textOf(word) ?? ''));
  const [word, ...others] = changes ? [] : foundBy(call);
  if (word === undefined || others.length > 0) return undefined;
  return word.kind === 'dynamic' ? word : dynamicWord(call.source, [word.value.slice(0, -1), null]);
}

function echo(call: Invocation): Word | undefined {
  let args = call.args;
  let newline = true;
  let escapes = false;
  while (args.length > 0 && /^-[neE]+$/.test(textOf(args[0]) ?? '')) {
    const flags = textOf(args[0]) as string;
    if (flags.includes('n')) newline = false;
    if (flags.includes('e')) escapes = true;
    args = args.slice(1);
  }
  const joined = joinWords(args, ' ');
  const text = textOf(joined);
  if (escapes && text === undefined) return undefined;
  const body = escapes ? decoded(text ?? '', echoEscape) : joined;
  return body && (newline ? joinWords([body, staticWord('\n')]) : body);
}

/** `printf format args`, with `%s`, `%d`, `%b` and `%%`; the format is used again while arguments are left. */
function printf(call: Invocation): Word | undefined {
  return textOf(call.args[0]) === '-v' ? staticWord('') : formatted(call.args);
}

/** The text that printf makes of its format and what stands behind it. */
export function formatted(given: readonly Word[]): Word | undefined {
  const [formatWord, ...args] = textOf(given[0]) === '--' ? given.slice(1) : given;
  const format = textOf(formatWord);
  if (format === undefined) return undefined;
  const pieces = format.split(/(%[^A-Za-z%]{0,20}[A-Za-z%]?)/);
  const result: Word[] = [];
  let next = 0;
  do {
    const before = next;
    for (const [index, piece] of pieces.entries()) {
      const word =
        index % 2 === 0
          ? decoded(piece, formatEscape)
          : piece === '%%'
            ? staticWord('%')
            : conversion(piece, args[next++]);
      if (word === undefined) return undefined;
      result.push(word);
    }
    if (next === before) break;
  } while (next < args.length);
  return joinWords(result);
}

/** What one conversion prints; widths, precisions and other numbers are not computed. */
function conversion(piece: string, argument: Word | undefined): Word | undefined {
  if (argument === undefined)
    return piece === '%s' || piece === '%b' ? staticWord('') : piece === '%d' ? staticWord('0') : undefined;
  if (piece === '%s') return argument;
  const text = textOf(argument);
  if (piece === '%b' && text !== undefined) return decoded(text, echoEscape);
  return piece === '%d' && text !== undefined && /^(0|-?[1-9]\d{0,15})$/.test(text) ? argument : undefined;
}

const letterEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
};
/** Octal numbers are `\0101` for echo and `%b`, `\101` in a format. Source: bash(1), echo and printf. */
const echoEscape = /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|0[0-7]{0,3}|[\s\S])/g;
const formatEscape = /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|[\s\S])/g;

/** The text with its escapes decoded; undefined for bytes that are no characters of their own, and for `\c`, `\u`. */
function decoded(text: string, escapes: RegExp): Word | undefined {
  let isKnown = true;
  const result = text.replace(escapes, (whole, code: string) => {
    const letter = letterEscapes[code];
    if (letter !== undefined) return letter;
    const number = numberOf(code);
    if (number !== undefined && number < 0x80) return String.fromCharCode(number);
    if (number !== undefined && /^[uU]/.test(code) && number <= 0x10ffff) return String.fromCodePoint(number);
    if (/^[cuUx0-7]/.test(code)) isKnown = false;
    return code === '"' ? '"' : whole;
  });
  return isKnown ? staticWord(result) : undefined;
}

/** The character's number behind an escape; octal numbers are bytes and wrap round. */
function numberOf(code: string): number | undefined {
  if (/^[xuU][0-9a-fA-F]/.test(code)) return Number.parseInt(code.slice(1), 16);
  return /^[0-7]/.test(code) ? Number.parseInt(code, 8) & 0xff : undefined;
}

/** `cat` alone or with `-` prints its input; `cat file` what stands in the file. */
function cat(call: Invocation, world: World): Word | undefined {
  const files = call.args.filter((word) => textOf(word) !== '--' && textOf(word) !== '-u');
  if (files.some((word) => knownPrefix(word).startsWith('-') && textOf(word) !== '-')) return undefined;
  if (files.length === 0) return stdinText(call.stdin, call, world);
  const texts = files.map((word) =>
    textOf(word) === '-' ? stdinText(call.stdin, call, world) : fileText(word, call, world),
  );
  return texts.every((text) => text !== undefined) ? joinWords(texts as Word[]) : undefined;
}

function base64(call: Invocation, world: World): Word | undefined {
  const decodes = call.args.some((word) => ['-d', '-D', '--decode', '-di'].includes(textOf(word) ?? ''));
  const text = textOf(stdinText(call.stdin, call, world));
  if (!decodes || text === undefined || !/^[A-Za-z0-9+/=\s]*$/.test(text)) return undefined;
  const decoded = textOfBase64(text);
  return decoded === undefined ? undefined : staticWord(decoded);
}

/** `openssl base64 -d`, `openssl enc -base64 -d`. */
function openssl(call: Invocation, world: World): Word | undefined {
  const words = call.args.map((word) => textOf(word) ?? '');
  const isBase64 = words[0] === 'base64' || words.some((word) => word === '-base64' || word === '-a');
  return isBase64 ? base64(call, world) : undefined;
}

/** `xxd -r -p`: plain hexadecimal digits. */
function fromHex(call: Invocation, world: World): Word | undefined {
  const text = textOf(stdinText(call.stdin, call, world))?.replace(/\s/g, '');
  if (text === undefined || text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  const bytes = Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return staticWord(new TextDecoder().decode(bytes));
}

/** The path that a link, or a path with `..` in it, stands for. */
function realPath(call: Invocation, world: World): Word | undefined {
  const words = call.args.filter((word) => !knownPrefix(word).startsWith('-'));
  const path = words.length === 1 && call.host.kind === 'local' ? absolutePath(words[0] as Word, call.cwd) : undefined;
  if (path === undefined) return undefined;
  const answer = world.ask({ kind: 'path', path });
  if (answer?.kind === 'path') return staticWord(`${answer.real}\n`);
  return answer === undefined ? undefined : staticWord(`${path}\n`);
}

/** `git rev-parse --show-toplevel`: the nearest folder above that holds a repository. */
function repositoryTop(call: Invocation, world: World): Word | undefined {
  const isAsked = textOf(call.args[0]) === 'rev-parse' && textOf(call.args[1]) === '--show-toplevel';
  const start = isAsked && call.args.length === 2 && call.host.kind === 'local' ? textOf(call.cwd) : undefined;
  if (start === undefined || !start.startsWith('/')) return undefined;
  for (let folder = start; ; folder = folder.slice(0, folder.lastIndexOf('/'))) {
    const answer = world.ask({ kind: 'path', path: `${folder}/.git` });
    if (answer?.kind === 'path') return staticWord(`${folder === '' ? '/' : folder}\n`);
    if (answer?.kind !== 'absent' || folder === '') return undefined;
  }
}

function lastSegment(path: Word | undefined, suffix: Word | undefined): Word | undefined {
  const text = textOf(path);
  if (text === undefined) return undefined;
  const name = text.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const ending = textOf(suffix) ?? '';
  return staticWord(`${ending !== '' && name.endsWith(ending) ? name.slice(0, -ending.length) : name}\n`);
}

function folderOf(path: Word | undefined): Word | undefined {
  const text = textOf(path);
  if (text === undefined) return undefined;
  const at = text.replace(/\/+$/, '').lastIndexOf('/');
  return staticWord(`${at < 0 ? '.' : at === 0 ? '/' : text.slice(0, at)}\n`);
}

/** Where a path is looked for. */
type Place = Pick<Invocation, 'cwd' | 'host'>;

/** The text of an invocation's standard input, where it is known. */
export function stdinText(stdin: Stdin, call: Place, world: World): Word | undefined {
  switch (stdin.kind) {
    case 'none':
      return staticWord('');
    case 'text':
      return stdin.text;
    case 'pipe':
      return stdin.text;
    case 'file':
      return fileText(stdin.path, call, world);
    case 'inherited':
      return undefined;
  }
}

/** The text of a file on this machine. */
export function fileText(path: Word, call: Place, world: World): Word | undefined {
  const local = localPath(path, call.cwd, call.host);
  if (local === undefined) return undefined;
  const answer = world.ask({ kind: 'file', path: local });
  return answer?.kind === 'text' ? staticWord(answer.text) : undefined;
}
