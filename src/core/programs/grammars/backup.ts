// Rarer backup tools; the common ones are in backups.ts. Sources: rustic.cli.rs, creativeprojects.github.io/resticprofile, duply.net, proxmox-backup-client(1), btrbk(1), pg_probackup and pbm manuals.
import { program as grammar } from '../program.ts';

export const programs = [
  grammar({
    names: 'rustic',
    values:
      '-r --repo --repository -p --password-file --repository-file -o --option --tag --host -H --path --cache-dir -l --keep-last -d --keep-daily -w --keep-weekly -m --keep-monthly -y --keep-yearly --keep-within -g --group-by',
    aliases: '-n=--dry-run',
    inert: '--dry-run -h',
    depth: 2,
  }),
  grammar({ names: 'resticprofile', values: '-n --name -c --config -f --format', inert: '--dry-run -h', depth: 1 }),
  grammar({ names: 'duply', inert: '--preview --dry-run', depth: 2 }),
  grammar({ names: 'bupstash', values: '-r --repository -k --key', subcommands: 'rm=remove', depth: 1 }),
  grammar({ names: 'proxmox-backup-client', values: '--repository --ns --dry-run', depth: 2 }),
  grammar({ names: 'btrbk', values: '-c --config', aliases: '-n=--dry-run', inert: '--dry-run', depth: 1 }),
  grammar({ names: 'sanoid', values: '--configdir', inert: '--readonly', depth: 0 }),
  grammar({ names: 'pg_probackup pbm', values: '-c --config -B --backup-path --instance --mongodb-uri', depth: 1 }),
  grammar({
    names: 'barman-cloud-backup-delete',
    values: '-r --retention-policy -b --backup-id --cloud-provider -P',
    inert: '--dry-run -n',
    depth: 0,
  }),
  // Tools of Windows take their words in any case.
  grammar({ names: 'wmic', depth: 2, canonical: (words) => words.map((word) => word.toLowerCase()) }),
];
