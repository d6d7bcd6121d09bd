// Written: files that programs such as tee, cp and curl write, so that running them later on the same line is followed.
import { unknownPiece } from '../model/code.ts';
import type { Invocation } from '../model/invocation.ts';
import type { World } from '../model/observation.ts';
import { joinWords, knownPrefix, piecesOf, staticWord, textOf, type Word } from '../model/word.ts';
import { type OptionGrammar, optionGrammar, readOptions } from '../programs/options.ts';
import { stdinText } from './output.ts';
import type { WrittenFile } from './state.ts';

export interface Writing {
  readonly path: Word;
  /** Undefined where it is not known what comes to stand there. */
  readonly text: Word | undefined;
  readonly appends: boolean;
}

/** What stands in a file at this point of the command line. */
type ReadFile = (path: Word) => Word | undefined;
type Writer = (call: Invocation, read: ReadFile, world: World) => readonly Writing[];

/** The files that a call writes by itself, its redirections left aside. A copy of an unreadable file is no writing. */
export function filesWrittenBy(call: Invocation, read: ReadFile, world: World): readonly Writing[] {
  const writer = call.name === undefined ? undefined : writers.get(call.name);
  return writer?.(call, read, world) ?? [];
}

const copyGrammar = optionGrammar({ values: '-t --target-directory -S --suffix -m --mode -o --owner -g --group' });
const curlGrammar = optionGrammar({
  values:
    '-o --output -X --request -H --header -d --data -u --user -A --user-agent -e --referer -b --cookie -m --max-time --retry --output-dir --connect-timeout',
});
const wgetGrammar = optionGrammar({
  values:
    '-O --output-document -o --output-file -P --directory-prefix -t --tries -T --timeout --header -U --user-agent',
});

const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>(
  Object.entries({
    tee: (call, _read, world) => {
      const { flags, positionals } = readOptions(call.args, plain);
      const appends = flags.has('-a') || flags.has('--append');
      return positionals.map((path) => ({ path, text: stdinText(call.stdin, call, world), appends }));
    },
    cp: copied,
    mv: copied,
    ln: copied,
    install: copied,
    git: configured,
    curl: (call) => {
      const { flags, positionals } = readOptions(call.args, curlGrammar);
      const given = flags.get('-o') ?? flags.get('--output');
      const named = flags.has('-O') || flags.has('--remote-name') ? positionals.map(lastSegment) : [];
      return fetched([given, ...named]);
    },
    wget: (call) => {
      const { flags, positionals } = readOptions(call.args, wgetGrammar);
      const given = flags.get('-O') ?? flags.get('--output-document');
      if (textOf(given) === '-') return [];
      return fetched(given === undefined ? positionals.map(lastSegment) : [given]);
    },
  } satisfies Readonly<Record<string, Writer>>),
);

const plain: OptionGrammar = optionGrammar({});

/** `cp a b`, and `cp a folder/` where the last word says itself that it is a folder. */
function copied(call: Invocation, read: ReadFile): readonly Writing[] {
  const { flags, positionals } = readOptions(call.args, copyGrammar);
  const folder = flags.get('-t') ?? flags.get('--target-directory');
  const target = folder ?? positionals.at(-1);
  const sources = folder === undefined ? positionals.slice(0, -1) : positionals;
  if (target === undefined) return [];
  const isFolder = folder !== undefined || sources.length > 1 || /(^|\/)\.{0,2}\/?$/.test(textOf(target) ?? 'x');
  return sources.flatMap((source) => {
    const text = read(source);
    const name = lastSegment(source);
    const path = isFolder && name !== undefined ? joinWords([target, staticWord('/'), name]) : target;
    return text === undefined ? [] : [{ path, text, appends: false }];
  });
}

const fetched = (paths: readonly (Word | undefined)[]): Writing[] =>
  paths
    .filter((path) => path !== undefined && knownPrefix(path) !== '-')
    .map((path) => ({ path: path as Word, text: undefined, appends: false }));

/** The name behind the last slash of a path or a URL. */
function lastSegment(word: Word): Word | undefined {
  const name = textOf(word)
    ?.replace(/[?#].*$/s, '')
    .replace(/\/+$/, '')
    .split('/')
    .at(-1);
  return name === undefined || name === '' ? undefined : staticWord(name);
}

const gitConfigGrammar = optionGrammar({ values: '-C -c -f --file --type --default --comment' });

/** `git config alias.wipe '!code'`: a later call of git on the same line finds the setting in the file. */
function configured(call: Invocation): readonly Writing[] {
  const { flags, positionals } = readOptions(call.args, gitConfigGrammar);
  const [verb, ...words] = positionals;
  if (textOf(verb) !== 'config') return [];
  const [name, value] = textOf(words[0]) === 'set' ? words.slice(1) : words;
  const key = /^([\w-]+)\.(?:(.*)\.)?([\w-]+)$/s.exec(textOf(name) ?? '');
  const text = textOf(value);
  if (key === null || text === undefined || flags.has('--unset') || flags.has('--get')) return [];
  const home = call.env.get('HOME');
  const given = flags.get('-f') ?? flags.get('--file');
  const path = flags.has('--global') && home !== undefined ? joinWords([home, staticWord('/.gitconfig')]) : given;
  const header = key[2] === undefined ? `[${key[1]}]` : `[${key[1]} ${JSON.stringify(key[2])}]`;
  const entry = `\n${header}\n\t${key[3]} = ${JSON.stringify(text)}\n`;
  return [{ path: path ?? staticWord('.git/config'), text: staticWord(entry), appends: true }];
}

/**
 * The world as it is once the line has written its files: launchers find in them what stands there by then. Where
 * pieces of a text are not known, a name stands for them; an `exact` world has no such text.
 */
export function worldWith(written: ReadonlyMap<string, WrittenFile>, world: World, precision?: 'exact'): World {
  return {
    ask(query) {
      if (query.kind !== 'file' && query.kind !== 'path') return world.ask(query);
      const isAbsolute = query.path.startsWith('/');
      const file = written.get(query.path);
      if (precision === 'exact' && query.kind === 'file' && file !== undefined && textOf(file.text) === undefined)
        return {
          kind: 'failed',
          reason: 'unreadable',
          detail: 'the text that the same command line writes is not known',
        };
      // Of a path below a folder that is not known, only what the line itself wrote there is known.
      if (file === undefined || file.text === undefined) return isAbsolute ? world.ask(query) : { kind: 'absent' };
      const text = piecesOf(file.text)
        .map((piece) => piece ?? unknownPiece)
        .join('');
      const before = isAbsolute && (query.kind === 'path' || file.appended) ? world.ask(query) : undefined;
      if (query.kind === 'file')
        return { kind: 'text', text: before?.kind === 'text' ? `${before.text}${text}` : text };
      return before?.kind === 'path' ? before : { kind: 'path', type: 'file', real: query.path, executable: false };
    },
  };
}
