// rsync, fpsync, unison: copies that may delete at their destination.
import { program } from '../program.ts';

export const programs = [
  program({
    names: 'rsync',
    values:
      '-e --rsh -f --filter --exclude --include --exclude-from --include-from --files-from -B --block-size --bwlimit --port --log-file --password-file --rsync-path --temp-dir -T --compare-dest --copy-dest --link-dest --backup-dir --suffix --chmod --chown --max-delete --timeout --partial-dir --out-format --info --debug --modify-window --max-size --min-size',
    inert: '-n --dry-run --list-only',
    depth: 0,
    changesLast: true,
  }),
  program({ names: 'fpsync', values: '-n -f -s -x -o -t -w -d -O', depth: 0 }),
  program({ names: 'unison', singleDash: true, depth: 0 }),
];
