// cp, mv, install, ln: write over their destination; a source of nothing empties it; mv takes its source away.
import type { Invocation } from '../../model/invocation.ts';
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader, FileEffect } from '../effect.ts';

const grammar = optionGrammar({
  values: '-t --target-directory -m --mode -o --owner -g --group -S --suffix --context',
});

/** Sources: cp(1), mv(1), install(1), ln(1). */
export const effect: EffectReader = {
  names: ['cp', 'gcp', 'mv', 'gmv', 'install', 'ln'],
  read(call) {
    const { sources, destinations } = readCopy(call);
    const moves = call.name === 'mv' || call.name === 'gmv';
    const discarded = moves && destinations.some((word) => textOf(word)?.startsWith('/dev/null'));
    if (discarded) return sources.map((path) => ({ op: 'delete', path, recursive: true }));
    const empties = !moves && sources.some((word) => textOf(word) === '/dev/null');
    const effects: FileEffect[] = destinations.map((path) => ({
      op: empties ? 'truncate' : 'overwrite',
      path,
      many: false,
      mild: call.name === 'ln',
    }));
    return moves
      ? [...effects, ...sources.map((path): FileEffect => ({ op: 'delete', path, recursive: true, mild: true }))]
      : effects;
  },
  makes: (call) => readCopy(call).destinations,
};

/** Sources and what they become: a destination that is a folder by its spelling gets the source's name. */
function readCopy(call: Invocation): { sources: readonly Word[]; destinations: readonly Word[] } {
  const { flags, positionals } = readOptions(call.args, grammar);
  if (flags.has('--help') || (flags.has('-d') && call.name === 'install')) return { sources: [], destinations: [] };
  const folder = flags.get('-t') ?? flags.get('--target-directory');
  const sources = folder === undefined ? positionals.slice(0, -1) : positionals;
  const target = folder ?? positionals.at(-1);
  if (target === undefined || sources.length === 0) return { sources: [], destinations: [] };
  const isFolder =
    folder !== undefined || sources.length > 1 || textOf(target)?.endsWith('/') || textOf(target) === '.';
  if (!isFolder) return { sources, destinations: [target] };
  const names = sources.map((source) => textOf(source)?.replace(/\/+$/, '').split('/').at(-1));
  const destinations = names.map((name) => (name === undefined ? target : joinWords([target, staticWord(`/${name}`)])));
  return { sources, destinations };
}
