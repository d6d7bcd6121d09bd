// The running system: schedule, services, logs, boot, mail. Sources: crontab(1), systemctl(1), shutdown(8), launchctl(1), journalctl(1), grubby(8), doveadm(1).
import { program as grammar } from '../program.ts';

export const programs = [
  grammar({ names: 'crontab', values: '-u', depth: 0 }),
  grammar({
    names: 'systemctl',
    values: '-H --host -M --machine -t --type -s --signal -n --lines -o --output --what',
    inert: '--dry-run -h',
    depth: 1,
  }),
  grammar({ names: 'shutdown', inert: '-c -k', depth: 0 }),
  grammar({ names: 'service', depth: 2 }),
  grammar({ names: 'launchctl kernel-install', depth: 1 }),
  grammar({
    names: 'journalctl',
    values: '--vacuum-size --vacuum-time --vacuum-files -u --unit -n --lines -S --since -U --until -o --output -t -p',
    depth: 0,
  }),
  grammar({ names: 'grubby', values: '--remove-kernel --info --args --update-kernel', depth: 0 }),
  grammar({ names: 'doveadm', values: '-u -c -o', depth: 2 }),
  grammar({ names: 'exim exim4', singleDash: true, depth: 0 }),
];
