// mkfs and its kin: make a new file system, swap, volume or header over what a device holds.
import type { Invocation } from '../../model/invocation.ts';
import { knownPrefix, textOf } from '../../model/word.ts';
import type { EffectReader } from '../effect.ts';

const makers =
  'ext2 ext3 ext4 xfs btrfs vfat fat exfat ntfs f2fs minix bcachefs cramfs msdos jfs reiserfs erofs nilfs2 udf bfs'
    .split(' ')
    .map((type) => `mkfs.${type}`);

/** What makes each program only look: `mke2fs -n` and `mkfs.xfs -N` show what they would do, `wipefs` alone lists. */
const looks = (call: Invocation): boolean => {
  const has = (...flags: string[]) => call.args.some((word) => flags.includes(textOf(word) ?? ''));
  if (has('--help', '--version', '-V')) return true;
  if (call.name === 'wipefs')
    return has('-n', '--no-act') || !call.args.some((word) => /^(-[a-z]*[ao]|--all|--offset)/.test(textOf(word) ?? ''));
  if (call.name === 'mkfs.xfs') return has('-N');
  return (call.name === 'mke2fs' || /^mkfs\.ext\d$/.test(call.name ?? '')) && has('-n');
};

/** Sources: mkfs(8), wipefs(8), pvcreate(8), blkdiscard(8). Only devices count: a file that holds a file system can be made again. */
export const effect: EffectReader = {
  names: [
    'mkfs',
    'mke2fs',
    'mkswap',
    'mkdosfs',
    'mkntfs',
    'newfs',
    'newfs_apfs',
    'newfs_hfs',
    'newfs_msdos',
    'pvcreate',
    'pvremove',
    'blkdiscard',
    'nwipe',
    'wipefs',
    'f3fix',
    ...makers,
  ],
  read: (call) =>
    looks(call)
      ? []
      : call.args
          .filter(
            (word) => knownPrefix(word).startsWith('/dev/') || (textOf(word) === undefined && knownPrefix(word) === ''),
          )
          .map((path) => ({ op: 'format', path })),
};
