// Accounts and groups. Sources: delgroup(8), groupdel(8), kadmin(1), homectl(1), keycloak.org (kcadm).
import { program as grammar } from '../program.ts';

export const programs = [
  grammar({ names: 'delgroup', values: '--conf --group', depth: 0 }),
  grammar({ names: 'groupdel', values: '-P --prefix -R --root', depth: 0 }),
  grammar({ names: 'kadmin.local', values: '-r -p -w -q -k -t', subcommands: 'delete_principal=delprinc', depth: 1 }),
  grammar({ names: 'homectl kcadm kcadm.sh', values: '-r --target-realm --identity', depth: 1 }),
];
