// npx, bunx, pnpx: run a package's program by its name, fetched where it is not installed.
import type { Launcher } from '../launcher.ts';
import { runPackage } from '../packages/exec.ts';

/** Sources: npx(1), bunx documentation, the README of `@antfu/ni` for nlx. */
export const launcher: Launcher = {
  names: ['npx', 'bunx', 'pnpx', 'nlx'],
  unwrap: (call) => runPackage(call.args, call.name ?? 'npx'),
};
