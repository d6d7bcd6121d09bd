// ddrescue, partclone, rpi-imager and other writers of images: their last target is a disk.
import type { Invocation } from '../../model/invocation.ts';
import { textOf, type Word } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const ddrescue = optionGrammar({
  values:
    '-b --sector-size -c --cluster-size -i --input-position -o --output-position -s --size -r --retry-passes -m --domain-mapfile',
});
const partclone = optionGrammar({
  values: '-s --source -o --output -O --overwrite -L --logfile',
  aliases: '--output=-o --overwrite=-O --restore=-r --dev-to-dev=-b',
});

/** Every word that names a device, the sources of ddrescue left aside. */
function targets(call: Invocation): readonly Word[] {
  if (call.name === 'ddrescue') return readOptions(call.args, ddrescue).positionals.slice(1, 2);
  const { flags, positionals } = readOptions(call.args, partclone);
  if (call.name?.startsWith('partclone.'))
    return [flags.get('-o'), flags.get('-O')].filter((word) => word !== undefined);
  return positionals.filter((word) => textOf(word)?.startsWith('/dev/'));
}

/** Sources: ddrescue(1), partclone(8), the writers' own documentation. */
export const effect: EffectReader = {
  names: [
    'ddrescue',
    'rpi-imager',
    'balena',
    'etcher',
    'bmaptool',
    'partclone.ext4',
    'partclone.ext3',
    'partclone.ext2',
    'partclone.xfs',
    'partclone.btrfs',
    'partclone.ntfs',
    'partclone.fat',
    'partclone.vfat',
    'partclone.dd',
    'partclone.restore',
  ],
  read: (call) => targets(call).map((path) => ({ op: 'overwrite', path })),
};
