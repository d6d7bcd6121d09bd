// touch, mkdir, compilers, fetchers, archivers: what they make in the same line may be removed again.
import type { Invocation } from '../../model/invocation.ts';
import { own } from '../../model/table.ts';
import { joinWords, knownPrefix, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, plainOptions, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const output = optionGrammar({
  values: '-o --output -O --output-document -C --directory -f --file -d --strip-components --exclude',
});
const clone = optionGrammar({
  values: '-b --branch --depth -c -o --origin --config -j --jobs --reference --filter',
  stopAtPositional: false,
});

type Maker = (call: Invocation) => readonly Word[];

const positionals: Maker = (call) => readOptions(call.args, plainOptions).positionals;
const last: Maker = (call) => call.args.slice(-1);

/** What `-o x`, `--output=x` and their kin name. */
const outputs: Maker = (call) => {
  const { flags } = readOptions(call.args, output);
  return ['-o', '--output', '-O', '--output-document']
    .map((flag) => flags.get(flag))
    .filter((word) => word !== undefined);
};

/** `-out x`, as openssl writes it. */
const out: Maker = (call) => {
  const at = call.args.findIndex((word) => textOf(word) === '-out');
  return at < 0 ? [] : call.args.slice(at + 1, at + 2);
};

/** A compiler without `-o` makes a.out; with `-c` an object that is named like its source. */
const compiled: Maker = (call) => {
  const { flags } = readOptions(call.args, optionGrammar({ values: '-o -x -I -L -D --crate-name' }));
  const named = [flags.get('-o'), flags.get('--crate-name')].filter((word) => word !== undefined);
  const sources = call.args
    .map(textOf)
    .filter((text) => text !== undefined && /\.(c|cc|cpp|cxx|rs|s)$/.test(text)) as string[];
  return named.length > 0 ? named : [staticWord('a.out'), ...sources.map((text) => staticWord(withoutEnding(text)))];
};

/** Fetchers name the file by option, or like the URL's end. */
const fetched: Maker = (call) => {
  const named = outputs(call).filter((word) => textOf(word) !== '-');
  const remote =
    call.name === 'wget' || call.args.some((word) => /^-[a-zA-Z]*O$|^--remote-name$/.test(textOf(word) ?? ''));
  const urls = call.args.filter((word) => /^(https?|ftp):/.test(knownPrefix(word)));
  return remote ? [...named, ...urls.flatMap(lastSegment)] : named;
};

const lastSegment = (word: Word): Word[] => {
  const name = textOf(word)
    ?.replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .split('/')
    .at(-1);
  return name === undefined || name === '' ? [] : [staticWord(name)];
};

/** `git clone URL [folder]`, `git init folder`, `git worktree add folder`. */
const repository: Maker = (call) => {
  const { positionals: words } = readOptions(call.args, clone);
  const verb = textOf(words[0]);
  if (verb === 'init') return words.slice(1, 2);
  if (verb === 'worktree' && textOf(words[1]) === 'add') return words.slice(2, 3);
  if (verb !== 'clone' || words[1] === undefined) return [];
  return words.length > 2
    ? words.slice(2, 3)
    : lastSegment(words[1]).map((word) => staticWord((textOf(word) ?? '').replace(/\.git$/, '')));
};

/** `tar -cf archive` makes the archive; extraction makes what it names, and a folder that is called like the archive. */
const archive: Maker = (call) => {
  const mode = textOf(call.args[0]) ?? '';
  const { flags, positionals: words } = readOptions(call.args, output);
  const bundled = /^[a-z]+$/.test(mode) && /[cxt]/.test(mode);
  const file = flags.get('-f') ?? flags.get('--file') ?? (bundled ? words[1] : undefined);
  if (file === undefined) return [];
  if (flags.has('-c') || flags.has('--create') || (bundled && mode.includes('c'))) return [file];
  if (!flags.has('-x') && !flags.has('--extract') && !(bundled && mode.includes('x'))) return [];
  const members = bundled ? words.slice(2) : words;
  const folder = flags.get('-C') ?? flags.get('--directory');
  const into = (word: Word): Word => (folder === undefined ? word : joinWords([folder, staticWord('/'), word]));
  return [
    ...members.flatMap(lastSegment).map(into),
    ...lastSegment(file).map((word) =>
      staticWord(withoutEnding((textOf(word) ?? '').replace(/\.(gz|bz2|xz|zst)$/, ''))),
    ),
  ];
};

/** unzip makes a folder that is called like the archive. */
const unpacked: Maker = (call) =>
  readOptions(call.args, output)
    .positionals.slice(0, 1)
    .flatMap(lastSegment)
    .map((word) => staticWord(withoutEnding(textOf(word) ?? '')));

const withoutEnding = (name: string): string => name.replace(/\.[A-Za-z0-9]{1,4}$/, '');

const makers: Readonly<Record<string, Maker>> = {
  touch: positionals,
  mkdir: positionals,
  mkfifo: positionals,
  gcc: compiled,
  'g++': compiled,
  cc: compiled,
  'c++': compiled,
  clang: compiled,
  'clang++': compiled,
  gfortran: compiled,
  rustc: compiled,
  go: outputs,
  ld: outputs,
  as: outputs,
  ghc: outputs,
  ocamlc: outputs,
  pandoc: outputs,
  sort: outputs,
  dot: outputs,
  curl: fetched,
  wget: fetched,
  openssl: out,
  ffmpeg: last,
  tar: archive,
  gtar: archive,
  bsdtar: archive,
  zip: (call) => positionals(call).slice(0, 1),
  unzip: unpacked,
  git: repository,
  virtualenv: last,
  split: last,
  vim: positionals,
  vi: positionals,
  nano: positionals,
};

export const effect: EffectReader = {
  names: Object.keys(makers),
  read: () => [],
  makes: (call) => own(makers, call.name)?.(call) ?? [],
};
