// docker-compose, podman-compose: compose under its own name.
import { composeInner } from '../compose.ts';
import type { Launcher } from '../launcher.ts';

export const launcher: Launcher = {
  names: ['docker-compose', 'podman-compose'],
  unwrap: (call, world) => composeInner(call, call.args, world),
};
