// tar --remove-files, zip -m: delete what they have put into the archive.
import type { Invocation } from '../../model/invocation.ts';
import { knownPrefix, textOf, type Word } from '../../model/word.ts';
import { type Options, optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader, FileEffect } from '../effect.ts';

const tarGrammar = optionGrammar({
  values: '-f --file -C --directory --exclude -X --exclude-from --transform -T --files-from -I --use-compress-program',
  aliases: '--file=-f --create=-c --append=-r --update=-u',
});
const zipGrammar = optionGrammar({ values: '-x -i -b -n -P -t -tt -s -O --out', aliases: '--move=-m' });

/** Sources: tar(1), zip(1). */
export const effect: EffectReader = {
  names: ['tar', 'gtar', 'zip'],
  read: (call) => (call.name === 'zip' ? zipped(call) : tarred(call)),
};

function tarred(call: Invocation): readonly FileEffect[] {
  // `tar cf archive`: the first word is a bundle of options without a dash, the archive the word behind it.
  const [mode, ...rest] = call.args;
  const bundle = /^[A-Za-z]+$/.exec(textOf(mode) ?? '')?.[0] ?? '';
  const { flags, positionals } = readOptions(bundle === '' ? call.args : rest, tarGrammar);
  if (!flags.has('--remove-files')) return [];
  const isBundled = bundle.includes('f');
  const archive = isBundled ? positionals[0] : archiveOf(flags, call);
  const members = positionals.slice(isBundled ? 1 : 0).filter((word) => word !== archive);
  return taken(members, archive);
}

/** `-czf archive` is a cluster: the archive is the word behind it. */
function archiveOf(flags: Options['flags'], { args }: Invocation): Word | undefined {
  const at = args.findIndex((word) => /^-[A-Za-z]*f$/.test(textOf(word) ?? ''));
  return at < 0 ? flags.get('-f') : args[at + 1];
}

function zipped(call: Invocation): readonly FileEffect[] {
  const { flags, positionals } = readOptions(call.args, zipGrammar);
  return flags.has('-m') ? taken(positionals.slice(1), positionals[0]) : [];
}

/** In an archive that stays, everything is still there; what is archived into a temporary folder or nowhere is as good as gone. */
const taken = (members: readonly Word[], archive: Word | undefined): readonly FileEffect[] =>
  members.map((path) => ({ op: 'delete', path, recursive: true, mild: !isFleeting(archive) }));

const isFleeting = (archive: Word | undefined): boolean =>
  archive !== undefined && /^(\/tmp\/|\/var\/tmp\/|\/dev\/)/.test(knownPrefix(archive));
