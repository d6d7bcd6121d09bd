// Tools that copy to and delete from object stores. Sources: rclone.org/commands, min.io/docs, s3tools.org, github.com/peak/s5cmd, azcopy reference.
import { program as grammar } from '../program.ts';

export const programs = [
  grammar({
    names: 'rclone',
    values:
      '--config --filter --filter-from --include --exclude --backup-dir --bwlimit --transfers --checkers --max-age --min-age --log-file --log-level --max-delete',
    aliases: '-n=--dry-run -i=--interactive',
    inert: '--dry-run --interactive -h',
    depth: 1,
  }),
  grammar({
    names: 'azcopy',
    values: '--delete-destination --include-pattern --exclude-pattern --log-level --list-of-files --from-to',
    inert: '--dry-run -h',
    depth: 1,
  }),
  grammar({
    names: 'mc mcli',
    values: '--older-than --newer-than --config-dir -C --attr',
    aliases: '-r=--recursive',
    inert: '--fake --dry-run -h',
    depth: 2,
  }),
  grammar({
    names: 's3cmd',
    values: '-c --config --exclude --include --rexclude',
    aliases: '-r=--recursive -f=--force -n=--dry-run',
    inert: '--dry-run -h',
    depth: 1,
  }),
  grammar({
    names: 's5cmd',
    values: '--endpoint-url --profile --credentials-file --numworkers --log --exclude',
    inert: '--dry-run -h',
    depth: 1,
  }),
  grammar({ names: 'hdfs hadoop', singleDash: true, depth: 1 }),
];
