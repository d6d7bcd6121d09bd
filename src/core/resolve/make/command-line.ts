// make's own command line: goals, variables, folders, makefiles and the options that decide whether recipes run.
import { joinWords, knownPrefix, piecesOf, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import { withoutPrefix } from '../assignments.ts';

export interface MakeCall {
  readonly goals: readonly Word[];
  /** `NAME=value` words, in order; `operator` is what stands between both. */
  readonly variables: readonly { readonly name: string; readonly operator: string; readonly value: Word }[];
  /** Folders behind `-C`, each as seen from the one before. */
  readonly folders: readonly Word[];
  /** Makefiles behind `-f`; empty where make looks for one. */
  readonly files: readonly Word[];
  readonly includes: readonly Word[];
  /** Texts behind `--eval`. */
  readonly evaluated: readonly Word[];
  /** `-n`, `-q`, `-t`: recipes do not run, but for lines with `+` or `$(MAKE)`. */
  readonly dryRun: boolean;
  /** `-e`: variables of the environment win over those of the makefile. */
  readonly environmentWins: boolean;
  /** `--version`, `--help`: nothing is read. */
  readonly harmless: boolean;
}

/** Long options with a value, by the letter that stands for them. Source: GNU make manual, Options Summary. */
const long: Readonly<Record<string, string>> = {
  '--directory': 'C',
  '--file': 'f',
  '--makefile': 'f',
  '--include-dir': 'I',
  '--eval': 'E',
  '--old-file': 'o',
  '--assume-old': 'o',
  '--what-if': 'W',
  '--new-file': 'W',
  '--assume-new': 'W',
};
const valued = new Set('CfIEoW');
const dry = new Set(['-n', '-q', '-t', '--just-print', '--dry-run', '--recon', '--question', '--touch']);

interface Reading {
  goals: Word[];
  variables: { name: string; operator: string; value: Word }[];
  folders: Word[];
  files: Word[];
  includes: Word[];
  evaluated: Word[];
  dryRun: boolean;
  environmentWins: boolean;
  harmless: boolean;
}

/** Reads the words behind `make`, and those that MAKEFLAGS hands down from a make above. */
export function readMakeCall(args: readonly Word[], flags: string | undefined): MakeCall {
  const reading: Reading = {
    goals: [],
    variables: [],
    folders: [],
    files: [],
    includes: [],
    evaluated: [],
    dryRun: false,
    environmentWins: false,
    harmless: false,
  };
  readWords(flagWords(flags), reading);
  readWords(args, reading);
  return reading;
}

/** `MAKEFLAGS='n -- ENV=prod'`: letters without a dash first. */
function flagWords(flags: string | undefined): readonly Word[] {
  const words = (flags ?? '').match(/(?:\\[\s\S]|[^\s\\])+/g) ?? [];
  return words.map((word, index) => {
    const text = word.replace(/\\([\s\S])/g, '$1');
    return staticWord(index === 0 && /^[a-zA-Z]+$/.test(text) ? `-${text}` : text);
  });
}

function readWords(args: readonly Word[], reading: Reading): void {
  let onlyWords = false;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as Word;
    const text = textOf(word) ?? knownPrefix(word);
    if (text === '--' && !onlyWords) onlyWords = true;
    else if (onlyWords || !text.startsWith('-') || text === '-') readOperand(word, reading);
    else if (text.startsWith('--')) at += readLong(word, text, args[at + 1], reading);
    else at += readLetters(word, text, args[at + 1], reading);
  }
}

function readLong(word: Word, text: string, next: Word | undefined, reading: Reading): number {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const letter = long[name];
  if (letter !== undefined) {
    take(letter, equals < 0 ? next : withoutPrefix(word, equals + 1), reading);
    return equals < 0 ? 1 : 0;
  }
  note(name, reading);
  return /^--(jobs|load-average|max-load)$/.test(text) && isNumber(next) ? 1 : 0;
}

function readLetters(word: Word, text: string, next: Word | undefined, reading: Reading): number {
  for (let at = 1; at < text.length; at += 1) {
    const letter = text[at] as string;
    if (valued.has(letter)) {
      const isLast = at === text.length - 1 && word.kind === 'static';
      take(letter, isLast ? next : withoutPrefix(word, at + 1), reading);
      return isLast ? 1 : 0;
    }
    note(`-${letter}`, reading);
    // `-j4`, `-j 4`, `-l 2.5`, `-Oline`: the value may stand behind a blank only where it is a number.
    if ('jl'.includes(letter)) return at === text.length - 1 && isNumber(next) ? 1 : 0;
    if (letter === 'O') return 0;
  }
  return 0;
}

const isNumber = (word: Word | undefined): boolean => /^[\d.]+$/.test(textOf(word) ?? '');

function note(flag: string, reading: Reading): void {
  if (dry.has(flag)) reading.dryRun = true;
  if (flag === '-e' || flag === '--environment-overrides') reading.environmentWins = true;
  if (['-v', '-h', '--version', '--help'].includes(flag)) reading.harmless = true;
}

function take(letter: string, value: Word | undefined, reading: Reading): void {
  if (value === undefined) return;
  if (letter === 'C') reading.folders.push(value);
  else if (letter === 'f') reading.files.push(value);
  else if (letter === 'I') reading.includes.push(value);
  else if (letter === 'E') reading.evaluated.push(value);
}

/** A goal, or a variable: `NAME=value`, `NAME:=value`, `NAME+=value`. */
function readOperand(word: Word, reading: Reading): void {
  const match = /^([^\s=:#+?!]+)(:{1,3}=|[+?!]?=)/.exec(knownPrefix(word));
  if (match === null) {
    reading.goals.push(word);
    return;
  }
  const [whole, name = '', operator = '='] = match;
  reading.variables.push({ name, operator, value: withoutPrefix(word, whole.length) });
}

/** MAKEFLAGS for a make that a recipe starts: what this one was told. */
export function handedDown(call: MakeCall): Word {
  const letters = `${call.dryRun ? 'n' : ''}${call.environmentWins ? 'e' : ''}`;
  if (call.variables.length === 0) return staticWord(letters);
  const words = call.variables.map(({ name, operator, value }) => {
    const escaped = piecesOf(value).map((piece) => piece?.replace(/[\s\\]/g, '\\$&') ?? `$(${name})`);
    return `${name}${operator}${escaped.join('')}`;
  });
  return staticWord(`${letters} -- ${words.join(' ')}`);
}

/** The folder that make works in. */
export const folderOf = ({ folders }: MakeCall, cwd: Word): Word =>
  folders.reduce((from, folder) => {
    const text = textOf(folder) ?? showWord(folder);
    return text.startsWith('/') || text.startsWith('~') ? folder : joinWords([from, staticWord('/'), folder]);
  }, cwd);
