// tar -x, unzip -o: write what an archive holds over what stands there.
import type { Invocation } from '../../model/invocation.ts';
import { joinWords, staticWord, textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader, FileEffect } from '../effect.ts';

const tar = optionGrammar({
  values: '-f --file -C --directory --exclude -X --exclude-from --strip-components --transform -T --files-from -I',
  aliases:
    '--extract=-x --get=-x --file=-f --directory=-C --to-stdout=-O --skip-old-files=-k --keep-old-files=-k --keep-newer-files=-k',
});
const unzip = optionGrammar({ values: '-d -x -P' });

/** Sources: tar(1), unzip(1). tar replaces what is there unless it is told not to; unzip asks without `-o`. */
export const effect: EffectReader = {
  names: ['tar', 'gtar', 'bsdtar', 'unzip'],
  read: (call) => (call.name === 'unzip' ? unzipped(call) : untarred(call)),
};

function untarred(call: Invocation): FileEffect[] {
  // `tar xzf archive`: the first word is a bundle of options without a dash, the archive the word behind it.
  const [mode, ...rest] = call.args;
  const bundle = /^[A-Za-z]+$/.test(textOf(mode) ?? '') ? (textOf(mode) ?? '') : '';
  const { flags, positionals } = readOptions(bundle === '' ? call.args : rest, tar);
  const has = (letter: string) => bundle.includes(letter) || flags.has(`-${letter}`);
  if (!has('x') || has('k') || has('O')) return [];
  const members = bundle.includes('f') ? positionals.slice(1) : positionals;
  return into(flags.get('-C'), members);
}

function unzipped(call: Invocation): FileEffect[] {
  const { flags, positionals } = readOptions(call.args, unzip);
  const listed = ['-l', '-t', '-v', '-p', '-Z', '-n', '-u', '-f'].some((flag) => flags.has(flag));
  return listed || !flags.has('-o') ? [] : into(flags.get('-d'), positionals.slice(1));
}

/** The members that are named; else the folder that is named. Into the working directory anything may go. */
function into(folder: Word | undefined, members: readonly Word[]): FileEffect[] {
  if (members.length > 0)
    return members
      .filter(({ glob }) => !glob)
      .map((member) => ({
        op: 'overwrite',
        path: folder === undefined ? member : joinWords([folder, staticWord('/'), member]),
        many: false,
        replaces: true,
        uncertain: true,
      }));
  return folder === undefined ? [] : [{ op: 'overwrite', path: folder, many: false, uncertain: true, unpacks: true }];
}
