// rm, unlink and the tools that stand in for them.

import type { Invocation } from '../../model/invocation.ts';
import { textOf, type Word } from '../../model/word.ts';
import { spellOut } from '../../programs/abbreviations.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const grammar = optionGrammar({
  aliases: '-R=-r --recursive=-r --force=-f --interactive=-i -I=-i --dir=-d',
  values: '--concurrency --max-retries --glob-concurrency',
});
const longs = [
  '--recursive',
  '--force',
  '--interactive',
  '--dir',
  '--help',
  '--version',
  '--verbose',
  '--one-file-system',
  '--no-preserve-root',
  '--preserve-root',
];

/** Programs that take folders without being told to. */
const always = new Set(['rimraf', 'del-cli', 'dirs_cleaner']);

/** Sources: rm(1), rimraf, del-cli and mtools documentation. */
export const effect: EffectReader = {
  names: ['rm', 'grm', 'unlink', 'srm', 'rimraf', 'del-cli', 'mrm', 'del', 'dirs_cleaner'],
  read(call) {
    const { flags, positionals } = readOptions(spellOut(call.args, longs), grammar);
    if (flags.has('--help') || (flags.has('--version') && positionals.length === 0)) return [];
    const recursive = always.has(call.name ?? '') || flags.has('-r');
    const asks = flags.has('-i') && textOf(flags.get('-i')) !== 'never' && !flags.has('-f') && !isAnswered(call);
    return positionals.map((path) => ({ op: 'delete', path, recursive: recursive && !isLockFile(path), asks }));
  },
};

/** `rm -rf node_modules package-lock.json`: a lock file is no folder, however it is deleted. */
const isLockFile = (path: Word): boolean =>
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|bun\.lockb|(yarn|bun|deno|Cargo|Gemfile|poetry|composer|uv|pdm|Pipfile|flake|mix|Podfile)\.lock)$/.test(
    textOf(path) ?? '',
  );

/** `yes | rm -i` asks nobody. */
const isAnswered = (call: Invocation): boolean =>
  call.stdin.kind === 'pipe' &&
  call.stdin.from.some((from) => from.name === 'yes' || /^y/i.test(textOf(from.args[0]) ?? ''));
