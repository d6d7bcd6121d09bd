// Sources: what one invocation would read to learn where it goes: its own words, its variables, the calls before it, files.
import type { Invocation } from '../model/invocation.ts';
import type { DataReader } from '../model/reader.ts';
import { knownPrefix, staticWord, textOf, type Word } from '../model/word.ts';
import { isBlank } from '../payloads/http/words.ts';
import { type OptionGrammar, type Options, readOptions } from '../programs/options.ts';
import { pathFrom } from '../resolve/paths.ts';
import type { ResolveContext } from './resolver.ts';

/** A value that tells where a command goes, and the place it was read. */
export interface Signal {
  readonly word: Word;
  /** `--host in the command`, `PGHOST in the environment`, `DATABASE_URL from .env:3`. */
  readonly source: string;
  /** Set where it is not even known whether there is such a value: what comes after it may count or not. */
  readonly doubt: boolean;
}

export interface Sources {
  readonly call: Invocation;
  readonly context: ResolveContext;
  /** It runs on this machine, so that this machine's files are what it would read. */
  readonly here: boolean;
}

export const sourcesOf = (call: Invocation, context: ResolveContext): Sources => ({
  call,
  context,
  here: call.host.kind === 'local',
});

export const signal = (word: Word | string, source: string): Signal => ({
  word: typeof word === 'string' ? staticWord(word) : word,
  source,
  doubt: false,
});

/** A place to look in; asked only when nothing before it had an answer. */
export type Find = () => Signal | undefined;

/** The first value that is there, and the doubts on the way to it. */
export interface Picked {
  readonly signal: Signal | undefined;
  readonly doubts: readonly Signal[];
}

/** Looks in the places in order of precedence. A place that may or may not hold a value leaves a doubt. */
export function pick(...finds: readonly Find[]): Picked {
  const doubts: Signal[] = [];
  for (const find of finds) {
    const found = find();
    if (found === undefined) continue;
    if (!found.doubt) return { signal: found, doubts };
    doubts.push(found);
  }
  return { signal: undefined, doubts };
}

/** The call's options, read by the given grammar. */
export const optionsOf = ({ call }: Sources, grammar: OptionGrammar): Options => readOptions(call.args, grammar);

/** The value of the first of these flags that is given. */
export const flag =
  ({ flags }: Options, ...names: readonly string[]): Find =>
  () => {
    for (const name of names) {
      const word = flags.get(name);
      if (word !== undefined) return signal(word, `${name} in the command`);
    }
    return undefined;
  };

/** A variable as the command would see it. Empty ones count as unset, as almost every tool has it. */
export const variable =
  ({ call, context, here }: Sources, name: string): Find =>
  () => {
    const assigned = call.assignments.findLast((each) => each.name === name)?.value;
    if (assigned !== undefined)
      return textOf(assigned) === '' ? undefined : signal(assigned, `${name} in front of the command`);
    const word = call.env.get(name);
    if (word === undefined || textOf(word) === '') return undefined;
    if (isBlank(word) && word.kind === 'dynamic' && word.source === `$${name}`) {
      // Of another machine's variables nothing is known, and its own defaults are what counts there.
      return here ? { word, source: `${name}, which may be set`, doubt: true } : undefined;
    }
    const caller = textOf(context.env.get(name));
    const unchanged = caller !== undefined && caller === textOf(word);
    return signal(word, unchanged ? `${name} in the environment` : `${name} set in the command line`);
  };

/** Calls that the same command line makes on this machine before this one. */
export function earlierCalls({ call, context, here }: Sources): readonly Invocation[] {
  const at = context.invocations.indexOf(call);
  return here && at > 0 ? context.invocations.slice(0, at).filter(({ host }) => host.kind === 'local') : [];
}

/** What an earlier call switched to: `kubectl config use-context acme-prod && ...`. The last one counts. */
export const switched =
  (sources: Sources, programs: readonly string[], ...words: readonly string[]): Find =>
  () => {
    for (const call of earlierCalls(sources).toReversed()) {
      const value = programs.includes(call.name ?? '') ? wordBehind(call.args, words) : undefined;
      if (value !== undefined) return signal(value, `${call.name} ${words.join(' ')} earlier in the command line`);
    }
    return undefined;
  };

/** The first word that is no flag behind the given words, which stand side by side. */
function wordBehind(args: readonly Word[], words: readonly string[]): Word | undefined {
  const start = args.findIndex((_, index) => words.every((word, offset) => textOf(args[index + offset]) === word));
  return start < 0 ? undefined : args.slice(start + words.length).find((word) => !knownPrefix(word).startsWith('-'));
}

/** A text file that was read, with the name that a person knows it by. */
export interface TextFile {
  readonly path: string;
  readonly shown: string;
  readonly text: string;
}

/** The folder that the call runs in, where it is known. */
export function folderOf({ call, here }: Sources): string | undefined {
  const folder = textOf(call.cwd);
  return here && folder?.startsWith('/') ? folder : undefined;
}

/** A file by its path from the working directory, the home folder (`~/`) or the root. */
export function fileAt(sources: Sources, path: string): TextFile | undefined {
  const folder = folderOf(sources);
  const inHome = path.startsWith('~/');
  const base = inHome ? sources.context.home : folder;
  if (!sources.here || (base === undefined && !path.startsWith('/'))) return undefined;
  const absolute = pathFrom(inHome ? path.slice(2) : path, base ?? '/');
  const answer = sources.context.world.ask({ kind: 'file', path: absolute });
  if (answer?.kind !== 'text') return undefined;
  return { path: absolute, shown: shownPath(absolute, folder, sources.context.home), text: answer.text };
}

/** The nearest file of that name in the working directory or above it; all levels are asked for at once. */
export function fileAbove(sources: Sources, name: string): TextFile | undefined {
  const folder = folderOf(sources);
  if (folder === undefined) return undefined;
  const found = foldersUp(folder).map((each) => fileAt(sources, pathFrom(name, each)));
  return found.find((file) => file !== undefined);
}

/** The folder and those above it, nearest first; far enough for any repository. */
function foldersUp(folder: string): readonly string[] {
  const parts = folder.split('/').filter((part) => part !== '');
  return Array.from(
    { length: Math.min(parts.length, 12) },
    (_, index) => `/${parts.slice(0, parts.length - index).join('/')}`,
  );
}

function shownPath(path: string, folder: string | undefined, home: string | undefined): string {
  if (folder !== undefined && path.startsWith(`${folder}/`)) return path.slice(folder.length + 1);
  return home !== undefined && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** A file's data; undefined where it is not valid or the reader is not there yet. */
export function dataOf({ context }: Sources, file: TextFile | undefined, language: 'yaml' | 'ini'): unknown {
  if (file === undefined) return undefined;
  const answer = context.world.ask({ kind: 'reader', language });
  return answer?.kind === 'reader' ? (answer.reader as DataReader).read(file.text) : undefined;
}

/** `~/.aws/config:12`. */
export const placeIn = (file: TextFile, line: number | undefined): string =>
  line === undefined ? file.shown : `${file.shown}:${line}`;
