// npm-run-all, run-s, run-p: several scripts of a package, by name or by pattern.
import type { Invocation } from '../../model/invocation.ts';
import { knownPrefix, showWord, staticWord, textOf, type Word } from '../../model/word.ts';
import type { Inner, Launcher } from '../launcher.ts';
import { matchesPattern } from '../packages/glob.ts';
import { folderOf, scriptNames } from '../packages/manifest.ts';
import { placeAt, runTask } from '../packages/run.ts';

/** Options with a value. Source: the README of npm-run-all. */
const valued = new Set(['--max-parallel', '--npm-path', '-o', '--config', '--node-run-path']);

export const launcher: Launcher = {
  names: ['npm-run-all', 'npm-run-all2', 'run-s', 'run-p'],
  unwrap(call, world) {
    const { patterns, args } = readTasks(call.args);
    const place = placeAt(folderOf(call), world);
    if (place.kind === 'broken') return [place.inner];
    return place.kind === 'none' ? [] : patterns.flatMap((pattern) => task(pattern, args, call, place.manifests));
  },
};

/** Patterns in any order among options; words behind `--` are for placeholders. */
function readTasks(args: readonly Word[]): { patterns: readonly Word[]; args: readonly Word[] } {
  const end = args.findIndex((word) => textOf(word) === '--');
  const own = end < 0 ? args : args.slice(0, end);
  const patterns = own.filter(
    (word, at) => !knownPrefix(word).startsWith('-') && !valued.has(textOf(own[at - 1]) ?? ''),
  );
  return { patterns, args: end < 0 ? [] : args.slice(end + 1) };
}

type Manifests = Parameters<typeof runTask>[1];

/** `build:*`, `build:**`, `"build -- --watch"`, `"build {1}"`. */
function task(pattern: Word, args: readonly Word[], call: Invocation, manifests: Manifests): readonly Inner[] {
  const [name = '', ...rest] = showWord(pattern).split(/\s+/);
  const own = rest.filter((text) => text !== '--').flatMap((text) => placeholder(text, args));
  return manifests.flatMap((manifest) => {
    const found = scriptNames(manifest).filter((each) => matchesPattern(each, name, ':'));
    return found.flatMap((each) =>
      runTask(
        { call, name: staticWord(each), args: own, hooks: true, label: call.name ?? 'npm-run-all', others: true },
        [manifest],
      ),
    );
  });
}

/** `{1}`, `{@}`, `{*}`: words from behind `--`. */
function placeholder(text: string, args: readonly Word[]): readonly Word[] {
  if (text === '{@}' || text === '{*}') return args;
  const number = /^\{(\d+)\}$/.exec(text)?.[1];
  if (number === undefined) return [staticWord(text)];
  const word = args[Number(number) - 1];
  return word === undefined ? [] : [word];
}
