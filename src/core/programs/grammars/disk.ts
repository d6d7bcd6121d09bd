// Rarer tools of disks and flash memory; the common ones are in disks.ts. Sources: cgdisk(8), lvm(8), systemd-cryptenroll(1), ntfsclone(8), e2image(8), xfs_repair(8), avrdude(1).
import { program as grammar } from '../program.ts';

export const programs = [
  grammar({ names: 'cgdisk', values: '-a', depth: 0 }),
  grammar({
    names: 'lvm',
    values: '-L --size -l --extents --type -n --name -f --file --config --devices',
    aliases: '-t=--test',
    inert: '--test -h',
    depth: 1,
  }),
  grammar({ names: 'ntfsclone', values: '-O --overwrite', aliases: '-r=--restore-image -O=--overwrite', depth: 0 }),
  grammar({ names: 'e2image xfs_repair', values: '-o -b -B -O -l -r', inert: '-n', depth: 0 }),
  grammar({ names: 'avrdude', values: '-p -c -P -b -B -C -E -i -t -U', depth: 0 }),
  grammar({ names: 'nrfjprog', values: '-f --family -s --snr', aliases: '-e=--eraseall', depth: 0 }),
  grammar({ names: 'st-flash pyocd', values: '-t --target -u --uid', depth: 1 }),
  grammar({ names: 'cfgutil', values: '-e --ecid', depth: 1 }),
];
