// Disks: which device files hold data that a raw write would destroy. The others take bytes and keep none.

/** Terminals, sinks, sockets and the like. Source: the kernel's list of allocated devices (devices.txt). */
const keepsNothing =
  /^(null|zero|full|u?random|std(in|out|err)|fd|tty.*|pty.*|pts.*|ptmx|nul|console|log|kmsg|shm|mqueue|snd.*|dsp.*|audio.*|video.*|media.*|fb.*|lp.*|usb.*|input.*|uinput|hidraw.*|i2c.*|spidev.*|gpio.*|dri.*|net.*|vhost.*|kvm|fuse|ppp|rtc.*|watchdog.*|initctl|cu\..*|bus.*|serial.*|vcs.*|rfkill|hwrng|tpm.*|nvidia.*|autofs|cpu.*|char.*|midi.*|sequencer)$/;

/** Files through which the kernel itself is told to act at once. */
export const kernelTriggers: ReadonlySet<string> = new Set([
  '/proc/sysrq-trigger',
  '/dev/mem',
  '/dev/kmem',
  '/dev/port',
]);

/** Whether a path below /dev names something that keeps data: a disk, a partition, a volume, memory; any unknown name too. */
export function isDisk(path: string): boolean {
  const name = path.slice('/dev/'.length).split('/')[0] ?? '';
  return !keepsNothing.test(name);
}
