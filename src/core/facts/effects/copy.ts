// cp, mv, install, ln: write over their destination; a source of nothing empties it; mv takes its source away.
import type { Nature } from '../../model/fact.ts';
import type { Invocation } from '../../model/invocation.ts';
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader, FileEffect } from '../effect.ts';
import { natureOfName } from '../nature.ts';

const grammar = optionGrammar({
  values: '-t --target-directory -m --mode -o --owner -g --group -S --suffix --context',
});

/** Sources: cp(1), mv(1), install(1), ln(1). mv, install and `ln -f` put a new file in the place of a link; cp writes through it. */
export const effect: EffectReader = {
  names: ['cp', 'gcp', 'mv', 'gmv', 'install', 'ln'],
  read(call) {
    const { sources, destinations, target, several, keeps } = readCopy(call);
    const moves = isMove(call);
    const discarded = moves && destinations.some((word) => textOf(word)?.startsWith('/dev/null'));
    if (discarded) return sources.map((path) => ({ op: 'delete', path, recursive: true }));
    const empties = !moves && sources.some((word) => textOf(word) === '/dev/null');
    const single = several ? undefined : nameOf(sources[0]);
    const effects: FileEffect[] = destinations.map((path) => ({
      op: empties ? 'truncate' : 'overwrite',
      path,
      many: false,
      ...(call.name === 'ln' && !(empties && isKept(path)) ? { uncertain: true } : {}),
      ...(call.name === 'cp' || call.name === 'gcp' ? {} : { replaces: true }),
      ...(single === undefined ? {} : { entry: single }),
    }));
    const written = keeps ? effects.map((each) => ({ ...each, mild: true })) : effects;
    if (!moves) return written;
    const onto: FileEffect[] =
      target !== undefined && (several || isSearched(sources[0]))
        ? [{ op: 'overwrite', path: target, many: true, needsFolder: true }]
        : [];
    const taken = sources.map((path): FileEffect => ({ op: 'delete', path, recursive: true, mild: true }));
    return [...written, ...onto, ...taken];
  },
  makes: (call) => readCopy(call).destinations,
};

/** A secret or data that gives way to a link to nothing; units of services and histories are masked that way. */
const isKept = (path: Word): boolean =>
  kept.has(natureOfName(textOf(path) ?? '', true)) && !/_history$/.test(textOf(path) ?? '');
const kept: ReadonlySet<Nature> = new Set(['secret', 'data', 'database', 'state', 'backup']);

const isMove = ({ name }: Invocation): boolean => name === 'mv' || name === 'gmv';

/** Where a call moves one file to a name that may be a folder; undefined for everything else. */
export function movesOneTo(call: Invocation): Word | undefined {
  if (!isMove(call)) return undefined;
  const { sources, destinations, target } = readCopy(call);
  return sources.length === 1 && destinations[0] === target ? target : undefined;
}

/** What a call moves or links, and where it stands afterwards. */
export function relocations(
  call: Invocation,
): readonly { readonly source: Word; readonly destination: Word; readonly isLink: boolean }[] {
  const isLink = call.name === 'ln';
  if (!isLink && !isMove(call)) return [];
  const { sources, destinations } = readCopy(call);
  return sources.flatMap((source, at) => {
    const destination = destinations[at];
    return destination === undefined ? [] : [{ source, destination, isLink }];
  });
}

/** Names that a search found stand for several files. */
const isSearched = (word: Word | undefined): boolean =>
  word !== undefined && (word.glob || (word.kind === 'dynamic' && word.source.startsWith('(')));

interface Copy {
  readonly sources: readonly Word[];
  readonly destinations: readonly Word[];
  /** The last word, or what `-t` names. */
  readonly target: Word | undefined;
  readonly several: boolean;
  /** Nothing that is there is written over: `-n`, `-i`, `-b`; ln without `-f`. */
  readonly keeps: boolean;
}
const none: Copy = { sources: [], destinations: [], target: undefined, several: false, keeps: true };

/** Sources and what they become: a destination that is a folder by its spelling gets the source's name. */
function readCopy(call: Invocation): Copy {
  const { flags, positionals } = readOptions(call.args, grammar);
  if (flags.has('--help') || (flags.has('-d') && call.name === 'install')) return none;
  const folder = flags.get('-t') ?? flags.get('--target-directory');
  const sources = folder === undefined ? positionals.slice(0, -1) : positionals;
  const target = folder ?? positionals.at(-1);
  if (target === undefined || sources.length === 0) return none;
  const several = sources.length > 1;
  const keeps =
    keeping.some((flag) => flags.has(flag)) || (call.name === 'ln' && !flags.has('-f') && !flags.has('--force'));
  const isFolder = folder !== undefined || several || textOf(target)?.endsWith('/') || textOf(target) === '.';
  if (!isFolder) return { sources, destinations: [target], target, several, keeps };
  const destinations = sources.map((source) => {
    const name = nameOf(source);
    return name === undefined ? target : joinWords([target, staticWord('/'), name]);
  });
  return { sources, destinations, target, several, keeps };
}

const keeping = ['-n', '--no-clobber', '-i', '--interactive', '-b', '--backup', '-u', '--update'];

/** The last name of a path. */
function nameOf(word: Word | undefined): Word | undefined {
  const name = textOf(word)?.replace(/\/+$/, '').split('/').at(-1);
  return name === undefined || word?.glob ? undefined : staticWord(name);
}
