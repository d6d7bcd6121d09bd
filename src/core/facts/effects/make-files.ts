// touch, mkdir, mkfifo, mktemp, compilers and archivers: what they make in the same line may be removed again.
import type { Invocation } from '../../model/invocation.ts';
import { textOf, type Word } from '../../model/word.ts';
import { optionGrammar, plainOptions, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const output = optionGrammar({ values: '-o --output -O --output-document -C --directory -f --file' });

export const effect: EffectReader = {
  names: ['touch', 'mkdir', 'mkfifo', 'gcc', 'g++', 'cc', 'c++', 'clang', 'clang++', 'rustc', 'go', 'ld', 'curl', 'wget', 'openssl', 'ffmpeg', 'tar', 'zip', 'unzip', 'git', 'split'],
  read: () => [],
  makes(call) {
    if (call.name === 'touch' || call.name === 'mkdir' || call.name === 'mkfifo') return readOptions(call.args, plainOptions).positionals;
    if (call.name === 'git') return cloned(call);
    if (call.name === 'ffmpeg') return call.args.slice(-1);
    const { flags, positionals } = readOptions(call.args, output);
    const named = ['-o', '--output', '-O', '--output-document', '-out'].map((flag) => flags.get(flag)).filter((word) => word !== undefined);
    if (call.name === 'tar') return archive(call, flags.get('-f') ?? flags.get('--file'));
    if (call.name === 'zip') return positionals.slice(0, 1);
    return named;
  },
};

/** `git clone URL [folder]`. */
function cloned(call: Invocation): readonly Word[] {
  const { positionals } = readOptions(call.args, optionGrammar({ values: '-b --branch --depth -C -c -o' }));
  if (textOf(positionals[0]) !== 'clone') return [];
  return positionals.length > 2 ? positionals.slice(2, 3) : [];
}

/** `tar -cf archive` makes the archive; extraction makes what nobody can name here. */
const archive = (call: Invocation, file: Word | undefined): readonly Word[] =>
  /^-?[a-z]*c/.test(textOf(call.args[0]) ?? '') && file !== undefined ? [file] : [];
