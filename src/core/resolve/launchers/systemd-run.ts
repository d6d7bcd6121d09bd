// systemd-run: runs a command as a transient unit.
import { prefix } from '../prefix.ts';

export const launcher = prefix({
  names: 'systemd-run',
  values:
    '-p -u -H -M -E --property --unit --host --machine --setenv --uid --gid --slice --working-directory --on-calendar --on-active --on-boot --on-startup --on-unit-active --on-unit-inactive --description --nice --service-type --path-property --socket-property --timer-property --background',
});
