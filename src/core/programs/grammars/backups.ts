// Backup tools: which words keep a backup and which delete one.
import { program } from '../program.ts';

export const programs = [
  program({
    names: 'restic',
    values:
      '-r --repo -p --password-file --repository-file -o --keep-last --keep-daily --keep-weekly --keep-monthly --keep-within --tag --host --path',
    aliases: '-n=--dry-run',
    inert: '-n --dry-run',
    depth: 1,
  }),
  program({
    names: 'borg',
    values:
      '--rsh --remote-path --keep-within --keep-daily --keep-weekly --keep-monthly --keep-last -P --prefix -a --glob-archives --lock-wait',
    aliases: '-n=--dry-run',
    inert: '-n --dry-run',
    depth: 1,
  }),
  program({
    names: 'borgmatic',
    values: '-c --config -v --verbosity -r --repository',
    aliases: '-n=--dry-run',
    inert: '-n --dry-run',
    depth: 1,
  }),
  program({ names: 'duplicity', values: '--name --archive-dir --encrypt-key', inert: '--dry-run', depth: 1 }),
  program({
    names: 'duplicacy kopia bup rdiff-backup attic',
    values: '-c --config -r --repository',
    inert: '--dry-run',
    depth: 2,
  }),
  program({ names: 'tarsnap', values: '-f --keyfile --cachedir', inert: '--dry-run -n', depth: 0 }),
  program({ names: 'snapper', values: '-c --config -r --root', depth: 1, subcommands: 'rm=delete remove=delete' }),
  program({ names: 'timeshift', values: '--snapshot --snapshot-device --comments --tags', depth: 0 }),
  program({ names: 'pgbackrest barman wal-g wal-e envdir', values: '--stanza --config --repo -c', depth: 2 }),
  program({ names: 'rusnapshot', values: '--config -c --id -i --keep -k --kind --prefix', depth: 0 }),
];
