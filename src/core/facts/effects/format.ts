// mkfs and its kin: make a new file system, swap, volume or encryption header over what a device holds.
import { textOf } from '../../model/word.ts';
import { optionGrammar, readOptions } from '../../programs/options.ts';
import type { EffectReader } from '../effect.ts';

const grammar = optionGrammar({
  values: '-t --type -L --label -F -b -d -m --metadata --data -n -N -O -o -E -I -i -J -U -T -s --fs_label --volume-label -c --sector-size --size -l --length -p --step -f --uuid --root-owner',
});

export const effect: EffectReader = {
  names: [
    'mkfs', 'mke2fs', 'mkswap', 'mkdosfs', 'mkntfs', 'newfs', 'newfs_apfs', 'newfs_hfs', 'pvcreate', 'pvremove', 'blkdiscard', 'nwipe', 'wipefs', 'f3fix',
    'mkfs.ext2', 'mkfs.ext3', 'mkfs.ext4', 'mkfs.xfs', 'mkfs.btrfs', 'mkfs.vfat', 'mkfs.fat', 'mkfs.exfat', 'mkfs.ntfs', 'mkfs.f2fs', 'mkfs.minix', 'mkfs.bcachefs', 'mkfs.cramfs', 'mkfs.msdos', 'mkfs.jfs', 'mkfs.reiserfs',
  ],
  read(call) {
    const { flags, positionals } = readOptions(call.args, grammar);
    if (flags.has('-n') && call.name === 'wipefs') return [];
    if (call.name === 'wipefs' && !flags.has('-a') && !flags.has('--all') && !flags.has('-o')) return [];
    if (flags.has('--help') || flags.has('--version') || flags.has('-V')) return [];
    return positionals.filter((word) => textOf(word)?.startsWith('/') ?? true).map((path) => ({ op: 'format', path }));
  },
};
