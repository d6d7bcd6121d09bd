// Machines inside this one. Sources: virsh(1), VBoxManage reference, vagrantup.com/docs/cli, qm(1), pct(1), linuxcontainers.org.
import { program as grammar } from '../program.ts';

export const programs = [
  grammar({
    names: 'virsh',
    values: '-c --connect -d --debug -e --escape -k --keepalive-interval -K --keepalive-count -l --log',
    depth: 1,
  }),
  grammar({
    names: 'VBoxManage vboxmanage',
    values: '--provider --profile',
    singleDash: true,
    aliases: '-delete=--delete',
    depth: 3,
  }),
  grammar({ names: 'vagrant', values: '--machine-readable', aliases: '-f=--force' }),
  grammar({ names: 'qm pct', depth: 2 }),
  grammar({ names: 'incus lxc', values: '--project', aliases: '-f=--force', subcommands: 'rm=delete', inert: '-h' }),
  grammar({ names: 'multipass limactl colima orb', aliases: '-f=--force -p=--purge', subcommands: 'rm=delete' }),
];
