// Disk tools: partitions, volumes, pools, encryption, RAID.
import { program } from '../program.ts';

export const programs = [
  program({ names: 'parted', values: '-a --align', aliases: '--script=-s', depth: 8 }),
  program({
    names: 'sgdisk gdisk',
    aliases: '--zap-all=-Z --zap=-z --clear=-o --delete=-d --new=-n --load-backup=-l',
    values: '-l -d -n -t -c -b -u -e',
    inert: '-P --pretend',
    depth: 0,
  }),
  program({
    names: 'sfdisk',
    values: '-N --delete -o --output -X --label -Y --label-nested -O --backup-file',
    inert: '-n --no-act -l --list -d --dump -V --verify',
    depth: 0,
  }),
  program({
    names: 'cfdisk fdisk',
    aliases: '--zero=-z',
    values: '-b -L -c -C -H -S -t -w',
    inert: '-l --list -h -V',
    depth: 0,
  }),
  program({ names: 'zfs zpool', inert: '-n', values: '-o -t -R', depth: 2 }),
  program({ names: 'btrfs', values: '--commit-each -c', depth: 3 }),
  program({
    names: 'cryptsetup',
    values: '-c --cipher -s --key-size -h --hash -d --key-file -S --key-slot --type --label -i --iter-time --pbkdf',
    aliases: '--batch-mode=-q',
    inert: '--test-passphrase',
    depth: 1,
  }),
  program({
    names: 'mdadm',
    values: '-l --level -n --raid-devices -x -c',
    aliases: '-S=--stop -C=--create -r=--remove -f=--fail',
    depth: 0,
  }),
  program({
    names: 'lvremove vgremove lvreduce vgreduce lvconvert vgcfgrestore lvresize',
    values: '-L --size -l --extents --type --poolmetadata --config -f --file -n',
    aliases: '-t=--test',
    inert: '-t --test',
    depth: 0,
  }),
  program({ names: 'badblocks', values: '-b -c -e -d -i -o -p -t', depth: 0 }),
  program({ names: 'diskutil', depth: 2 }),
  program({ names: 'ventoy Ventoy2Disk.sh', values: '-r -L', depth: 0 }),
  program({
    names: 'flashrom',
    values: '-p --programmer -c --chip -w --write -r --read -v --verify',
    aliases: '--erase=-E --write=-w',
    depth: 0,
  }),
  program({ names: 'mt', values: '-f', depth: 1 }),
  program({ names: 'gomi', values: '--prune', depth: 0 }),
];
