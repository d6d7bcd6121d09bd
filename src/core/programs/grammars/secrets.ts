// Tools that keep keys and secrets, and tools of the system that write their options with one dash.
import { program } from '../program.ts';

export const programs = [
  program({ names: 'deluser', values: '--backup-to --home --conf --group', depth: 0 }),
  program({
    names: 'keytool addcomputer.py sysadminctl dscl',
    singleDash: true,
    values: '-alias -keystore -storepass -computer-name -computer-pass -dc-ip',
    depth: 1,
  }),
  program({ names: 'ykman', values: '-d --device -r --reader', depth: 4 }),
  program({ names: 'vault', singleDash: true, values: '-address -namespace -ca-cert', depth: 3 }),
  program({ names: 'doppler', values: '-p --project -c --config -t --token', depth: 2 }),
  program({ names: 'op', values: '--vault --account', depth: 2 }),
  program({ names: 'pkcs11-tool', values: '--slot --pin -p --type -y --label -a --id -d --module', depth: 0 }),
  program({ names: 'security', values: '-s -a -c -l -D', depth: 1 }),
  program({ names: 'nc ncat netcat', values: '-p -w -i -s -g -G -x -X -q -m', depth: 0 }),
  program({ names: 'socat', depth: 0 }),
];
